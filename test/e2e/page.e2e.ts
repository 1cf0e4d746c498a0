import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { plain } from '../../src/core/text.ts';
import { kazakhstan } from '../fixtures/stories.ts';
import { coveredBy, PHONE, STORY, WIDE, widths, withBrowser } from './driver.ts';
import { serveStatic } from './static.ts';

const { reader } = withBrowser();
const story = kazakhstan();

describe('with JavaScript off', () => {
  test('the page is a complete account: title, figures, every event and claim, legend, picture', async () => {
    const r = await reader({ javaScriptEnabled: false });
    const text = (await r.page.locator('body').innerText()).replace(/\s+/g, ' ');
    for (const e of story.events) {
      expect(text).toContain(plain(e.title));
      for (const c of e.claims) expect(text).toContain(plain(c.says));
    }
    expect(await r.page.locator('.picture .mark-face:visible').count()).toBe(2);
    expect(await r.page.locator('.layers .layer-switch').count()).toBe(5);
    expect(await r.page.locator('.picture-frame').getAttribute('aria-label')).toContain('11 events');
  });

  test.each([320, 390, 600, 1280])('every mark of the picture shows its whole face, once, on a screen %i px wide', async (width) => {
    const r = await reader({ javaScriptEnabled: false, viewport: { width, height: 844 } });
    const frame = await r.page.locator('.picture').boundingBox();
    const faces = await r.page.locator('.picture .mark-face:visible').all();
    expect(faces.length).toBe(2);
    for (const face of faces) {
      const box = await face.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(frame?.x ?? Number.POSITIVE_INFINITY);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((frame?.x ?? 0) + (frame?.width ?? 0));
    }
  });

  test('notes and sources open without a script', async () => {
    const r = await reader({ javaScriptEnabled: false });
    const notes = r.row('arrests').locator('details.notes').first();
    await notes.locator('summary').click();
    expect(await notes.innerText()).toContain('7,939');
  });
});

describe('the picture and the live map', () => {
  test.each([
    ['wide', { width: 1280, height: 800 }],
    ['phone', PHONE],
    ['tall', { width: 900, height: 1100 }],
  ])('put the same place on the same pixel (%s)', async (_, viewport) => {
    const still = await reader({ javaScriptEnabled: false, viewport });
    const live = await reader({ viewport });
    for (const place of ['almaty', 'almaty-airport']) {
      const a = await still.centre(`.picture .at-${place} .mark-dot`);
      const b = await live.page.locator(`.map-region [data-place="${place}"]`).evaluate((button) => {
        const dot = button.parentElement?.querySelector('.mark-dot')?.getBoundingClientRect();
        return { x: (dot?.left ?? 0) + (dot?.width ?? 0) / 2, y: (dot?.top ?? 0) + (dot?.height ?? 0) / 2 };
      });
      expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeLessThan(1.5);
    }
  });

  test('nothing on the page moves while one takes over from the other', async () => {
    const r = await reader({ before: sumShifts });
    await r.page.locator('.map-region .attribution', { hasText: 'NASA SRTM' }).waitFor(); // the relief, the last to come
    expect(await r.page.evaluate(() => (window as unknown as { shifts: number }).shifts)).toBe(0);
  });
});

