import { describe, expect, test } from 'vitest';
import { roundPosition } from '../../src/core/geo.ts';
import { readLngLat, readPair } from '../../src/import/coordinates.ts';

describe('a pair in one cell is read latitude first, unless its letters say otherwise', () => {
  test.each([
    '43.2389, 76.8897',
    '43.2389,76.8897',
    '43,2389; 76,8897',
    '43,2389 76,8897',
    '43°14′20.04″N 76°53′22.92″E',
    '43°14\'20.04"N, 76°53\'22.92"E',
    'N 43 14.334, E 76 53.382',
    '76.8897E 43.2389N',
    '43.2389° с. ш. 76.8897° в. д.',
    'POINT (76.8897 43.2389)',
  ])('%s', (text) => {
    const read = readPair(text);
    expect(read.ok && roundPosition(read.at, 4)).toEqual([76.8897, 43.2389]);
  });
});

test('two cells are read with a decimal point, a decimal comma or degrees', () => {
  expect(readLngLat('76,8897', '43,2389')).toEqual({ ok: true, at: [76.8897, 43.2389] });
  expect(readLngLat('-70.6693', '-33.4489')).toEqual({ ok: true, at: [-70.6693, -33.4489] });
  const south = readLngLat('70°40′W', '33°27′S');
  expect(south.ok && roundPosition(south.at, 2)).toEqual([-70.67, -33.45]);
});

test('0, 0 is nowhere, not a place in the Atlantic', () => {
  expect(readLngLat('0', '0')).toMatchObject({ ok: false, remedy: expect.stringContaining('without a place') });
});

test('a latitude beyond the pole is refused, and taken for a longitude where that would do', () => {
  expect(readLngLat('43.2', '143.2')).toMatchObject({ ok: false, remedy: expect.stringContaining('swapped') });
  expect(readLngLat('243.2', '143.2')).toMatchObject({ ok: false, remedy: 'Correct the numbers.' });
});

test.each([
  ['north', 'east'],
  ['76°61′E', '43°N'],
  ['76.9N', '43.2E'],
])('%s, %s is no position', (lng, lat) => {
  expect(readLngLat(lng, lat).ok).toBe(false);
});
