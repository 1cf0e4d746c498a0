import 'leaflet/dist/leaflet.css';
import '../../src/map/many.css';
import type { Map as LeafletMap } from 'leaflet';
import { map as leafletMap } from 'leaflet';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { project, TILE } from '../../src/core/geo.ts';
import type { Bounds } from '../../src/core/source.ts';
import type { Filter } from '../../src/core/view.ts';
import type { Columns } from '../../src/dense/columns.ts';
import { SHEET_UNITS } from '../../src/dense/columns.ts';
import { DetailStore } from '../../src/dense/DetailStore.ts';
import { Many } from '../../src/dense/Many.ts';
import { radiusOf } from '../../src/dense/marks.ts';
import { toUnits } from '../../src/dense/PointIndex.ts';
import type { Bin } from '../../src/map/leaflet/dense/DenseLayer.ts';
import { DenseLayer } from '../../src/map/leaflet/dense/DenseLayer.ts';
import { makeColumns } from '../dense/make.ts';
import { tinyStory } from '../fixtures/tiny-story.ts';

const LAYERS = tinyStory.layers.length;
const columns = makeColumns({ rows: 4000, places: 300, days: 30, layers: LAYERS });
const files = {
  counts: '',
  columns: '',
  folder: '',
  idFiles: 1,
  download: '',
  cells: { all: 7, daily: 6 },
  events: 4000,
  context: 0,
  placed: 4000,
  places: 300,
};
const manyOf = (shown: Columns, bounds: Bounds) =>
  new Many({ ...tinyStory, bounds }, { ...files, article: { placed: 4000, retracted: 0, places: 300 } }, shown, new DetailStore(() => Promise.resolve([])));
const many = manyOf(columns, tinyStory.bounds);
const filter = (hidden: readonly string[] = []): Filter => ({ hiddenLayers: new Set(hidden), hiddenStatuses: new Set(), showContext: true, days: null });

let container: HTMLElement;
let map: LeafletMap;
let layer: DenseLayer;
const drawn = vi.fn();

beforeEach(() => {
  container = document.createElement('div');
  Object.assign(container.style, { width: '800px', height: '500px' });
  document.body.append(container);
  layer = new DenseLayer(drawn, vi.fn(), vi.fn());
  map = leafletMap(container, { center: [48, 67], zoom: 5, zoomAnimation: false });
  layer.addTo(map);
  layer.dress({
    paper: '#fff',
    ink: '#000',
    rule: '#888',
    layers: tinyStory.layers.map(() => '#a00'),
    glyphs: tinyStory.layers.map((l) => l.glyph),
    font: 'sans-serif',
    point: '.',
  });
  return () => map.remove();
});
afterEach(() => {
  vi.restoreAllMocks();
  drawn.mockReset();
  container.remove();
});

/** Show a filter: once its marks are drawn. */
async function show(shown: Filter, events = many): Promise<void> {
  const before = drawn.mock.calls.length;
  layer.show({ many: events, filter: shown, layers: LAYERS });
  await expect.poll(() => drawn.mock.calls.length).toBeGreaterThan(before);
}

test('at rest the marks are made ready that hiding a layer shows, so that the press itself makes none', async () => {
  let made = 0;
  const stroke = CanvasRenderingContext2D.prototype.stroke;
  vi.spyOn(CanvasRenderingContext2D.prototype, 'stroke').mockImplementation(function (this: CanvasRenderingContext2D, ...path: unknown[]) {
    made++;
    return (stroke as (...p: unknown[]) => void).apply(this, path);
  });
  let first = 0;
  drawn.mockImplementationOnce(() => {
    first = made;
  });
  await show(filter());
  expect(first).toBeGreaterThan(0);
  await expect.poll(() => made).toBeGreaterThan(first);
  // Each layer is made ready in an idle moment of its own; the last of them is done when this one comes.
  for (let n = 0; n <= LAYERS; n++) await new Promise((done) => requestIdleCallback(done));
  const ready = made;
  await show(filter([tinyStory.layers[0]?.id ?? '']));
  expect(made).toBe(ready);
});

const sheets = () => [...container.querySelectorAll<HTMLCanvasElement>('.dense-canvas')];
const isSeen = (sheet: HTMLCanvasElement) => sheet.style.visibility !== 'hidden';
const isPainted = (sheet: HTMLCanvasElement) =>
  sheet
    .getContext('2d')
    ?.getImageData(0, 0, sheet.width, sheet.height)
    .data.some((value) => value > 0);

