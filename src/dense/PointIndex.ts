/**
 * Counts over many events, fast enough to be taken anew in every frame. Cells are fixed to the sheet, one grid a zoom;
 * a filter is a table of kinds and two days. No DOM, so that it is measured and tested in Node.
 */
import type { Columns } from './columns.ts';
import { SHEET_BITS, SHEET_UNITS } from './columns.ts';

/** Side of a cell at a whole zoom, CSS px. The world has 256 px at zoom 0, hence four cells. */
export const CELL = 64;
const CELL_BITS = 2;
/** No zoom has more cells than the sheet has units. */
const MOST_LEVEL = SHEET_BITS - CELL_BITS;
/** Rows that are passed over together when none of them lasts long enough. */
const BLOCK = 4096;

/** Days counted from the columns' base, both included; null for all. Bounds beyond the data are allowed. */
export interface Window {
  readonly first: number;
  readonly last: number;
}

/** The cells of one zoom that hold anything. Ids start at 1, and cell 0 holds what has no place. */
export interface Cells {
  readonly level: number;
  /** Cells and one more, for what has no place. */
  readonly count: number;
  /** First place of each cell; one entry more than cells. Entry 0 is unused. */
  readonly start: Uint32Array;
  /** Where a cell is drawn, in sheet units: at its place, or in the middle of its places. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export class PointIndex {
  readonly columns: Columns;
  /** Slots of a cell: one for what a filter hides, then one a layer. */
  readonly slots: number;
  /** Rows, or what they stand for. */
  readonly size: number;
  private cells: Cells | null = null;
  private readonly cellOfRow: Uint32Array;
  private counts = new Uint32Array(0);
  private counted: { readonly mask: Uint8Array; readonly window: Window | null } | null = null;
  /** Of each block of rows, the last day that any of them touches. */
  private readonly blockLast: Uint16Array;
  /** Events of each kind that start before a day, and that end before it. */
  private readonly started: Float64Array;
  private readonly ended: Float64Array;
  private readonly undated: Float64Array;

  /** @param layers how many layers the story has; kinds of layers beyond them are never shown */
  constructor(columns: Columns, layers: number) {
    this.columns = columns;
    this.slots = layers + 1;
    const { rows, days, kinds, dayStart, lastDay, kind, weight } = columns;
    const dated = rows - columns.undated;
    this.cellOfRow = new Uint32Array(rows);
    this.blockLast = new Uint16Array(Math.ceil(dated / BLOCK));
    const k = kinds.length;
    this.started = new Float64Array((days + 1) * k);
    this.ended = new Float64Array((days + 1) * k);
    this.undated = new Float64Array(k);
    for (let d = 0; d < days; d++) {
      const end = dayStart[d + 1] as number;
      for (let i = dayStart[d] as number; i < end; i++) {
        const n = weight ? (weight[i] as number) : 1;
        const last = lastDay[i] as number;
        this.started[(d + 1) * k + (kind[i] as number)] = (this.started[(d + 1) * k + (kind[i] as number)] as number) + n;
        this.ended[(last + 1) * k + (kind[i] as number)] = (this.ended[(last + 1) * k + (kind[i] as number)] as number) + n;
        const block = (i / BLOCK) | 0;
        if (last > (this.blockLast[block] as number)) this.blockLast[block] = last;
      }
    }
    for (let i = dated; i < rows; i++) this.undated[kind[i] as number] = (this.undated[kind[i] as number] as number) + (weight ? (weight[i] as number) : 1);
    for (const table of [this.started, this.ended]) for (let i = k; i < table.length; i++) table[i] = (table[i] as number) + (table[i - k] as number);
    let size = 0;
    for (let i = 0; i < k; i++) size += (this.started[days * k + i] as number) + (this.undated[i] as number);
    this.size = size;
  }

  /** How many events of each kind a window of days shows, undated ones among them: no row is looked at. */
  kindCounts(window: Window | null): Float64Array {
    const { days, kinds } = this.columns;
    const k = kinds.length;
    const out = new Float64Array(k);
    const upTo = window ? Math.max(0, Math.min(days, window.last + 1)) : days;
    const from = window ? Math.max(0, Math.min(days, window.first)) : 0;
    const empty = window !== null && window.last < window.first;
    for (let i = 0; i < k; i++)
      out[i] = (empty ? 0 : (this.started[upTo * k + i] as number) - (this.ended[from * k + i] as number)) + (this.undated[i] as number);
    return out;
  }

