/** Going from mark to mark, and into marks of several places. */
import type { Map as LeafletMap } from 'leaflet';
import { toLeaflet } from '../../core/geo.ts';
import type { PointShown } from '../../core/marks.ts';

/** Go nearer, until places that share a mark stand apart. @returns false for one place, and where the map goes no nearer */
export function part(map: LeafletMap, members: readonly PointShown[]): boolean {
  const nearest = map.getMaxZoom();
  if (members.length < 2 || map.getZoom() > nearest - 0.5) return false;
  const [lngs, lats] = [members.map((m) => m.at[0]), members.map((m) => m.at[1])];
  const [south, west, north, east] = [Math.min(...lats), Math.min(...lngs), Math.max(...lats), Math.max(...lngs)];
  const fit = map.getBoundsZoom([toLeaflet([west, south]), toLeaflet([east, north])], false, map.getSize().multiplyBy(0.3));
  map.setView(toLeaflet([(west + east) / 2, (south + north) / 2]), Math.min(nearest, Math.max(map.getZoom() + 1, Math.min(map.getZoom() + 4, fit))));
  return true;
}

const DIRECTIONS: { readonly [key: string]: { readonly x: number; readonly y: number } } = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

/** The mark that a key leads to: the nearest one on that side as the map shows them, the first or the last; null for other keys and for no such mark. */
export function nextMark(map: LeafletMap, from: PointShown, points: readonly PointShown[], key: string): PointShown | null {
  if (key === 'Home') return points[0] ?? null;
  if (key === 'End') return points.at(-1) ?? null;
  const to = DIRECTIONS[key];
  if (!to) return null;
  const here = map.latLngToContainerPoint(toLeaflet(from.at));
  let best: { readonly point: PointShown; readonly cost: number } | null = null;
  for (const point of points) {
    if (point === from) continue;
    const there = map.latLngToContainerPoint(toLeaflet(point.at));
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const along = dx * to.x + dy * to.y;
    const aside = Math.abs(dx * to.y) + Math.abs(dy * to.x);
    // Straight ahead counts for more than near.
    const cost = along + 2 * aside;
    if (along > 0 && (!best || cost < best.cost)) best = { point, cost };
  }
  return best?.point ?? null;
}

/** Room kept around a mark that has the focus, px. */
const CLEAR = 60;

export function focusMark(map: LeafletMap, { place, at }: PointShown): void {
  map.panInside(toLeaflet(at), { padding: [CLEAR, CLEAR], animate: false });
  map
    .getContainer()
    .querySelector<HTMLElement>(`button[data-place="${CSS.escape(place.id)}"]`)
    ?.focus({ preventScroll: true });
}
