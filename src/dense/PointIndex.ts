/**
 * Counts over many events, fast enough to be taken anew in every frame. Cells are fixed to the sheet, one grid a zoom;
 * a filter is a table of kinds and two days. No DOM, so that it is measured and tested in Node.
 */
import { CELL_BITS } from '../core/many.ts';
import type { Columns, Numbers } from './columns.ts';
import { numbersTo, SHEET_BITS, SHEET_UNITS } from './columns.ts';
import type { Run } from './EventOrder.ts';
import { EventOrder } from './EventOrder.ts';
import type { Spots } from './marks.ts';

/** Side of a cell at a whole zoom, CSS px. The world has 256 px at zoom 0, hence four cells. */
export const CELL = 64;
/** No zoom has more cells than the sheet has units. */
export const MOST_LEVEL = SHEET_BITS - CELL_BITS;
/** Rows that are passed over together when none of them lasts long enough. */
const BLOCK = 4096;
/** How far below a whole zoom its cells are taken already: they are then 54 to 107 px wide, and marks leave each other's numbers free. */
export const CELLS_EARLY = 0.25;
/** Most counts by cell and kind that are kept: 12 MB. With more cells than that allows, few of the rows are ever in view. */
const MOST_COUNTS = 3_000_000;
/** How near its cell's edge a mark of several places may stand, as a share of the cell. */
const EDGE = 0.42;

/** Days counted from the columns' base, both included; null for all. Bounds beyond the data are allowed. */
export interface Window {
  readonly first: number;
  readonly last: number;
}

/** The zoom whose cells a map at any zoom shows. */
export function cellZoom(zoom: number): number {
  return Math.max(0, Math.min(MOST_LEVEL - 1, Math.floor(zoom + CELLS_EARLY)));
}

/** The cells of one zoom that hold anything. Ids start at 1, and cell 0 holds what has no place. */
export interface Cells {
  readonly level: number;
  /** Cells and one more, for what has no place. */
  readonly count: number;
  /** First place of each cell; one entry more than cells. Entry 0 is unused. */
  readonly start: Uint32Array;
}

