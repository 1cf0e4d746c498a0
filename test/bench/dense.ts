/**
 * What many events cost in the page, against other ways to show them and against how many they are. One run, the same
 * seeded events, medians. `npm run bench -- dense growth`
 */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { siteConfig } from '../../src/build/config.ts';
import { findBrowser } from '../browser.ts';
import { DENSE_STORY, makeStory } from './make.ts';
import { growthPlot } from './plot.ts';
import { median, quantile, table } from './report.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const VIEWPORT = { width: 1280, height: 800 };
/** Ways that answer within minutes at a size. */
const PEERS: { readonly [events: number]: readonly string[] } = {
  100000: ['markercluster', 'geojson', 'supercluster'],
  1000000: ['geojson', 'supercluster'],
};
const ROUNDS = 15;
/** Fewer for what takes seconds. */
const PEER_ROUNDS = 3;

interface Served {
  readonly url: string;
  /** Folder of the dense files. */
  readonly files: string;
  readonly close: () => void;
}

/** Build a story of some size and serve it as a plain host does, without compressing. */
async function serve(events: number): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'unrest-map-bench-'));
  const [dataDir, outDir] = [join(folder, 'data'), join(folder, 'dist')];
  makeStory(dataDir, { events });
  await build({ ...siteConfig({ root: ROOT, dataDir, outDir }), logLevel: 'silent' });
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'peers'),
    base: './',
    build: { outDir: join(outDir, 'peers'), emptyOutDir: true, target: 'es2022' },
    logLevel: 'silent',
  });
  const server = files(outDir);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const story = join(outDir, 'm', DENSE_STORY);
  const dense = readdirSync(story).find((n) => n.startsWith('dense-')) ?? '';
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    files: join(story, dense),
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

function files(root: string): Server {
  return createServer((request, response) => {
    let path = join(root, decodeURI((request.url ?? '/').split('?')[0] ?? '/'));
    if (existsSync(path) && statSync(path).isDirectory()) path = join(path, 'index.html');
    if (!path.startsWith(root) || !existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(readFileSync(path));
  });
}

interface Cost {
  /** From the counts' arrival to their paint, and from the events' arrival to theirs. */
  readonly first: number;
  readonly whole: number;
  readonly toggles: readonly number[];
  readonly toggleWork: readonly number[];
  readonly steps: readonly number[];
  readonly stepWork: readonly number[];
  readonly frames: readonly number[];
  /** JavaScript's heap and the buffers behind it, MB. */
  readonly heap: number;
}

async function measureOurs(browser: Browser, site: Served, slowdown: number): Promise<Cost> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.addInitScript('globalThis.__name = (f) => f'); // the runner names functions, also those that it sends to the page
  await page.addInitScript(() => {
    const state = { work: 0, first: 0, whole: 0 };
    Object.assign(window, { bench: state });
    const ask = window.requestAnimationFrame.bind(window);
    // What the frame's own callbacks take: the canvas is drawn in one.
    window.requestAnimationFrame = (act) =>
      ask((now) => {
        const start = performance.now();
        act(now);
        state.work += performance.now() - start;
      });
    const arrived = (name: string) =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).find((e) => e.name.endsWith(name))?.responseEnd ?? 0;
    const watch = () => {
      if (state.first === 0 && document.querySelector('.dense-focus')) state.first = performance.now() - arrived('counts.bin');
      if (document.querySelector('.many-rows')) state.whole = performance.now() - arrived('columns.bin');
      else ask(watch);
    };
    ask(watch);
  });
  const session = await page.context().newCDPSession(page);
  await page.goto(`${site.url}/m/${DENSE_STORY}/`);
  await page.waitForSelector('.many-rows', { state: 'attached', timeout: 120_000 });
  await page.waitForTimeout(1500);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const toggle = await acts(page, '.layer-switch input', ROUNDS);
  await page.evaluate(() => document.querySelectorAll<HTMLElement>('.day-player .icon-button')[2]?.click());
  const step = await acts(page, '.day-player .icon-button:nth-of-type(3)', ROUNDS);
  await page.evaluate(() => document.querySelector<HTMLElement>('.day-all')?.click());
  await page.waitForTimeout(800);
  const frames = await drag(page);
  const heap = await heapOf(session);
  const { first, whole } = await page.evaluate(() => (window as unknown as { bench: { first: number; whole: number } }).bench);
  await page.close();
  return { first, whole, toggles: toggle.painted, toggleWork: toggle.work, steps: step.painted, stepWork: step.work, frames, heap };
}

/** Press a control some times: ms until the frame after it was painted, and ms of the map's own work in it. */
function acts(page: Page, selector: string, rounds: number): Promise<{ painted: number[]; work: number[] }> {
  return page.evaluate(
    async ({ selector: css, rounds: times }) => {
      const { bench } = window as unknown as { bench: { work: number } };
      const painted: number[] = [];
      const work: number[] = [];
      for (let n = 0; n < times; n++) {
        await new Promise((done) => setTimeout(done, 250));
        bench.work = 0;
        const start = performance.now();
        document.querySelector<HTMLElement>(css)?.click();
        await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
        painted.push(performance.now() - start);
        work.push(bench.work);
      }
      return { painted, work };
    },
    { selector, rounds },
  );
}

