/** The first view of a table's points. */
import { leastAndMost } from '../core/geo.ts';
import type { Bounds, LngLat } from '../core/source.ts';

/** Degrees around a single town, so that there is something to see. */
const MARGIN = 0.6;

/** The box around all points, across the antimeridian where that is the shorter way; null for none. */
export function boundsOf(points: readonly LngLat[]): Bounds | null {
  if (points.length === 0) return null;
  const lngs = [...new Set(points.map((p) => p[0]))].sort((a, b) => a - b);
  const lats = points.map((p) => p[1]);
  let gap = (lngs[0] ?? 0) + 360 - (lngs.at(-1) ?? 0);
  let [west, east] = [lngs[0] ?? 0, lngs.at(-1) ?? 0];
  lngs.forEach((lng, i) => {
    const next = lngs[i + 1];
    if (next !== undefined && next - lng > gap) [gap, west, east] = [next - lng, next, lng];
  });
  const [south, north] = leastAndMost(lats);
  const pad = Math.max(MARGIN, 0.08 * Math.max(360 - gap, north - south));
  const wrap = (lng: number) => (lng > 180 ? lng - 360 : lng < -180 ? lng + 360 : lng);
  const fix = (n: number) => Number(n.toFixed(2));
  if (360 - gap + 2 * pad >= 360) return [-180, fix(Math.max(-84, south - pad)), 180, fix(Math.min(84, north + pad))];
  return [fix(wrap(west - pad)), fix(Math.max(-84, south - pad)), fix(wrap(east + pad)), fix(Math.min(84, north + pad))];
}
