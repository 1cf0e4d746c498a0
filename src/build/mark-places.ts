/** Where the marks of a story's first view stand. Asked for by styles, pages and pictures alike, and long to find for many marks. */
import type { MarkSpace } from '../core/basemap-labels.ts';
import type { MarkPlace } from '../core/labels.ts';
import { placementZoom } from '../core/labels.ts';
import { markPlaces, markSources, markSpace, pointsOf } from '../core/marks.ts';
import type { Story } from '../core/story.ts';
import { initialView, placesShown } from '../core/view.ts';

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
  return markSources(pointsOf(placesShown(story, initialView(story))));
}
