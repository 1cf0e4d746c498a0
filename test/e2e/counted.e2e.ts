/** A story whose events were counted elsewhere: marks, layers, days and cards from counts alone, and nothing that is not there. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import '../../src/core/strings/all.ts';
import { loadStory } from '../../src/build/load.ts';
import { DENSE_STORY, makeStory } from '../bench/make.ts';
import { countRows } from '../fixtures/counted.ts';
import type { Reader, ReaderOptions } from './driver.ts';
import { PHONE, withBrowser } from './driver.ts';
import type { Variant } from './variant.ts';
import { serveData } from './variant.ts';

const { reader } = withBrowser();
let site: Variant;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'unrest-map-counting-'));
  try {
    makeStory(folder, { events: 20_000 });
    const { story } = loadStory(join(folder, DENSE_STORY), folder);
    if (!story) throw new Error('The generated story is not sound.');
    const rows = join(folder, DENSE_STORY, 'events.csv');
    await countRows(rows, story, folder, 'parquet', 6);
    site = await serveData((dataDir) => {
      makeStory(dataDir, { events: 20_000 });
      rmSync(join(dataDir, DENSE_STORY, 'events.csv'));
      for (const table of ['pyramid_cells', 'pyramid_counts']) copyFileSync(join(folder, `${table}.parquet`), join(dataDir, DENSE_STORY, `${table}.parquet`));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
afterAll(() => site.close());

async function arrive(options: ReaderOptions = {}): Promise<Reader> {
  const r = await reader({ site: site.url, at: '/m/many/', ...options });
  await mark(r).waitFor({ state: 'attached' });
  return r;
}

const mark = (r: Reader) => r.page.locator('.dense-focus');
const markName = async (r: Reader) => (await mark(r).getAttribute('aria-label')) ?? '';
const shown = async (r: Reader) => (await r.page.locator('.events-count').textContent()) ?? '';

test('layers and days filter the counts, and nothing is fetched that was not made', async () => {
  const r = await arrive();
  await expect.poll(() => shown(r)).toMatch(/^All 1\d,\d{3} events shown/);
  expect(await markName(r)).toMatch(/^Part of the map: .*Protests/);
  await r.toggle('protests');
  await expect.poll(() => markName(r)).not.toContain('Protests');
  await expect.poll(() => shown(r)).toMatch(/^1\d,\d{3} of 1\d,\d{3} events shown/);
  await r.page.getByRole('button', { name: 'A day on' }).click();
  await expect.poll(() => shown(r)).toMatch(/events shown, in 1 September 2021/);
  expect(r.asked.filter((address) => /dense-/.test(address)).every((address) => address.endsWith('/counts.bin'))).toBe(true);
  expect(r.faults).toEqual([]);
});

test('by keys: a mark opens to its counts, says over what square they were taken, follows the days, and goes nearer', async () => {
  const r = await arrive();
  await mark(r).focus();
  await r.page.keyboard.press('Enter');
  await expect.poll(() => r.openCard()).toBe('Part of the map');
  const counts = () => r.card.locator('.many-counts').textContent();
  const all = await counts();
  expect(await markName(r)).toContain((all ?? '').replace('Zoom in here', ''));
  const wide = async () => Number(/some (\d+) km wide/.exec((await r.card.textContent()) ?? '')?.[1]);
  const before = await wide();
  expect(before).toBeGreaterThan(50);
  expect(await r.card.textContent()).toContain('not listed one by one');
  await r.page.getByRole('button', { name: 'A day on' }).click();
  await expect.poll(counts).not.toBe(all);
  await r.page.locator('.day-all').click();
  await expect.poll(counts).toBe(all);
  await r.card.getByRole('button', { name: 'Zoom in here' }).click();
  await expect.poll(() => r.openCard()).toBeNull();
  await expect.poll(() => mark(r).getAttribute('data-cell')).toMatch(/^[6-9]-/);
  await mark(r).focus();
  await r.page.keyboard.press('Enter');
  await expect.poll(() => r.openCard()).toBe('Part of the map');
  expect(await wide()).toBeLessThan(before);
  expect(r.faults).toEqual([]);
});

test('an address leads to a part of the map, in a sheet on a phone, and Escape closes it', async () => {
  const first = await arrive();
  await mark(first).focus();
  await first.page.keyboard.press('Enter');
  await expect.poll(() => first.hash()).toMatch(/cell=/);
  const r = await arrive({ viewport: PHONE, hasTouch: true, at: `/m/many/${await first.hash()}` });
  await r.page.locator('.sheet .many-card').waitFor();
  await r.page.keyboard.press('Escape');
  await expect.poll(() => r.openCard()).toBeNull();
  // A part that nothing of the story lies in opens nothing, and nothing breaks.
  const nowhere = await arrive({ at: '/m/many/#cell=5-1-1' });
  expect(await nowhere.openCard()).toBeNull();
  expect([...r.faults, ...nowhere.faults]).toEqual([]);
});

test('it offers no list, no search and no file that it does not have, and says so without scripts too', async () => {
  const r = await arrive();
  expect(await r.page.locator('#events').textContent()).toContain('not listed one by one');
  expect(await r.page.locator('.many-rows, .search').count()).toBe(0);
  const links = await r.page.locator('.about .downloads a[download]').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
  expect(links.length).toBeGreaterThan(0);
  for (const address of links) expect((await fetch(address)).status, address).toBe(200);
  const html = readFileSync(join(site.outDir, 'm/many/index.html'), 'utf8');
  expect(html).toContain('not listed one by one');
  expect(html).not.toContain('all-events.csv');
  expect(html).toMatch(/\d{2},\d{3} on the map/);
});
