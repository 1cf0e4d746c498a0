/** The one file that knows the browser tool. Tests speak of readers, marks, cards and lists. */

import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { findBrowser } from '../browser.ts';

export const WIDE = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

export interface ReaderOptions extends BrowserContextOptions {
  /** Path and hash on the site; the story's own address by default. */
  readonly at?: string;
  /** Another site than the project's own. */
  readonly site?: string;
  /** Addresses that this reader's network refuses. */
  readonly blocked?: RegExp;
  /** Script that runs in the page before its own. */
  readonly before?: () => void;
  /** Whether to wait for the live map. */
  readonly live?: boolean;
}

export const STORY = '/m/kazakhstan-2022-01/';

/** A reader with a browser of their own: what they do, what they see, and what went wrong behind the scenes. */
export class Reader {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors, uncaught errors and policy violations. */
  readonly faults: string[] = [];
  readonly hosts = new Set<string>();
  /** Every address that was asked for. */
  readonly asked: string[] = [];

  private readonly site: string;

  constructor(page: Page, context: BrowserContext, site: string) {
    this.page = page;
    this.site = site;
    this.context = context;
    page.on('console', (m) => {
      if (m.type() === 'error' || m.type() === 'warning') this.faults.push(m.text());
    });
    page.on('pageerror', (e) => this.faults.push(e.message));
    page.on('request', (r) => {
      this.hosts.add(new URL(r.url()).host);
      this.asked.push(r.url());
    });
  }

  async goTo(at: string): Promise<void> {
    await this.page.goto(this.site + at, { waitUntil: 'load' });
  }

  async seesLiveMap(): Promise<void> {
    // With its basemap, or with the sentence that it cannot be had.
    await this.page.waitForSelector('html[data-map="live"][data-ground]');
    // The days, the walk and the figures come to life after the map: the sliders are in line, the citation knows its address.
    await this.page.waitForSelector('.day-range[style]', { state: 'attached' });
    await this.page.locator('.citation', { hasText: 'http' }).waitFor({ state: 'attached' });
  }

  /** Let the page's timers of 8 s and more run now. */
  async endLongWaits(): Promise<void> {
    await this.page.evaluate(() => (window as unknown as { endLongWaits: () => void }).endLongWaits());
  }

  hash(): Promise<string> {
    return this.page.evaluate(() => location.hash);
  }

  /** Titles in the list, in order. */
  listed(): Promise<string[]> {
    return this.page.locator('#events .event-title').allTextContents();
  }

  listedIds(): Promise<string[]> {
    return this.page.locator('#events .event').evaluateAll((rows) => rows.map((r) => r.id.replace('event=', '')));
  }

  /** Names of the marks and chips on the live map, as assistive technology has them. */
  marks(): Promise<string[]> {
    return this.page.locator('.map-region button[data-place]').evaluateAll((buttons) =>
      buttons.map((button) => {
        const said = button.cloneNode(true) as HTMLElement;
        for (const hidden of said.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
        return button.getAttribute('aria-label') ?? said.textContent ?? '';
      }),
    );
  }

  mark(place: string) {
    return this.page.locator(`.map-region button[data-place="${place}"]`);
  }

  /** Number beside a layer's name in the legend. */
  async layerCount(layer: string): Promise<string> {
    return (await this.page.locator(`.layer-switch.layer-${layer} .layer-count`).textContent()) ?? '';
  }

  async toggle(layer: string): Promise<void> {
    await this.page.locator(`.layer-switch.layer-${layer}`).click();
  }

  /** Press the switch of the second collection. */
  async showContext(): Promise<void> {
    await this.page.locator('.context-switch').click();
  }

  get card() {
    return this.page.locator('.card');
  }

  async openCard(): Promise<string | null> {
    return (await this.card.count()) === 0 ? null : await this.card.locator('.card-title').textContent();
  }

  /** An event's row in the list. */
  row(event: string) {
    return this.page.locator(`#events [id="event=${event}"]`);
  }

  isMarked(event: string): Promise<boolean> {
    return this.row(event).evaluate((row) => row.classList.contains('is-selected'));
  }

  async chooseInList(title: string): Promise<void> {
    await this.page.locator('#events').getByRole('link', { name: title }).first().click();
  }

  async dragMap(dx: number, dy: number): Promise<void> {
    const box = await this.page.locator('.map-canvas').boundingBox();
    if (!box) throw new Error('The map is not on the page.');
    const from = { x: box.x + box.width * 0.4, y: box.y + box.height * 0.35 };
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + dx / 2, from.y + dy / 2, { steps: 4 });
    await this.page.mouse.move(from.x + dx, from.y + dy, { steps: 4 });
    await this.page.mouse.up();
  }

  private async dayCentre(position: number): Promise<{ x: number; y: number }> {
    const bars = this.page.locator('.timeline-bars');
    await bars.scrollIntoViewIfNeeded();
    const box = await bars.boundingBox();
    const count = await this.page.locator('.timeline .day-label').count();
    if (!box) throw new Error('The days are not on the page.');
    return { x: box.x + (box.width * (position + 0.5)) / count, y: box.y + 20 };
  }

  /** @param position of the day on the timeline, from 0 */
  async clickDay(position: number): Promise<void> {
    const { x, y } = await this.dayCentre(position);
    await this.page.mouse.click(x, y);
  }

  async dragDays(from: number, to: number): Promise<void> {
    const a = await this.dayCentre(from);
    const b = await this.dayCentre(to);
    await this.page.mouse.move(a.x, a.y);
    await this.page.mouse.down();
    await this.page.mouse.move(b.x, b.y, { steps: 6 });
    await this.page.mouse.up();
  }

