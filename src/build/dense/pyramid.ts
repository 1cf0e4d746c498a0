/** Counts that paint a dense story before its events are here: fine cells over all days, coarse ones day by day. */
import { gzipSync } from 'node:zlib';
import type { DenseFiles } from '../../core/many.ts';
import { CELL_BITS } from '../../core/many.ts';
import type { Columns, Kind } from '../../dense/columns.ts';
import { SHEET_BITS, writeColumns } from '../../dense/columns.ts';
import { joinCounts } from '../../dense/counts.ts';
import { mortonOrder } from '../../dense/morton.ts';
import type { Duck } from './duck.ts';

/** Bytes of gzip that the counts may weigh: what a first view of a dense story has more than that of a small one. */
export const COUNTS_BUDGET = 150_000;
const ALL_DAYS_BUDGET = 60_000;
/** The coarsest cells that counts are of. */
export const LEAST_ZOOM = 1;
/** A row weighs at least a third of a byte: more of them need not be tried. */
const MOST_ROWS = 3 * COUNTS_BUDGET;

/** Days that the columns of a story's events have. */
export type Days = Pick<Columns, 'baseDay' | 'days'>;

/**
 * Make the tables `pyramid_cells` and `pyramid_counts` of the tables or views `events` (as `sql/pyramid-counts.sql` has
 * them) for all zooms up to one.
 */
export async function makePyramid(duck: Duck, zoom: number, onShare?: (share: number) => void): Promise<void> {
  const zooms = Array.from({ length: Math.max(LEAST_ZOOM, zoom) - LEAST_ZOOM + 1 }, (_, i) => LEAST_ZOOM + i);
  await duck.fill(
    'zooms',
    { zoom: 'INTEGER', cell_size: 'INTEGER' },
    zooms.map((z) => [z, 2 ** (SHEET_BITS - CELL_BITS - z)]),
  );
  await duck.script('pyramid-cells.sql', onShare);
  await duck.script('pyramid-counts.sql', onShare);
}

/** The file of counts, and the zooms whose cells it has. */
export interface MadeCounts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly cells: DenseFiles['cells'];
}

/** The file of counts from the pyramid's tables: of every zoom that was made, the finest that the budget has room for. */
export async function countsFrom(duck: Duck, kinds: readonly Kind[], days: Days): Promise<MadeCounts> {
  const sizes = await duck.rows<{ zoom: number; by_day: number; size: number }>(
    'SELECT zoom, by_day, count(*) AS size FROM pyramid_counts GROUP BY zoom, by_day ORDER BY zoom DESC',
  );
  const most = sizes[0]?.zoom ?? LEAST_ZOOM;
  const fitting = async (byDay: boolean, from: number, fits: (bytes: Uint8Array) => boolean) => {
    for (let zoom = Math.max(LEAST_ZOOM, from); ; zoom--) {
      const size = sizes.find((s) => s.zoom === zoom && s.by_day === Number(byDay))?.size ?? 0;
      if (size > MOST_ROWS && zoom > LEAST_ZOOM) continue;
      const bytes = writeColumns(await levelOf(duck, zoom, byDay, kinds, days));
      if (zoom === LEAST_ZOOM || fits(bytes)) return { bytes, zoom };
    }
  };
  const whole = await fitting(false, most, (bytes) => gzipSync(bytes).length <= ALL_DAYS_BUDGET);
  const daily = await fitting(true, most - 1, (bytes) => gzipSync(joinCounts(whole.bytes, bytes)).length <= COUNTS_BUDGET);
  return { bytes: joinCounts(whole.bytes, daily.bytes), cells: { all: whole.zoom, daily: daily.zoom } };
}

/** One zoom of the pyramid as columns whose rows stand for several events. @param byDay else all rows are undated */
export async function levelOf(duck: Duck, zoom: number, byDay: boolean, kinds: readonly Kind[], { baseDay, days }: Days): Promise<Columns> {
  const cells = await duck.rows<{ cell_x: number; cell_y: number; x: number; y: number }>('SELECT cell_x, cell_y, x, y FROM pyramid_cells WHERE zoom = $1', [
    zoom,
  ]);
  const order = mortonOrder(
    cells.map((c) => c.cell_x),
    cells.map((c) => c.cell_y),
  );
  const sorted = [...order].flatMap((i) => cells[i] ?? []);
  const position = new Map(sorted.map((c, i) => [c.cell_x * 2 ** SHEET_BITS + c.cell_y, i + 1]));
  const keyOf = (layer: number, statuses: number, context: number, dating: number) => ((layer * 2 ** 16 + statuses) * 2 + context) * 4 + dating;
  const kindOf = new Map(kinds.map((k, i) => [keyOf(k.layer, k.statuses, Number(k.context), k.dating), i]));
  // Some hundred thousand rows, at most, of each zoom that is tried: in arrays, because as many objects took more memory than all else here.
  const from = `FROM pyramid_counts WHERE zoom = ${zoom} AND by_day = ${Number(byDay)}`;
  const { rows } = await duck.row<{ rows: number }>(`SELECT count(*) AS rows ${from}`);
  const table = () => new Uint32Array(rows);
  const [first, last, cell, kind, weight] = [table(), table(), table(), table(), table()];
  let row = 0;
  for await (const [x = [], y = [], start = [], end = [], layer = [], statuses = [], context = [], dating = [], events = []] of duck.chunks(
    `SELECT cell_x, cell_y, first_day, last_day, layer, statuses, context, dating, events ${from}`,
  ))
    for (let i = 0; i < x.length; i++, row++) {
      first[row] = start[i] === null ? days : Number(start[i]) - baseDay;
      last[row] = end[i] === null ? 0 : Number(end[i]) - baseDay;
      cell[row] = x[i] === null ? 0 : (position.get(Number(x[i]) * 2 ** SHEET_BITS + Number(y[i])) as number);
      kind[row] = kindOf.get(keyOf(Number(layer[i]), Number(statuses[i]), Number(context[i]), Number(dating[i]))) as number;
      weight[row] = Number(events[i]);
    }
  const sequence = Uint32Array.from({ length: rows }, (_, i) => i).sort((a, b) => {
    for (const column of [first, last, cell, kind]) if (column[a] !== column[b]) return (column[a] as number) - (column[b] as number);
    return 0;
  });
  const ordered = (column: Uint32Array) => sequence.map((at) => column[at] as number);
  const dayStart = new Uint32Array(days + 1);
  for (const day of first) if (day < days) dayStart[day + 1] = (dayStart[day + 1] as number) + 1;
  for (let d = 0; d < days; d++) dayStart[d + 1] = (dayStart[d + 1] as number) + (dayStart[d] as number);
  return {
    rows,
    undated: rows - (dayStart[days] as number),
    baseDay,
    days,
    kinds,
    placeX: Uint32Array.from(sorted, (c) => c.x),
    placeY: Uint32Array.from(sorted, (c) => c.y),
    dayStart,
    kind: Uint16Array.from(ordered(kind)),
    place: ordered(cell),
    lastDay: Uint16Array.from(ordered(last)),
    weight: ordered(weight),
  };
}
