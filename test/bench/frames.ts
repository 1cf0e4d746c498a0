/** How evenly the map moves: frame times while a reader drags and zooms, and long tasks then and after, at full speed and slowed four times. */

import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findBrowser } from '../browser.ts';
import { median, quantile, table } from './report.ts';

const VIEWPORT = { width: 1280, height: 800 };
const ROUNDS = 5;
/** A frame that came after the one it was meant for, ms. */
const LATE = 20;

interface Run {
  readonly frames: number[];
  readonly longTasks: number[];
}

/** Measure on a served site and print a table. */
export async function benchFrames(site: string): Promise<void> {
  const browser = await chromium.launch(findBrowser());
  const rows: string[][] = [];
  for (const slowdown of [1, 4]) {
    for (const [name, act, at] of ACTS) {
      const runs: Run[] = [];
      for (let i = 0; i < ROUNDS; i++) {
        const page = await browser.newPage({ viewport: VIEWPORT });
        await page.addInitScript('globalThis.__name = (f) => f'); // the runner names functions, also those that it sends to the page
        await page.goto(`${site}/m/kazakhstan-2022-01/${at}`);
        await page.waitForSelector('html[data-map="live"]');
        await page.waitForTimeout(1500); // relief and detail have come, as for a reader who has looked for a moment
        const session = await page.context().newCDPSession(page);
        await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
        runs.push(await framesOf(page, act));
        await page.close();
      }
      const frames = runs.flatMap((r) => r.frames);
      const long = runs.map((r) => r.longTasks.reduce((a, b) => a + b, 0));
      rows.push([
        name,
        `${slowdown}×`,
        median(frames).toFixed(1),
        quantile(frames, 0.95).toFixed(1),
        `${((100 * frames.filter((f) => f > LATE).length) / frames.length).toFixed(1)} %`,
        Math.max(...frames).toFixed(0),
        median(long).toFixed(0),
      ]);
    }
  }
  await browser.close();
  console.log(table(['act', 'slowed', 'frame ms, median', 'p95', 'late', 'longest', 'long tasks, ms in all'], rows));
}

type Act = (page: Page) => Promise<void>;

export const drag: Act = async (page) => {
  await page.mouse.move(600, 450);
  for (const [dx, dy] of [
    [-260, -120],
    [260, 120],
    [200, -160],
    [-200, 160],
  ] as const) {
    await page.mouse.down();
    await page.mouse.move(600 + dx, 450 + dy, { steps: 30 });
    await page.mouse.up();
    await page.waitForTimeout(350);
    await page.mouse.move(600, 450);
  }
};

export const zoom: Act = async (page) => {
  await page.mouse.move(560, 480);
  for (const by of [-240, -240, 240, 240, -240, 240]) {
    await page.mouse.wheel(0, by);
    await page.waitForTimeout(600);
  }
};

const ACTS: readonly (readonly [name: string, act: Act, at: string])[] = [
  ['drag, whole country', drag, ''],
  ['drag, region with detail', drag, '#map=8/43.6/76.9'],
  ['zoom in and out by wheel', zoom, ''],
];

/** Frames while the map moves, as a reader acts, ms, and the long tasks of the whole act. */
export async function framesOf(page: Page, act: Act): Promise<Run> {
  await page.evaluate(() => {
    const state = { frames: [] as number[], longTasks: [] as number[], on: true };
    Object.assign(window, { moving: state });
    let last = performance.now();
    // Leaflet's own classes while a drag, its momentum or a zoom is under way. A map at rest cannot stutter: its frames would only flatter the median.
    const moves = () => document.querySelector('body.leaflet-dragging, .leaflet-pan-anim, .leaflet-zoom-anim') !== null;
    let moved = false;
    const tick = (now: number) => {
      const moving = moves();
      if (moving || moved) state.frames.push(now - last);
      moved = moving;
      last = now;
      if (state.on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    new PerformanceObserver((list) => {
      for (const e of list.getEntries()) state.longTasks.push(e.duration);
    }).observe({ type: 'longtask' });
  });
  await act(page);
  return page.evaluate(() => {
    const { moving } = window as unknown as { moving: { frames: number[]; longTasks: number[]; on: boolean } };
    moving.on = false;
    return { frames: moving.frames.slice(1), longTasks: moving.longTasks };
  });
}