describe('before the basemap has come', () => {
  const BASEMAP = /\/assets\/basemap-.*\.json/;

  test.each([
    ['wide', WIDE],
    ['phone', PHONE],
  ])('the map moves on the picture’s own land and names, each on its pixel, until that takes their place (%s)', async (_, viewport) => {
    const r = await reader({ at: '/', live: false, viewport });
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await r.page.route(BASEMAP, (route) => held.then(() => route.continue()));
    await r.goTo(STORY);
    await r.page.waitForSelector('html[data-map="live"]');
    /** Left, top and width of the land and of each name in sight, px, and the size of the names. */
    const drawn = (within: string) =>
      r.page.locator(within).evaluate((root) => {
        const shown = [...root.querySelectorAll('.names text')].filter((text) => text.checkVisibility());
        return {
          boxes: [root.querySelector('.ground-land'), ...shown].flatMap((e) => {
            const { left, top, width } = e?.getBoundingClientRect() ?? new DOMRect();
            return [left, top, width];
          }),
          names: shown.map((text) => `${text.textContent} ${getComputedStyle(text).fontSize}`),
        };
      });
    const [picture, ground] = [await drawn('.picture'), await drawn('.picture-ground')];
    expect(ground.names).toEqual(picture.names);
    expect(ground.names.length).toBeGreaterThan(3);
    for (const [i, px] of ground.boxes.entries()) expect(Math.abs(px - (picture.boxes[i] ?? 0))).toBeLessThan(1.5);
    expect(await r.page.locator('.map-region .attribution:visible').count()).toBe(1);
    expect(await r.page.locator('.map-region button[data-place]:visible').count()).toBe(3);

    await r.page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(async () => ((await drawn('.picture-ground')).boxes[2] ?? 0) / (ground.boxes[2] ?? 1)).toBeCloseTo(2, 1);
    letGo();
    await r.page.waitForSelector('html[data-ground="drawn"]');
    await r.page.locator('.picture-ground').waitFor({ state: 'detached' });
    expect(await r.page.locator('.map-region .attribution:visible').count()).toBe(1);
    expect(r.faults).toEqual([]);
  });

  test('where it cannot be had the picture’s land stays below the marks, a sentence says so, and asking again brings it', async () => {
    const r = await reader({ at: '/', live: false });
    await r.page.route(BASEMAP, (route) => route.abort('connectionrefused'));
    await r.goTo(STORY);
    const again = r.page.locator('.map-notice .button');
    await again.waitFor();
    await r.seesLiveMap();
    expect(await r.page.locator('.picture-ground .ground-land').isVisible()).toBe(true);
    await r.mark('almaty').click();
    await r.card.waitFor();
    await r.page.unroute(BASEMAP);
    await again.click();
    await r.page.waitForSelector('html[data-ground="drawn"]');
    expect(await r.page.locator('.map-notice').count()).toBe(0);
    expect(await r.openCard()).toBe('Almaty');
    await r.page.locator('.picture-ground').waitFor({ state: 'detached' });
  });

  test('a view of the reader’s own waits for it: the picture does not reach that far', async () => {
    const r = await reader({ at: '/', live: false, before: () => Object.assign(window, { first: '' }) });
    await r.page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        const { map, ground } = document.documentElement.dataset;
        if (map !== 'live') return;
        observer.disconnect();
        Object.assign(window, { first: String(ground) });
      }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-map', 'data-ground'] });
    });
    await r.goTo(`${STORY}#map=9/41.3/69.2`);
    await r.seesLiveMap();
    expect(await r.page.evaluate(() => (window as unknown as { first: string }).first)).toBe('drawn');
  });
});

describe('a page that comes bit by bit', () => {
  test.each([
    ['wide', WIDE],
    ['phone', PHONE],
  ])('moves nothing that can be seen, wherever the line stops for a while (%s)', async (_, viewport) => {
    const r = await reader({ at: '/', live: false, viewport, before: sumShifts });
    let more = (_piece: string) => {};
    let text = '';
    const site = await serveStatic(false, '', undefined, {
      path: STORY,
      answer: (response, whole) => {
        text = whole;
        more = (piece) => void response.write(piece);
        response.flushHeaders();
      },
    });
    onTestFinished(site.close);
    await r.page.route(/\/assets\/index-.*\.js/, () => {}); // the picture alone: no script takes over
    const asked = r.page.waitForEvent('response', (a) => a.url().endsWith(STORY));
    void r.page.goto(site.url + STORY, { waitUntil: 'commit' }).catch(() => {});
    await asked;
    const from = text.indexOf('</h1>');
    const panel = text.indexOf('class="panel"');
    const cuts = [...text.matchAll(/<\/[a-z0-9]+>/g)].map((tag) => tag.index + tag[0].length).filter((at) => at >= from && at < panel + 2000);
    expect(cuts.length).toBeGreaterThan(50);
    let at = 0;
    for (const cut of cuts) {
      const end = `<!--${cut}-->`;
      more(text.slice(at, cut) + end);
      at = cut;
      await r.page.waitForFunction((comment) => document.documentElement.outerHTML.includes(comment), end, { polling: 10 });
      await r.page.evaluate(async () => {
        if (performance.getEntriesByType('paint').length > 0) await new Promise((painted) => void requestAnimationFrame(() => requestAnimationFrame(painted)));
      });
      expect(await r.page.evaluate(() => (window as unknown as { shifts: number }).shifts), text.slice(cut - 60, cut)).toBe(0);
    }
    // And it did not wait for the rest.
    await r.page.waitForFunction(() => performance.getEntriesByType('paint').length > 0);
  });
});