  /** How many events of a kind start on a day. */
  startedOn(day: number, kind: number): number {
    const k = this.columns.kinds.length;
    return (this.started[(day + 1) * k + kind] ?? 0) - (this.started[day * k + kind] ?? 0);
  }

  undatedOf(kind: number): number {
    return this.undated[kind] ?? 0;
  }

  /** The grid of a zoom. Costs a pass over places and rows when the zoom is another than last time. @param zoom whole */
  cellsAt(zoom: number): Cells {
    const level = Math.max(0, Math.min(MOST_LEVEL, zoom));
    if (this.cells?.level === level) return this.cells;
    const { placeX, placeY, place, rows } = this.columns;
    const places = placeX.length;
    const shift = SHEET_BITS - CELL_BITS - level;
    const cellOfPlace = new Uint32Array(places + 1);
    let cell = 0;
    let [cx, cy] = [-1, -1];
    for (let p = 0; p < places; p++) {
      const x = (placeX[p] as number) >>> shift;
      const y = (placeY[p] as number) >>> shift;
      if (x !== cx || y !== cy) {
        cell++;
        cx = x;
        cy = y;
      }
      cellOfPlace[p + 1] = cell;
    }
    const start = new Uint32Array(cell + 2);
    const x = new Float64Array(cell + 1);
    const y = new Float64Array(cell + 1);
    start[cell + 1] = places;
    for (let p = places - 1; p >= 0; p--) start[cellOfPlace[p + 1] as number] = p;
    for (let c = 1; c <= cell; c++) this.centre(c, start, shift, x, y);
    for (let i = 0; i < rows; i++) this.cellOfRow[i] = cellOfPlace[place[i] as number] as number;
    this.cells = { level, count: cell + 1, start, x, y };
    this.counts = new Uint32Array((cell + 1) * this.slots);
    this.counted = null;
    return this.cells;
  }

  /** A cell of several places is drawn in their middle, but not so near its edge that it would lie on its neighbour. */
  private centre(cell: number, start: Uint32Array, shift: number, xs: Float64Array, ys: Float64Array): void {
    const { placeX, placeY } = this.columns;
    const [from, to] = [start[cell] as number, start[cell + 1] as number];
    const [firstX, firstY] = [placeX[from] as number, placeY[from] as number];
    let [x, y] = [0, 0];
    for (let p = from; p < to; p++) {
      x += placeX[p] as number;
      y += placeY[p] as number;
    }
    const size = 2 ** shift;
    const inside = (sum: number, first: number) => {
      if (to - from === 1) return first + 0.5;
      const low = Math.floor(first / size) * size;
      return Math.max(low + size * 0.3, Math.min(low + size * 0.7, sum / (to - from)));
    };
    xs[cell] = inside(x, firstX);
    ys[cell] = inside(y, firstY);
  }

  /**
   * Count a filter's events by cell and layer, at the zoom of the last `cellsAt`.
   * @param mask   for each kind 0 where it is hidden, else the position of its layer plus one
   * @param window days
   * @returns counts, `slots` to a cell, valid until the next call; slot 0 is to be ignored
   */
  count(mask: Uint8Array, window: Window | null): Uint32Array {
    const before = this.counted;
    if (before && sameMask(before.mask, mask) && before.window?.first === window?.first && before.window?.last === window?.last) return this.counts;
    // Taking the old days back touches what was shown and what will be; counting afresh clears every cell first.
    if (before && this.rowsIn(before.window) < this.counts.length) this.pass(before.mask, before.window, -1);
    else this.counts.fill(0);
    this.pass(mask, window, 1);
    this.counted = { mask: mask.slice(), window };
    return this.counts;
  }

