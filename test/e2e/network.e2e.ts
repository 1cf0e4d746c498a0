/** What a reader has while files are missing, slow, cut short or not what they should be. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { kazakhstan, ROOT } from '../fixtures/stories.ts';
import { LONG, tried } from '../tried.ts';
import type { Reader } from './driver.ts';
import { STORY, withBrowser } from './driver.ts';
import type { Host } from './host.ts';
import { article, FRAME, mapIn, openHost, snippet } from './host.ts';
import type { Variant } from './variant.ts';
import { serveMany } from './variant.ts';

const { reader } = withBrowser();
const ids = kazakhstan()
  .events.map((e) => e.id)
  .sort();
let host: Host;
beforeAll(async () => {
  host = await openHost();
});
afterAll(() => host.close());

/** Every file that a first view asks for, and those that it asks for when a reader goes on. */
const FILES: Readonly<Record<string, RegExp>> = {
  story: /assets\/story-.*\.json/,
  basemap: /assets\/basemap-.*\.json/,
  context: /assets\/context-.*\.json/,
  entry: /assets\/index-[^/]*\.js/,
  map: /assets\/StoryMap-[^/]*\.js/,
  shared: /assets\/shared-/,
  words: /assets\/en-/,
  later: /assets\/laterParts-[^/]*\.js/,
  'later words': /assets\/en\.later-/,
  worker: /assets\/ground\.worker-/,
  relief: /assets\/.*relief.*\.webp/,
  finder: /assets\/finder-/,
  'map style': /assets\/StoryMap-[^/]*\.css/,
  'later style': /assets\/laterParts-[^/]*\.css/,
};

const HTML = '<!doctype html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>';
const FAULTS: Readonly<Record<string, (route: Route) => Promise<void>>> = {
  refused: (route) => route.abort('connectionrefused'),
  'a page in its place': (route) => route.fulfill({ status: 200, contentType: 'text/html', body: HTML }),
  'a page under its own type': async (route) => {
    const type = (await route.fetch()).headers()['content-type'] ?? 'text/plain';
    await route.fulfill({ status: 200, contentType: type, body: HTML });
  },
  truncated: async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    await route.fulfill({ status: 200, contentType: response.headers()['content-type'] ?? '', body: body.subarray(0, Math.floor(body.length * 0.6)) });
  },
  empty: async (route) => route.fulfill({ status: 200, contentType: (await route.fetch()).headers()['content-type'] ?? '', body: '' }),
  'of a wrong type': async (route) => route.fulfill({ body: await (await route.fetch()).body(), contentType: 'application/octet-stream' }),
  'server error': (route) => route.fulfill({ status: 503, contentType: 'text/html', body: HTML }),
};

/** The short form has what matters most, each fault once; the long form every file with every fault. */
const SHORT: readonly (readonly [string, string])[] = [
  ['story', 'refused'],
  ['basemap', 'truncated'],
  ['map', 'a page in its place'],
  ['later', 'server error'],
  ['worker', 'of a wrong type'],
  ['context', 'a page under its own type'],
];
const table = LONG ? Object.keys(FILES).flatMap((file) => Object.keys(FAULTS).map((fault) => [file, fault] as const)) : SHORT;
const some = <T>(all: readonly T[], count: number): T[] => all.slice(0, LONG ? all.length : count);

/** What must hold in any state: the whole account in sight, or what the reader's own choice leaves of it; the picture or the map. */
async function expectAccount(page: Page): Promise<void> {
  const seen = await page.evaluate(() => ({
    events: [...document.querySelectorAll<HTMLElement>('#events .event')].filter((e) => e.checkVisibility()).map((e) => e.id.replace('event=', '')),
    picture: document.querySelector('.picture')?.checkVisibility() === true,
    map: document.documentElement.dataset.map === 'live' && document.querySelector('.map-canvas')?.checkVisibility() === true,
  }));
  // A context that comes in spite of all adds its events, and takes none away.
  expect([...new Set(seen.events)].filter((id) => ids.includes(id)).sort()).toEqual(ids);
  expect(seen.picture || seen.map).toBe(true);
}

/** Errors that the page itself failed to handle; what the browser says of the network is not among them. */
const unhandled = (r: Reader) =>
  r.faults.filter(
    (f) => !/^Failed to load resource|MIME type|net::ERR|Refused to apply style|was preloaded using link preload|Failed to fetch a worker script/.test(f),
  );

/** A page that has come to rest: alive, or with a sentence that says what is missing, or with nobody to say it. */
const SETTLED = 'html[data-map="live"], html[data-failed], .map-notice, .masthead > .notice';

