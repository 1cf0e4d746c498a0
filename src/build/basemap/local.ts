/** The hand-made `local.geojson` of a pack: a few published points and lines that are worth drawing close up. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { distanceKm } from './geometry.ts';
import { localName } from './names.ts';

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-85).max(85)]);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

const runway = z.strictObject({
  type: z.literal('Feature'),
  properties: z.strictObject({
    id,
    kind: z.literal('runway'),
    name: z.string().regex(/^\d{2}[LCR]?\/\d{2}[LCR]?$/),
    lengthMetres: z.number().positive(),
    widthMetres: z.number().positive(),
    source: z.string().min(1),
  }),
  geometry: z.strictObject({ type: z.literal('LineString'), coordinates: z.tuple([position, position]) }),
});

const station = z.strictObject({
  type: z.literal('Feature'),
  properties: z.strictObject({ id, kind: z.literal('metro-station'), name: localName, source: z.string().min(1) }),
  geometry: z.strictObject({ type: z.literal('Point'), coordinates: position }),
});

const file = z.strictObject({ type: z.literal('FeatureCollection'), features: z.array(z.union([runway, station])) });

/** How far the distance between a runway's ends may be from its published length: displaced ends and rounding. */
const LENGTH_TOLERANCE = 0.01;

/**
 * Check `local.geojson`: shape, ranges, unique ids, and that each runway is as long as it says.
 * @returns how many features it holds. Throws with the path and the fault when it does not hold.
 */
export function checkLocal(path: string): number {
  const result = file.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!result.success) throw new Error(`${path}:\n${z.prettifyError(result.error)}`);
  const ids = new Set<string>();
  for (const { properties, geometry } of result.data.features) {
    if (ids.has(properties.id)) throw new Error(`${path}: id "${properties.id}" is used twice.`);
    ids.add(properties.id);
    if (properties.kind !== 'runway' || geometry.type !== 'LineString') continue;
    const metres = distanceKm(...geometry.coordinates) * 1000;
    if (Math.abs(metres / properties.lengthMetres - 1) > LENGTH_TOLERANCE) {
      throw new Error(`${path}: runway ${properties.name} measures ${metres.toFixed(0)} m, its lengthMetres says ${properties.lengthMetres}.`);
    }
  }
  return ids.size;
}
