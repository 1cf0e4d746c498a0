/**
 * What many events cost in the page, against other ways to show them and against how many they are. One run, the same
 * seeded events, medians. `npm run bench -- dense growth`; `-- dense 100000` for one size
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findBrowser } from '../browser.ts';
import { drag, framesOf, zoom } from './frames.ts';
import { DENSE_STORY } from './make.ts';
import { growthPlot } from './plot.ts';
import { median, quantile, table } from './report.ts';
import type { ServedStory } from './serve.ts';
import { ROOT, serveStory } from './serve.ts';
import { threadTimes } from './trace.ts';

const VIEWPORT = { width: 1280, height: 800 };
const PEERS = ['markercluster', 'geojson', 'supercluster', 'maplibre'];
/** Longest that another way may take in all, ms; then the table says so, and the next one's turn comes. */
const PATIENCE = 60_000;
const ROUNDS = 60;
/** Fewer for what takes seconds. */
const PEER_ROUNDS = 3;

interface Pressed {
  /** From the press to the paint, ms. */
  readonly painted: readonly number[];
  /** Of it the map's own: counting and drawing. */
  readonly map: readonly number[];
}

interface Act extends Pressed {
  /** Of the page's thread until then, all of it: script, style, layout, paint. */
  readonly thread: readonly number[];
}

interface Cost {
  /** From when the page has the counts to their paint, and from the events' arrival until the list shows them. */
  readonly first: number;
  readonly whole: number;
  readonly toggle: Act;
  readonly step: Act;
  /** Hide one layer after the other, of which nothing is painted ahead; and the same after a pointer has come to each switch, as it does before a press. */
  readonly another: Pressed;
  readonly approached: Pressed;
  /** While the map is dragged, and while it is zoomed by the wheel. */
  readonly frames: readonly number[];
  readonly zooms: readonly number[];
  /** JavaScript's heap and the buffers behind it, MB. */
  readonly heap: number;
  /** The page's own process; null where the system does not say. */
  readonly renderer: Memory | null;
}

async function measureOurs(browser: Browser, site: ServedStory, slowdown: number): Promise<Cost> {
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
    // The browser asks for the counts before the page's script does: they are in hand when that has them.
    let inHand = 0;
    const read = Response.prototype.arrayBuffer;
    Response.prototype.arrayBuffer = async function (this: Response) {
      const bytes = await read.call(this);
      if (this.url.endsWith('counts.bin')) inHand = performance.now();
      return bytes;
    };
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...args: unknown[]) {
      if (state.first === 0 && this.canvas.className.includes('dense-canvas')) {
        state.first = -1;
        ask(() =>
          setTimeout(() => {
            state.first = performance.now() - inHand;
          }),
        );
      }
      return (draw as (...a: unknown[]) => void).apply(this, args);
    } as typeof draw;
    const watch = () => {
      if (document.querySelector('.many-rows')) state.whole = performance.now() - arrived('columns.bin');
      else ask(watch);
    };
    ask(watch);
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.goto(`${site.url}/m/${DENSE_STORY}/`);
  await page.waitForSelector('.many-rows', { state: 'attached', timeout: 120_000 });
  await page.waitForTimeout(1500);
  const [toggled, stepped] = await pressed(page);
  await allDays(page);
  const another = await acts(page, 'another', '.layer-switch input', { undone: true });
  const approached = await acts(page, 'approached', '.layer-switch input', { undone: true, approach: 100 });
  const frames = (await framesOf(page, drag)).frames;
  const heap = await heapOf(session);
  const renderer = await rendererOf(browser);
  // Once more and last: a trace lengthens what it looks at, and lies in the page's own memory.
  const threads = await threadTimes(session, ['toggle', 'step'], async () => {
    await pressed(page);
  });
  await allDays(page);
  const zooms = (await framesOf(page, zoom)).frames;
  const { first, whole } = await page.evaluate(() => (window as unknown as { bench: { first: number; whole: number } }).bench);
  await page.close();
  return {
    first,
    whole,
    toggle: { ...toggled, thread: threads.toggle ?? [] },
    step: { ...stepped, thread: threads.step ?? [] },
    another,
    approached,
    frames,
    zooms,
    heap,
    renderer,
  };
}