describe('a file of the page', () => {
  test.each(table)('%s: %s: the account stands, nothing goes unhandled, and once mended the map comes', async (file, fault) => {
    const pattern = FILES[file]!;
    const r = await reader({ at: '/article/', live: false });
    r.page.setDefaultTimeout(12_000);
    // A file may still be on its way when the fault is mended.
    await r.page.route(pattern, (route) => FAULTS[fault]?.(route).catch(() => undefined));
    await r.goTo(STORY);
    // A worker without a script says nothing: the page waits for it, and then paints by itself.
    if (file === 'worker' && fault === 'empty')
      await expect
        .poll(async () => {
          await r.endLongWaits();
          return r.page.locator(SETTLED).count();
        })
        .toBeGreaterThan(0);
    else if (file !== 'entry' || !/truncated|empty|own type/.test(fault)) await r.page.locator(SETTLED).first().waitFor({ state: 'attached' });
    if (file === 'context') await r.showContext();
    if (file === 'finder') await r.page.locator('[role=combobox]').fill('a');
    await expectAccount(r.page);
    expect(unhandled(r).filter((f) => file !== 'entry' || !/SyntaxError|Unexpected|Invalid/.test(f))).toEqual([]);
    await r.page.unroute(pattern);
    const again = r.page.locator('.map-notice .button, .masthead > .notice button, .context-failed button').first();
    if (await again.isVisible()) await again.click();
    else await r.page.reload();
    await r.page.locator('html[data-map="live"]').waitFor({ state: 'attached' });
    // A map that was live all the time may be giving way to the page anew.
    await vi.waitFor(() => expectAccount(r.page), { timeout: 10_000 });
    tried('network: a file missing, cut short or not what it should be', 1);
  });
});

test('while every script and all data are under way the account and the picture are there to be read, and then the map comes', async () => {
  let asked = 0;
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const r = await reader({ at: '/article/', live: false });
  await r.page.route(/\/assets\/.*(\.json|\.js|\.css|\.webp)$/, async (route) => {
    asked += 1;
    await held;
    await route.continue();
  });
  await r.page.goto(inject('site') + STORY, { waitUntil: 'commit' });
  await expect.poll(() => asked).toBeGreaterThan(3);
  await expectAccount(r.page);
  letGo();
  await r.seesLiveMap();
  expect(r.faults).toEqual([]);
});

test('gone offline half way: what is there goes on working, and what is not says so and comes later', async () => {
  const r = await reader();
  await r.context.setOffline(true);
  await r.mark('almaty').click();
  await expect.poll(() => r.openCard()).toBe('Almaty');
  await r.toggle('troops');
  await r.showContext();
  await r.page.getByText('The context could not be loaded').waitFor();
  await r.page.getByRole('button', { name: 'Zoom in' }).click();
  expect(unhandled(r)).toEqual([]);
  await r.context.setOffline(false);
  const again = r.page.locator('.context-switch');
  if ((await again.getAttribute('aria-pressed')) === 'true' || (await again.locator('input:checked').count()) > 0) await r.showContext();
  await r.showContext();
  await r.mark('zhanaozen').waitFor({ state: 'attached' });
});

test('offline, the reload that a notice offers does not take away the account', async () => {
  const r = await reader({ at: '/article/', live: false });
  await r.page.route(FILES.map!, (route) => route.abort());
  await r.goTo(STORY);
  await r.page.locator('.map-notice .button').waitFor();
  await r.context.setOffline(true);
  const asked = r.page.waitForEvent('requestfailed');
  await r.page.locator('.map-notice .button').click();
  await asked;
  await expectAccount(r.page);
});

describe('a page and data that were not built together', () => {
  const out = async (answer: (route: Route) => Promise<void>) => {
    const r = await reader({ at: '/article/', live: false });
    await r.page.route(FILES.story!, answer);
    await r.goTo(STORY);
    await r.page.getByRole('button', { name: 'Reload the page' }).waitFor();
    await expectAccount(r.page);
    expect(await r.page.locator('.masthead > .notice').innerText()).toContain('do not match');
    await r.page.unroute(FILES.story!);
    await r.page.getByRole('button', { name: 'Reload the page' }).click();
    await r.seesLiveMap();
  };
  const answers: [string, (route: Route) => Promise<void>][] = [
    ['the data is gone', (route) => route.fulfill({ status: 404, body: '' })],
    ['the data is of a later format', (route) => route.fulfill({ json: { format: 2, id: 'x' } })],
    ['a page answers in its place', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: HTML })],
    ['the data is no story', (route) => route.fulfill({ json: [1, 2, 3] })],
  ];
  test.each(some(answers, 2))('%s: the page says so, keeps its account and offers to reload', (_, answer) => out(answer));
});

