/**
 * Up to how many events a story may list by itself: what a table costs as marks and a list in its page, against the same
 * table as rows that are drawn on a canvas. `npm run bench -- listed`; `-- listed 2000` for one size
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { siteConfig } from '../../src/build/config.ts';
import { findBrowser } from '../browser.ts';
import { fillDataFolder } from '../fixtures/import.ts';
import { writeAcled } from './acled.ts';
import { costOf } from './build.ts';
import { acts, both, heapOf, ms } from './dense.ts';
import { table } from './report.ts';
import { ROOT, serveFolder } from './serve.ts';
import { threadTimes } from './trace.ts';

const SIZES = [100, 500, 1000, 2000, 5000];
const STORY = 'listed';

export async function benchListed(_: string, sizes: readonly number[]): Promise<void> {
  const rows: string[][] = [];
  for (const events of sizes.length > 0 ? sizes : SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'unrest-map-listed-'));
    try {
      const [data, dist, csv] = [join(folder, 'data'), join(folder, 'dist'), join(folder, 'table.csv')];
      fillDataFolder(data);
      writeAcled(csv, events, { places: Math.ceil(events / 3), days: 200 });
      costOf('import-one.ts', [data, csv, STORY]);
      await build({ ...siteConfig({ root: ROOT, dataDir: data, outDir: dist }), logLevel: 'error' });
      rows.push([events.toLocaleString('en'), ...(await measure(dist))]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log(`${table(['events', 'page kB gz', 'data kB gz', 'live ms', 'toggle, painted', 'its thread', 'heap MB'], rows)}\n`);
}

async function measure(dist: string): Promise<string[]> {
  const zipped = (path: string) => gzipSync(readFileSync(join(dist, path)), { level: 9 }).length / 1000;
  const html = zipped(`m/${STORY}/index.html`);
  const data = readdirSync(join(dist, 'assets')).filter((name) => name.startsWith(`story-${STORY}-`));
  const served = await serveFolder(dist, true);
  const browser = await chromium.launch(findBrowser());
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript('globalThis.__name = (f) => f');
    await page.addInitScript(() => {
      // What `acts` counts of the map alone is the canvas's; here it stays nought.
      Object.assign(window, { bench: { work: 0 } });
    });
    await page.goto(`${served.url}/m/${STORY}/`);
    await page.waitForSelector('html[data-map="live"]', { timeout: 120_000 });
    const live = await page.evaluate(() => performance.now());
    await page.waitForSelector('.day-range[style]', { state: 'attached', timeout: 120_000 });
    await page.waitForTimeout(1500);
    const session = await page.context().newCDPSession(page);
    let painted: readonly number[] = [];
    const { toggle = [] } = await threadTimes(session, ['toggle'], async () => {
      ({ painted } = await acts(page, 'toggle', '.layer-switch input'));
    });
    const heap = await heapOf(session);
    return [ms(html), ms(data.reduce((sum, name) => sum + zipped(`assets/${name}`), 0)), ms(live), both(painted), both(toggle), ms(heap)];
  } finally {
    await browser.close();
    served.close();
  }
}