/** Hide a layer and show it in turn, over all days; then go on day by day. */
async function pressed(page: Page): Promise<[toggled: Pressed, stepped: Pressed]> {
  const dayOn = '.day-player .icon-button:nth-of-type(3)';
  await allDays(page);
  const toggled = await acts(page, 'toggle', '.layer-switch input');
  await page.evaluate((css) => document.querySelector<HTMLElement>(css)?.click(), dayOn);
  return [toggled, await acts(page, 'step', dayOn)];
}

async function allDays(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector<HTMLElement>('.day-all')?.click());
  await page.waitForTimeout(800);
}

/**
 * Press controls some times: ms until the frame after it was painted, and ms of the map's own work in it.
 * @param how whether to go from one control to the next, and take each press back, which is not measured; and how long
 *   before it a pointer comes to the control, ms
 */
export function acts(page: Page, name: string, selector: string, how: { readonly undone?: boolean; readonly approach?: number } = {}): Promise<Pressed> {
  return page.evaluate(
    async ({ name: act, selector: css, rounds: times, back, approach }) => {
      const { bench } = window as unknown as { bench: { work: number } };
      const painted: number[] = [];
      const map: number[] = [];
      const pause = (ms = 250) => new Promise((done) => setTimeout(done, ms));
      for (let n = 0; n < times; n++) {
        const controls = document.querySelectorAll<HTMLElement>(css);
        const control = controls[back ? n % controls.length : 0];
        await pause();
        if (approach > 0) {
          control?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
          await pause(approach);
        }
        bench.work = 0;
        performance.mark(`bench-${act}-start`);
        const start = performance.now();
        control?.click();
        // What is posted in a frame comes right after it is painted, and before the timers of what may follow later.
        const { port1, port2 } = new MessageChannel();
        await new Promise<void>((done) => {
          port1.onmessage = () => done();
          requestAnimationFrame(() => port2.postMessage(null));
        });
        painted.push(performance.now() - start);
        performance.mark(`bench-${act}-end`);
        map.push(bench.work);
        if (!back) continue;
        await pause();
        control?.click();
      }
      return { painted, map };
    },
    { name, selector, rounds: ROUNDS, back: how.undone === true, approach: how.approach ?? 0 },
  );
}

/** What a press costs at the least: on a page that has a switch and a number, and writes the number. */
async function measureFloor(browser: Browser, slowdown: number): Promise<Pressed> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.addInitScript('globalThis.__name = (f) => f; globalThis.bench = { work: 0 }');
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.goto('data:text/html,<label><input type="checkbox"> <span>0</span></label>');
  await page.evaluate(() => {
    const number = document.querySelector('span');
    document.querySelector('input')?.addEventListener('change', () => {
      if (number) number.textContent = String(Number(number.textContent) + 1);
    });
  });
  const floor = await acts(page, 'floor', 'input');
  await page.close();
  return floor;
}

export async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const usage = (await session.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
  return (usage.usedSize + (usage.backingStorageSize ?? 0)) / 1e6;
}

/** What a process does not share with others, MB: all of it, and without the pages that it could read from its program's file again. */
interface Memory {
  readonly all: number;
  readonly own: number;
}

/** The largest of a browser's pages' processes, from Linux's account of it. */
async function rendererOf(browser: Browser): Promise<Memory | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as { processInfo: readonly { readonly type: string; readonly id: number }[] };
  await session.detach();
  const sizes = processInfo.flatMap(({ type, id }) => {
    const account = `/proc/${id}/smaps_rollup`;
    if (type !== 'renderer' || !existsSync(account)) return [];
    const parts = [...readFileSync(account, 'utf8').matchAll(/^Private_(\w+):\s+(\d+) kB$/gm)];
    const sum = (wanted: (part: string) => boolean) => parts.reduce((kB, [, part = '', size]) => kB + (wanted(part) ? Number(size) : 0), 0) / 1000;
    return [{ all: sum(() => true), own: sum((part) => part !== 'Clean') }];
  });
  return sizes.sort((a, b) => b.all - a.all)[0] ?? null;
}

interface PeerCost {
  readonly first: number;
  readonly toggles: readonly number[];
  readonly steps: readonly number[];
  readonly heap: number;
}