async function drag(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const state = { frames: [] as number[], on: true };
    Object.assign(window, { panned: state });
    let last = 0;
    const tick = (now: number) => {
      if (last > 0 && document.querySelector('body.leaflet-dragging')) state.frames.push(now - last);
      last = now;
      if (state.on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  for (const [dx, dy] of [
    [-260, -90],
    [260, 90],
    [200, -120],
    [-200, 120],
  ] as const) {
    await page.mouse.move(420, 400);
    await page.mouse.down();
    await page.mouse.move(420 + dx, 400 + dy, { steps: 30 });
    await page.mouse.up();
    await page.waitForTimeout(250);
  }
  return page.evaluate(() => {
    const { panned } = window as unknown as { panned: { frames: number[]; on: boolean } };
    panned.on = false;
    return panned.frames;
  });
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const usage = (await session.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
  return (usage.usedSize + (usage.backingStorageSize ?? 0)) / 1e6;
}

async function measurePeer(browser: Browser, site: Served, name: string): Promise<{ first: number; toggles: number[]; steps: number[]; heap: number } | null> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  try {
    page.setDefaultTimeout(150_000);
    await page.goto(`${site.url}/peers/`);
    const session = await page.context().newCDPSession(page);
    const url = `${site.url}/m/${DENSE_STORY}/${site.files.split('/').at(-1)}/columns.bin`;
    const run = page.evaluate(
      ({ subject, address, rounds }) =>
        (window as unknown as { run: (n: string, u: string, r: number) => Promise<{ first: number; toggles: number[]; steps: number[] }> }).run(
          subject,
          address,
          rounds,
        ),
      { subject: name, address: url, rounds: PEER_ROUNDS },
    );
    const late = new Promise<null>((done) => setTimeout(() => done(null), 150_000).unref());
    const found = await Promise.race([run, late]);
    return found && { ...found, heap: await heapOf(session) };
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`);
    return null;
  } finally {
    await page.close();
  }
}

const ms = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1));
const both = (values: readonly number[]) => `${ms(median(values))} (${ms(quantile(values, 0.95))})`;

/** The table against others. @param sizes events; all sizes when left out */
export async function benchDense(_: string, sizes: readonly number[] = [100_000, 1_000_000]): Promise<void> {
  const browser = await chromium.launch(findBrowser());
  for (const events of sizes) {
    const site = await serve(events);
    const rows: string[][] = [];
    for (const slowdown of [1, 4]) {
      const c = await measureOurs(browser, site, slowdown);
      rows.push([
        `this map${slowdown > 1 ? `, slowed ${slowdown}×` : ''}`,
        slowdown > 1 ? '' : ms(c.first),
        both(c.toggles),
        both(c.toggleWork),
        both(c.steps),
        both(c.stepWork),
        both(c.frames),
        ms(c.heap),
      ]);
    }
    for (const name of PEERS[events] ?? []) {
      const c = await measurePeer(browser, site, name);
      rows.push(c ? [name, ms(c.first), both(c.toggles), '', both(c.steps), '', '', ms(c.heap)] : [name, 'over 150,000', '', '', '', '', '', '']);
    }
    site.close();
    console.log(`${events.toLocaleString('en')} events\n`);
    console.log(`${table(['way', 'first paint ms', 'toggle to paint', 'of it canvas', 'day step to paint', 'of it canvas', 'drag frame', 'heap MB'], rows)}\n`);
  }
  await browser.close();
}

/** Cost against the number of events, as a table and as `.github/growth.svg`. */
export async function benchGrowth(_: string, sizes: readonly number[] = [1_000, 10_000, 100_000, 1_000_000]): Promise<void> {
  const browser = await chromium.launch(findBrowser());
  const rows: string[][] = [];
  const costs: { readonly events: number; readonly values: { readonly [name: string]: number } }[] = [];
  for (const events of sizes) {
    const site = await serve(events);
    const c = await measureOurs(browser, site, 1);
    const gz = (name: string) => gzipSync(readFileSync(join(site.files, name)), { level: 9 }).length / 1000;
    const [counts, columns] = [gz('counts.bin'), gz('columns.bin')];
    site.close();
    rows.push([
      events.toLocaleString('en'),
      ms(counts),
      ms(columns),
      ms(c.first),
      ms(c.whole),
      both(c.frames),
      both(c.toggleWork),
      both(c.stepWork),
      ms(c.heap),
    ]);
    costs.push({
      events,
      values: {
        'first paint, ms': c.first,
        'canvas of a toggle, ms': median(c.toggleWork),
        'canvas of a day step, ms': median(c.stepWork),
        'drag frame, ms': median(c.frames),
        'heap, MB': c.heap,
        'all events, kB gzip': columns,
      },
    });
  }
  await browser.close();
  console.log(
    `${table(['events', 'counts kB gz', 'events kB gz', 'first paint ms', 'events in place ms', 'drag frame', 'toggle, canvas', 'step, canvas', 'heap MB'], rows)}\n`,
  );
  mkdirSync(join(ROOT, '.github'), { recursive: true });
  writeFileSync(join(ROOT, '.github/growth.svg'), growthPlot(costs));
  console.log('.github/growth.svg\n');
}