describe('in an article', () => {
  test.each(
    some(
      ['map', 'story', 'words', 'later', 'entry'].map((file) => [file, 'refused'] as const),
      1,
    ),
  )('a map whose %s is %s tells its host, and the picture comes back', async (file, fault) => {
    const path = `/host-${file.replaceAll(' ', '-')}`;
    host.put(path, { html: article(await snippet('figure.html'), { before: 0 }) });
    const r = await reader({ at: '/article/', live: false });
    await r.page.addInitScript(() => {
      if (window.top === window)
        window.addEventListener('message', (e) => Object.assign(window, { said: [...((window as never as { said?: unknown[] }).said ?? []), e.data] }));
    });
    await r.page.route(FILES[file]!, FAULTS[fault]!);
    await r.page.goto(host.url + path);
    await r.page.locator('figure').first().scrollIntoViewIfNeeded();
    await expect.poll(() => r.page.evaluate(() => (window as never as { said?: { type: string }[] }).said?.map((m) => m.type))).toContain('error');
    await expect.poll(() => r.page.locator(`iframe[name="${FRAME}"]`).count()).toBe(0);
    expect(await r.page.locator('figure > a').first().isVisible()).toBe(true);
    expect(unhandled(r)).toEqual([]);
  });
});

describe.runIf(LONG)('in an article, any fault of any file', () => {
  const files = ['entry', 'map', 'story', 'words', 'later', 'map style', 'basemap', 'worker'];
  test.each(files.flatMap((file) => Object.keys(FAULTS).map((fault) => [file, fault] as const)))('%s: %s: map or picture is in sight', async (file, fault) => {
    const path = `/any-${file}-${fault}`.replaceAll(' ', '-');
    host.put(path, { html: article(await snippet('figure.html'), { before: 0 }) });
    const r = await reader({ at: '/article/', live: false });
    await r.page.route(FILES[file]!, (route) => FAULTS[fault]!(route).catch(() => undefined));
    await r.page.goto(host.url + path);
    await r.page.locator('figure').first().scrollIntoViewIfNeeded();
    const frame = r.page.locator(`iframe[name="${FRAME}"]`);
    const live = r.page.locator(`iframe[name="${FRAME}"]:not([inert])`);
    const settled = async () => (await frame.count()) === 0 || (await live.count()) > 0;
    // A script that cannot be read tells nobody: then the loader's patience ends.
    await expect
      .poll(settled, { timeout: 2500 })
      .toBe(true)
      .catch(() => r.endLongWaits());
    await expect.poll(settled).toBe(true);
    const [map, picture] = await Promise.all([frame.isVisible(), r.page.locator('figure > a').first().isVisible()]);
    expect(map !== picture).toBe(true);
    expect(unhandled(r).filter((f) => !/SyntaxError|Unexpected|Invalid/.test(f))).toEqual([]);
    tried('network: a file of a map in an article', 1);
  });
});

describe('trying data', () => {
  const parts: readonly (readonly [string, RegExp])[] = [
    ['importer', /import\.worker-/],
    ['list of towns', /towns/],
    ['map’s script', /StoryMap-/],
    ['basemap', /assets\/basemap-.*\.json/],
  ];
  test.each(some(parts, 1))('without the %s it says so, and goes on once that is there', async (_, pattern) => {
    const r = await reader({ at: '/try/', live: false });
    await r.page.route(pattern, (route) => route.abort('connectionrefused'));
    const sample = r.page.getByRole('button', { name: 'Use the sample' });
    await sample.click();
    await r.page.locator('.try-state:has-text("could not be"), .faults li, .map-notice').first().waitFor();
    expect(unhandled(r)).toEqual([]);
    await r.page.unroute(pattern);
    const again = r.page.locator('.map-notice .button').first();
    if (await again.isVisible()) await again.click();
    else await sample.click();
    await r.page.locator('.try-state', { hasText: 'on the map' }).waitFor();
    tried('network: a file of the page that tries data', 1);
  });

  test('without its script or its words the page says so, in its own HTML', async () => {
    const r = await reader({ at: '/try/', live: false, blocked: /try\/assets\/.*\.js/ });
    expect(await r.page.getByText('it could not be loaded').isVisible()).toBe(true);
    expect(unhandled(r)).toEqual([]);
  });
});

