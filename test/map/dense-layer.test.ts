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
import type { Bin } from '../../src/map/leaflet/dense/bins.ts';
import { DenseLayer } from '../../src/map/leaflet/dense/DenseLayer.ts';
import type { Ink } from '../../src/map/leaflet/dense/sprites.ts';
import { makeColumns } from '../dense/make.ts';
import { tinyStory } from '../fixtures/tiny-story.ts';

const LAYERS = tinyStory.layers.length;
const columns = makeColumns({ rows: 4000, places: 300, days: 30, layers: LAYERS });
const DAYS = Array.from({ length: 10 }, (_, d) => {
  const start = (columns.baseDay + d) * 86_400_000;
  return { id: new Date(start).toISOString().slice(0, 10), start, end: start + 86_400_000, label: '', words: '', bin: 'day' as const };
});
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
  new Many(
    { ...tinyStory, days: DAYS, bounds },
    { ...files, article: { placed: 4000, retracted: 0, places: 300 } },
    shown,
    new DetailStore(() => Promise.resolve(new ArrayBuffer(0))),
  );
const many = manyOf(columns, tinyStory.bounds);
const filter = (hidden: readonly string[] = []): Filter => ({ hiddenLayers: new Set(hidden), hiddenStatuses: new Set(), showContext: true, days: null });

const INK: Ink = {
  paper: '#fff',
  ink: '#000',
  rule: '#888',
  layers: tinyStory.layers.map(() => '#a00'),
  glyphs: tinyStory.layers.map((l) => l.glyph),
  font: 'sans-serif',
  point: '.',
};

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
  layer.dress(INK);
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
  layer.show({ many: events, filter: shown, layers: LAYERS, days: DAYS });
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
  await atRest();
  const ready = made;
  await show(filter([tinyStory.layers[0]?.id ?? '']));
  expect(made).toBe(ready);
});

const all = () => [...container.querySelectorAll<HTMLCanvasElement>('.dense-canvas')];
const isSeen = (sheet: HTMLCanvasElement) => sheet.style.visibility !== 'hidden';
const sheets = () => all().filter(isSeen);
/** The sheet over the view. */
const view = () => sheets().find((s) => s.offsetLeft > 0 && s.offsetTop > 0);
const isPainted = (sheet: HTMLCanvasElement) =>
  sheet
    .getContext('2d')
    ?.getImageData(0, 0, sheet.width, sheet.height)
    .data.some((value) => value > 0);

test('a filter is painted in the next frame where the map is in view, and around it when the browser has time', async () => {
  await show(filter());
  layer.show({ many, filter: filter([tinyStory.layers[0]?.id ?? '']), layers: LAYERS, days: DAYS });
  await new Promise((done) => requestAnimationFrame(done));
  // What the others show is of the filter before.
  expect(sheets()).toHaveLength(1);
  expect(sheets().every(isPainted)).toBe(true);
  await expect.poll(() => sheets().length).toBe(5);
  expect(sheets().filter(isPainted).length).toBeGreaterThan(1);
});

test('a drag leaves on two sheets what is in view; a filter then paints both at once', async () => {
  await show(filter());
  map.panBy([100, 0], { animate: false });
  layer.show({ many, filter: filter([tinyStory.layers[0]?.id ?? '']), layers: LAYERS, days: DAYS });
  await new Promise((done) => requestAnimationFrame(done));
  const view = container.getBoundingClientRect();
  const inView = sheets().filter((s) => {
    const { left, right, top, bottom } = s.getBoundingClientRect();
    return left < view.right && right > view.left && top < view.bottom && bottom > view.top;
  });
  expect(inView).toHaveLength(2);
  expect(inView.every(isPainted)).toBe(true);
});