test('a filter is painted in the next frame where the map is in view, and around it when the browser has time', async () => {
  await show(filter());
  layer.show({ many, filter: filter([tinyStory.layers[0]?.id ?? '']), layers: LAYERS });
  await new Promise((done) => requestAnimationFrame(done));
  const [view, ...around] = sheets() as [HTMLCanvasElement, ...HTMLCanvasElement[]];
  expect(isSeen(view) && isPainted(view)).toBe(true);
  // What they show is of the filter before.
  expect(around.some(isSeen)).toBe(false);
  await expect.poll(() => around.every(isSeen)).toBe(true);
  expect(around.some(isPainted)).toBe(true);
});

test('a drag leaves on two sheets what is in view; a filter then paints both at once', async () => {
  await show(filter());
  map.panBy([100, 0], { animate: false });
  layer.show({ many, filter: filter([tinyStory.layers[0]?.id ?? '']), layers: LAYERS });
  await new Promise((done) => requestAnimationFrame(done));
  const view = container.getBoundingClientRect();
  const inView = sheets().filter((s) => {
    const { left, right, top, bottom } = s.getBoundingClientRect();
    return left < view.right && right > view.left && top < view.bottom && bottom > view.top;
  });
  expect(inView).toHaveLength(2);
  expect(inView.every((s) => isSeen(s) && isPainted(s))).toBe(true);
});

test('every mark is whole, also where it lies on two sheets', async () => {
  await show(filter());
  await expect.poll(() => sheets().every(isSeen)).toBe(true);
  const whole = document.createElement('canvas');
  const ratio = Math.min(2, devicePixelRatio);
  const all = { width: Math.max(...sheets().map((s) => s.offsetLeft + s.offsetWidth)), height: Math.max(...sheets().map((s) => s.offsetTop + s.offsetHeight)) };
  Object.assign(whole, { width: all.width * ratio, height: all.height * ratio });
  const paint = whole.getContext('2d', { willReadFrequently: true });
  for (const s of sheets()) paint?.drawImage(s, s.offsetLeft * ratio, s.offsetTop * ratio);
  const bins = drawn.mock.calls.at(-1)?.[0] as Bin[];
  const corner = map.getPixelBounds().min?.subtract([sheets()[0]?.offsetLeft ?? 0, sheets()[0]?.offsetTop ?? 0]);
  const units = SHEET_UNITS / (TILE * 2 ** map.getZoom());
  let seams = 0;
  for (const bin of bins) {
    const [x, y, r] = [bin.x / units - (corner?.x ?? 0), bin.y / units - (corner?.y ?? 0), radiusOf(bin.count) - 2];
    if (x < r || y < r || x > all.width - r || y > all.height - r) continue;
    for (const [dx, dy] of [
      [r, 0],
      [-r, 0],
      [0, r],
      [0, -r],
    ] as const)
      expect(paint?.getImageData(Math.round((x + dx) * ratio), Math.round((y + dy) * ratio), 1, 1).data[3]).toBeGreaterThan(200);
    if (sheets().some((s) => Math.abs(s.offsetLeft - x) < r || Math.abs(s.offsetTop - y) < r)) seams++;
  }
  expect(seams).toBeGreaterThan(3);
});

test('taken off the map, it makes nothing ready any more', async () => {
  await show(filter());
  layer.remove();
  const stroke = vi.spyOn(CanvasRenderingContext2D.prototype, 'stroke');
  for (let n = 0; n <= LAYERS; n++) await new Promise((done) => requestIdleCallback(done));
  expect(stroke).not.toHaveBeenCalled();
});

test('across the antimeridian every event stands once, on the copy of the world that the story stands on', async () => {
  // Suva's side and the other one, in the order that columns have them.
  const at = [-178.5, 178.4].map((lng) => project([lng, -18.1]));
  const two = { ...makeColumns({ rows: 60, places: 2, days: 5, layers: LAYERS, placeless: 0 }), placeX: at.map((p) => p.x), placeY: at.map((p) => p.y) };
  const fiji = manyOf({ ...two, placeX: Uint32Array.from(two.placeX, toUnits), placeY: Uint32Array.from(two.placeY, toUnits) }, [176, -20, -177, -15]);
  for (const [lng, zoom] of [
    [179.9, 7],
    [180.1, 7],
    [180, 1],
  ] as const) {
    map.setView([-18, lng], zoom);
    await show(filter(), fiji);
    const bins = drawn.mock.calls.at(-1)?.[0] as Bin[];
    expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(60);
    const lngs = bins.map((bin) => (bin.x / SHEET_UNITS - 0.5) * 360).sort((a, b) => a - b);
    expect(lngs[0]).toBeCloseTo(178.4, 3);
    expect(lngs.at(-1)).toBeCloseTo(181.5, 3);
  }
});
