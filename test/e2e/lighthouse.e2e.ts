/** Lighthouse's own marks for the built pages. Its marks for speed are no part of this: time belongs to the benchmarks. */
import { createServer } from 'node:net';
import lighthouse from 'lighthouse';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { findBrowser } from '../browser.ts';
import { LONG } from '../tried.ts';
import { STORY } from './driver.ts';

let browser: Browser;
let port: number;

beforeAll(async () => {
  port = await freePort();
  const options = findBrowser();
  browser = await chromium.launch({ ...options, args: [...options.args, `--remote-debugging-port=${port}`] });
});
afterAll(() => browser.close());

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const ALL: readonly string[] = ['accessibility', 'best-practices', 'seo'];
/** Maps in frames and the demo are not for search engines, and say so. */
const UNLISTED = ALL.slice(0, 2);

test.each([
  ['the story', STORY, ALL] as const,
  ...(LONG ? [['the map for an article', `${STORY}?embed=1`, UNLISTED] as const, ['an article with the map', '/article/', UNLISTED] as const] : []),
] as const)('%s has full marks', { timeout: 120_000 }, async (_, path, onlyCategories) => {
  const run = await lighthouse(`${inject('site')}${path}`, {
    port,
    logLevel: 'error',
    onlyCategories: [...onlyCategories],
    throttlingMethod: 'provided',
  });
  const { categories = {}, audits = {} } = run?.lhr ?? {};
  const lost = Object.values(categories).flatMap((c) =>
    c.auditRefs.flatMap(({ id, weight }) => {
      const audit = audits[id];
      return weight > 0 && audit && audit.score !== null && audit.score < 1
        ? [`${c.id}: ${audit.title} ${JSON.stringify(audit.details ?? '').slice(0, 400)}`]
        : [];
    }),
  );
  expect(lost).toEqual([]);
  expect(Object.values(categories).map((c) => c.score)).toEqual(onlyCategories.map(() => 1));
});
