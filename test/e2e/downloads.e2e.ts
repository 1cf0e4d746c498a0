import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import type { Reader } from './driver.ts';
import { withBrowser } from './driver.ts';

const { reader } = withBrowser();

/** Press a button of "only what is shown now" and take what comes. */
async function save(r: Reader, format: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    r.page.waitForEvent('download'),
    r.page.locator('fieldset.downloads').getByRole('button', { name: format, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('a reader takes home what is on show and nothing else, with sources, terms and date on every row', async () => {
  const r = await reader({});
  await r.toggle('statements');
  const ids = (await r.listedIds()).sort();
  expect(await r.page.locator('fieldset.downloads legend').innerText()).toContain(`${ids.length} events`);
  const geojson = JSON.parse((await save(r, 'GeoJSON')).bytes.toString()) as {
    licence: string;
    features: { id: string; properties: Record<string, string> }[];
  };
  expect(geojson.features.map((f) => f.id).sort()).toEqual(ids);
  expect(geojson.licence).toContain('CC BY 4.0');
  for (const { properties } of geojson.features) expect([properties.asOf, properties.licence, properties.sources].filter((v) => !v)).toEqual([]);
  const csv = await save(r, 'CSV');
  expect(csv.name).toBe('kazakhstan-2022-01-en.csv');
  expect(csv.bytes.toString().trim().split('\r\n')).toHaveLength(ids.length + 1);
  expect((await save(r, 'KML')).bytes.toString().match(/<Placemark id=/g)).toHaveLength(ids.length);
  expect(r.faults).toEqual([]);
  expect(r.hosts.size).toBe(1);
});

test('the view is saved as a picture, vectors and pixels, with the marks, the date, the credits and the terms', async () => {
  const r = await reader({ at: '/m/kazakhstan-2022-01/#map=10/43.3/77' });
  const svg = (await save(r, 'SVG')).bytes.toString();
  for (const words of ['As of 10 January 2022', 'never confirmed', 'Almaty Airport', 'Natural Earth', 'CC BY 4.0']) expect(svg).toContain(words);
  // Words for screen readers alone are not drawn.
  expect(svg).not.toContain('Troop deployments');
  const { bytes } = await save(r, 'PNG');
  const { width, data } = PNG.sync.read(bytes);
  const map = await r.page.locator('.map-canvas').boundingBox();
  expect(width).toBe(Math.round(map?.width ?? 0) * 2);
  const colors = new Set(Array.from({ length: 4000 }, (_, i) => data.readUInt32BE(Math.floor(data.length / 4 / 4001) * i * 4)));
  expect(colors.size).toBeGreaterThan(12);
  expect(r.faults).toEqual([]);
});

test('the script that makes files is fetched when a reader first asks for one', async () => {
  const r = await reader({});
  const scripts = () => r.asked.filter((url) => /\/save-[^/]+\.js$/.test(url)).length;
  expect(scripts()).toBe(0);
  await save(r, 'CSV');
  expect(scripts()).toBe(1);
});
