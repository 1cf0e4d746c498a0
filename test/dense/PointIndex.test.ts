import { expect, test } from 'vitest';
import type { Columns } from '../../src/dense/columns.ts';
import { SHEET_BITS } from '../../src/dense/columns.ts';
import { mortonOrder } from '../../src/dense/morton.ts';
import type { Window } from '../../src/dense/PointIndex.ts';
import { CELL, countsByLayer, PointIndex } from '../../src/dense/PointIndex.ts';
import { makeColumns, random } from './make.ts';

const LAYERS = 3;
const columns = makeColumns({ rows: 20_000, places: 900, days: 60, layers: LAYERS });
const index = new PointIndex(columns);

function maskOf(hidden: (layer: number, statuses: number, context: boolean) => boolean): Uint8Array {
  return Uint8Array.from(columns.kinds, (k) => (hidden(k.layer, k.statuses, k.context) ? 0 : k.layer + 1));
}

function firstDayOf(c: Columns, row: number): number | null {
  if (row >= c.rows - c.undated) return null;
  return c.dayStart.findLastIndex((start) => start <= row);
}

/** One row after the other, as slowly as it can be said. */
function isShown(row: number, mask: Uint8Array, window: Window | null): boolean {
  if (mask[columns.kind[row]!] === 0) return false;
  const first = firstDayOf(columns, row);
  return first === null || window === null || (first <= window.last && columns.lastDay[row]! >= window.first);
}

const firstDays = Array.from({ length: columns.rows }, (_, i) => firstDayOf(columns, i));
const r = random(3);
const filters = Array.from({ length: 60 }, (): { mask: Uint8Array; window: Window | null } => {
  const [a, b] = [Math.floor(r() * 64) - 2, Math.floor(r() * 64) - 2];
  const bits = Math.floor(r() * 64);
  return {
    mask: maskOf((layer, statuses, context) => (bits & (1 << layer)) !== 0 || (statuses === 2 && (bits & 8) !== 0) || (context && (bits & 16) !== 0)),
    window: r() < 0.2 ? null : { first: Math.min(a, b), last: Math.max(a, b) },
  };
});

