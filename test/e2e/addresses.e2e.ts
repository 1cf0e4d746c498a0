/** Hostile addresses in the page itself: no exception, no request to others, nothing but known keys taken. */
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { findBrowser } from '../browser.ts';
import { payloads } from '../fixtures/payloads.ts';
import { LONG, runs, tried } from '../tried.ts';
import { Reader, STORY, WIDE } from './driver.ts';

const KEYS = ['map', 'event', 'place', 'hide', 'time', 'status', 'context', 'step'];
const key = fc.oneof(fc.constantFrom(...KEYS), fc.constantFrom('__proto__', 'constructor', 'data', 'src', 'secret', 'story', ''), fc.string({ maxLength: 8 }));
const value = fc.oneof(
  fc.constantFrom(
    '6/43.25/76.91',
    '99/0/0',
    'NaN/NaN/NaN',
    '1e9/1/1',
    'arrests',
    'almaty',
    'troops,statements',
    '2022-01-05/2022-01-09',
    '1',
    '../..',
    '//evil.example/',
  ),
  fc.constantFrom(...payloads().slice(0, 2000)),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const pairs = fc.array(
  fc.tuple(
    key,
    fc.oneof(
      value,
      value.map((v) => encodeURIComponent(v.replace(/\p{Cs}/gu, ''))),
    ),
  ),
  { maxLength: 8 },
);
const hash = fc.oneof(
  { weight: 8, arbitrary: pairs.map((all) => all.map(([k, v]) => `${k}=${v}`).join('&')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2000, max: 60_000 }).map((n) => `event=arrests&${'hide=troops&'.repeat(n / 12)}`) },
);

let browser: Browser;
beforeAll(async () => {
  const found = findBrowser();
  // A browser holds back whoever changes the address a hundred times a second.
  browser = await chromium.launch({ ...found, args: [...found.args, '--disable-ipc-flooding-protection'] });
});
afterAll(() => browser?.close());

async function open(at: string): Promise<Reader> {
  const context = await browser.newContext({ viewport: WIDE });
  const r = new Reader(await context.newPage(), context, inject('site'));
  await r.goTo(at);
  await r.page.waitForSelector('html[data-map="live"]');
  return r;
}

function expectOwn(r: Reader): void {
  expect([...r.hosts]).toEqual([new URL(inject('site')).host]);
  expect(r.faults).toEqual([]);
}

test('hundreds of hashes, one after another, in one page', { timeout: LONG ? 900_000 : 60_000 }, async () => {
  const { numRuns, seed } = runs(120, 10_000);
  const hashes = fc.sample(hash, { numRuns, seed });
  const r = await open(STORY);
  const title = await r.page.title();
  const elements = await r.page.evaluate(() => document.querySelectorAll('script, iframe, object, embed, base, form').length);
  for (let at = 0; at < hashes.length; at += 50) {
    const odd = await r.page.evaluate(
      async (texts) => {
        const wrong: string[] = [];
        for (const text of texts) {
          location.hash = text;
          await new Promise((resolve) => setTimeout(resolve));
          if (document.documentElement.dataset.map !== 'live') wrong.push(text);
        }
        return wrong;
      },
      hashes.slice(at, at + 50),
    );
    expect(odd).toEqual([]);
    // It has come to the end of them when it follows one that is its own.
    await r.page.evaluate(() => {
      location.hash = 'event=arrests';
    });
    await r.card.waitFor();
    await r.page.evaluate(() => {
      location.hash = '';
    });
    await r.card.waitFor({ state: 'detached' });
  }
  // After a change of the reader's own the address is the page's again: of known keys alone.
  await r.page.evaluate(() => {
    location.hash = 'event=arrests&bogus=1&__proto__=x';
  });
  await r.toggle('troops');
  await expect.poll(() => r.hash()).toMatch(/hide=/);
  for (const pair of (await r.hash()).slice(1).split('&')) expect(KEYS).toContain(pair.split('=')[0]);
  expect(await r.page.title()).toBe(title);
  expect(await r.page.evaluate(() => document.querySelectorAll('script, iframe, object, embed, base, form').length)).toBe(elements);
  expect(await r.page.evaluate(() => ({}) as { polluted?: unknown })).toEqual({});
  expectOwn(r);
  await r.context.close();
  tried('hostile addresses: hashes in a live page', numRuns);
});

test('queries and hashes that a page is opened with', { timeout: LONG ? 900_000 : 60_000 }, async () => {
  const { numRuns, seed } = runs(2, 60);
  const own = fc.constantFrom('embed', 'theme', 'lang', 'childId', 'data', 'src', 'story', 'url', 'basemap');
  const query = fc
    .array(fc.tuple(own, value), { maxLength: 5 })
    .map((all) => all.map(([k, v]) => `${k}=${encodeURIComponent(v.replace(/\p{Cs}/gu, ''))}`).join('&'));
  for (const [q, h] of fc.sample(fc.tuple(query, hash), { numRuns, seed })) {
    const r = await open(`${STORY}?${q}#${h.slice(0, 3000)}`);
    expect(new URL(r.page.url()).pathname.startsWith(STORY)).toBe(true);
    expectOwn(r);
    await r.context.close();
  }
  tried('hostile addresses: queries and hashes that a page is opened with', numRuns);
});
