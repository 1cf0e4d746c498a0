/** Where marks of very many events may stand, whatever a reader hides: a map's names give way to them, and stay where they are. */
import { SHEET_UNITS } from './columns.ts';
import type { Spots } from './marks.ts';
import { radiusOf } from './marks.ts';
import type { PointIndex } from './PointIndex.ts';
import { CELLS_EARLY, centreOf, MOST_LEVEL, nearX } from './PointIndex.ts';

/** A grid with more marks than this is left out: so near, few of them are in view, and names would wait for the rest. */
const MOST = 10_000;

/**
 * The marks of all events, grid by grid, from the world down to where each place is alone.
 * @param middle see `Many`
 */
export function markSpots({ columns }: PointIndex, middle: number): Spots[] {
  const { place, placeX, placeY, rows, weight } = columns;
  const events = new Float64Array(placeX.length + 1);
  for (let i = 0; i < rows; i++) events[place[i] as number] = (events[place[i] as number] as number) + (weight ? (weight[i] as number) : 1);
  const found: Spots[] = [];
  let alone = false;
  for (let level = 0; level < MOST_LEVEL && !alone; level++) {
    const shift = MOST_LEVEL - level;
    const cell = (p: number) => [(placeX[p] as number) >>> shift, (placeY[p] as number) >>> shift] as const;
    const marks: number[] = [];
    alone = true;
    for (let from = 0, to = 0; from < placeX.length && marks.length <= MOST * 3; from = to) {
      const [cx, cy] = cell(from);
      let count = 0;
      for (; to < placeX.length; to++) {
        const [x, y] = cell(to);
        if (x !== cx || y !== cy) break;
        count += events[to + 1] as number;
      }
      const { x, y, isPoint } = centreOf(columns, from, to, level);
      alone &&= isPoint;
      if (count > 0) marks.push(nearX(x, middle) / SHEET_UNITS, y / SHEET_UNITS, radiusOf(count));
    }
    const isTooMany = marks.length > MOST * 3;
    alone ||= isTooMany;
    found.push({ fromZoom: level === 0 ? Number.NEGATIVE_INFINITY : level - CELLS_EARLY, marks: Float32Array.from(isTooMany ? [] : marks) });
  }
  return found;
}
