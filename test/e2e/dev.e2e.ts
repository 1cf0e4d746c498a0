import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ViteDevServer } from 'vite';
import { createServer } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { siteConfig } from '../../src/build/config.ts';
import { DATA, ROOT } from '../fixtures/stories.ts';
import { STORY, withBrowser } from './driver.ts';

// The first page waits until Vite has bundled the libraries.
vi.setConfig({ testTimeout: 180_000 });
const PATIENT = { timeout: 60_000 };

const { reader } = withBrowser();
const data = join(mkdtempSync(join(tmpdir(), 'unrest-map-dev-')), 'data');
const events = join(data, 'kazakhstan-2022-01/events.json');
let server: ViteDevServer;
let sound = '';

beforeAll(async () => {
  cpSync(DATA, data, { recursive: true });
  sound = readFileSync(events, 'utf8');
  const config = siteConfig({ root: ROOT, dataDir: data, outDir: join(data, '../dist') });
  server = await createServer({ ...config, cacheDir: join(data, '../cache'), logLevel: 'error', server: { ...config.server, port: 0, host: '127.0.0.1' } });
  await server.listen();
});
afterAll(() => server.close());

const site = () => {
  const address = server.httpServer?.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
};

test('while an editor works, errors stand beside the page with file, line and remedy, the rest stays on the map, and they go when mended', async () => {
  const r = await reader({ site: site(), at: STORY });
  const panel = r.page.locator('.dev-faults');
  const all = await r.listedIds();
  writeFileSync(events, sound.replace('"layer": "internet"', '"layer": "internot"'));
  await panel.waitFor(PATIENT);
  const fault = panel.locator('li').first();
  expect(await fault.locator('button').textContent()).toMatch(/kazakhstan-2022-01\/events\.json:154:16$/);
  expect(await fault.locator('p').allTextContents()).toEqual([expect.stringMatching(/^Error: .* got "internot"$/), expect.stringMatching(/\.$/)]);
  await r.seesLiveMap();
  const left = await r.listedIds();
  expect([left.length, all.filter((id) => !left.includes(id))]).toEqual([all.length - 1, ['almaty-internet']]);
  // By keyboard it is the first thing on the page.
  await r.page.keyboard.press('Tab');
  expect(await r.page.evaluate(() => document.activeElement?.className)).toBe('dev-faults');
  // A file that is no JSON takes the story's page, not its errors.
  writeFileSync(events, sound.slice(0, 5000));
  await panel.locator('li', { hasText: 'expected JSON' }).waitFor(PATIENT);
  writeFileSync(events, sound);
  await panel.waitFor({ state: 'detached', ...PATIENT });
  await r.seesLiveMap();
  expect(await r.listedIds()).toEqual(all);
});

test('a saved file is on the page at once, which keeps its view: the place, the layers, the day and the open card', async () => {
  const r = await reader({ site: site(), at: `${STORY}#map=6.5/47/70&hide=statements&time=2022-01-10&place=almaty` });
  await r.card.waitFor();
  const view = await r.hash();
  const [story, places] = [join(data, 'kazakhstan-2022-01/story.json'), join(data, 'kazakhstan-2022-01/places.geojson')];
  const change = (path: string, from: string, to: string) => writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  change(places, '"en": "Almaty"', '"en": "Almaty renamed"');
  change(story, '"en": "Unrest', '"en": "Edited: unrest');
  await r.page.locator('.card', { hasText: 'Almaty renamed' }).waitFor(PATIENT);
  await r.page.locator('.masthead h1', { hasText: 'Edited' }).waitFor(PATIENT);
  await r.seesLiveMap();
  // The map makes room for the card as it opens: its middle may move by a few pixels.
  const parts = (hash: string) => [...hash.matchAll(/[\d.]+(?=[/&])/g)].slice(0, 2).map((m) => Math.round(Number(m[0])));
  expect(parts(await r.hash())).toEqual(parts(view));
  expect((await r.hash()).replace(/map=[^&]*/, '')).toBe(view.replace(/map=[^&]*/, ''));
  await expect.poll(() => r.openCard()).toContain('Almaty renamed');
});
