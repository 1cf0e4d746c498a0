import '../../src/map/policy.ts';
import { expect, test, vi } from 'vitest';
import { RELIEF } from '../../src/core/basemap-style.ts';
import { Relief } from '../../src/map/basemap/Relief.ts';

const SIZE = 64;
const GREYS = { flat: 128, deadBand: 8 };

/** An image of the world: a third as dark as can be, a third flat, a third as bright as can be. */
async function worldImage(): Promise<string> {
  const canvas = new OffscreenCanvas(SIZE * 3, SIZE);
  const paint = canvas.getContext('2d');
  for (const [third, grey] of [1, 128, 255].entries()) {
    if (paint) paint.fillStyle = `rgb(${grey} ${grey} ${grey})`;
    paint?.fillRect(third * SIZE, 0, SIZE, SIZE);
  }
  return URL.createObjectURL(await canvas.convertToBlob());
}

/** The greys that a mid-grey sheet has after it was painted on, in the middle of each third. */
function painted(relief: Relief, strength: { shade: number; light: number }): number[] {
  const paint = new OffscreenCanvas(3 * SIZE, 3 * SIZE).getContext('2d');
  if (!paint) return [];
  paint.fillStyle = 'rgb(100 100 100)';
  paint.fillRect(0, 0, 3 * SIZE, 3 * SIZE);
  relief.paint(paint, { z: 0, x: 0, y: 0 }, 3 * SIZE, strength);
  return [0.5, 1.5, 2.5].map((third) => paint.getImageData(third * SIZE, 1.5 * SIZE, 1, 1).data[0] ?? 0);
}

test('relief darkens and lightens as strongly as the theme on show asks, also when the theme has changed', async () => {
  const image = { file: '', bounds: [-180, -85, 180, 85] as const, fromZoom: 0 };
  const onChange = vi.fn();
  const relief = await Relief.load(image, await worldImage(), GREYS, RELIEF.light, onChange);
  const expected = ({ shade, light }: { shade: number; light: number }) => [100 * (1 - shade), 100, 100 + 155 * light];
  for (const theme of ['light', 'dark', 'light'] as const) {
    painted(relief, RELIEF[theme]);
    await vi.waitUntil(() => painted(relief, RELIEF[theme]).every((grey, i) => Math.abs(grey - (expected(RELIEF[theme])[i] ?? 0)) < 3));
    // Weaker at a nearer zoom: the same balance.
    const half = { shade: RELIEF[theme].shade / 2, light: RELIEF[theme].light / 2 };
    for (const [i, grey] of painted(relief, half).entries()) expect(Math.abs(grey - (expected(half)[i] ?? 0))).toBeLessThan(3);
  }
  expect(onChange).toHaveBeenCalledTimes(2);
});

test('a theme of more contrast leaves relief out, and comes back to it', async () => {
  const image = { file: '', bounds: [-180, -85, 180, 85] as const, fromZoom: 0 };
  const relief = await Relief.load(image, await worldImage(), GREYS, RELIEF.lightContrast, () => undefined);
  expect(painted(relief, RELIEF.lightContrast)).toEqual([100, 100, 100]);
  await vi.waitUntil(() => painted(relief, RELIEF.dark)[0] !== 100);
});
