import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boundsAround } from '../../src/build/new/place.ts';
import { newStoryFiles } from '../../src/build/new/story.ts';
import { writeFolder } from '../../src/build/write-whole.ts';
import type { LngLat } from '../../src/core/source.ts';
import { withBrowser } from './driver.ts';
import type { Variant } from './variant.ts';
import { serveData } from './variant.ts';

const { reader } = withBrowser();

/** New stories at the edges of the sheet. */
const STORIES: readonly (readonly [id: string, at: LngLat, country: string])[] = [
  ['taveuni', [179.98, -16.85], 'FJ'],
  ['lau', [-178.8, -18.2], 'FJ'],
  ['mcmurdo', [166.67, -77.85], 'AQ'],
];
let site: Variant;
beforeAll(async () => {
  site = await serveData((dataDir) => {
    for (const [id, at, country] of STORIES) {
      const spot = { name: id, at, country, source: 'given by the test' };
      const story = { id, title: id, language: 'en', spot, timeZone: 'UTC', bounds: boundsAround(at), day: '2026-11-24' };
      writeFolder(join(dataDir, id), newStoryFiles(story));
    }
  });
}, 120_000);
afterAll(() => site.close());

/** A story of one day has no range of days to wait for. */
async function open(at: string) {
  const r = await reader({ site: site.url, at, live: false });
  await r.page.waitForSelector('html[data-map="live"]');
  return r;
}

test.each(STORIES)('a new story stands in the middle of its map: %s', async (id) => {
  const r = await open(`/m/${id}/`);
  const map = await r.page.locator('.map-canvas').boundingBox();
  const dot = await r.page.locator('.map-region .mark-dot').first().boundingBox();
  expect(Math.abs((dot?.x ?? 0) - ((map?.x ?? 0) + (map?.width ?? 0) / 2))).toBeLessThan(30);
  expect(r.faults).toEqual([]);
});

test('a view across the antimeridian has an address within 180 degrees, and comes back from it with its mark', async () => {
  const r = await open('/m/taveuni/#map=8/-17/-179.5');
  const x = async () => (await r.page.locator('.map-region .mark-dot').first().boundingBox())?.x ?? -1;
  const map = await r.page.locator('.map-canvas').boundingBox();
  expect(await x()).toBeGreaterThan(map?.x ?? 0);
  expect(await x()).toBeLessThan((map?.x ?? 0) + (map?.width ?? 0) / 2);
  await r.page.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(() => r.hash()).toMatch(/^#map=9\/-1[67]\.\d+\/-179\.[45]/);
});