/** Sum of the page's layout shifts: https://wicg.github.io/layout-instability/ */
function sumShifts(): void {
  Object.assign(window, { shifts: 0 });
  new PerformanceObserver((list) => {
    for (const e of list.getEntries())
      Object.assign(window, { shifts: (window as unknown as { shifts: number }).shifts + (e as unknown as { value: number }).value });
  }).observe({ type: 'layout-shift', buffered: true });
}

describe('behind the scenes', () => {
  test('a session of every kind of action contacts no host but its own, breaks no policy, logs no fault and stores nothing', async () => {
    const r = await reader({ at: '/' });
    await r.page.clock.install();
    for (const layer of story.layers) await r.toggle(layer.id);
    for (const layer of story.layers) await r.toggle(layer.id);
    for (const place of ['almaty', 'almaty-airport', 'kazakhstan']) {
      await r.mark(place).click();
      await r.page.clock.runFor(1000);
      await r.card.locator('summary').first().click();
      await r.page.keyboard.press('Escape');
    }
    await r.dragMap(-300, 100);
    for (const name of ['Zoom in', 'Zoom in', 'Zoom out', 'Whole story']) {
      await r.page.getByRole('button', { name }).click();
      await r.page.clock.runFor(1000);
    }
    await r.page.clock.runFor(60_000);
    expect([...r.hosts]).toEqual([new URL(inject('site')).host]);
    expect(r.faults).toEqual([]);
    expect(await r.context.cookies()).toEqual([]);
    expect(await r.page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  });

  test('the site works below any folder: every address in the page is relative', async () => {
    const r = await reader({ javaScriptEnabled: false });
    const absolute = await r.page.evaluate(() =>
      [...document.querySelectorAll('link[href], script[src], a[href]')]
        .map((e) => e.getAttribute('href') ?? e.getAttribute('src') ?? '')
        .filter((a) => a.startsWith('/')),
    );
    expect(absolute).toEqual([]);
  });

  test('the front page is the one story, and its downloads are those of the story', async () => {
    const r = await reader({ at: '/' });
    expect(await r.listedIds()).toEqual(story.events.map((e) => e.id));
    const href = await r.page.getByRole('link', { name: 'GeoJSON', exact: true }).getAttribute('href');
    const response = await r.page.request.get(new URL(href ?? '', `${inject('site')}/`).href);
    expect(((await response.json()) as { features: unknown[] }).features).toHaveLength(story.events.length);
  });
});

describe('when something cannot be had', () => {
  test('data: the account stays, a sentence says what is missing, and another try works', async () => {
    const r = await reader({ at: '/article/', live: false });
    await r.page.route(/assets\/story-.*\.json/, (route) => route.abort());
    await r.goTo(STORY);
    await r.page.getByText('could not load all its files').waitFor();
    expect(await r.listedIds()).toEqual(story.events.map((e) => e.id));
    await r.page.unroute(/assets\/story-.*\.json/);
    await r.page.getByRole('button', { name: 'Try again' }).click();
    await r.seesLiveMap();
    expect(await r.page.getByText('could not load all its files').count()).toBe(0);
  });

  test('data of another format: the page says that it is out of step and offers to reload', async () => {
    const r = await reader({ at: '/#x', live: false, blocked: /nothing-is/ });
    await r.page.route(/assets\/story-.*\.json/, (route) => route.fulfill({ json: { format: 99 } }));
    await r.page.reload();
    await r.page.getByRole('button', { name: 'Reload the page' }).waitFor();
    expect(await r.listedIds()).toEqual(story.events.map((e) => e.id));
  });

  test('the basemap: marks stay right, a sentence says so', async () => {
    const r = await reader({ blocked: /assets\/basemap-.*\.json/ });
    await r.page.getByText('The full basemap could not be loaded').waitFor();
    expect(await r.marks()).toHaveLength(3);
  });

  test.each([
    ['wide', WIDE],
    ['phone', PHONE],
  ])('the sentence over the map leaves the marks free, and can be put away (%s)', async (_, viewport) => {
    const r = await reader({ blocked: /assets\/basemap-.*\.json/, viewport });
    const notice = r.page.locator('.map-notice');
    await expect.poll(() => coveredBy(r.page, '.map-notice', '.map-region button[data-place]')).toEqual([]);
    expect(await coveredBy(r.page, '.map-notice', '.controls, .attribution')).toEqual([]);
    // The map says once more that it is live, as after another try.
    await r.page.evaluate(async () => {
      document.documentElement.dataset.map = 'live';
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
    expect(await coveredBy(r.page, '.map-notice', '.map-region button[data-place]')).toEqual([]);
    await notice.getByRole('button', { name: 'Close' }).click();
    expect(await notice.count()).toBe(0);
    expect(await r.page.evaluate(() => document.activeElement?.id)).toBe('map');
    await r.mark('almaty').click();
    expect(await r.openCard()).toBe('Almaty');
  });

  test('the map’s script: the picture stays and a sentence says so', async () => {
    const r = await reader({ blocked: /assets\/StoryMap-/, live: false });
    await r.page.getByText('could not start in this browser').waitFor();
    expect(await r.page.locator('.picture').isVisible()).toBe(true);
    await r.toggle('statements');
    await expect.poll(() => r.listedIds()).not.toContain('csto-summit');
  });

  test('canvas: the picture stays and a sentence says so', async () => {
    const r = await reader({
      live: false,
      before: () => {
        HTMLCanvasElement.prototype.getContext = () => null;
      },
    });
    await r.page.getByText('could not start in this browser').waitFor();
    expect(await r.page.locator('.picture').isVisible()).toBe(true);
  });
});

describe('on paper', () => {
  test('paper is white and its ink dark, whatever theme the screen has', async () => {
    const r = await reader({ colorScheme: 'dark' });
    const soft = () => r.page.locator('.masthead-facts').evaluate((e) => getComputedStyle(e).color);
    const onScreen = await soft();
    await r.page.emulateMedia({ media: 'print' });
    const onPaper = await soft();
    await r.page.emulateMedia({ media: 'screen', colorScheme: 'light' });
    expect(onPaper).toBe(await soft());
    expect(onPaper).not.toBe(onScreen);
    await r.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await r.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light');
  });

  test('the picture and every event are printed, the controls are not', async () => {
    const r = await reader();
    await r.toggle('troops');
    await r.page.emulateMedia({ media: 'print' });
    expect(await r.page.locator('.picture').isVisible()).toBe(true);
    expect(await r.page.locator('.map-region').isVisible()).toBe(false);
    expect(await r.row('arrests').isVisible()).toBe(true);
    expect(await r.page.locator('.picture .at-almaty-airport .mark-dot').isVisible()).toBe(false);
    expect(await r.page.locator('.picture .at-almaty .mark-dot').isVisible()).toBe(true);
  });
});

describe('on small screens', () => {
  test('nothing sticks out sideways', async () => {
    const r = await reader({ viewport: PHONE });
    expect(await widths(r.page, [390, 320, 767])).toEqual([390, 320, 767]);
  });

  test('a link to the whole country brings the map above its sheet', async () => {
    const r = await reader({ viewport: PHONE, at: '/m/kazakhstan-2022-01/#place=kazakhstan' });
    await r.card.waitFor();
    await expect.poll(() => r.page.locator('.map-region').evaluate((e) => Math.round(e.getBoundingClientRect().top))).toBe(0);
  });

  test('a card is a sheet at the bottom whose height the reader chooses; the upper third stays the map’s', async () => {
    const r = await reader({ viewport: PHONE, hasTouch: true });
    await r.mark('almaty').click();
    const sheet = r.page.locator('.sheet');
    const heights: number[] = [];
    for (let i = 0; i < 3; i++) {
      await expect.poll(async () => sheet.evaluate((s) => s.getAnimations().length)).toBe(0);
      heights.push((await sheet.boundingBox())?.height ?? 0);
      await r.page.getByRole('button', { name: 'Change the height of this card' }).click();
    }
    expect(new Set(heights.map(Math.round)).size).toBe(3);
    expect(Math.max(...heights)).toBeLessThanOrEqual(PHONE.height * 0.67);
    await r.card.getByRole('button', { name: 'Close' }).click();
    expect(await sheet.count()).toBe(0);
  });
});

test('a reader who wants less motion gets none', async () => {
  const r = await reader({ reducedMotion: 'reduce' });
  await r.page.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(() => r.hash()).toMatch(/^#map=/);
  expect(await r.page.locator('.leaflet-zoom-anim').count()).toBe(0);
});

test.each([
  ['light', [255, 255, 255]],
  ['dark', [0, 0, 0]],
] as const)('under forced colours the basemap takes the system’s own, here %s ones', async (colorScheme, canvas) => {
  const r = await reader({ at: '/m/kazakhstan-2022-01/#map=7/47/70.3', forcedColors: 'active', colorScheme });
  await expect.poll(() => r.groundInTheMiddle()).toEqual(canvas);
});
