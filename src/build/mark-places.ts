/** Where the marks of a story's first view stand. Asked for by styles, pages and pictures alike, and long to find for many marks. */
import type { MarkSpace } from '../core/basemap-labels.ts';
import type { Cluster } from '../core/clusters.ts';
import { clustered } from '../core/clusters.ts';
import { FRAME_MARGIN, frameOf, TILE } from '../core/geo.ts';
import type { MarkPlace } from '../core/labels.ts';
import { placementZoom } from '../core/labels.ts';
import { markPlaces, markSources, markSpace, pointsOf } from '../core/marks.ts';
import type { Story } from '../core/story.ts';
import { stringsFor } from '../core/strings/strings.ts';
import { initialView, placesShown } from '../core/view.ts';

/** Frame width in px for which places are drawn together in pictures: a phone's, as wider ones have more room. */
const NARROW = 390;

const found = new WeakMap<Story, Map<number, Map<string, MarkPlace>>>();

export function firstPlaces(story: Story, zoom: number): Map<string, MarkPlace> {
  const byStep = found.get(story) ?? new Map<number, Map<string, MarkPlace>>();
  found.set(story, byStep);
  const step = placementZoom(zoom);
  const places = byStep.get(step) ?? markPlaces(sourcesOf(story), story.bounds, zoom);
  byStep.set(step, places);
  return places;
}

/** The space that they take, for names to avoid. */
export function firstSpace(story: Story, zoom: number): MarkSpace {
  return markSpace(sourcesOf(story), story.bounds, zoom, firstPlaces(story, zoom));
}

function sourcesOf(story: Story) {
  return markSources(firstMarks(story));
}

const marks = new WeakMap<Story, readonly Cluster[]>();

/** The marks of a story's pictures, the same at every size: one for each place, or for several where they are many. */
export function firstMarks(story: Story): readonly Cluster[] {
  const known = marks.get(story);
  if (known) return known;
  const zoom = placementZoom(Math.log2(NARROW / (TILE * frameOf(story.bounds, FRAME_MARGIN).width)));
  const made = clustered(pointsOf(placesShown(story, initialView(story))), zoom, null, story.layers, stringsFor(story.language).placesWords);
  marks.set(story, made);
  return made;
}