test('every mark is whole, also where it lies on two sheets', async () => {
  await show(filter());
  await expect.poll(() => sheets().length).toBe(5);
  const whole = document.createElement('canvas');
  const ratio = Math.min(2, devicePixelRatio);
  const size = {
    width: Math.max(...sheets().map((s) => s.offsetLeft + s.offsetWidth)),
    height: Math.max(...sheets().map((s) => s.offsetTop + s.offsetHeight)),
  };
  Object.assign(whole, { width: size.width * ratio, height: size.height * ratio });
  const paint = whole.getContext('2d', { willReadFrequently: true });
  for (const s of sheets()) paint?.drawImage(s, s.offsetLeft * ratio, s.offsetTop * ratio);
  const bins = drawn.mock.calls.at(-1)?.[0].bins as Bin[];
  const corner = map.getPixelBounds().min?.subtract([view()?.offsetLeft ?? 0, view()?.offsetTop ?? 0]);
  const units = SHEET_UNITS / (TILE * 2 ** map.getZoom());
  let seams = 0;
  for (const bin of bins) {
    const [x, y, r] = [bin.x / units - (corner?.x ?? 0), bin.y / units - (corner?.y ?? 0), radiusOf(bin.count) - 2];
    if (x < r || y < r || x > size.width - r || y > size.height - r) continue;
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

/** Calls that paint on the sheets while something is done. */
async function painted(act: () => Promise<unknown>): Promise<number> {
  let calls = 0;
  for (const name of ['drawImage', 'fillText', 'clearRect'] as const) {
    const before = CanvasRenderingContext2D.prototype[name] as (...args: unknown[]) => void;
    vi.spyOn(CanvasRenderingContext2D.prototype, name).mockImplementation(function (this: CanvasRenderingContext2D, ...args: unknown[]) {
      if (this.canvas.className === 'dense-canvas') calls++;
      before.apply(this, args);
    });
  }
  await act();
  vi.restoreAllMocks();
  return calls;
}

/** Show a filter, and look at the frame that it is seen in, before the browser has time for anything else. */
async function seen(shown: Filter): Promise<Uint8ClampedArray> {
  layer.show({ many, filter: shown, layers: LAYERS, days: DAYS });
  await new Promise((done) => requestAnimationFrame(done));
  const sheet = view();
  return sheet?.getContext('2d')?.getImageData(0, 0, sheet.width, sheet.height).data ?? new Uint8ClampedArray();
}

/** Values that differ by more than edges do where a mark was drawn in another place of its atlas. */
function differing(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  return a.reduce((n, value, i) => n + (Math.abs(value - (b[i] ?? 0)) > 16 ? 1 : 0), 0);
}

/** The same filter on a map that has shown nothing before. */
async function afresh(shown: Filter): Promise<Uint8ClampedArray> {
  layer.dress(INK);
  return seen(shown);
}

const atRest = async () => {
  await expect.poll(() => sheets().length).toBe(5);
  // Each thing that was put off is done in an idle moment of its own.
  for (let n = 0; n <= LAYERS + 6; n++) await new Promise((done) => requestIdleCallback(done));
};
const dayOf = (n: number): Filter => ({ ...filter(), days: { first: DAYS[n]?.id ?? '', last: DAYS[n]?.id ?? '' } });

test('the day after the one that a reader has stepped to is painted at rest: the next step paints nothing, and shows what is right', async () => {
  await show(dayOf(0));
  await show(dayOf(1));
  await atRest();
  let next: Uint8ClampedArray = new Uint8ClampedArray();
  expect(
    await painted(async () => {
      next = await seen(dayOf(2));
    }),
  ).toBe(0);
  expect(differing(next, await afresh(dayOf(2)))).toBe(0);
  expect(differing(next, await afresh(dayOf(1)))).toBeGreaterThan(0);
});

test('a layer that is switched and switched back brings what was there, painted already', async () => {
  const hidden = filter([tinyStory.layers[0]?.id ?? '']);
  await show(filter());
  await show(hidden);
  await atRest();
  let back: Uint8ClampedArray = new Uint8ClampedArray();
  expect(
    await painted(async () => {
      back = await seen(filter());
    }),
  ).toBe(0);
  expect(differing(back, await afresh(filter()))).toBe(0);
  expect(differing(back, await afresh(hidden))).toBeGreaterThan(0);
});

test('what a reader is about to ask for is painted before they do, once and no more, and shows what is right', async () => {
  const hidden = filter([tinyStory.layers[0]?.id ?? '']);
  await show(filter());
  await atRest();
  layer.expect(hidden);
  await atRest();
  const again = () => {
    layer.expect({ ...hidden });
    return atRest();
  };
  expect(await painted(again)).toBe(0);
  let next: Uint8ClampedArray = new Uint8ClampedArray();
  expect(
    await painted(async () => {
      next = await seen(hidden);
    }),
  ).toBe(0);
  expect(differing(next, await afresh(hidden))).toBe(0);
  expect(differing(next, await afresh(filter()))).toBeGreaterThan(0);
});

test('a press right after its control was approached leaves the next step as ready as any other', async () => {
  await show(dayOf(0));
  await show(dayOf(1));
  await atRest();
  layer.expect(dayOf(3));
  await show(dayOf(2));
  await atRest();
  expect(await painted(() => seen(dayOf(3)))).toBe(0);
});

test('nothing is brought back that a move, other colours or others’ marks have made wrong', async () => {
  const hidden = filter([tinyStory.layers[0]?.id ?? '']);
  const changes: readonly [what: string, act: () => void][] = [
    ['a move', () => map.setView([48, 67], map.getZoom() + 1, { animate: false })],
    ['other colours', () => layer.dress({ ...INK, paper: '#123' })],
    ['marks that others draw', () => layer.leaveOut(new Set(Array.from({ length: 40 }, (_, cell) => cell)))],
  ];
  for (const [what, change] of changes) {
    await show(filter());
    await show(hidden);
    await atRest();
    change();
    await atRest();
    expect(await painted(() => seen(filter())), what).toBeGreaterThan(0);
  }
});

test('taken off the map, it makes nothing ready any more', async () => {
  await show(filter());
  layer.expect(filter([tinyStory.layers[0]?.id ?? '']));
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
    const bins = drawn.mock.calls.at(-1)?.[0].bins as Bin[];
    expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(60);
    const lngs = bins.map((bin) => (bin.x / SHEET_UNITS - 0.5) * 360).sort((a, b) => a - b);
    expect(lngs[0]).toBeCloseTo(178.4, 3);
    expect(lngs.at(-1)).toBeCloseTo(181.5, 3);
  }
});