  /** The chosen days, as the timeline's heading says them. */
  dayWords(): Promise<string> {
    return this.page.locator('#timeline-heading').evaluate((h) => h.firstChild?.textContent ?? '');
  }

  /** One finger up or down the screen, in page px. */
  async swipe(x: number, fromY: number, toY: number): Promise<void> {
    const touch = await this.context.newCDPSession(this.page);
    const at = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    await at('touchStart', fromY);
    for (let i = 1; i <= 15; i++) await at('touchMove', fromY + ((toY - fromY) * i) / 15);
    await at('touchEnd', toY);
  }

  /** Colour of the basemap's canvas in the middle of the map: red, green, blue. */
  groundInTheMiddle(): Promise<number[] | null> {
    return this.page.evaluate(() => {
      const map = document.querySelector('.map-canvas')?.getBoundingClientRect();
      if (!map) return null;
      const [x, y] = [map.left + map.width / 2, map.top + map.height / 2];
      for (const canvas of document.querySelectorAll<HTMLCanvasElement>('.leaflet-tile-pane canvas')) {
        const box = canvas.getBoundingClientRect();
        if (x < box.left || x >= box.right || y < box.top || y >= box.bottom) continue;
        const eye = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        eye?.drawImage(canvas, ((x - box.left) / box.width) * canvas.width, ((y - box.top) / box.height) * canvas.height, 1, 1, 0, 0, 1, 1);
        return eye ? [...eye.getImageData(0, 0, 1, 1).data.slice(0, 3)] : null;
      }
      return null;
    });
  }

  /** Centre of an element in page px. */
  async centre(selector: string): Promise<{ x: number; y: number }> {
    return this.page
      .locator(selector)
      .first()
      .evaluate((e) => {
        const r = e.getBoundingClientRect();
        return { x: r.left + r.width / 2, y: r.top + r.height / 2 };
      });
  }
}

/** How wide the page is in windows of some widths: no wider than they are where nothing sticks out. */
export async function widths(page: Page, of: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for (const width of of) {
    await page.setViewportSize({ width, height: 800 });
    // What follows the window's size has done so a frame later.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    found.push(await page.evaluate(() => document.documentElement.scrollWidth));
  }
  return found;
}

/** The classes of those of some elements that another lies over. */
export function coveredBy(page: Page, over: string, under: string): Promise<string[]> {
  return page.evaluate(
    ([cover = '', others = '']) => {
      const box = document.querySelector(cover)?.getBoundingClientRect();
      if (!box) return ['nothing lies over anything'];
      return [...document.querySelectorAll(others)]
        .filter((e) => {
          const r = e.getBoundingClientRect();
          return r.right > box.left && r.left < box.right && r.bottom > box.top && r.top < box.bottom;
        })
        .map((e) => e.className);
    },
    [over, under],
  );
}

/** Elements whose own text is cut off, and what sticks out of the page. */
export function cutText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    for (const e of document.querySelectorAll<HTMLElement>('body *')) {
      const style = getComputedStyle(e);
      const own = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent?.trim());
      if (!own || style.display === 'inline' || e.closest('.map-region, .picture, svg, noscript, .visually-hidden') || e.clientWidth <= 1) continue;
      const hides = (of: string) => of === 'hidden' || of === 'clip';
      if (hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1) found.push(`${e.className}: ${e.textContent?.slice(0, 40)}`);
      if (hides(style.overflowY) && e.scrollHeight > e.clientHeight + 2) found.push(`${e.className}: ${e.textContent?.slice(0, 40)}`);
    }
    return found;
  });
}

let browser: Browser | undefined;

/** Timers of 8 s and more wait until a test ends them: the loader's patience must not depend on how busy the machine is. */
function holdLongWaits(): void {
  const { setTimeout, clearTimeout } = window;
  const held = new Map<number, () => void>();
  let last = 0;
  window.setTimeout = ((act: TimerHandler, ms = 0, ...rest: unknown[]) => {
    if (ms < 8000 || typeof act !== 'function') return Reflect.apply(setTimeout, window, [act, ms, ...rest]);
    last -= 1;
    held.set(last, () => act(...rest));
    return last;
  }) as typeof window.setTimeout;
  window.clearTimeout = (id) => void (held.delete(Number(id)) || Reflect.apply(clearTimeout, window, [id]));
  Object.assign(window, { endLongWaits: () => [...held.values()].forEach((act) => void act()) });
}

/** Start a browser for the file's tests, close what a test opened after it, and the browser in the end. */
export function withBrowser(): { reader: (options?: ReaderOptions) => Promise<Reader> } {
  let contexts: BrowserContext[] = [];
  const leave = async () => {
    const done = contexts;
    contexts = [];
    await Promise.all(done.map((c) => c.close()));
  };
  // A page left open paints and listens on, and slows every test after it.
  afterEach(leave);
  beforeAll(async () => {
    browser = await chromium.launch(findBrowser());
  });
  afterAll(async () => {
    await leave();
    await browser?.close();
  });
  return {
    async reader(options = {}) {
      const { at = STORY, site = inject('site'), blocked, before, live = true, ...contextOptions } = options;
      if (!browser) throw new Error('The browser has not started.');
      const context = await browser.newContext({ viewport: WIDE, ...contextOptions });
      contexts.push(context);
      const page = await context.newPage();
      if (blocked)
        await page.route(blocked, (route) => route.fulfill({ status: 404, contentType: 'text/html', body: '<!doctype html><title>Not found</title>' }));
      await page.addInitScript(holdLongWaits);
      if (before) await page.addInitScript(before);
      const reader = new Reader(page, context, site);
      await reader.goTo(at);
      if (live && contextOptions.javaScriptEnabled !== false) await reader.seesLiveMap();
      return reader;
    },
  };
}