test('counts by cell and layer are those of looking at each row, whatever was counted before', () => {
  for (const zoom of [3, 7, 12]) {
    const cells = index.cellsAt(zoom);
    const ids = Uint32Array.from({ length: cells.count }, (_, i) => i);
    const shift = SHEET_BITS - 2 - zoom;
    for (const { mask, window } of filters) {
      const counts = countsByLayer(index.count(ids, window), mask, LAYERS);
      const expected = new Map<string, number>();
      for (let row = 0; row < columns.rows; row++) {
        const p = columns.place[row]! - 1;
        if (p < 0 || mask[columns.kind[row]!] === 0) continue;
        const first = firstDays[row]!;
        if (first !== null && window && (first > window.last || columns.lastDay[row]! < window.first)) continue;
        const key = `${columns.placeX[p]! >>> shift} ${columns.placeY[p]! >>> shift} ${columns.kinds[columns.kind[row]!]!.layer}`;
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
      const found = new Map<string, number>();
      for (let cell = 1; cell < cells.count; cell++) {
        const p = cells.start[cell]!;
        for (let layer = 0; layer < LAYERS; layer++) {
          const n = counts[cell * LAYERS + layer]!;
          if (n > 0) found.set(`${columns.placeX[p]! >>> shift} ${columns.placeY[p]! >>> shift} ${layer}`, n);
        }
      }
      expect(found).toEqual(expected);
    }
  }
});

test('totals by kind need no pass over the rows and agree with one', () => {
  for (const { mask, window } of filters) {
    const counts = index.kindCounts(window);
    const total = columns.kinds.reduce((sum, _, k) => sum + (mask[k] === 0 ? 0 : counts[k]!), 0);
    expect(index.order(mask, window).length).toBe(total);
  }
});

test('rows come in the story’s order, and are those of looking at each', () => {
  for (const { mask, window } of filters.slice(0, 12)) {
    const all = Array.from({ length: columns.rows }, (_, i) => i);
    const order = index.order(mask, window);
    const expected = all.filter((row) => isShown(row, mask, window));
    expect(Array.from({ length: order.length }, (_, i) => order.at(i))).toEqual(expected);
    expect([order.at(-1), order.at(order.length)]).toEqual([undefined, undefined]);
    const place = new Map(expected.map((row, i) => [row, i]));
    for (let row = 0; row < columns.rows; row += 7) expect(order.indexOf(row)).toBe(place.get(row) ?? -1);
    const inside = (row: number) => columns.place[row]! - 1 >= 100 && columns.place[row]! - 1 < 140;
    expect([...index.rowsAt(100, 140, mask, window)]).toEqual(all.filter((row) => inside(row) && isShown(row, mask, window)));
  }
});

test('a zoom with more cells than are counted at once gives the same counts of the cells that are asked for', () => {
  const many = makeColumns({ rows: 150_000, places: 140_000, days: 60, layers: 12 });
  const deep = new PointIndex(many);
  const all = Uint8Array.from(many.kinds, (k) => k.layer + 1);
  const cells = deep.cellsAt(16);
  expect(cells.count * many.kinds.length).toBeGreaterThan(3_000_000);
  const window = { first: 20, last: 30 };
  const ids = Uint32Array.from([0, 1, 7, cells.count - 1]);
  const counts = deep.count(ids, window);
  for (const [n, cell] of ids.entries()) {
    const order = deep.order(all, window);
    const rows = Array.from({ length: order.length }, (_, i) => order.at(i) ?? -1).filter((row) => {
      const p = many.place[row]! - 1;
      return cell === 0 ? p < 0 : p >= cells.start[cell]! && p < cells.start[cell + 1]!;
    });
    const byKind = many.kinds.map((_, k) => rows.filter((row) => many.kind[row] === k).length);
    expect([...counts.slice(n * many.kinds.length, (n + 1) * many.kinds.length)]).toEqual(byKind);
  }
});

test('the places of a cell are one run, and the cell is drawn inside itself', () => {
  for (const zoom of [0, 2, 5, 9, 14, 25]) {
    const cells = index.cellsAt(zoom);
    const size = 2 ** Math.max(0, SHEET_BITS - 2 - zoom);
    const seen = new Set<string>();
    for (let cell = 1; cell < cells.count; cell++) {
      const keys = new Set<string>();
      for (let p = cells.start[cell]!; p < cells.start[cell + 1]!; p++) {
        keys.add(`${Math.floor(columns.placeX[p]! / size)} ${Math.floor(columns.placeY[p]! / size)}`);
        expect(index.cellOfPlace(p)).toBe(cell);
      }
      expect([...keys]).toEqual([`${Math.floor(index.centreOf(cell).x / size)} ${Math.floor(index.centreOf(cell).y / size)}`]);
      expect(seen.has([...keys][0]!)).toBe(false);
      seen.add([...keys][0]!);
    }
  }
  expect(CELL).toBe(256 / 4);
});

test('the cells of an area are those that touch it', () => {
  const cells = index.cellsAt(6);
  const size = 2 ** (SHEET_BITS - 2 - 6);
  const area = { left: 23_000_000, top: 11_000_000, right: 24_500_000, bottom: 12_000_000 };
  const all = Array.from({ length: cells.count - 1 }, (_, i) => i + 1);
  const touching = all.filter((cell) => {
    const p = cells.start[cell]!;
    const [x, y] = [Math.floor(columns.placeX[p]! / size) * size, Math.floor(columns.placeY[p]! / size) * size];
    return x <= area.right && x + size > area.left && y <= area.bottom && y + size > area.top;
  });
  expect(touching.length).toBeGreaterThan(5);
  expect([...index.cellsIn(area)]).toEqual(touching);
});

test('rows that stand for several events count as many', () => {
  const weight = Uint32Array.from({ length: columns.rows }, (_, i) => i % 5);
  const heavy = new PointIndex({ ...columns, weight });
  const ids = Uint32Array.from({ length: heavy.cellsAt(4).count }, (_, i) => i);
  const mask = maskOf(() => false);
  const window = { first: 10, last: 20 };
  const counts = heavy.count(ids, window);
  const order = heavy.order(mask, window);
  const shown = Array.from({ length: order.length }, (_, i) => order.at(i) ?? -1);
  const sum = shown.reduce((n, row) => n + weight[row]!, 0);
  expect(counts.reduce((a, b) => a + b, 0)).toBe(sum);
  expect(heavy.kindCounts(window).reduce((a, b) => a + b, 0)).toBe(sum);
});

test('Morton order keeps the order of equal points and of the halves', () => {
  expect([...mortonOrder([3, 0, 0, 2 ** 24, 0], [3, 0, 2 ** 24, 0, 0])]).toEqual([1, 4, 0, 3, 2]);
});

test('of an event that lasts a day a page keeps seven bytes, however its map is looked at', () => {
  const rows = 200_000;
  const index = new PointIndex(makeColumns({ rows, places: 2000, days: 60, layers: 4, long: 0 }));
  const tables = () => index.buffers().reduce((sum, buffer) => sum + buffer.byteLength, 0);
  // What is kept of places, days and cells does not grow with the events.
  const beside = new PointIndex(makeColumns({ rows: 0, places: 2000, days: 60, layers: 4 }));
  for (const i of [index, beside]) {
    i.cellsAt(9);
    i.count(new Uint32Array(0), { first: 3, last: 9 });
    i.order(new Uint8Array(i.columns.kinds.length).fill(1), { first: 3, last: 9 });
  }
  const fixed = beside.buffers().reduce((sum, buffer) => sum + buffer.byteLength, 0);
  expect((tables() - fixed) / rows).toBeLessThan(7.1);
});
