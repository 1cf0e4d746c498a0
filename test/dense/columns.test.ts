import { expect, test } from 'vitest';
import type { Columns } from '../../src/dense/columns.ts';
import { COLUMNS_VERSION, ColumnsError, readColumns, writeColumns } from '../../src/dense/columns.ts';
import { makeColumns, random } from './make.ts';

const small = makeColumns({ rows: 60, places: 12, days: 9, layers: 2, undated: 0.1, long: 0.3 });
const bytes = writeColumns(small);

/** Columns or a ColumnsError; anything else fails the test. */
function tryRead(data: Uint8Array): Columns | ColumnsError {
  try {
    return readColumns(data);
  } catch (error) {
    if (error instanceof ColumnsError) return error;
    throw error;
  }
}

test.each([
  ['a few rows', small],
  ['no rows', makeColumns({ rows: 0, places: 0, days: 1, layers: 1 })],
  ['more than 256 places and kinds', makeColumns({ rows: 2000, places: 700, days: 40, layers: 50 })],
  ['rows that stand for several events', { ...small, weight: Uint32Array.from({ length: 60 }, (_, i) => i * i * i) }],
  ['days before 1970', { ...small, baseDay: -900 }],
])('what is written is read back: %s', (_, columns) => {
  expect(readColumns(writeColumns(columns))).toEqual(columns);
});

test('the same columns give the same bytes', () => {
  expect(writeColumns(makeColumns({ rows: 60, places: 12, days: 9, layers: 2, undated: 0.1, long: 0.3 }))).toEqual(bytes);
});

test('a file that ends too early is refused, wherever it ends', () => {
  for (let length = 0; length < bytes.length; length++) expect(tryRead(bytes.slice(0, length))).toBeInstanceOf(ColumnsError);
});

test('a byte too many is refused', () => {
  expect(tryRead(Uint8Array.from([...bytes, 0]))).toBeInstanceOf(ColumnsError);
});

test('another version is refused, and says which', () => {
  const other = bytes.slice();
  other[4] = COLUMNS_VERSION + 1;
  expect(() => readColumns(other)).toThrow(`Expected columns of version ${COLUMNS_VERSION}, got ${COLUMNS_VERSION + 1}`);
});

test('a web page is refused', () => {
  expect(() => readColumns(new TextEncoder().encode('<!doctype html>'))).toThrow(ColumnsError);
});

test('sizes that the file has no bytes for are refused before memory is taken', () => {
  const head = [...bytes.slice(0, 6)];
  for (const size of [
    [0xff, 0xff, 0xff, 0xff, 0x0f],
    [0xff, 0xff, 0xff, 0x7f],
    [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
  ])
    for (let place = 0; place < 5; place++)
      expect(tryRead(Uint8Array.from([...head, ...Array.from({ length: place }, () => 1), ...size, 0, 0]))).toBeInstanceOf(ColumnsError);
});

test('any byte changed to anything gives columns with every number in range, or a clear error', () => {
  const r = random(7);
  for (let round = 0; round < 20_000; round++) {
    const changed = bytes.slice();
    for (let n = 0; n <= round % 3; n++) changed[Math.floor(r() * changed.length)] = Math.floor(r() * 256);
    const found = tryRead(changed);
    if (found instanceof ColumnsError) continue;
    const { rows, undated, days, kinds, placeX, dayStart, kind, place, lastDay } = found;
    expect(dayStart[days]).toBe(rows - undated);
    expect(kind.every((k) => k < kinds.length)).toBe(true);
    expect(place.every((p) => p <= placeX.length)).toBe(true);
    expect(lastDay.every((d) => d < Math.max(1, days))).toBe(true);
  }
});

test('random bytes behind a right beginning give columns or a clear error', () => {
  const r = random(8);
  for (let round = 0; round < 20_000; round++)
    tryRead(Uint8Array.from([...bytes.slice(0, 6), ...Array.from({ length: round % 60 }, () => Math.floor(r() * 256))]));
});
