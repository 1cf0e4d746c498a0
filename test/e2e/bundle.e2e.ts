import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { bundleFiles } from '../../src/build/bundle.ts';
import { writeFolder } from '../../src/build/write-whole.ts';
import { makeStory } from '../bench/make.ts';
import { DATA, ROOT } from '../fixtures/stories.ts';
import { withBrowser } from './driver.ts';

const { reader } = withBrowser();
const folder = join(mkdtempSync(join(tmpdir(), 'unrest-map-usb-')), 'a story, on a stick');
const site = `file://${encodeURI(folder)}`;

beforeAll(async () => {
  writeFolder(folder, await bundleFiles({ root: ROOT, dataDir: DATA, outDir: folder, choice: { only: 'kazakhstan-2022-01' } }));
}, 120_000);

/** A citation without a web address is not waited for: a disk has none to give. */
async function open(at: string) {
  const r = await reader({ site, at, live: false });
  await r.page.waitForSelector('html[data-map="live"]');
  await r.page.waitForSelector('.day-range[style]', { state: 'attached' });
  return r;
}

test.each(['/index.html', '/m/kazakhstan-2022-01/index.html', '/m/kazakhstan-2022-01/ko/index.html'])(
  'opened from a disk, %s is the whole live map, and nothing is asked of any network',
  async (at) => {
    const r = await open(at);
    await r.toggle('statements');
    await r.mark('almaty-airport').click();
    await expect.poll(() => r.openCard()).not.toBeNull();
    expect(r.faults).toEqual([]);
    expect(r.asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
  },
);

test('the second collection, the other languages and the downloads are in the folder too', async () => {
  const r = await open('/index.html');
  const before = (await r.listed()).length;
  await r.showContext();
  await expect.poll(async () => (await r.listed()).length).toBeGreaterThan(before);
  const [download] = await Promise.all([r.page.waitForEvent('download'), r.page.locator('fieldset.downloads').getByRole('button', { name: 'CSV' }).click()]);
  expect(download.suggestedFilename()).toBe('kazakhstan-2022-01-en.csv');
  await r.page.getByRole('link', { name: 'Русский' }).click();
  await r.page.waitForSelector('html[lang="ru"][data-map="live"]', { timeout: 10_000 });
});

test('a story of very many events opens from a disk too: its map, its list, and an event of it', async () => {
  const place = mkdtempSync(join(tmpdir(), 'unrest-map-usb-many-'));
  makeStory(join(place, 'data'), { events: 3000 });
  writeFolder(join(place, 'out'), await bundleFiles({ root: ROOT, dataDir: join(place, 'data'), outDir: join(place, 'out'), choice: { only: 'many' } }));
  const r = await reader({ site: `file://${join(place, 'out')}`, at: '/index.html', live: false });
  await r.page.waitForSelector('html[data-map="live"]');
  await r.page.locator('.dense-focus').waitFor({ state: 'attached' });
  // Styles that come with a script on the network are here too.
  for (const part of ['.dense-focus', '.map-canvas']) expect(await r.page.locator(part).evaluate((e) => getComputedStyle(e).position)).toBe('absolute');
  const title = r.page.locator('.many-rows .event-title').first();
  await title.waitFor();
  await title.locator('a').click();
  await r.card.waitFor();
  expect(r.faults).toEqual([]);
  expect(r.asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
});