/** A rectangle of the sheet in its units. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export class PointIndex {
  readonly columns: Columns;
  /** See `markSpots`; none where nobody asked for them. */
  spots: readonly Spots[] = [];
  /** How many events there are: rows, or what they stand for. */
  readonly size: number;
  private readonly kinds: number;
  private readonly dated: number;
  /** Rows that go on after their first day, by their last, and where each day's begin. All others end in the order that they start in. */
  private readonly longByEnd: Uint32Array;
  private readonly longStart: Uint32Array;
  /** Rows by place, where a zoom had too many cells for `counts`. */
  private byPlace: ByPlace | null = null;
  /** Rows of the places that were asked for last. */
  private here: { readonly from: number; readonly to: number; readonly rows: Uint32Array } | null = null;
  /** Of each block of rows, the last day that any of them touches. */
  private readonly blockLast: Uint16Array;
  /** Rows of each kind in each block. */
  private readonly blockKinds: Uint16Array;
  /** Events of each kind that start before a day, and that end before it. */
  private readonly started: Float64Array;
  private readonly ended: Float64Array;
  private readonly undated: Float64Array;

  private cells: Cells | null = null;
  private readonly cellOfRow: Numbers;
  /** Events by cell and kind in the days of `counted`; empty at zooms with more cells than that is worth. */
  private counts = new Uint32Array(0);
  private counted: Window | null = null;

  constructor(columns: Columns) {
    this.columns = columns;
    const { rows, days, kinds, dayStart, lastDay, kind, placeX, weight, undated } = columns;
    const dated = rows - undated;
    const k = kinds.length;
    this.kinds = k;
    this.dated = dated;
    this.cellOfRow = numbersTo(placeX.length, rows);
    this.blockLast = new Uint16Array(Math.ceil(dated / BLOCK));
    this.blockKinds = new Uint16Array(Math.ceil(rows / BLOCK) * k);
    this.started = new Float64Array((days + 1) * k);
    this.ended = new Float64Array((days + 1) * k);
    this.undated = new Float64Array(k);
    this.longStart = new Uint32Array(days + 1);
    const { started, ended, blockLast, blockKinds, longStart } = this;
    for (let d = 0; d < days; d++) {
      const end = dayStart[d + 1] as number;
      for (let i = dayStart[d] as number; i < end; i++) {
        const n = weight ? (weight[i] as number) : 1;
        const last = lastDay[i] as number;
        if (last > d) longStart[last + 1] = (longStart[last + 1] as number) + 1;
        const from = (d + 1) * k + (kind[i] as number);
        const to = (last + 1) * k + (kind[i] as number);
        started[from] = (started[from] as number) + n;
        ended[to] = (ended[to] as number) + n;
        const block = (i / BLOCK) | 0;
        if (last > (blockLast[block] as number)) blockLast[block] = last;
        const slot = block * k + (kind[i] as number);
        blockKinds[slot] = (blockKinds[slot] as number) + 1;
      }
    }
    for (let i = dated; i < rows; i++) {
      this.undated[kind[i] as number] = (this.undated[kind[i] as number] as number) + (weight ? (weight[i] as number) : 1);
      const slot = ((i / BLOCK) | 0) * k + (kind[i] as number);
      blockKinds[slot] = (blockKinds[slot] as number) + 1;
    }
    for (const table of [started, ended]) for (let i = k; i < table.length; i++) table[i] = (table[i] as number) + (table[i - k] as number);
    this.size = this.kindCounts(null).reduce((a, b) => a + b, 0);
    for (let d = 0; d < days; d++) longStart[d + 1] = (longStart[d + 1] as number) + (longStart[d] as number);
    this.longByEnd = new Uint32Array(longStart[days] as number);
    const next = longStart.slice();
    for (let d = 0; d < days; d++) {
      const end = dayStart[d + 1] as number;
      for (let i = dayStart[d] as number; i < end; i++) {
        const last = lastDay[i] as number;
        if (last === d) continue;
        const at = next[last] as number;
        this.longByEnd[at] = i;
        next[last] = at + 1;
      }
    }
  }

  /** An index from its values, which is all that comes of one from another thread. @param values of a `PointIndex` */
  static revived(values: object): PointIndex {
    return Object.setPrototypeOf(values, PointIndex.prototype) as PointIndex;
  }

  /** The memory that its tables lie in, to be handed over with it. */
  buffers(): ArrayBuffer[] {
    const tables = [...Object.values(this), ...Object.values(this.columns)].filter((value) => ArrayBuffer.isView(value));
    return [...new Set([...tables, this.cells?.start, this.byPlace?.order, this.byPlace?.start].flatMap((t) => (t ? [t.buffer as ArrayBuffer] : [])))];
  }

  /** How many events of each kind a window of days shows, undated ones among them: no row is looked at. */
  kindCounts(window: Window | null): Float64Array {
    const k = this.kinds;
    const { from, to } = this.clamp(window);
    const out = this.undated.slice();
    for (let i = 0; i < k; i++) out[i] = (out[i] as number) + (this.started[to * k + i] as number) - (this.ended[from * k + i] as number);
    return out;
  }

  /** How many events of a kind start on a day, or have no date where the day is null. */
  kindOn(day: number | null, kind: number): number {
    const k = this.kinds;
    if (day === null) return this.undated[kind] ?? 0;
    return (this.started[(day + 1) * k + kind] ?? 0) - (this.started[day * k + kind] ?? 0);
  }

  /** The grid of a zoom. Where the zoom is another than last time, this costs a pass over places and rows. @param zoom whole */
  cellsAt(zoom: number): Cells {
    const level = Math.max(0, Math.min(MOST_LEVEL, zoom));
    if (this.cells?.level === level) return this.cells;
    const { placeX, placeY, place, rows } = this.columns;
    const places = placeX.length;
    const shift = MOST_LEVEL - level;
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
    start[cell + 1] = places;
    for (let p = places - 1; p >= 0; p--) start[cellOfPlace[p + 1] as number] = p;
    this.cells = { level, count: cell + 1, start };
    const table = (cell + 1) * this.kinds;
    this.counts = table > MOST_COUNTS ? new Uint32Array(0) : new Uint32Array(table);
    this.counted = null;
    if (this.counts.length > 0) for (let i = 0; i < rows; i++) this.cellOfRow[i] = cellOfPlace[place[i] as number] as number;
    return this.cells;
  }

  /** The cells of the last `cellsAt` that lie in an area or touch it. */
  cellsIn({ left, top, right, bottom }: Area): Uint32Array {
    const { cells } = this;
    if (!cells) return new Uint32Array(0);
    const { placeX, placeY } = this.columns;
    const size = 2 ** (MOST_LEVEL - cells.level);
    const down = (at: number) => Math.floor(at / size) * size;
    const [w, n, e, s] = [down(left), down(top), down(right) + size, down(bottom) + size];
    const found: number[] = [];
    for (let c = 1; c < cells.count; c++) {
      const p = cells.start[c] as number;
      const x = placeX[p] as number;
      const y = placeY[p] as number;
      if (x >= w && x < e && y >= n && y < s) found.push(c);
    }
    return Uint32Array.from(found);
  }

  /** Where a cell of the last `cellsAt` is drawn. */
  centreOf(cell: number): Centre {
    const { cells } = this;
    return centreOf(this.columns, cells?.start[cell] ?? 0, cells?.start[cell + 1] ?? 0, cells?.level ?? 0);
  }

  /**
   * How many events of each kind the cells of the last `cellsAt` hold. Costs what enters and leaves the days since the
   * last call; where a zoom has very many cells, the rows of the wanted ones.
   * @param ids    cells
   * @param window days
   * @returns counts by kind, cell after cell
   */
  count(ids: Uint32Array, window: Window | null): Uint32Array {
    const { kinds: k, counts, cells } = this;
    const out = new Uint32Array(ids.length * k);
    if (!cells) return out;
    if (counts.length > 0) {
      this.turnTo(window);
      for (let n = 0; n < ids.length; n++) {
        const from = (ids[n] as number) * k;
        for (let i = 0; i < k; i++) out[n * k + i] = counts[from + i] as number;
      }
      return out;
    }
    const { kind, weight } = this.columns;
    this.byPlace ??= byPlaceOf(this.columns);
    const { order, start } = this.byPlace;
    const days = this.clamp(window);
    for (let n = 0; n < ids.length; n++) {
      const cell = ids[n] as number;
      const end = start[cell === 0 ? 1 : (cells.start[cell + 1] as number) + 1] as number;
      for (let at = start[cell === 0 ? 0 : (cells.start[cell] as number) + 1] as number; at < end; at++) {
        const row = order[at] as number;
        if (!this.isIn(row, days)) continue;
        const slot = n * k + (kind[row] as number);
        out[slot] = (out[slot] as number) + (weight ? (weight[row] as number) : 1);
      }
    }
    return out;
  }

  /** Bring `counts` from the days that they hold to others. */
  private turnTo(window: Window | null): void {
    const { dayStart } = this.columns;
    const { rows } = this.columns;
    const now = this.clamp(window);
    const old = this.counted && this.clamp(this.counted);
    const between = (starts: Uint32Array, a: number, b: number) => Math.abs((starts[a] as number) - (starts[b] as number));
    const turn = old
      ? between(dayStart, old.to, now.to) + between(dayStart, old.from, now.from) + between(this.longStart, old.from, now.from)
      : Number.POSITIVE_INFINITY;
    const afresh = this.counts.length / 4 + between(dayStart, now.from, now.to);
    if (old && turn <= afresh) {
      this.add(null, dayStart[Math.min(old.to, now.to)] as number, dayStart[Math.max(old.to, now.to)] as number, now.to > old.to ? 1 : -1);
      this.addEnding(Math.min(old.from, now.from), Math.max(old.from, now.from), now.from < old.from ? 1 : -1);
    } else {
      this.counts.fill(0);
      this.add(null, this.dated, rows, 1);
      this.add(null, dayStart[now.from] as number, dayStart[now.to] as number, 1);
      const before = dayStart[now.from] as number;
      for (let block = 0; block * BLOCK < before; block++) {
        if ((this.blockLast[block] as number) < now.from) continue;
        const end = Math.min(before, (block + 1) * BLOCK);
        for (let i = block * BLOCK; i < end; i++) if ((this.columns.lastDay[i] as number) >= now.from) this.add(null, i, i + 1, 1);
      }
    }
    this.counted = window ?? { first: 0, last: this.columns.days - 1 };
  }

  /** Add rows to the counts, or take them away. @param order null for the rows as they stand */
  private add(order: Uint32Array | null, from: number, to: number, sign: 1 | -1): void {
    const { counts, cellOfRow, kinds: k } = this;
    const { kind, weight } = this.columns;
    for (let at = from; at < to; at++) {
      const i = order ? (order[at] as number) : at;
      const slot = (cellOfRow[i] as number) * k + (kind[i] as number);
      counts[slot] = (counts[slot] as number) + (weight ? sign * (weight[i] as number) : sign);
    }
  }

  /** Add the rows whose last day is from one to before another, or take them away. */
  private addEnding(from: number, to: number, sign: 1 | -1): void {
    const { dayStart, lastDay } = this.columns;
    for (let d = from; d < to; d++) {
      const end = dayStart[d + 1] as number;
      for (let i = dayStart[d] as number; i < end; i++) if (lastDay[i] === d) this.add(null, i, i + 1, sign);
    }
    this.add(this.longByEnd, this.longStart[from] as number, this.longStart[to] as number, sign);
  }

  /** Days of a window that the columns have: `from` is the first, `to` the one behind the last; an empty window has none. */
  private clamp(window: Window | null): Clamped {
    const { days } = this.columns;
    if (!window) return { from: 0, to: days };
    const from = Math.max(0, Math.min(days, window.first));
    return { from, to: Math.max(from, Math.min(days, window.last + 1)) };
  }

  /** Whether a window shows a row. */
  private isIn(row: number, { from, to }: Clamped): boolean {
    const { dayStart, lastDay } = this.columns;
    return row >= this.dated || (from < to && row < (dayStart[to] as number) && (lastDay[row] as number) >= from);
  }

  /** Rows of some places that a filter shows, in the story's order. @param from first place; -1 for what has none @param to the place behind the last */
  rowsAt(from: number, to: number, mask: Uint8Array, window: Window | null): Uint32Array {
    const days = this.clamp(window);
    return this.rowsOf(from, to).filter((row) => mask[this.columns.kind[row] as number] !== 0 && this.isIn(row, days));
  }

  /** All rows of some places, in the story's order. To pass over a million takes a millisecond; to keep them by place, four megabytes. */
  private rowsOf(from: number, to: number): Uint32Array {
    if (this.here?.from === from && this.here.to === to) return this.here.rows;
    const { place, rows } = this.columns;
    const found: number[] = [];
    for (let row = 0; row < rows; row++) {
      const at = (place[row] as number) - 1;
      if (at >= from && at < to) found.push(row);
    }
    this.here = { from, to, rows: Uint32Array.from(found) };
    return this.here.rows;
  }

  /**
   * The rows that a filter shows, in the story's order. Costs what stands at the edges of the days, and the blocks before
   * them in which something lasts long enough.
   * @param mask for each kind 0 where it is hidden, else anything
   */
  order(mask: Uint8Array, window: Window | null): EventOrder {
    const { kind, lastDay, dayStart, rows } = this.columns;
    const { from, to } = this.clamp(window);
    const [first, end] = [dayStart[from] as number, dayStart[to] as number];
    const isWanted = (row: number) => (mask[kind[row] as number] as number) !== 0;
    const isShown = (row: number) => (row >= first || (lastDay[row] as number) >= from) && isWanted(row);
    const runs: Run[] = [];
    const take = (start: number, stop: number, whole: number | null) => {
      let count = 0;
      if (whole !== null) count = this.countBlock(whole, mask);
      else for (let row = start; row < stop; row++) if (isShown(row)) count++;
      runs.push({ from: start, to: stop, count });
    };
    if (from < to)
      for (let block = 0; block * BLOCK < first; block++)
        if ((this.blockLast[block] as number) >= from) take(block * BLOCK, Math.min(first, (block + 1) * BLOCK), null);
    for (const [start, stop] of [
      [first, end],
      [this.dated, rows],
    ] as const)
      for (let at = start; at < stop; ) {
        const block = Math.floor(at / BLOCK);
        const next = Math.min(stop, (block + 1) * BLOCK);
        take(at, next, at === block * BLOCK && next === at + BLOCK ? block : null);
        at = next;
      }
    return new EventOrder(runs, isShown);
  }

  private countBlock(block: number, mask: Uint8Array): number {
    const k = this.kinds;
    let count = 0;
    for (let i = 0; i < k; i++) if (mask[i] !== 0) count += this.blockKinds[block * k + i] as number;
    return count;
  }

  /** The day on which a row starts; null for an undated one. */
  dayOf(row: number): number | null {
    return row < this.dated ? lastAtMost(this.columns.dayStart, row, 0, this.columns.days - 1) : null;
  }

  /** The cell of a place at the zoom of the last `cellsAt`; 0 before there was one. */
  cellOfPlace(place: number): number {
    const { cells } = this;
    return cells ? lastAtMost(cells.start, place, 1, cells.count - 1) : 0;
  }
}

