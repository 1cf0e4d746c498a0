/** A story of 100,000 events in the browser: the same controls, by mouse and by keys. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Reader, ReaderOptions } from './driver.ts';
import { PHONE, withBrowser } from './driver.ts';
import type { Variant } from './variant.ts';
import { serveMany } from './variant.ts';

const { reader } = withBrowser();
let site: Variant;

beforeAll(async () => {
  site = await serveMany({ events: 100_000 });
}, 120_000);
afterAll(() => site.close());

/** A reader with all events in the page, and not counts alone. */
async function arrive(options: ReaderOptions = {}): Promise<Reader> {
  const r = await reader({ site: site.url, at: '/m/many/', ...options });
  await r.page.locator('.many-rows .event-title').first().waitFor({ state: 'attached' });
  // The mark is of places once it follows the events, and of a part of the map while it is of counts.
  await r.page.locator('.dense-focus[aria-label*="place"]').waitFor({ state: 'attached' });
  return r;
}

const shown = async (r: Reader) => (await r.page.locator('.events-count').textContent()) ?? '';
const mark = (r: Reader) => r.page.locator('.dense-focus');
const markName = async (r: Reader) => (await mark(r).getAttribute('aria-label')) ?? '';

test('a layer is hidden and shown again on the map, in the legend, in the list and in the address', async () => {
  const r = await arrive();
  const all = await shown(r);
  expect(all).toMatch(/All 9\d,\d{3} events shown/);
  const before = await markName(r);
  expect(before).toContain('Protests');
  await r.toggle('protests');
  await expect.poll(() => r.layerCount('protests')).toBe('0');
  await expect.poll(() => markName(r)).not.toContain('Protests');
  await expect.poll(() => shown(r)).toMatch(/^\d\d,\d{3} of 9\d,\d{3} events shown/);
  await expect.poll(() => r.page.locator('.many-rows .event.layer-protests').count()).toBe(0);
  await expect.poll(() => r.hash()).toContain('hide=protests');
  await r.toggle('protests');
  await expect.poll(() => shown(r)).toBe(all);
  await expect.poll(() => markName(r)).toBe(before);
  expect(r.faults).toEqual([]);
});

test('a step of days shows that day’s events, and undated ones', async () => {
  const r = await arrive({ at: '/m/many/#time=2021-11-01/2021-11-01' });
  await r.page.getByRole('button', { name: 'A day on' }).click();
  await expect.poll(() => r.hash()).toContain('time=2021-11-02/2021-11-02');
  await expect.poll(() => shown(r)).toMatch(/^[\d,]+ of 9\d,\d{3} events shown, in 2 November/);
  await expect.poll(() => r.page.locator('.many-rows .event').first().textContent()).toMatch(/2 November 2021|–/);
});

test('what a switch or a day’s button would show is painted when a pointer or the focus comes to it: the press paints nothing', async () => {
  const r = await arrive({
    before: () => {
      const counted = { paints: 0 };
      Object.assign(window, counted);
      const { clearRect } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.clearRect = function (this: CanvasRenderingContext2D, ...box: [number, number, number, number]) {
        if (this.canvas.className === 'dense-canvas') (window as unknown as typeof counted).paints++;
        clearRect.apply(this, box);
      };
    },
  });
  const paints = () => r.page.evaluate(() => (window as unknown as { paints: number }).paints);
  /** Let everything be done that waits for the browser to have time. */
  const atRest = () =>
    r.page.evaluate(async () => {
      const now = () => (window as unknown as { paints: number }).paints;
      for (let idle = 0, before = now(); idle < 20; idle = before === now() ? idle + 1 : 0, before = now())
        await new Promise((done) => requestIdleCallback(done));
    });
  /** Sheets painted from a press until the frame after it. */
  const press = (selector: string) =>
    r.page.evaluate(async (css) => {
      const before = (window as unknown as { paints: number }).paints;
      document.querySelector<HTMLElement>(css)?.click();
      await new Promise((done) => requestAnimationFrame(done));
      return (window as unknown as { paints: number }).paints - before;
    }, selector);
  const dayOn = '.day-player [aria-label="A day on"]';
  await atRest();
  expect(await press('.layer-switch.layer-protests input')).toBeGreaterThan(0);
  for (const [selector, approach] of [
    ['.layer-switch.layer-troops input', () => r.page.locator('.layer-switch.layer-troops').hover()],
    ['.layer-switch.layer-internet input', () => r.page.locator('.layer-switch.layer-internet input').focus()],
    [dayOn, () => r.page.locator(dayOn).hover()],
    ['.day-all', () => r.page.locator('.day-all').focus()],
  ] as const) {
    await atRest();
    const before = await paints();
    await approach();
    await expect.poll(paints, { message: selector }).toBeGreaterThan(before);
    expect(await press(selector), selector).toBe(0);
  }
  expect(r.faults).toEqual([]);
});