  private pass(mask: Uint8Array, window: Window | null, sign: number): void {
    const { counts, cellOfRow, slots, columns } = this;
    const { kind, weight, lastDay, dayStart, days, rows, undated } = columns;
    const run = (from: number, to: number) => {
      if (weight) for (let i = from; i < to; i++) add(i, (weight[i] as number) * sign);
      else
        for (let i = from; i < to; i++) {
          const slot = (cellOfRow[i] as number) * slots + (mask[kind[i] as number] as number);
          counts[slot] = (counts[slot] as number) + sign;
        }
    };
    const add = (i: number, n: number) => {
      const slot = (cellOfRow[i] as number) * slots + (mask[kind[i] as number] as number);
      counts[slot] = (counts[slot] as number) + n;
    };
    const dated = rows - undated;
    run(dated, rows);
    if (!window) {
      run(0, dated);
      return;
    }
    const first = Math.max(0, window.first);
    if (window.last < first || first >= days) return;
    const from = dayStart[first] as number;
    const to = dayStart[Math.min(days, window.last + 1)] as number;
    run(from, to);
    for (let block = 0; block * BLOCK < from; block++) {
      if ((this.blockLast[block] as number) < first) continue;
      const end = Math.min(from, (block + 1) * BLOCK);
      for (let i = block * BLOCK; i < end; i++) if ((lastDay[i] as number) >= first) add(i, (weight ? (weight[i] as number) : 1) * sign);
    }
  }

  /** Rows that start in a window, undated ones among them: what counting it costs, but for events that last long. */
  private rowsIn(window: Window | null): number {
    const { days, dayStart, rows, undated } = this.columns;
    if (!window) return rows;
    const first = Math.max(0, Math.min(days, window.first));
    const end = Math.max(first, Math.min(days, window.last + 1));
    return (dayStart[end] as number) - (dayStart[first] as number) + undated;
  }

  /**
   * Rows that a filter shows, in the story's order.
   * @param within only those of these places, from and to as in `Cells.start`; null for all rows
   */
  rows(mask: Uint8Array, window: Window | null, within: { readonly from: number; readonly to: number } | null): Uint32Array {
    const { kind, place, lastDay, dayStart, days, rows, undated } = this.columns;
    const dated = rows - undated;
    const first = window ? Math.max(0, Math.min(days, window.first)) : 0;
    const end = window ? Math.max(first, Math.min(days, window.last + 1)) : days;
    const [from, to] = [dayStart[first] as number, dayStart[end] as number];
    const out = new Uint32Array(within ? Math.min(rows, 1024) : rows);
    let found = out;
    let n = 0;
    const take = (i: number) => {
      if ((mask[kind[i] as number] as number) === 0) return;
      if (within) {
        const p = (place[i] as number) - 1;
        if (p < within.from || p >= within.to) return;
        if (n === found.length) {
          const grown = new Uint32Array(n * 2);
          grown.set(found);
          found = grown;
        }
      }
      found[n++] = i;
    };
    if (!window || window.last >= window.first) {
      for (let block = 0; block * BLOCK < from; block++) {
        if ((this.blockLast[block] as number) < first) continue;
        const blockEnd = Math.min(from, (block + 1) * BLOCK);
        for (let i = block * BLOCK; i < blockEnd; i++) if ((lastDay[i] as number) >= first) take(i);
      }
      for (let i = from; i < to; i++) take(i);
    }
    for (let i = dated; i < rows; i++) take(i);
    return found.slice(0, n);
  }

  /** The cell of a place at the zoom of the last `cellsAt`; 0 before there was one. */
  cellOfPlace(place: number): number {
    const { cells } = this;
    if (!cells) return 0;
    let [low, high] = [1, cells.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((cells.start[middle] as number) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function sameMask(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((v, i) => v === b[i]);
}

/** Places in the order that the columns keep them in: along the Z-shaped curve, so that near ones stand together. */
export function mortonOrder(x: ArrayLike<number>, y: ArrayLike<number>): Uint32Array {
  const n = x.length;
  const high = new Float64Array(n);
  for (let i = 0; i < n; i++) high[i] = interleave(x[i] as number, y[i] as number);
  return Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => (high[a] as number) - (high[b] as number) || a - b);
}

/** 50 bits, y before x: exact in a double. */
function interleave(x: number, y: number): number {
  const upper = spread(x >>> 13) + 2 * spread(y >>> 13);
  const lower = spread(x & 0x1fff) + 2 * spread(y & 0x1fff);
  return upper * 2 ** 26 + lower;
}

/** The bits of a number below 2^13, with a zero before each. */
function spread(value: number): number {
  let v = value & 0x1fff;
  v = (v | (v << 8)) & 0x00ff00ff;
  v = (v | (v << 4)) & 0x0f0f0f0f;
  v = (v | (v << 2)) & 0x33333333;
  v = (v | (v << 1)) & 0x55555555;
  return v;
}

/** Position on the unit sheet → sheet units. */
export function toUnits(share: number): number {
  return Math.max(0, Math.min(SHEET_UNITS - 1, Math.floor(share * SHEET_UNITS)));
}