/** Days of the columns: the first and the one behind the last. */
interface Clamped {
  readonly from: number;
  readonly to: number;
}

/** Rows by place, those without one first, each place's in the story's order; and where each place's begin. */
interface ByPlace {
  readonly order: Uint32Array;
  readonly start: Uint32Array;
}

/** The last position from `low` to `high` at which rising numbers are not above a value; `low` where all are. */
function lastAtMost(rising: Uint32Array, value: number, low: number, high: number): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if ((rising[middle] as number) <= value) from = middle;
    else to = middle - 1;
  }
  return from;
}

/** Where a mark stands, in sheet units, and whether all its places are one point. */
export interface Centre {
  readonly x: number;
  readonly y: number;
  readonly isPoint: boolean;
}

/**
 * Where the mark of some places stands: at their point; or, when they are several, in their middle, but not so near the
 * edge of their cell that it would lie on its neighbour.
 * @param from first place @param to the place behind the last @param level of the grid that they share a cell of
 */
export function centreOf({ placeX, placeY }: Columns, from: number, to: number, level: number): Centre {
  const [firstX, firstY] = [placeX[from] ?? 0, placeY[from] ?? 0];
  let [x, y] = [0, 0];
  let isPoint = true;
  for (let p = from; p < to; p++) {
    x += placeX[p] as number;
    y += placeY[p] as number;
    isPoint &&= placeX[p] === firstX && placeY[p] === firstY;
  }
  if (isPoint) return { x: firstX + 0.5, y: firstY + 0.5, isPoint };
  const size = 2 ** (MOST_LEVEL - level);
  const inside = (sum: number, first: number) => {
    const low = Math.floor(first / size) * size;
    return Math.max(low + size * EDGE, Math.min(low + size * (1 - EDGE), sum / (to - from)));
  };
  return { x: inside(x, firstX), y: inside(y, firstY), isPoint };
}