describe.runIf(LONG)('a dense story', () => {
  let many: Variant;
  beforeAll(async () => {
    many = await serveMany({ events: 5000 });
  }, 120_000);
  afterAll(() => many?.close());

  const parts = {
    counts: /counts\.bin/,
    columns: /columns\.bin/,
    details: /\/events\/\d+\.json/,
    'chunk of many': /assets\/many-[^/]*\.js/,
    'chunk of marks': /assets\/DenseMarks-/,
    worker: /assets\/events\.worker-/,
  };
  test.each(
    Object.entries(parts).flatMap(([part, pattern]) =>
      ['refused', 'a page in its place', 'truncated', 'empty', 'server error'].map((f) => [part, f, pattern] as const),
    ),
  )('%s: %s: the account stands, nothing goes unhandled, and once mended all comes', async (part, fault, pattern) => {
    const r = await reader({ site: many.url, at: '/article/', live: false });
    await r.page.route(pattern, (route) => FAULTS[fault]!(route).catch(() => undefined));
    await r.goTo('/m/many/');
    await r.page.locator(SETTLED).first().waitFor({ state: 'attached' });
    const notice = r.page.locator('.masthead > .notice button, .map-notice .button, .many-list .notice[role=alert] button').first();
    if (part === 'details' || part === 'columns') await notice.waitFor();
    expect(await r.page.locator('h1').isVisible()).toBe(true);
    expect(await r.page.evaluate(() => ['.picture', '.map-canvas'].some((s) => document.querySelector(s)?.checkVisibility()))).toBe(true);
    expect(unhandled(r)).toEqual([]);
    await r.page.unroute(pattern);
    if (await notice.isVisible()) await notice.click();
    else await r.page.reload();
    await r.page.locator('.many-rows .event-title').first().waitFor({ state: 'attached' });
    tried('network: a file of a dense story', 1);
  });

  test.each([
    ['columns', parts.columns],
    ['details', parts.details],
  ] as const)('in an article without its %s stays, says so and tells its host', async (part, pattern) => {
    const link = `${many.url}/m/many/`;
    const figure = `<figure id="many" data-unrest-map="load"><a href="${link}"><img src="${many.url}/m/many/poster.webp" alt="A map"></a></figure>`;
    host.put(`/many-${part}`, { html: article(`${figure}<script async src="${many.url}/embed/v1.js"></script>`, { before: 0 }) });
    const r = await reader({ at: '/article/', live: false });
    await r.page.addInitScript(() => {
      window.addEventListener('unrest-map-error', (e) => Object.assign(window, { fault: (e as CustomEvent<{ code: string }>).detail.code }));
    });
    await r.page.route(pattern, (route) => route.abort());
    await r.page.goto(`${host.url}/many-${part}`);
    const frame = await mapIn(r.page, 'many-frame');
    if (part === 'details') {
      await frame.locator('.dense-focus').focus();
      await frame.page().keyboard.press('Enter');
    }
    await expect.poll(() => r.page.evaluate(() => (window as { fault?: string }).fault)).toBe('part');
    await frame.locator('[role=alert] button').first().waitFor();
    expect(await r.page.locator('figure > a').isVisible()).toBe(false);
    expect(unhandled(r)).toEqual([]);
    tried('network: a file of a dense story', 1);
  });
});

test('whoever moves parts of the page about, as translators and blockers do, does not take the account away', async () => {
  const r = await reader();
  await r.page.evaluate(() => {
    for (const row of document.querySelectorAll('#events .day-events > *, .key-figures *')) {
      const around = document.createElement('font');
      row.replaceWith(around);
      around.append(row);
    }
  });
  await r.toggle('troops');
  await r.page.getByRole('button', { name: 'Reload the page' }).waitFor();
  await expectAccount(r.page);
  expect(r.faults).toEqual([]);
  await r.page.getByRole('button', { name: 'Reload the page' }).click();
  await r.seesLiveMap();
});

test('every file but the page, the fixed names of others’ pages and the downloads has a name that changes with its content', () => {
  const html = readFileSync(join(ROOT, 'dist', STORY, 'index.html'), 'utf8');
  const own = [...html.matchAll(/(?:href|src|data-story|data-basemap|data-context)="(\.\.\/[^"]+\.(?:js|css|json|webp))"/g)].map((m) => m[1] ?? '');
  expect(own.length).toBeGreaterThan(6);
  for (const address of own) expect(address).toMatch(/assets\/[\w.-]+-[\w-]{8,10}\.(js|css|json|webp)$/);
});
