import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DATA } from '../fixtures/stories.ts';
import { withBrowser } from './driver.ts';
import type { Variant } from './variant.ts';
import { serveData } from './variant.ts';

const { reader } = withBrowser();
const SAMPLE = '/m/sample-kites/';
const MARK = 'نموذج مختلَق';

/** The project's stories with the invented one. */
let site: Variant;
beforeAll(async () => {
  site = await serveData(
    (dataDir) => {
      for (const id of ['kazakhstan-2022-01', 'sample-kites']) cpSync(join(DATA, id), join(dataDir, id), { recursive: true });
    },
    {},
    { samples: true },
  );
}, 120_000);
afterAll(() => site.close());

test('the front page lists every story with its poster, in its own language and direction', async () => {
  const r = await reader({ site: site.url, at: '/', live: false });
  const items = r.page.locator('.front li');
  expect(await items.count()).toBe(2);
  expect(await items.nth(1).getAttribute('dir')).toBe('rtl');
  expect(await items.nth(1).innerText()).toContain(MARK);
  expect(await r.page.locator('.front img').evaluateAll((all) => all.every((i) => (i as HTMLImageElement).naturalWidth > 0))).toBe(true);
  await items.nth(1).getByRole('link').click();
  expect(new URL(r.page.url()).pathname).toBe(SAMPLE);
  expect(r.faults).toEqual([]);
});

test.each([SAMPLE, `${SAMPLE}?embed=1`])('an invented story is marked as one on %s', async (at) => {
  const r = await reader({ site: site.url, at });
  expect(await r.page.getByRole('heading', { level: 1 }).innerText()).toContain(MARK);
  expect(await r.page.title()).toContain(MARK);
  expect(r.faults).toEqual([]);
  expect([...r.hosts]).toEqual([new URL(site.url).host]);
});

test('an invented story is marked in its posters, cards, snippets and on every row of its downloads', () => {
  const file = (name: string) => readFileSync(join(site.outDir, SAMPLE, name), 'utf8');
  for (const name of ['static-1200x900.svg', 'oembed.json', 'embed/figure.html', 'embed/newsletter.html']) expect(file(name), name).toContain(MARK);
  expect(/<meta property="og:title" content="[^"]*/.exec(file('index.html'))?.[0]).toContain(MARK);
  const rows = file('events.csv').trim().split('\r\n').slice(1);
  expect(rows.length).toBe(8);
  expect(rows.filter((row) => !row.includes(MARK))).toEqual([]);
  const { features } = JSON.parse(file('events.geojson')) as { features: { properties: { sample?: string } }[] };
  expect(features.map((f) => f.properties.sample)).toEqual(features.map(() => MARK));
});

test('its marks stand on its own country, and its names are read from right to left', async () => {
  const r = await reader({ site: site.url, at: SAMPLE });
  expect(await r.page.locator('html').getAttribute('dir')).toBe('rtl');
  const x = async (place: string) => (await r.mark(place).boundingBox())?.x ?? 0;
  expect(await x('sur')).toBeGreaterThan(await x('nizwa'));
  await r.mark('muscat').click();
  await expect.poll(() => r.openCard()).toBe('مسقط');
});
