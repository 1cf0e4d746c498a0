/** Where marks of very many events may stand, whatever a reader hides: a map's names give way to them, and stay where they are. */
import { SHEET_UNITS } from './columns.ts';
import type { Spots } from './marks.ts';
import { radiusOf } from './marks.ts';
import type { PointIndex } from './PointIndex.ts';
import { CELLS_EARLY, centreOf, MOST_LEVEL, nearX } from './PointIndex.ts';

/** A grid with more marks than this is left out: so near, few of them are in view, and names would wait for the rest. */
const MOST = 10_000;

/** The marks of all events, grid by grid, from the world down to where each place is alone. */
export function markSpots({ columns }: PointIndex): Spots[] {
  const { place, placeX, placeY, rows, weight } = columns;
  const events = new Float64Array(placeX.length + 1);
  for (let i = 0; i < rows; i++) events[place[i] as number] = (events[place[i] as number] as number) + (weight ? (weight[i] as number) : 1);
  const found: Spots[] = [];
  let alone = false;
  for (let level = 0; level < MOST_LEVEL && !alone; level++) {
    const shift = MOST_LEVEL - level;
    const marks: number[] = [];
    alone = true;
    for (let from = 0, to = 0; from < placeX.length && marks.length <= MOST * 3; from = to) {
      const [cx, cy] = [(placeX[from] as number) >>> shift, (placeY[from] as number) >>> shift];
      let count = 0;
      while (to < placeX.length && (placeX[to] as number) >>> shift === cx && (placeY[to] as number) >>> shift === cy) {
        count += events[to + 1] as number;
        to++;
      }
      const { x, y, isPoint } = centreOf(columns, from, to, level);
      alone &&= isPoint;
      if (count > 0) marks.push(x / SHEET_UNITS, y / SHEET_UNITS, radiusOf(count));
    }
    const isTooMany = marks.length > MOST * 3;
    alone ||= isTooMany;
    found.push({ fromZoom: level === 0 ? Number.NEGATIVE_INFINITY : level - CELLS_EARLY, marks: Float32Array.from(isTooMany ? [] : marks) });
  }
  return found;
}

/** Marks on the copy of the world that is nearest to a story's middle. @param middle see `Many` */
export function spotsNear(spots: readonly Spots[], middle: number): Spots[] {
  return spots.map(({ fromZoom, marks }) => ({
    fromZoom,
    marks: marks.map((value, i) => (i % 3 === 0 ? nearX(value * SHEET_UNITS, middle) / SHEET_UNITS : value)),
  }));
}
