/** Seeded columns: the same seed gives the same events. */
import { project } from '../../src/core/geo.ts';
import type { Columns, Kind } from '../../src/dense/columns.ts';
import { numbersTo } from '../../src/dense/columns.ts';
import { mortonOrder } from '../../src/dense/morton.ts';
import { toUnits } from '../../src/dense/PointIndex.ts';

/** A generator of numbers from 0 to 1 (mulberry32). */
export function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Recipe {
  readonly rows: number;
  readonly places: number;
  readonly days: number;
  readonly layers: number;
  readonly seed?: number;
  /** Share of rows with no place, no date, and more than one day. */
  readonly placeless?: number;
  readonly undated?: number;
  readonly long?: number;
}

/** Towns around centres, as news has them: a few places hold most events. */
export function makeColumns({ rows, places, days, layers, seed = 1, placeless = 0.02, undated = 0.01, long = 0.03 }: Recipe): Columns {
  const r = random(seed);
  const kinds: Kind[] = [];
  for (let layer = 0; layer < layers; layer++)
    for (const statuses of [1, 2, 6]) for (const context of [false, true]) kinds.push({ layer, statuses, context, dating: statuses === 2 ? 1 : 0 });
  const centres = Array.from({ length: 40 }, () => ({ lng: 47 + 40 * r(), lat: 41 + 14 * r() }));
  const xs = new Uint32Array(places);
  const ys = new Uint32Array(places);
  for (let p = 0; p < places; p++) {
    const centre = centres[Math.floor(r() ** 2 * centres.length)] as { lng: number; lat: number };
    const { x, y } = project([centre.lng + (r() + r() - 1) * 3, centre.lat + (r() + r() - 1) * 2]);
    xs[p] = toUnits(x);
    ys[p] = toUnits(y);
  }
  const order = mortonOrder(xs, ys);
  const undatedRows = Math.floor(rows * undated);
  const dated = rows - undatedRows;
  const firstDays = Uint16Array.from({ length: dated }, () => Math.floor(r() * days)).sort();
  const dayStart = new Uint32Array(days + 1);
  for (const d of firstDays) dayStart[d + 1] = (dayStart[d + 1] as number) + 1;
  for (let d = 0; d < days; d++) dayStart[d + 1] = (dayStart[d + 1] as number) + (dayStart[d] as number);
  const kind = numbersTo(kinds.length, rows);
  const place = numbersTo(places, rows);
  const lastDay = new Uint16Array(rows);
  for (let i = 0; i < rows; i++) {
    kind[i] = Math.floor(r() ** 2 * kinds.length);
    place[i] = r() < placeless || places === 0 ? 0 : 1 + Math.floor(r() ** 1.5 * places);
    const first = firstDays[i];
    if (first !== undefined) lastDay[i] = Math.min(days - 1, first + (r() < long ? Math.floor(r() * 20) : 0));
  }
  return {
    rows,
    undated: undatedRows,
    baseDay: 18_994,
    days,
    kinds,
    placeX: Uint32Array.from(order, (p) => xs[p] as number),
    placeY: Uint32Array.from(order, (p) => ys[p] as number),
    dayStart,
    kind,
    place,
    lastDay,
    weight: null,
  };
}