function byPlaceOf({ place, placeX, rows }: Columns): ByPlace {
  const places = placeX.length + 1;
  const start = new Uint32Array(places + 1);
  for (let i = 0; i < rows; i++) start[(place[i] as number) + 1] = (start[(place[i] as number) + 1] as number) + 1;
  for (let p = 0; p < places; p++) start[p + 1] = (start[p + 1] as number) + (start[p] as number);
  const next = start.slice();
  const order = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) {
    const at = next[place[i] as number] as number;
    order[at] = i;
    next[place[i] as number] = at + 1;
  }
  return { order, start };
}

/**
 * Counts by kind → counts by layer.
 * @param byKind of `count`
 * @param mask   for each kind 0 where a filter hides it, else the position of its layer plus one
 * @returns counts by layer, cell after cell
 */
export function countsByLayer(byKind: Uint32Array, mask: Uint8Array, layers: number): Uint32Array {
  const k = mask.length;
  const cells = k === 0 ? 0 : byKind.length / k;
  const out = new Uint32Array(cells * layers);
  for (let c = 0; c < cells; c++)
    for (let i = 0; i < k; i++) {
      const layer = mask[i] as number;
      if (layer !== 0) out[c * layers + layer - 1] = (out[c * layers + layer - 1] as number) + (byKind[c * k + i] as number);
    }
  return out;
}

/** A place across the sheet on the copy of the world that is nearest to a middle; both in sheet units, as `nearTo` of core/geo.ts has degrees. */
export function nearX(x: number, middle: number): number {
  return x - SHEET_UNITS * Math.round((x - middle) / SHEET_UNITS);
}

/** Position on the unit sheet → sheet units. */
export function toUnits(share: number): number {
  return Math.max(0, Math.min(SHEET_UNITS - 1, Math.floor(share * SHEET_UNITS)));
}
