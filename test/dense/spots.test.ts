import { expect, test } from 'vitest';
import type { BasemapLabel } from '../../src/core/basemap.ts';
import { labelsAt } from '../../src/core/basemap-labels.ts';
import { TILE, unproject } from '../../src/core/geo.ts';
import { boxesOverlap } from '../../src/core/labels.ts';
import { SHEET_UNITS } from '../../src/dense/columns.ts';
import { radiusOf, spotBoxes } from '../../src/dense/marks.ts';
import { cellZoom, countsByLayer, PointIndex } from '../../src/dense/PointIndex.ts';
import { markSpots, spotsNear } from '../../src/dense/spots.ts';
import { makeColumns, random } from './make.ts';

const LAYERS = 3;
const index = new PointIndex(makeColumns({ rows: 20_000, places: 900, days: 60, layers: LAYERS }));
const spots = markSpots(index);

test('wherever a mark is drawn, under any filter and at any zoom, room is kept for all of it', () => {
  const any = random(5);
  for (const zoom of [2, 3.8, 5.5, 7, 9.74, 9.76, 13, 18]) {
    const cells = index.cellsAt(cellZoom(zoom));
    const ids = Uint32Array.from({ length: cells.count - 1 }, (_, i) => i + 1);
    const first = Math.floor(any() * 60);
    const hidden = Math.floor(any() * LAYERS);
    const mask = Uint8Array.from(index.columns.kinds, (k) => (k.layer === hidden ? 0 : k.layer + 1));
    const counts = countsByLayer(index.count(ids, { first, last: first + 9 }), mask, LAYERS);
    const room = spotBoxes(spots, zoom, zoom);
    const world = TILE * 2 ** zoom;
    let drawn = 0;
    for (const [n, id] of ids.entries()) {
      const count = counts.subarray(n * LAYERS, (n + 1) * LAYERS).reduce((a, b) => a + b, 0);
      if (count === 0) continue;
      drawn++;
      const at = index.centreOf(id);
      const [x, y] = [(at.x / SHEET_UNITS) * world, (at.y / SHEET_UNITS) * world];
      // A Float32Array holds the world to a part in sixteen million.
      const r = radiusOf(count) - 1;
      const kept = room.some((box) => box.left <= x - r && box.right >= x + r && box.top <= y - r && box.bottom >= y + r);
      expect(kept, `${zoom}: a mark of ${count}`).toBe(true);
    }
    expect(drawn).toBeGreaterThan(5);
  }
});

test('a town’s name moves aside of a mark, and is left out where no side is free', () => {
  const zoom = 6;
  const [box] = spotBoxes(spots, zoom, zoom).sort((a, b) => b.right - b.left - (a.right - a.left));
  const world = TILE * 2 ** zoom;
  if (!box) throw new Error('There is no mark.');
  const town = (dx: number): BasemapLabel => ({
    id: 'town',
    kind: 'city',
    rank: 0,
    at: unproject({ x: (box.left + dx) / world, y: (box.top + box.bottom) / 2 / world }),
    name: { en: 'Aktau' },
  });
  const place = (label: BasemapLabel, boxes: ReturnType<typeof spotBoxes>) => labelsAt([label], zoom, 'en', () => ({ boxes, points: [] }));
  const beside = town(-12);
  expect(place(beside, [])).toHaveLength(1);
  for (const { box: name } of place(beside, [box])) expect(boxesOverlap(name, box)).toBe(false);
  expect(place(town(12), [box])).toEqual([]);
});

test('a story with more marks than can be weighed keeps its names free down to where that is so, and no further', () => {
  const many = markSpots(new PointIndex(makeColumns({ rows: 40_000, places: 30_000, days: 10, layers: 1 })));
  expect(Math.max(...many.map((s) => s.marks.length / 3))).toBeLessThanOrEqual(10_000);
  expect(many.at(-1)?.marks).toHaveLength(0);
  expect(spotBoxes(many, 15, 15)).toEqual([]);
});

test('on a story across the antimeridian marks stand on the copy of the world that the story is on', () => {
  const east = spotBoxes(spotsNear(spots, SHEET_UNITS * 1.4), 0, 0);
  expect(east.length).toBeGreaterThan(0);
  for (const { left, right } of east) expect(Math.abs((left + right) / 2 / TILE - 1.4)).toBeLessThanOrEqual(0.5);
});
