/** From the sorted events in the database to the columns that a page reads. */
import type { Columns, Kind } from '../../dense/columns.ts';
import { numbersTo } from '../../dense/columns.ts';
import type { Duck } from './duck.ts';

/** What `kinds` holds, in its order. */
export async function kindsOf(duck: Duck): Promise<readonly Kind[]> {
  const rows = await duck.rows<{ layer: number; statuses: number; context: number; dating: number }>(
    'SELECT layer, statuses, context, dating FROM kinds ORDER BY kind',
  );
  return rows.map(({ layer, statuses, context, dating }) => ({ layer, statuses, context: context === 1, dating }));
}

/** Read the tables `sorted`, `places` and `kinds`. */
export async function columnsOf(duck: Duck, kinds: readonly Kind[]): Promise<Columns> {
  const size = await duck.row<{ rows: number; dated: number; base: number | null; last: number | null; places: number }>(
    `SELECT count(*) AS rows, count(first_day) AS dated, min(first_day) AS base, max(last_day) AS last,
       (SELECT count(*) FROM places) AS places FROM sorted`,
  );
  const base = size.base ?? 0;
  const days = size.last === null ? 0 : size.last - base + 1;
  const placeX = new Uint32Array(size.places);
  const placeY = new Uint32Array(size.places);
  let p = 0;
  for await (const [xs = [], ys = []] of duck.chunks('SELECT x, y FROM places ORDER BY place'))
    for (let i = 0; i < xs.length; i++, p++) {
      placeX[p] = Number(xs[i]);
      placeY[p] = Number(ys[i]);
    }
  const kind = numbersTo(kinds.length, size.rows);
  const place = numbersTo(size.places, size.rows);
  const lastDay = new Uint16Array(size.rows);
  const dayStart = new Uint32Array(days + 1);
  let row = 0;
  for await (const [at = [], k = [], where = [], first = [], last = []] of duck.chunks('SELECT rowid, kind, place, first_day, last_day FROM sorted'))
    for (let i = 0; i < k.length; i++, row++) {
      inOrder(at[i], row);
      kind[row] = Number(k[i]);
      place[row] = Number(where[i]);
      if (first[i] === null) continue;
      const day = Number(first[i]) - base + 1;
      dayStart[day] = (dayStart[day] as number) + 1;
      lastDay[row] = Number(last[i]) - base;
    }
  for (let d = 0; d < days; d++) dayStart[d + 1] = (dayStart[d + 1] as number) + (dayStart[d] as number);
  return { rows: size.rows, undated: size.rows - size.dated, baseDay: base, days, kinds, placeX, placeY, dayStart, kind, place, lastDay, weight: null };
}

/** Events come from the database in their order; everything rests on it. */
export function inOrder(position: unknown, expected: number): void {
  if (Number(position) !== expected) throw new Error(`Expected event ${expected} of the sorted ones, got ${position}.`);
}
