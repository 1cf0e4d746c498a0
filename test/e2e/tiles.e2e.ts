import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LngLat, SourceTiles } from '../../src/core/source.ts';
import { PALETTES } from '../../src/core/tokens.ts';
import { LAKE, streetArchive } from '../fixtures/pmtiles.ts';
import { withBrowser } from './driver.ts';
import type { Variant } from './variant.ts';
import { serveVariant } from './variant.ts';

const { reader } = withBrowser();
const IN_LAKE: LngLat = [(LAKE[0] + LAKE[2]) / 2, (LAKE[1] + LAKE[3]) / 2];
const AT_LAKE = `/m/kazakhstan-2022-01/#map=10/${IN_LAKE[1]}/${IN_LAKE[0]}`;
const tiles = (more: Partial<SourceTiles>): SourceTiles => ({
  kind: 'pmtiles',
  url: 'tiles/streets.pmtiles',
  label: { en: 'Streets' },
  attribution: '© the operator’s source',
  maxZoom: 15,
  shown: true,
  ...more,
});
/** A colour to within two steps: drawing rounds. */
const near = (hex: string) => [1, 3, 5].map((i) => expect.closeTo(Number.parseInt(hex.slice(i, i + 2), 16), -0.7));
const WATER = near(PALETTES.light.water);
const LAND = near(PALETTES.light.landFocus);

describe('an operator’s PMTiles archive', () => {
  let site: Variant;
  beforeAll(async () => {
    site = await serveVariant((meta) => ({ ...meta, tiles: tiles({}) }), { 'tiles/streets.pmtiles': streetArchive() });
  });
  afterAll(() => site.close());

  test('is drawn over the map’s own ground in the map’s own colours, with its credit', async () => {
    const r = await reader({ site: site.url, at: AT_LAKE });
    await expect.poll(() => r.groundInTheMiddle()).toEqual(WATER);
    expect(await r.page.locator('.map-region .attribution').textContent()).toContain('© the operator’s source');
    expect(r.faults).toEqual([]);
  });

  test('can be left for the map’s own, and come back to', async () => {
    const r = await reader({ site: site.url, at: AT_LAKE });
    await r.page.getByRole('radio', { name: 'Plain' }).check({ force: true });
    await expect.poll(() => r.groundInTheMiddle()).toEqual(LAND);
    expect(await r.page.locator('.map-region .attribution').textContent()).not.toContain('the operator’s');
    await r.page.getByRole('radio', { name: 'Streets' }).check({ force: true });
    await expect.poll(() => r.groundInTheMiddle()).toEqual(WATER);
  });

  test('lets the reader go closer than the map’s own detail', async () => {
    const r = await reader({ site: site.url, at: AT_LAKE.replace('map=10', 'map=14') });
    await expect.poll(() => r.hash()).toMatch(/map=14\//);
    expect(await r.page.locator('.map-limit').count()).toBe(0);
  });

  test('that cannot be had leaves the map’s own in sight and one quiet line', async () => {
    const r = await reader({ site: site.url, at: AT_LAKE, blocked: /streets\.pmtiles/ });
    await r.page.getByText('“Streets” cannot be reached').waitFor();
    await expect.poll(() => r.groundInTheMiddle()).toEqual(LAND);
    expect(await r.marks()).toHaveLength(3);
  });
});

describe('an operator’s raster tiles', () => {
  let site: Variant;
  const HOST = 'https://tiles.example';
  // One red px, PNG.
  const RED = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==', 'base64');
  beforeAll(async () => {
    site = await serveVariant((meta) => ({ ...meta, tiles: tiles({ kind: 'raster', url: `${HOST}/{z}/{x}/{y}.png`, shown: false }) }));
  });
  afterAll(() => site.close());

  test('are asked for only when the reader chooses them, from the host that the policy names', async () => {
    const r = await reader({ site: site.url, at: AT_LAKE });
    await r.page.route(`${HOST}/**`, (route) => route.fulfill({ contentType: 'image/png', body: RED }));
    expect([...r.hosts].some((h) => h.includes('tiles.example'))).toBe(false);
    await r.page.getByRole('radio', { name: 'Streets' }).check({ force: true });
    await expect.poll(() => r.page.locator('img.leaflet-tile-loaded').count()).toBeGreaterThan(3);
    expect(await r.page.locator('.map-region .attribution').textContent()).toContain('© the operator’s source');
    expect(r.faults).toEqual([]);
  });

  test('that fail leave the map’s own in sight and one quiet line', async () => {
    const r = await reader({ site: site.url, at: AT_LAKE });
    await r.page.route(`${HOST}/**`, (route) => route.fulfill({ status: 403 }));
    await r.page.getByRole('radio', { name: 'Streets' }).check({ force: true });
    await r.page.getByText('“Streets” cannot be reached').waitFor();
    await expect.poll(() => r.groundInTheMiddle()).toEqual(LAND);
  });
});
