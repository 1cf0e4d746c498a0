import '../../src/map/policy.ts';
import { expect, test } from 'vitest';
import base from '../../data/basemap/kazakhstan/base.topo.json';
import water from '../../data/basemap/kazakhstan/water.topo.json';
import type { BasemapLabel } from '../../src/core/basemap.ts';
import type { GroundPalette } from '../../src/core/basemap-style.ts';
import { GROUND_COLORS } from '../../src/core/basemap-style.ts';
import { project } from '../../src/core/geo.ts';
import { openGround, startWorker } from '../../src/map/basemap/openGround.ts';
import type { GroundState } from '../../src/map/basemap/protocol.ts';
import { tinyStory } from '../fixtures/tiny-story.ts';

const TOWN: BasemapLabel = { id: 'almaty', kind: 'city', rank: 0, at: [76.9, 43.24], name: { en: 'Almaty' } };
const ZOOM = 6;
const PX = 256;
/** Names in black on grey. */
const colors = Object.fromEntries(GROUND_COLORS.map((name) => [name, /label|place/i.test(name) ? '#000' : '#ccc'])) as GroundPalette;

const PAINTERS = [
  ['a worker', startWorker],
  ['the page', () => null],
] as const;
const FIRST: GroundState = {
  look: { theme: 'light', colors, font: 'sans-serif' },
  marks: [],
  bounds: tinyStory.bounds,
  outlined: [],
  streets: null,
  named: true,
};

function open(worker: () => Worker | null) {
  const bytes = new TextEncoder().encode(JSON.stringify({ format: 1, base, water, labels: [TOWN] })).buffer;
  return openGround({ index: tinyStory.basemap, url: document.baseURI, bytes, language: 'en' }, worker());
}

test.each(PAINTERS)('where %s paints, a first state asks for no tile to be painted once more', async (_, worker) => {
  const ground = await open(worker);
  const told = new Promise<boolean>((resolve) => {
    ground.onNews = ({ repaint }) => resolve(repaint);
  });
  ground.setState(FIRST);
  ground.look(1, tinyStory.bounds);
  expect(await told).toBe(false);
});

test.each(PAINTERS)('where %s paints, a town’s name gives way to the marks of very many events', async (_, worker) => {
  const ground = await open(worker);
  const at = project(TOWN.at);
  const [x, y] = [Math.floor(at.x * 2 ** ZOOM), Math.floor(at.y * 2 ** ZOOM)];
  const paint = async (state: Partial<GroundState>) => {
    ground.setState({ ...FIRST, ...state });
    const tile = await ground.paint({ z: ZOOM, x, y, column: x, px: PX, zoom: ZOOM, width: PX, height: PX });
    if (!tile) throw new Error('Nothing was painted.');
    const eye = new OffscreenCanvas(PX, PX).getContext('2d');
    eye?.drawImage(tile, 0, 0);
    return eye?.getImageData(0, 0, PX, PX).data.join();
  };
  const bare = await paint({ named: false });
  expect(await paint({})).not.toBe(bare);
  let isTold = false;
  ground.onNews = ({ repaint }) => {
    isTold ||= repaint;
  };
  ground.setSpots([{ fromZoom: Number.NEGATIVE_INFINITY, marks: Float32Array.of(at.x, at.y, 30) }]);
  await expect.poll(() => isTold).toBe(true);
  expect(await paint({})).toBe(bare);
  // Nearer, the mark is another one, elsewhere.
  ground.setSpots([{ fromZoom: ZOOM + 0.75, marks: Float32Array.of(at.x, at.y, 30) }]);
  expect(await paint({})).not.toBe(bare);
});
