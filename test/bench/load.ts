/**
 * The first view of the small story on a phone's line, against the least that the same libraries can show and against
 * the static picture alone. One run, cold caches, in turns. `npm run bench -- load`; with numbers, also of stories of as
 * many invented events: `-- load 1000000`
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findBrowser } from '../browser.ts';
import { DENSE_STORY } from './make.ts';
import { median, table } from './report.ts';
import { buildPage, buildStory, ROOT, serveFolder } from './serve.ts';

const STORY = 'm/kazakhstan-2022-01';
const ROUNDS = 5;
/** Lighthouse's phone. */
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const LINE = { offline: false, latency: 150, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: (750e3 / 8) * 0.9 };
const SLOWDOWN = 4;

interface View {
  readonly fcp: number;
  readonly lcp: number;
  readonly ready: number;
  /** When the basemap has taken the place of the picture's lines; none where there is no basemap. */
  readonly drawn: number;
  /** When the marks of many events are painted; none where there are none. */
  readonly marks: number;
  readonly script: number;
  readonly bytes: number;
}

export async function benchLoad(_: string, sizes: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'unrest-map-load-'));
  try {
    cpSync(join(ROOT, 'dist'), folder, { recursive: true });
    await buildPage('baseline', join(folder, 'baseline'));
    const twelve = Array.from({ length: 12 }, (_, i) => ({ id: `e${i}`, lat: 43 + i * 0.8, lng: 55 + i * 2, title: `Event ${i + 1}` }));
    writeFileSync(join(folder, 'baseline/points.json'), JSON.stringify(twelve));
    mkdirSync(join(folder, 'picture'));
    const picture = readFileSync(join(folder, STORY, 'static-1200x900.svg'), 'utf8').replace(/^<\?xml.*?\?>/, '');
    writeFileSync(
      join(folder, 'picture/index.html'),
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Picture</title><style>svg{width:100%;height:auto}</style><h1>Unrest in Kazakhstan, January 2022</h1><p>The static picture of the map, and no script.</p>${picture}</html>`,
    );
    const served = await serveFolder(folder, true);
    const many = await Promise.all(sizes.map(async (events) => [events, await serveFolder(await buildStory(events), true)] as const));
    const [own, least, still] = ['this map', 'React + react-leaflet, 12 points, no basemap', 'static picture in the HTML'];
    const subjects = [
      [own, `${served.url}/${STORY}/`],
      [least, `${served.url}/baseline/`],
      [still, `${served.url}/picture/`],
      ...many.map(([events, { url }]) => [`${own}, ${events.toLocaleString('en')} events`, `${url}/m/${DENSE_STORY}/`] as const),
    ] as const;
    const views = new Map<string, View[]>();
    const browser = await chromium.launch(findBrowser());
    for (let n = 0; n < ROUNDS; n++)
      for (const [name, url] of subjects) views.set(name, [...(views.get(name) ?? []), await view(browser, url, name !== still)]);
    await browser.close();
    for (const { close } of [served, ...many.map(([, site]) => site)]) close();
    const of = (name: string, key: keyof View) => median((views.get(name) ?? []).map((v) => v[key]));
    const rows = subjects.map(([name]) => [
      name,
      ...(['bytes', 'script', 'fcp', 'lcp', 'ready', 'drawn', 'marks'] as const).map((key) => (Number.isNaN(of(name, key)) ? '' : of(name, key).toFixed(0))),
    ]);
    console.log(`${table(['subject', 'kB', 'script ms', 'FCP ms', 'LCP ms', 'map ready ms', 'full basemap ms', 'many marks ms'], rows)}\n`);
    const ratio = (key: keyof View, other: string) => (of(own, key) / of(other, key)).toFixed(2);
    console.log(`Map ready: ${ratio('ready', least)} of React + react-leaflet. LCP: ${ratio('lcp', still)} of the picture.\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function view(browser: Browser, url: string, hasMap: boolean): Promise<View> {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  let bytes = 0;
  session.on('Network.loadingFinished', (e) => {
    bytes += e.encodedDataLength;
  });
  await session.send('Network.enable');
  await session.send('Performance.enable');
  await session.send('Network.emulateNetworkConditions', LINE);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await page.addInitScript('globalThis.__name = (f) => f');
  await page.addInitScript(() => {
    const state = { lcp: 0, ready: Number.NaN, drawn: Number.NaN, marks: Number.NaN };
    Object.assign(window, { bench: state });
    const copy = CanvasRenderingContext2D.prototype.drawImage;
    CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...args: unknown[]) {
      if (this.canvas.className === 'dense-canvas') {
        CanvasRenderingContext2D.prototype.drawImage = copy;
        requestAnimationFrame(() =>
          setTimeout(() => {
            state.marks = performance.now();
          }),
        );
      }
      return (copy as (...a: unknown[]) => void).apply(this, args);
    } as typeof copy;
    new PerformanceObserver((list) => {
      state.lcp = list.getEntries().at(-1)?.startTime ?? state.lcp;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    const observe = () =>
      new MutationObserver((_, observer) => {
        const { map, ground } = document.documentElement.dataset;
        if (map === 'live' && Number.isNaN(state.ready)) state.ready = performance.now();
        if (ground !== 'drawn') return;
        observer.disconnect();
        state.drawn = performance.now();
      }).observe(document.documentElement, { attributes: true });
    if (document.documentElement) observe();
    else document.addEventListener('readystatechange', observe, { once: true });
  });
  await page.goto(url);
  if (hasMap) await page.waitForSelector('html[data-map="live"]', { timeout: 60_000 });
  const { metrics } = await session.send('Performance.getMetrics');
  const loaded = bytes;
  await page.waitForTimeout(2500);
  const found = await page.evaluate(() => ({
    ...(window as unknown as { bench: { lcp: number; ready: number; drawn: number; marks: number } }).bench,
    fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  }));
  await context.close();
  return { ...found, script: (metrics.find((m) => m.name === 'ScriptDuration')?.value ?? 0) * 1000, bytes: loaded / 1000 };
}
