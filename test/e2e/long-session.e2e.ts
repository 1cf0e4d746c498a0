/** An hour of use, as fast as the page follows: neither memory nor listeners nor elements may pile up. */
import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LONG, tried } from '../tried.ts';
import type { Reader } from './driver.ts';
import { STORY, withBrowser } from './driver.ts';
import type { Variant } from './variant.ts';
import { serveMany } from './variant.ts';

const { reader } = withBrowser();
const TIMEOUT = LONG ? 900_000 : 60_000;
/** Rounds of everything. A reader who does something every three seconds for an hour makes 1,200 moves; a round has some twenty. */
const ROUNDS = LONG ? 60 : 2;

/** What may be left after any number of rounds: caches fill, and engines keep some of what they compiled. */
const BOUND = { heap: 6 * 2 ** 20, listeners: 40, nodes: 400 };

type Use = Record<'heap' | 'listeners' | 'nodes', number>;

async function use(session: CDPSession): Promise<Use> {
  // What has been let go is collected in turns: elements first, then what hung on them.
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((m) => m.name === name)?.value ?? 0;
  return { heap: of('JSHeapUsedSize'), listeners: of('JSEventListeners'), nodes: of('Nodes') };
}

/** Everything a reader does, once. */
async function round(r: Reader, n: number): Promise<void> {
  const { page } = r;
  for (const layer of await page.locator('.layer-switch:not(.context-switch)').all()) await layer.click();
  for (const layer of await page.locator('.layer-switch:not(.context-switch)').all()) await layer.click();
  await r.dragMap(n % 2 ? 120 : -120, 40);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.getByRole('button', { name: 'Zoom out' }).click();
  const marks = page.locator('.map-region button[data-place]');
  if ((await marks.count()) > 0) await marks.first().press('Enter');
  await page.keyboard.press('Escape');
  await page
    .locator('#events .event-title a')
    .nth(n % 4)
    .click();
  await page.keyboard.press('Escape');
  await r.clickDay(n % 5);
  await page.keyboard.press('ArrowRight');
  const search = page.locator('[role=combobox]');
  await search.fill(n % 2 ? 'almaty' : 'internet');
  await search.fill('');
  await page.evaluate(() => {
    location.hash = '';
  });
}

async function expectNoGrowth(r: Reader, what: string): Promise<void> {
  const session = await r.context.newCDPSession(r.page);
  await session.send('Performance.enable');
  for (let n = 0; n < (LONG ? 3 : 1); n++) await round(r, n); // what comes on first use is here
  const before = await use(session);
  for (let n = 0; n < ROUNDS; n++) await round(r, n);
  const after = await use(session);
  const grown = { heap: after.heap - before.heap, listeners: after.listeners - before.listeners, nodes: after.nodes - before.nodes };
  if (LONG) console.log(`${what}, ${ROUNDS} rounds: heap ${(grown.heap / 2 ** 20).toFixed(1)} MB, listeners ${grown.listeners}, nodes ${grown.nodes} more`);
  for (const key of ['heap', 'listeners', 'nodes'] as const) expect(grown[key], `${key} after ${ROUNDS} rounds`).toBeLessThan(BOUND[key]);
  expect(r.faults).toEqual([]);
  expect([...r.hosts]).toEqual([new URL(r.page.url()).host]);
  tried(`long sessions: rounds of everything, ${what}`, ROUNDS);
}

test('panning, toggling, opening, scrubbing and searching leave nothing behind', { timeout: TIMEOUT }, async () => {
  const r = await reader();
  await expectNoGrowth(r, 'the story');
});

test.runIf(LONG)('nor does changing the language, there and back', { timeout: TIMEOUT }, async () => {
  const r = await reader();
  const session = await r.context.newCDPSession(r.page);
  await session.send('Performance.enable');
  const languages = ['ru/', 'kk/', 'ko/', ''];
  const around = async () => {
    for (const language of languages) {
      await r.page
        .locator(`.languages a[href$="${language === '' ? '../' : language}"], .languages a[hreflang="${language === '' ? 'en' : language.slice(0, 2)}"]`)
        .first()
        .click();
      await r.page.waitForURL((url) => url.pathname === `${STORY}${language}`);
      await r.seesLiveMap();
    }
  };
  await around();
  await around();
  const before = await use(session);
  for (let n = 0; n < 10; n++) await around();
  const after = await use(session);
  // Pages that one may go back to are kept by the browser, some six of them.
  expect(after.heap - before.heap).toBeLessThan(60 * 2 ** 20);
  expect(after.listeners).toBeLessThan(before.listeners * 3 + BOUND.listeners);
  tried('long sessions: changes of language', 40);
});

describe.runIf(LONG)('a dense story', () => {
  let site: Variant;
  beforeAll(async () => {
    site = await serveMany({ events: 5000 });
  }, 120_000);
  afterAll(() => site?.close());

  test('leaves nothing behind either', { timeout: TIMEOUT }, async () => {
    const r = await reader({ site: site.url, at: '/m/many/' });
    await r.page.locator('.many-rows .event-title').first().waitFor({ state: 'attached' });
    await expectNoGrowth(r, 'a dense one');
  });
});
