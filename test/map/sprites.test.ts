import { afterEach, expect, test, vi } from 'vitest';
import { GLYPH_NAMES } from '../../src/core/glyphs.ts';
import { PARTS } from '../../src/dense/marks.ts';
import type { Face } from '../../src/map/leaflet/dense/sprites.ts';
import { faceOf, Sprites } from '../../src/map/leaflet/dense/sprites.ts';

const COLOURS = ['#a00', '#0a0', '#00a', '#aa0', '#0aa'];

/** Every mix of five layers: a thousand faces and one. */
const FACES: readonly Face[] = mixes(COLOURS.length, PARTS).map((mix) => faceOf(100, mix));

function mixes(layers: number, parts: number): number[][] {
  if (layers === 1) return [[parts]];
  return Array.from({ length: parts + 1 }, (_, n) => n).flatMap((n) => mixes(layers - 1, parts - n).map((rest) => [n, ...rest]));
}

function sprites(): Sprites {
  return new Sprites(
    { paper: '#fff', ink: '#000', rule: '#888', layers: COLOURS, glyphs: GLYPH_NAMES.slice(0, COLOURS.length), font: 'sans-serif', point: '.' },
    1,
  );
}

/** A frame's marks; and how many lines were painted to have them ready, and then to draw them. */
function frame(of: Sprites, faces: readonly Face[]): { readonly ready: number; readonly drawn: number; readonly pixels: Uint8ClampedArray } {
  const stroke = vi.spyOn(CanvasRenderingContext2D.prototype, 'stroke');
  stroke.mockClear();
  const canvas = document.createElement('canvas');
  const paint = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  of.makeRoom();
  for (const face of faces) of.prepare(face);
  const ready = stroke.mock.calls.length;
  of.begin(paint);
  for (const face of faces) of.draw(paint, 100, 60, face);
  return { ready, drawn: stroke.mock.calls.length - ready, pixels: paint.getImageData(0, 0, canvas.width, canvas.height).data };
}

afterEach(() => {
  vi.restoreAllMocks();
});

test('a mark looks as it did before, however many others were drawn since; the oldest are drawn anew, those of late are not', () => {
  const own = sprites();
  const before = frame(own, FACES.slice(0, 1));
  expect(before.ready).toBeGreaterThan(0);
  for (let n = 1; n < FACES.length; n += 50) expect(frame(own, FACES.slice(n, n + 50)).drawn).toBe(0);
  expect(frame(own, FACES.slice(-100))).toMatchObject({ ready: 0, drawn: 0 });
  const after = frame(own, FACES.slice(0, 1));
  expect(after.ready).toBe(before.ready);
  // At another place of a page, where an edge is rounded in another way.
  expect(after.pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - (before.pixels[i] as number))), 0)).toBeLessThan(8);
});

test('what one frame needs is there while it is drawn, be it more than stays until the next', () => {
  const own = sprites();
  expect(frame(own, FACES)).toMatchObject({ drawn: 0 });
  expect(frame(own, FACES.slice(-10))).toMatchObject({ ready: 0 });
  expect(frame(own, FACES.slice(0, 1)).ready).toBeGreaterThan(0);
});
