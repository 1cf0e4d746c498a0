/** Region lines of one source made to end on the country outline of another. */
import type { Feature, LineString, MultiLineString, Position } from 'geojson';
import { distanceKm, nearestOnSegment } from './geometry.ts';

/** An open end farther than this from the outline ends where it should: at another line that was cut. */
const MAX_GAP_KM = 30;

/** Already there, for any eye. */
const TOUCHING_KM = 0.02;

/** The point of the rings nearest to `point`, and how far it is. */
function nearestOnRings(point: Position, rings: readonly (readonly Position[])[]): { readonly at: Position; readonly km: number } {
  let best: { at: Position; km: number } = { at: point, km: Infinity };
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const at = nearestOnSegment(point, ring[i - 1] ?? point, ring[i] ?? point);
      const km = distanceKm(point, at);
      if (km < best.km) best = { at, km };
    }
  }
  return best;
}

/**
 * Lengthen the open ends of region lines to the outline. Natural Earth's border is a median 1.2 km off, so lines that met it
 * stop short of OpenStreetMap's, or were clipped by it. An end shared by two lines or more is a corner and stays.
 * @param features lines within the outline   @param rings closed rings of the outline
 * @returns one feature per line, in input order, without properties.
 */
export function joinToOutline(features: readonly Feature<LineString | MultiLineString>[], rings: readonly (readonly Position[])[]): Feature<LineString>[] {
  const lines = features.flatMap(({ geometry }) => (geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates));
  const key = ([x = 0, y = 0]: Position) => `${x.toFixed(6)},${y.toFixed(6)}`;
  const ends = new Map<string, number>();
  for (const line of lines) {
    for (const end of [line[0], line.at(-1)]) if (end !== undefined) ends.set(key(end), (ends.get(key(end)) ?? 0) + 1);
  }
  const extension = (end: Position | undefined): Position[] => {
    if (end === undefined || ends.get(key(end)) !== 1) return [];
    const { at, km } = nearestOnRings(end, rings);
    return km > TOUCHING_KM && km < MAX_GAP_KM ? [at] : [];
  };
  return lines.map((line) => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'LineString', coordinates: [...extension(line[0]), ...line, ...extension(line.at(-1))] },
  }));
}