test('while the events take their counts’ place, the mark for keys never calls cells places', async () => {
  const r = await arrive({
    before: () => {
      const said = new Set<string>();
      Object.assign(window, { said });
      new MutationObserver(() => {
        const name = document.querySelector('.dense-focus')?.getAttribute('aria-label');
        if (name) said.add(name);
      }).observe(document, { subtree: true, childList: true, attributeFilter: ['aria-label'] });
    },
  });
  const names = await r.page.evaluate(() => [...(window as unknown as { said: Set<string> }).said]);
  expect(names.length).toBeGreaterThan(1);
  expect(names.filter((name) => !name.startsWith('Part of the map'))).toEqual([await markName(r)]);
});

test('the page asks at once for all that its first marks need: no script finds another one late', async () => {
  const page = await (await fetch(`${site.url}/m/many/`)).text();
  const scripts = [...page.matchAll(/<link rel="modulepreload"[^>]* href="([^"]+)">/g)].flatMap(([, href]) => href ?? []);
  expect(page).toMatch(/<link rel="preload" as="fetch"[^>]* href="[^"]+counts\.bin">/);
  const names = scripts.map((href) => href.replace(/.*\//, ''));
  const texts = await Promise.all(scripts.map(async (href) => (await fetch(new URL(href, `${site.url}/m/many/`))).text()));
  // What draws the marks is among them.
  expect(texts.some((text) => text.includes('dense-canvas'))).toBe(true);
  for (const [, name] of texts.flatMap((text) => [...text.matchAll(/\b(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)])) expect(names).toContain(name);
});

test('by mouse: a mark opens to its events, an event opens, and Back undoes both', async () => {
  const r = await arrive();
  // Where its counts stood a moment ago, there may be no mark now.
  await (await mark(r).elementHandle())?.waitForElementState('stable');
  const { x, y } = await r.centre('.dense-focus');
  await r.page.mouse.click(x, y);
  await expect.poll(() => r.openCard()).toMatch(/places$/);
  await expect.poll(() => r.hash()).toMatch(/cell=\d+-\d+-\d+/);
  await r.card.locator('.event-title a').first().click();
  await expect.poll(() => r.hash()).toContain('event=e');
  await expect.poll(() => r.openCard()).toMatch(/^Place \d+$/);
  await expect.poll(() => r.card.locator('.event.is-selected').count()).toBe(1);
  await r.page.goBack();
  await expect.poll(() => r.openCard()).toBeNull();
  expect(r.faults).toEqual([]);
});

test('by keys: from mark to mark, into its card, to an event, and out with the focus where it was', async () => {
  const r = await arrive();
  await mark(r).focus();
  const first = await mark(r).getAttribute('data-cell');
  await r.page.keyboard.press('ArrowLeft');
  await expect.poll(() => mark(r).getAttribute('data-cell')).not.toBe(first);
  await r.page.keyboard.press('Enter');
  await expect.poll(() => r.openCard()).toMatch(/places?$|^Place/);
  await r.page.keyboard.press('Escape');
  await expect.poll(() => r.openCard()).toBeNull();
  expect(await r.page.evaluate(() => document.activeElement?.className)).toBe('dense-focus');
  await r.page.locator('.many-list .many-rows').focus();
  await r.page.keyboard.press('ArrowDown');
  await r.page.keyboard.press('ArrowDown');
  await expect.poll(() => r.page.evaluate(() => document.activeElement?.closest('[data-index]')?.getAttribute('data-index'))).toBe('1');
  await r.page.keyboard.press('Enter');
  await expect.poll(() => r.hash()).toContain('event=e');
});

test('Find looks through all events: the number is said, keys choose, and what was chosen opens', async () => {
  const r = await arrive({ at: '/m/many/#hide=protests,troops,internet,counts' });
  const field = r.page.locator('.search input');
  await field.fill('march bridge');
  await expect.poll(() => r.page.locator('.finding').count()).toBe(8);
  await expect.poll(() => r.page.locator('.findings-count').textContent()).toMatch(/^\d,?\d{3} found$/);
  await field.press('ArrowDown');
  const chosen = await r.page.locator('.finding.is-at .finding-name').textContent();
  expect(chosen).toBe('A march at the bridge');
  await field.press('Enter');
  await expect.poll(() => r.hash()).toContain('event=e');
  await expect.poll(() => r.card.locator('.event.is-selected .event-title').first().textContent()).toContain(chosen);
  await field.fill('Place 77');
  await expect.poll(() => r.page.locator('.finding').first().textContent()).toContain('Place 77');
  await field.press('Enter');
  await expect.poll(() => r.openCard()).toBe('Place 77');
  await field.fill('qqqq');
  await expect.poll(() => r.page.locator('.findings-count').textContent()).toContain('Nothing found');
  expect(r.faults).toEqual([]);
});

test('a link to one of the events opens it, whatever hides it', async () => {
  const r = await arrive({ at: '/m/many/#hide=protests,troops,internet,counts,statements&event=e4711' });
  await expect.poll(() => r.hash()).toContain('event=e4711');
  await expect.poll(() => r.page.locator('.event.is-selected').count()).toBeGreaterThan(0);
});

test('a mark that holds one place near by is a mark like any other', async () => {
  const r = await arrive({ at: '/m/many/#map=12/43.4/76.6&time=2021-11-01/2021-11-01' });
  await expect.poll(() => r.page.locator('.map-region button.mark-face').count()).toBeGreaterThan(0);
  const face = r.page.locator('.map-region button.mark-face').first();
  const name = (await face.getAttribute('aria-label')) ?? '';
  await face.focus();
  await r.page.keyboard.press('Enter');
  await expect.poll(() => r.openCard()).toBe(name.split(':')[0]);
  await expect.poll(() => r.hash()).toContain('place=p-');
});

test('on a phone a mark’s events are in a sheet', async () => {
  const r = await arrive({ viewport: PHONE, hasTouch: true });
  await mark(r).focus();
  await r.page.keyboard.press('Enter');
  await r.page.locator('.sheet .many-card .event-title').first().waitFor();
  expect(r.faults).toEqual([]);
});

test('while the events cannot be had the counts draw the map, a sentence says so, and another try brings them', async () => {
  const r = await reader({ site: site.url, at: '/', live: false });
  let cut = true;
  await r.page.route(/columns\.bin/, async (route) => {
    const body = await (await route.fetch()).body();
    await route.fulfill({ body: cut ? body.subarray(0, body.length / 2) : body });
  });
  // What was cut short may be kept by the browser: another try must not be given the same.
  await r.page.addInitScript(() => {
    const { fetch } = window;
    const ways: unknown[] = [];
    window.fetch = (url, options) => {
      if (String(url).endsWith('columns.bin')) ways.push(options?.cache);
      return fetch(url, options);
    };
    Object.assign(window, { ways });
  });
  await r.goTo('/m/many/');
  await mark(r).waitFor({ state: 'attached' });
  const said = r.page.locator('.map-notice[role=alert]');
  await expect.poll(() => said.textContent()).toContain('the events themselves could not be loaded');
  expect(await r.page.locator('.many-list').textContent()).toContain('the events themselves could not be loaded');
  expect(await r.page.locator('.many-list .hint').count()).toBe(0);
  expect(await markName(r)).toContain('Protests');
  await r.toggle('protests');
  await expect.poll(() => markName(r)).not.toContain('Protests');
  cut = false;
  await said.getByRole('button', { name: 'Try again' }).click();
  await r.page.locator('.many-rows .event-title').first().waitFor({ state: 'attached' });
  expect(await r.page.locator('.map-notice, .many-list .notice').count()).toBe(0);
  const ways = await r.page.evaluate(() => (window as unknown as { ways: unknown[] }).ways);
  expect([...new Set(ways.slice(1))]).toEqual(['reload']);
  expect(r.faults).toEqual([]);
});

test('where the worker that reads the events cannot be had, the page reads them itself', async () => {
  const r = await reader({ site: site.url, at: '/', live: false, blocked: /events\.worker-/ });
  await r.goTo('/m/many/');
  await r.page.locator('.many-rows .event-title').first().waitFor({ state: 'attached' });
  expect(r.asked.some((address) => address.includes('events.worker-'))).toBe(true);
});

test('who saves data gets the counts, and the events when they open a mark', async () => {
  const saving = () => Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) });
  const r = await reader({ site: site.url, at: '/m/many/', viewport: PHONE, hasTouch: true, before: saving });
  await mark(r).waitFor({ state: 'attached' });
  await r.toggle('protests');
  await expect.poll(() => markName(r)).not.toContain('Protests');
  const fetched = () => r.asked.filter((address) => /columns\.bin|events\//.test(address));
  expect(fetched()).toEqual([]);
  await mark(r).focus();
  await r.page.keyboard.press('Enter');
  await r.page.locator('.sheet .many-card .event-title').first().waitFor();
  expect(fetched()).not.toEqual([]);
  expect(r.faults).toEqual([]);
});

test('Tab goes through an embed of as many events in at most 25 stops', async () => {
  const r = await reader({ site: site.url, at: '/m/many/?embed=1' });
  await mark(r).waitFor({ state: 'attached' });
  let stops = 0;
  for (; stops < 60; stops++) {
    await r.page.keyboard.press('Tab');
    if (await r.page.evaluate(() => document.activeElement === document.body || document.activeElement === null)) break;
  }
  expect(stops).toBeLessThanOrEqual(25);
});

test('a saved picture has the marks of what is on show, and what is offered as a file is there', async () => {
  const r = await arrive();
  expect(await r.page.locator('fieldset.downloads legend').textContent()).toMatch(/9\d,\d{3} events/);
  const [download] = await Promise.all([
    r.page.waitForEvent('download'),
    r.page.locator('fieldset.downloads').getByRole('button', { name: 'SVG', exact: true }).click(),
  ]);
  const svg = readFileSync(await download.path(), 'utf8');
  const image = /href="(data:image\/png;base64,[^"]+)"/.exec(svg)?.[1] ?? '';
  // The ring of the mark that the keys stand on, in the file and on the page.
  const [saved, drawn] = await r.page.evaluate(async (source) => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    const map = document.querySelector('.map-canvas')?.getBoundingClientRect();
    const sheet = document.querySelector<HTMLCanvasElement>('.dense-canvas');
    const ring = document.querySelector('.dense-focus')?.getBoundingClientRect();
    if (!map || !sheet || !ring) return [];
    // Its button is 4 px larger on each side, and the ring 4 px wide.
    const at = { x: ring.right - 6, y: ring.top + ring.height / 2 };
    const colour = (of: CanvasImageSource & { readonly width: number }, box: DOMRect) => {
      const eye = new OffscreenCanvas(1, 1).getContext('2d');
      const ratio = of.width / box.width;
      eye?.drawImage(of, (at.x - box.left) * ratio, (at.y - box.top) * ratio, 1, 1, 0, 0, 1, 1);
      return [...(eye?.getImageData(0, 0, 1, 1).data ?? [])];
    };
    return [colour(picture, map), colour(sheet, sheet.getBoundingClientRect())];
  }, image);
  expect(drawn?.[3]).toBe(255);
  for (const [i, value] of (drawn ?? []).entries()) expect(Math.abs(value - (saved?.[i] ?? 0))).toBeLessThan(12);
  const links = await r.page.locator('.about .downloads a[download]').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
  expect(links.some((address) => address.endsWith('/all-events.csv'))).toBe(true);
  for (const address of links) expect((await fetch(address, { method: 'HEAD' })).status, address).toBe(200);
  expect(r.faults).toEqual([]);
});
