/** Keys, fingers and sizes: what a reader without a mouse, or with a small, large or colourless screen, must find. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STATUSES } from '../../src/core/source.ts';
import { viewFromHash } from '../../src/core/url.ts';
import { visibleEvents } from '../../src/core/view.ts';
import { kazakhstan } from '../fixtures/stories.ts';
import { randomFrom } from '../tried.ts';
import { cutText, PHONE, STORY, withBrowser } from './driver.ts';
import type { Variant } from './variant.ts';
import { serveVariant } from './variant.ts';

const { reader } = withBrowser();
const story = kazakhstan();
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[id^="event="]')?.id ?? document.activeElement?.getAttribute('data-place') ?? '');

describe('the list', () => {
  test('holds exactly the events that the filters leave, whatever the filters', async () => {
    const random = randomFrom(22);
    const r = await reader();
    for (let i = 0; i < 25; i++) {
      const some = <T>(of: readonly T[]) => of.filter(() => random() < 0.3);
      const first = Math.floor(random() * 9);
      const last = first + Math.floor(random() * (9 - first));
      const pairs = {
        hide: some(story.layers.map((l) => l.id)).join(','),
        status: some(STATUSES).join(','),
        time: random() < 0.6 ? `2022-01-${String(2 + first).padStart(2, '0')}/2022-01-${String(2 + last).padStart(2, '0')}` : '',
      };
      const hash = Object.entries(pairs)
        .filter(([, v]) => v !== '')
        .map((p) => p.join('='))
        .join('&');
      const expected = visibleEvents(story, viewFromHash(story, hash)).map((e) => e.id);
      await r.page.evaluate((h) => {
        location.hash = h;
      }, hash || 'time=');
      await expect.poll(() => r.listedIds(), { message: hash }).toEqual(expected);
    }
  });
});

describe('by keys', () => {
  test('every event with a place opens from the list, takes the focus, and Escape gives it back', async () => {
    const r = await reader();
    for (const { id } of story.events.filter((e) => e.place !== null)) {
      await r.row(id).locator('.event-title a').focus();
      await r.page.keyboard.press('Enter');
      await r.page.locator('.card-title:focus').waitFor();
      await r.page.keyboard.press('Escape');
      await expect.poll(() => focused(r.page)).toBe(`event=${id}`);
    }
  });

  test.each(['almaty', 'almaty-airport', 'kazakhstan'])(
    '%s gets the focus back after its card, though the map was zoomed and its layer switched meanwhile',
    async (place) => {
      const r = await reader();
      await r.mark(place).focus();
      await r.page.keyboard.press('Enter');
      await r.page.locator('.card-title:focus').waitFor();
      await r.toggle('statements');
      await r.page.getByRole('button', { name: 'Zoom in' }).click();
      await r.card.getByRole('button', { name: 'Close' }).focus();
      await r.page.keyboard.press('Enter');
      await expect.poll(() => focused(r.page)).toBe(place);
    },
  );

  test('Space on the map does not scroll the page; arrows scroll it when the focus is elsewhere', async () => {
    const r = await reader({ viewport: { width: 700, height: 500 } });
    await r.page.locator('.map-canvas').focus();
    const top = await r.page.evaluate(() => scrollY);
    await r.page.keyboard.press('Space');
    await r.page.keyboard.press('ArrowRight'); // an answer that can be awaited: the map moves
    await expect.poll(() => r.hash()).toMatch(/map=/);
    expect(await r.page.evaluate(() => scrollY)).toBe(top);
    await r.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await r.page.keyboard.press('ArrowDown');
    await expect.poll(() => r.page.evaluate(() => scrollY)).toBeGreaterThan(top);
  });

  test('the name of a button without words comes with the focus as with the pointer, and Escape puts it away', async () => {
    const r = await reader();
    const shown = (name: string) =>
      r.page.getByRole('button', { name, exact: true }).evaluate((b) => {
        const tip = getComputedStyle(b, '::after');
        return tip.display !== 'none' && tip.content.startsWith(`"${b.getAttribute('aria-label')}"`);
      });
    await expect.poll(() => shown('Zoom in')).toBe(false);
    await r.page.locator('.map-region .leaflet-container').focus();
    for (let i = 0; i < 12 && !(await shown('Zoom in')); i++) await r.page.keyboard.press('Tab');
    expect(await shown('Zoom in')).toBe(true);
    await r.page.keyboard.press('Escape');
    expect(await shown('Zoom in')).toBe(false);
    await r.page.keyboard.press('Tab');
    expect(await shown('Zoom out')).toBe(true);
    const box = await r.page.getByRole('button', { name: 'Full screen', exact: true }).boundingBox();
    if (!box) throw new Error('no button');
    await r.page.mouse.move(box.x + 9, box.y + 9);
    await expect.poll(() => shown('Full screen')).toBe(true);
    // Onto the name itself, which stays.
    await r.page.mouse.move(box.x - 20, box.y + 15, { steps: 4 });
    expect(await shown('Full screen')).toBe(true);
    await r.page.keyboard.press('Escape');
    expect(await shown('Full screen')).toBe(false);
  });

  test('nothing on the page changes by itself', async () => {
    const r = await reader();
    await r.page.clock.install();
    await r.page.evaluate(() => {
      Object.assign(window, { changes: 0 });
      new MutationObserver((all) => Object.assign(window, { changes: all.length })).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    });
    await r.page.clock.runFor(30_000);
    expect(await r.page.evaluate(() => (window as unknown as { changes: number }).changes)).toBe(0);
  });
});

describe('with a thousand events', () => {
  let site: Variant;
  beforeAll(async () => {
    site = await serveVariant(
      (meta) => ({ ...meta, languages: ['en'] }),
      {},
      (folder) => {
        const edit = (name: string, change: (file: { events?: unknown[]; features?: unknown[] }) => void) => {
          const path = join(folder, name);
          const file = JSON.parse(readFileSync(path, 'utf8')) as { events?: unknown[]; features?: unknown[] };
          change(file);
          writeFileSync(path, JSON.stringify(file));
        };
        edit('places.geojson', ({ features = [] }) => {
          const model = features.find((f) => (f as { id: string }).id === 'almaty') as { properties: object };
          for (let i = 0; i < 120; i++)
            features.push({
              ...model,
              id: `p-${i}`,
              geometry: { type: 'Point', coordinates: [64 + (i % 12) * 1.1, 45 + Math.floor(i / 12) * 0.6] },
              properties: { ...model.properties, name: { en: `Place ${i}`, ru: `Место ${i}`, kk: `Жер ${i}`, ko: `장소 ${i}` }, aliases: [] },
            });
        });
        edit('events.json', ({ events = [] }) => {
          const model = events.find((e) => (e as { id: string }).id === 'almaty-internet') as { claims: object[] };
          for (let i = 0; i < 989; i++)
            events.push({ ...model, id: `e-${i}`, place: `p-${i % 120}`, related: [], claims: [{ ...model.claims[0], id: `c-${i}`, relations: [] }] });
        });
      },
    );
  }, 120_000);
  afterAll(() => site.close());

  test('the embed is passed through in 25 presses of Tab, and of Shift and Tab', { timeout: 90_000 }, async () => {
    const r = await reader({ site: site.url, at: `${STORY}?embed=1`, viewport: { width: 700, height: 600 } });
    for (const key of ['Tab', 'Shift+Tab']) {
      let presses = 0;
      for (; presses < 60; presses++) {
        await r.page.keyboard.press(key);
        if (await r.page.evaluate(() => document.activeElement === document.body)) break;
      }
      expect(presses, key).toBeGreaterThan(3);
      expect(presses, key).toBeLessThanOrEqual(25);
    }
  });
});

describe('by finger', () => {
  test('every target is 44 px high or wide, or stands in a line of text with 24 px to itself', async () => {
    const r = await reader({ viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true });
    const small = await r.page.evaluate(() => {
      const found: string[] = [];
      for (const e of document.querySelectorAll<HTMLElement>('button, a[href], input, select, summary, [tabindex="0"]')) {
        const seen = e.closest('label') ?? e;
        const box = seen.getBoundingClientRect();
        if (box.width === 0 || box.height === 0 || getComputedStyle(seen).visibility === 'hidden' || e.closest('.skip')) continue;
        const inText = getComputedStyle(seen).display === 'inline' && seen.parentElement?.matches('p, dd, li, cite, span, td, h3, h4');
        const control = e.matches('.icon-button, .area-chip, .layer-switch input, .day-player button, .card-close, .sheet-handle');
        if (!inText && (Math.max(box.width, box.height) < 44 || Math.min(box.width, box.height) < 24))
          found.push(`${e.outerHTML.slice(0, 90)} ${box.width}x${box.height}`);
        else if (control && Math.min(box.width, box.height) < 43.5) found.push(`control: ${e.outerHTML.slice(0, 90)} ${box.width}x${box.height}`);
      }
      return found;
    });
    expect(small).toEqual([]);
    // A mark's face is slimmer, but answers above and below itself too.
    const reach = await r.mark('almaty').evaluate((button) => {
      const { x, y, width, height } = button.getBoundingClientRect();
      return [y + height / 2 - 21, y + height / 2 + 21].every((at) => button.contains(document.elementFromPoint(x + width / 2, at)));
    });
    expect(reach).toBe(true);
  });

  test('a sheet is dragged up and down, leaves half of the screen to the map, and goes by its button, by Escape and by Back', async () => {
    const r = await reader({ viewport: PHONE, hasTouch: true });
    const sheet = r.page.locator('.sheet');
    const top = async () => (await sheet.boundingBox())?.y ?? 0;
    const settled = () => expect.poll(() => sheet.evaluate((s) => s.getAnimations().length)).toBe(0);
    await r.mark('almaty').click();
    await sheet.waitFor();
    const first = await top();
    expect(first).toBeGreaterThanOrEqual(PHONE.height / 2);
    const drag = async (by: number) => {
      const handle = (await r.page.locator('.sheet-handle').boundingBox())!;
      const from = { x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 };
      await r.page.mouse.move(from.x, from.y);
      await r.page.mouse.down();
      await r.page.mouse.move(from.x, from.y + by, { steps: 4 });
      await r.page.mouse.up();
      await settled();
    };
    await drag(-80);
    expect(await top()).toBeLessThan(first);
    await drag(80);
    await drag(80);
    expect(await top()).toBeGreaterThan(first);
    for (const leave of [() => r.card.getByRole('button', { name: 'Close' }).click(), () => r.page.keyboard.press('Escape'), () => r.page.goBack()]) {
      if ((await sheet.count()) === 0) await r.mark('almaty').click();
      await sheet.waitFor();
      await leave();
      await expect.poll(() => sheet.count()).toBe(0);
    }
  });
});

describe('at any size', () => {
  const SPACED =
    'html:root * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } html:root p { margin-block-end: 2em !important; }';
  const LANGUAGES = ['', 'ru/', 'kk/', 'ko/'];

  test.each(LANGUAGES)('no text is cut at 320 by 256, and with wider letters, words and lines (%s)', async (language) => {
    const r = await reader({ at: `${STORY}${language}`, viewport: { width: 320, height: 256 }, bypassCSP: true });
    expect(await cutText(r.page)).toEqual([]);
    await r.page.addStyleTag({ content: SPACED });
    expect(await cutText(r.page)).toEqual([]);
  });

  test('an embed tells its host the new height when its text grows', async () => {
    const r = await reader({ at: `${STORY}?embed=1`, viewport: { width: 400, height: 700 }, bypassCSP: true });
    const height = () => r.page.evaluate(() => document.documentElement.scrollHeight);
    await r.page.locator('.fold-button').click();
    const before = await height();
    await r.page.addStyleTag({ content: SPACED });
    expect(await height()).toBeGreaterThan(before);
    expect(await cutText(r.page)).toEqual([]);
  });

  test('one heading of the first rank, a language, and a viewport that may be enlarged', async () => {
    const r = await reader({ at: '/', live: false });
    for (const path of [STORY, `${STORY}kk/`, `${STORY}?embed=1`, '/article/', '/builder/']) {
      await r.goTo(path);
      expect(await r.page.locator('h1').count(), path).toBe(1);
      expect(await r.page.locator('html').getAttribute('lang'), path).toMatch(/^[a-z]{2}$/);
      expect(await r.page.locator('meta[name=viewport]').getAttribute('content'), path).not.toMatch(/user-scalable|maximum-scale/);
    }
  });
});
