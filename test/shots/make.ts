/**
 * `npm run shots [-- folder]`: the built site as readers see it, as PNG files to be looked at: four languages, two sizes and
 * both themes, and one page through other eyes: without colour, with the three common deficiencies of colour vision, with
 * the system's colours, with more contrast, enlarged, tiny, with wider letters, on paper. Exit codes: 0, 1 no built site.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { siteConfig } from '../../src/build/config.ts';
import { findBrowser } from '../browser.ts';

interface Shot {
  readonly name: string;
  readonly at: string;
  readonly options: BrowserContextOptions;
  readonly before?: (page: Page) => Promise<unknown>;
}

const ROOT = resolve(import.meta.dirname, '../..');
const STORY = '/m/kazakhstan-2022-01/';
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const SPACED = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }';
const CARD = '#event=deaths-post';

const languages = ['', 'ru/', 'kk/', 'ko/'].flatMap((language) =>
  [WIDE, PHONE].flatMap((viewport) =>
    (['light', 'dark'] as const).flatMap((colorScheme): Shot[] =>
      ['', CARD].map((hash) => ({
        name: `${language.slice(0, 2) || 'en'}-${viewport.width}-${colorScheme}${hash ? '-card' : ''}`,
        at: `${STORY}${language}${hash}`,
        options: { viewport, colorScheme },
      })),
    ),
  ),
);

const eyes = (['achromatopsia', 'protanopia', 'deuteranopia', 'tritanopia'] as const).map(
  (type): Shot => ({
    name: `eyes-${type}`,
    at: `${STORY}#context=1`,
    options: { viewport: WIDE },
    before: async (page) => {
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setEmulatedVisionDeficiency', { type });
      await openStatuses(page);
    },
  }),
);

const sizes: Shot[] = [
  ...(['light', 'dark'] as const).flatMap((colorScheme): Shot[] => [
    { name: `forced-${colorScheme}`, at: STORY + CARD, options: { viewport: WIDE, forcedColors: 'active', colorScheme }, before: openStatuses },
    { name: `contrast-${colorScheme}`, at: STORY + CARD, options: { viewport: WIDE, contrast: 'more', colorScheme } },
  ]),
  { name: 'tiny-320x256', at: STORY, options: { viewport: { width: 320, height: 256 } } },
  { name: 'enlarged-400', at: STORY, options: { viewport: { width: 320, height: 200 }, deviceScaleFactor: 4 } },
  { name: 'spaced', at: STORY, options: { viewport: PHONE, bypassCSP: true }, before: (page) => page.addStyleTag({ content: SPACED }) },
  { name: 'paper', at: STORY, options: { viewport: { width: 794, height: 1123 } }, before: (page) => page.emulateMedia({ media: 'print' }) },
  { name: 'embed', at: `${STORY}?embed=1`, options: { viewport: { width: 640, height: 620 } } },
  { name: 'article', at: '/article/', options: { viewport: WIDE } },
];

function openStatuses(page: Page): Promise<unknown> {
  return page.locator('.status-filter').evaluate((details: HTMLDetailsElement) => {
    details.open = true;
    details.scrollIntoView();
  });
}

async function run(folder: string): Promise<number> {
  const outDir = join(ROOT, 'dist');
  if (!existsSync(join(outDir, 'index.html'))) {
    console.error('There is no built site to look at. Run `npm run build` first.');
    return 1;
  }
  mkdirSync(folder, { recursive: true });
  const server = await preview({ ...siteConfig({ root: ROOT, dataDir: join(ROOT, 'data'), outDir }), preview: { port: 0, host: '127.0.0.1' } });
  const address = server.httpServer.address();
  const site = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
  const browser = await chromium.launch(findBrowser());
  const shots = [...languages, ...eyes, ...sizes];
  for (const { name, at, options, before } of shots) {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    await page.goto(site + at, { waitUntil: 'load' });
    if (at.startsWith(STORY)) await page.waitForSelector('html[data-map="live"]');
    // The relief and the finer detail come last.
    await page.waitForLoadState('networkidle');
    await before?.(page);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: name === 'paper' });
    await context.close();
  }
  await browser.close();
  await server.close();
  console.log(`${shots.length} pictures in ${folder}`);
  return 0;
}

process.exitCode = await run(resolve(process.argv[2] ?? join(ROOT, '.cache/shots')));
