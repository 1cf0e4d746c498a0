/** Positions that are kept from readers: what is published is a point of a coarse grid, and nothing says more. Pure. */
import { coarse, distanceKm } from '../core/geo.ts';
import type { SourcePlace, SourceStory } from '../core/source.ts';

/**
 * A story in which every place whose `publishPrecision`, or that of an event there, asks for it has a coarse position.
 * Of several, the coarsest holds. A step of the walk that looks at the exact position looks at the coarse one.
 */
export function coarsened(story: SourceStory): SourceStory {
  const asked = new Map<string, number>();
  const ask = (place: string | null | undefined, km: number | undefined) => {
    if (place != null && km !== undefined) asked.set(place, Math.max(km, asked.get(place) ?? 0));
  };
  for (const { id, publishPrecision } of story.places) ask(id, publishPrecision);
  for (const { place, movement, publishPrecision } of story.events) for (const end of [place, movement?.from, movement?.to]) ask(end, publishPrecision);
  if (asked.size === 0) return story;
  const places = story.places.map((p): SourcePlace => {
    const km = asked.get(p.id);
    return km === undefined ? p : { ...p, at: p.at && coarse(p.at, km), publishPrecision: km };
  });
  const hidden = story.places.flatMap((p, i) => (p.at && asked.has(p.id) ? [{ exact: p.at, published: places[i]?.at ?? p.at, km: asked.get(p.id) ?? 0 }] : []));
  const steps = story.meta.steps?.map((step) => {
    const near = step.view && hidden.find(({ exact, km }) => distanceKm(exact, step.view?.center ?? exact) < km);
    return step.view && near ? { ...step, view: { ...step.view, center: near.published } } : step;
  });
  return { ...story, meta: { ...story.meta, steps }, places };
}
