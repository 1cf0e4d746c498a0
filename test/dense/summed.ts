/** The pyramid of counts as a program of arrays makes it: the same sums as the SQL of `src/build/dense/sql/` by another way. */
import type { Columns } from '../../src/dense/columns.ts';
import { SHEET_BITS } from '../../src/dense/columns.ts';

const CELL_BITS = 2;

/**
 * Events of one cell, kind and, if wanted, of the same days, as one row.
 * @param byDay else all rows are undated
 */
export function summed(c: Columns, zoom: number, byDay: boolean): Columns {
  const shift = SHEET_BITS - CELL_BITS - zoom;
  const places = c.placeX.length;
  const cellOf = new Uint32Array(places + 1);
  const sums: { x: number; y: number; n: number }[] = [];
  let [cx, cy] = [-1, -1];
  for (let p = 0; p < places; p++) {
    const [x, y] = [c.placeX[p] as number, c.placeY[p] as number];
    if (x >>> shift !== cx || y >>> shift !== cy) {
      sums.push({ x: 0, y: 0, n: 0 });
      cx = x >>> shift;
      cy = y >>> shift;
    }
    const sum = sums.at(-1);
    if (sum) {
      sum.x += x;
      sum.y += y;
      sum.n++;
    }
    cellOf[p + 1] = sums.length;
  }
  const kinds = c.kinds.length;
  const cells = sums.length + 1;
  const dated = c.rows - c.undated;
  const rows: { day: number; last: number; cell: number; kind: number; n: number }[] = [];
  const take = (from: number, to: number, day: number) => {
    const groups = new Map<number, number>();
    for (let i = from; i < to; i++) {
      const last = byDay && i < dated ? (c.lastDay[i] as number) - day : 0;
      const key = (last * cells + (cellOf[c.place[i] as number] as number)) * kinds + (c.kind[i] as number);
      groups.set(key, (groups.get(key) ?? 0) + (c.weight ? (c.weight[i] as number) : 1));
    }
    for (const [key, n] of [...groups].sort(([a], [b]) => a - b)) {
      const rest = Math.floor(key / kinds);
      rows.push({ day, last: day + Math.floor(rest / cells), cell: rest % cells, kind: key % kinds, n });
    }
  };
  const dayStart = new Uint32Array(c.days + 1);
  if (byDay) {
    for (let d = 0; d < c.days; d++) {
      take(c.dayStart[d] as number, c.dayStart[d + 1] as number, d);
      dayStart[d + 1] = rows.length;
    }
    take(dated, c.rows, 0);
  } else take(0, c.rows, 0);
  const undated = rows.length - (dayStart[c.days] as number);
  return {
    rows: rows.length,
    undated,
    baseDay: c.baseDay,
    days: c.days,
    kinds: c.kinds,
    placeX: Uint32Array.from(sums, (s) => Math.floor(s.x / s.n)),
    placeY: Uint32Array.from(sums, (s) => Math.floor(s.y / s.n)),
    dayStart,
    kind: Uint16Array.from(rows, (r) => r.kind),
    place: Uint32Array.from(rows, (r) => r.cell),
    lastDay: Uint16Array.from(rows, (r, i) => (i < rows.length - undated ? r.last : 0)),
    weight: Uint32Array.from(rows, (r) => r.n),
  };
}