/** Another way, in a browser of its own: one that never answers must not hold up the rest. */
async function measurePeer(site: ServedStory, name: string): Promise<PeerCost | null> {
  const browser = await chromium.launch(findBrowser());
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), PATIENCE);
  });
  const measured = async (): Promise<PeerCost> => {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.goto(`${site.url}/peers/`);
    const found = await page.evaluate(
      ({ subject, address, rounds }) =>
        (window as unknown as { run: (n: string, u: string, r: number) => Promise<{ first: number; toggles: number[]; steps: number[] }> }).run(
          subject,
          address,
          rounds,
        ),
      { subject: name, address: `${site.url}${site.path}/columns.bin`, rounds: PEER_ROUNDS },
    );
    return { ...found, heap: await heapOf(await page.context().newCDPSession(page)) };
  };
  const run = measured().catch((error: unknown) => {
    if (browser.isConnected()) console.error(`${name}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`);
    return null;
  });
  try {
    return await Promise.race([run, late]);
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}

export const ms = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1));
export const both = (values: readonly number[]) => `${ms(median(values))} (${ms(quantile(values, 0.95))})`;
const HEAD = [
  'first paint ms',
  'toggle, painted',
  'its thread',
  'its map',
  'another layer, painted',
  'with a pointer on it',
  'day step, painted',
  'its thread',
  'its map',
  'drag frame',
  'zoom frame',
  'heap MB',
  'renderer MB (without program)',
];

function cells({ first, toggle, another, approached, step, frames, zooms, heap, renderer }: Cost): string[] {
  return [
    ms(first),
    both(toggle.painted),
    both(toggle.thread),
    both(toggle.map),
    both(another.painted),
    both(approached.painted),
    both(step.painted),
    both(step.thread),
    both(step.map),
    both(frames),
    both(zooms),
    ms(heap),
    renderer === null ? '' : `${ms(renderer.all)} (${ms(renderer.own)})`,
  ];
}

/** The table against others. @param sizes events; all sizes when left out */
export async function benchDense(_: string, sizes: readonly number[]): Promise<void> {
  for (const events of sizes.length > 0 ? sizes : [100_000, 1_000_000]) {
    const site = await serveStory(events);
    const rows: string[][] = [];
    const browser = await chromium.launch(findBrowser());
    for (const slowdown of [1, 4]) {
      const named = (what: string) => `${what}${slowdown > 1 ? `, slowed ${slowdown}×` : ''}`;
      rows.push([named('this map'), ...cells(await measureOurs(browser, site, slowdown))]);
      rows.push([named('a page of one number'), '', both((await measureFloor(browser, slowdown)).painted), ...Array(11).fill('')]);
    }
    await browser.close();
    for (const name of PEERS) {
      const c = await measurePeer(site, name);
      rows.push(
        c
          ? [name, ms(c.first), both(c.toggles), '', '', '', '', both(c.steps), '', '', '', '', ms(c.heap), '']
          : [name, `over ${PATIENCE / 1000} s in all`, ...Array(12).fill('')],
      );
    }
    site.close();
    console.log(`${events.toLocaleString('en')} events\n`);
    console.log(`${table(['way', ...HEAD], rows)}\n`);
  }
}

/** Cost against the number of events, as a table and as `.github/growth.svg`. */
export async function benchGrowth(_: string, sizes: readonly number[]): Promise<void> {
  const rows: string[][] = [];
  const costs: { readonly events: number; readonly values: { readonly [name: string]: number } }[] = [];
  for (const events of sizes.length > 0 ? sizes : [1_000, 10_000, 100_000, 1_000_000, 4_000_000]) {
    const site = await serveStory(events);
    const browser = await chromium.launch(findBrowser());
    const c = await measureOurs(browser, site, 1);
    await browser.close();
    const gz = (name: string) => gzipSync(readFileSync(join(site.files, name)), { level: 9 }).length / 1000;
    const [counts, columns] = [gz('counts.bin'), gz('columns.bin')];
    site.close();
    rows.push([events.toLocaleString('en'), ms(counts), ms(columns), ms(c.whole), ...cells(c)]);
    // The whole takes half an hour: what is cut short has told what it had.
    console.log(`measured: ${rows.at(-1)?.join(' | ')}`);
    costs.push({
      events,
      values: {
        'first paint, ms': c.first,
        'toggle, page’s thread, ms': median(c.toggle.thread),
        'day step, page’s thread, ms': median(c.step.thread),
        'drag frame, ms': median(c.frames),
        'heap, MB': c.heap,
        'all events, kB gzip': columns,
      },
    });
  }
  console.log(`${table(['events', 'counts kB gz', 'events kB gz', 'events in place ms', ...HEAD], rows)}\n`);
  mkdirSync(join(ROOT, '.github'), { recursive: true });
  writeFileSync(join(ROOT, '.github/growth.svg'), growthPlot(costs));
  console.log('.github/growth.svg\n');
}
