import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ROOT } from '../fixtures/stories.ts';
import type { Reader, ReaderOptions } from './driver.ts';
import { PHONE, WIDE, withBrowser } from './driver.ts';
import type { Host } from './host.ts';
import { article, FRAME, openHost, snippet } from './host.ts';
import type { StaticSite } from './static.ts';
import { serveStatic } from './static.ts';

const { reader } = withBrowser();
const PATH = '/m/kazakhstan-2022-01/';
let host: Host;
let withHeaders: StaticSite;
let bare: StaticSite;
beforeAll(async () => {
  [host, withHeaders, bare] = await Promise.all([openHost(), serveStatic(true), serveStatic(false)]);
});
afterAll(() => Promise.all([host.close(), withHeaders.close(), bare.close()]));

let count = 0;
/** A host page with one plain frame that notes every message. */
async function frameIn(src: string, attributes = '', options: ReaderOptions = {}): Promise<Reader> {
  count += 1;
  const html = `<!doctype html><title>Host</title><body><iframe name="map" width="700" height="560" ${attributes} src="${src.replaceAll('&', '&amp;')}"></iframe></body>`;
  host.put(`/frame-${count}`, { html });
  return reader({
    site: host.url,
    at: `/frame-${count}`,
    live: false,
    ...options,
    before: () => {
      if (window.top !== window) return;
      Object.assign(window, { heard: [] });
      window.addEventListener('message', (e) => (window as unknown as { heard: unknown[] }).heard.push(e.data));
    },
  });
}
const heard = (page: Page) => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
const inFrame = (page: Page, name = 'map') => page.frame({ name })!;

describe('in a sandbox without an origin, as WordPress makes it', () => {
  test('the map works, its view survives the secret, and heights are told in WordPress’s words', async () => {
    const r = await frameIn(`${withHeaders.url}${PATH}?embed=1#event=almaty-internet#?secret=AbC12`, 'sandbox="allow-scripts"');
    const map = inFrame(r.page);
    await map.waitForSelector('html[data-map="live"]');
    expect(await map.evaluate(() => self.origin)).toBe('null');
    expect(await map.locator('.card-title').textContent()).toBe('Almaty');
    await expect.poll(() => heard(r.page)).toContainEqual(expect.objectContaining({ message: 'height', secret: 'AbC12', value: expect.any(Number) }));
    expect(r.faults).toEqual([]);
  });

  test('sources are visible addresses, and the full map is asked for in WordPress’s words', async () => {
    const r = await frameIn(`${withHeaders.url}${PATH}?embed=1#event=almaty-internet#?secret=AbC12`, 'sandbox="allow-scripts"');
    const map = inFrame(r.page);
    await map.waitForSelector('html[data-map="live"]');
    await map.locator('.card details.sources summary').first().click();
    expect((await map.locator('.card details.sources .source').allInnerTexts()).join()).toMatch(/https?:\/\//);
    expect(await map.locator('.card details.sources .source a').count()).toBe(0);
    await map.getByRole('link', { name: 'Open the full map' }).click();
    await expect.poll(() => heard(r.page)).toContainEqual({ message: 'link', secret: 'AbC12', value: expect.stringContaining(`${withHeaders.url}${PATH}#`) });
    expect(await map.getByText(`The full map is at ${withHeaders.url}${PATH}`).isVisible()).toBe(true);
  });

  test('sharing falls back to an address to copy by hand, and no storage is touched', async () => {
    const r = await frameIn(`${withHeaders.url}${PATH}?embed=1`, 'sandbox="allow-scripts"');
    const map = inFrame(r.page);
    await map.waitForSelector('html[data-map="live"]');
    await map.locator('.layer-switch.layer-troops').click();
    await map.getByRole('button', { name: 'Share' }).click();
    expect(await map.getByRole('textbox', { name: 'Link to this view' }).inputValue()).toBe(`${withHeaders.url}${PATH}#hide=troops`);
    expect(r.faults.filter((f) => !/clipboard/i.test(f))).toEqual([]);
  });

  test('from a host that sends no CORS headers the page says so and its account stands whole', async () => {
    const r = await frameIn(`${bare.url}${PATH}?embed=1`, 'sandbox="allow-scripts"');
    const map = inFrame(r.page);
    await map.getByText('could not be fetched').waitFor();
    expect(await map.locator('.picture').isVisible()).toBe(true);
    expect(await map.locator('[id="event=deaths-post"]').isVisible()).toBe(true);
    expect(await map.locator('.fold').isVisible()).toBe(false);
    expect(await heard(r.page)).toContainEqual(expect.objectContaining({ ns: 'unrest-map', type: 'error', code: 'script' }));
  });
});

describe('other hosts’ dialects', () => {
  test('AMP, Embedly, Iframely and pym hear the same height, each in its own shape', async () => {
    const r = await frameIn(`${bare.url}${PATH}?embed=1&childId=pym-1&parentUrl=x`);
    await inFrame(r.page).waitForSelector('html[data-map="live"]');
    await expect.poll(() => heard(r.page)).toContainEqual(expect.objectContaining({ sentinel: 'amp', type: 'embed-size' }));
    const height = ((await heard(r.page)) as { type?: string; ns?: string; height?: number }[]).find(
      (m) => m.ns === 'unrest-map' && m.type === 'resize',
    )?.height;
    const all = await heard(r.page);
    expect(all).toContainEqual({ sentinel: 'amp', type: 'embed-size', height });
    expect(all).toContain(`pymxPYMxpym-1xPYMxheightxPYMx${height}`);
    const texts = all.flatMap((m) => (typeof m === 'string' && m.startsWith('{') ? [JSON.parse(m) as Record<string, unknown>] : []));
    expect(texts).toContainEqual(expect.objectContaining({ context: 'iframe.resize', height, src: expect.stringContaining(PATH) }));
    expect(texts).toContainEqual({ method: 'resize', height });
  });

  test('marks that are none are ignored', async () => {
    const r = await frameIn(`${bare.url}${PATH}?embed=1&childId=%3Cscript%3E#?secret=no%20secret!`);
    await inFrame(r.page).waitForSelector('html[data-map="live"]');
    await expect.poll(async () => (await heard(r.page)).length).toBeGreaterThan(2);
    for (const m of await heard(r.page)) expect(JSON.stringify(m)).not.toMatch(/pymx|secret"/);
  });
});

describe('the trimmed page', () => {
  test.each([
    ['WordPress’s lowest', 600, 200],
    ['narrow', 320, 480],
    ['usual', 640, 520],
    ['WordPress’s highest', 700, 1000],
  ])('fills its frame and never scrolls sideways (%s)', async (_, width, height) => {
    const r = await reader({ site: bare.url, at: `${PATH}?embed=1`, viewport: { width, height } });
    expect(await r.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const map = (await r.page.locator('.map').boundingBox())!;
    expect(map.height).toBeGreaterThanOrEqual(120);
    expect(await r.page.getByRole('link', { name: 'Open the full map' }).isVisible()).toBe(true);
    expect(await r.page.locator('#events').isVisible()).toBe(false);
    if (height >= 480) {
      await r.page.getByRole('button', { name: /all 11 events/ }).click();
      expect(await r.page.locator('#events').isVisible()).toBe(true);
    }
  });

  test('a frame as high as the map asks for keeps its height for five seconds, after a turn of the phone too', async () => {
    const r = await reader({
      site: host.url,
      at: host.put('/steady', { html: article(await snippet('figure.html'), { before: 0 }) }).replace(host.url, ''),
      live: false,
      viewport: PHONE,
    });
    const frame = r.page.locator(`iframe[name="${FRAME}"]`);
    await expect.poll(() => r.page.frame({ name: FRAME })?.url() ?? '').toContain('embed=1');
    await inFrame(r.page, FRAME).waitForSelector('html[data-map="live"]');
    const steady = () =>
      r.page.evaluate(async (name) => {
        const heights = new Set<number>();
        const until = performance.now() + 5000;
        const element = document.querySelector<HTMLIFrameElement>(`iframe[name="${name}"]`);
        while (performance.now() < until) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          heights.add(element?.clientHeight ?? 0);
        }
        return [...heights];
      }, FRAME);
    const fits = () => inFrame(r.page, FRAME).evaluate(() => document.documentElement.scrollHeight === innerHeight);
    await expect.poll(fits).toBe(true);
    expect(await steady()).toHaveLength(1);
    const before = await frame.evaluate((f) => f.clientHeight);
    await r.page.setViewportSize({ width: PHONE.height, height: PHONE.width });
    await expect.poll(() => frame.evaluate((f) => f.clientHeight)).not.toBe(before);
    await expect.poll(fits).toBe(true);
    expect(await steady()).toHaveLength(1);
  });

  test('?lang= and the host’s word lead to the page in that language, view and trimming kept; unknown ones lead nowhere', async () => {
    const r = await reader({ site: bare.url, at: `${PATH}?embed=1&lang=ko#event=arrests` });
    expect(new URL(r.page.url()).pathname).toBe(`${PATH}ko/`);
    expect(await r.page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.embed, location.hash])).toEqual([
      'ko',
      '',
      '#event=arrests',
    ]);
    const stays = await reader({ site: bare.url, at: `${PATH}?embed=1&lang=//evil.example/` });
    expect(new URL(stays.page.url()).pathname).toBe(PATH);
    const framed = await frameIn(`${bare.url}${PATH}?embed=1`);
    await inFrame(framed.page).waitForSelector('html[data-map="live"]');
    await framed.page.evaluate(() =>
      (document.querySelector('iframe') as HTMLIFrameElement).contentWindow?.postMessage({ ns: 'unrest-map', v: 1, type: 'hello', lang: 'ru' }, '*'),
    );
    await expect.poll(() => inFrame(framed.page).url()).toContain(`${PATH}ru/?embed=1`);
  });

  test('it is not for search engines, the full page is; both name the same canonical address', async () => {
    const canonical = (r: Reader) => r.page.locator('link[rel="canonical"]').getAttribute('href');
    const embed = await reader({ site: bare.url, at: `${PATH}?embed=1` });
    const full = await reader({ site: bare.url, at: PATH });
    expect(await embed.page.locator('meta[name="robots"][content="noindex"]').count()).toBe(1);
    expect(await full.page.locator('meta[name="robots"]').count()).toBe(0);
    expect(await canonical(embed)).toBe(await canonical(full));
  });

  test('it takes the host’s colour scheme from the frame’s own style, and ?theme= before that', async () => {
    const dark = await frameIn(`${bare.url}${PATH}?embed=1`, 'style="color-scheme: dark"', { colorScheme: null });
    await inFrame(dark.page).waitForSelector('html[data-map="live"]');
    const page = (r: Reader) => inFrame(r.page).evaluate(() => getComputedStyle(document.body).backgroundColor);
    const told = await frameIn(`${bare.url}${PATH}?embed=1&theme=dark`, '', { colorScheme: null });
    await inFrame(told.page).waitForSelector('html[data-map="live"]');
    expect(await page(dark)).toBe(await page(told));
    const light = await frameIn(`${bare.url}${PATH}?embed=1`, '', { colorScheme: null });
    await inFrame(light.page).waitForSelector('html[data-map="live"]');
    expect(await page(light)).not.toBe(await page(dark));
  });

  test('it goes full screen in the frame that allows it, and shares exactly what is shown', async () => {
    const r = await frameIn(`${bare.url}${PATH}?embed=1`, 'allow="fullscreen; clipboard-write"');
    await r.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const map = inFrame(r.page);
    await map.waitForSelector('html[data-map="live"]');
    await map.getByRole('button', { name: 'Full screen' }).click();
    await expect.poll(() => map.evaluate(() => document.fullscreenElement?.className)).toContain('map-region');
    await map.getByRole('button', { name: 'Leave full screen' }).click();
    await map.locator('button[data-place="almaty-airport"]').click();
    await map.getByRole('button', { name: 'Share' }).click();
    await map.getByText('Copied').waitFor();
    const link = await map.getByRole('link', { name: 'Open the full map' }).getAttribute('href');
    expect(link).toContain(`${bare.url}${PATH}#`);
    expect(link).toContain('place=almaty-airport');
    const again = await reader({ site: bare.url, at: (link ?? '').replace(bare.url, '') });
    expect(await again.openCard()).toContain('Almaty Airport');
  });

  test('print shows the picture and every event, no control', async () => {
    const r = await reader({ site: bare.url, at: `${PATH}?embed=1` });
    await r.page.emulateMedia({ media: 'print' });
    expect(await r.page.locator('.picture').isVisible()).toBe(true);
    expect(await r.row('arrests').isVisible()).toBe(true);
    expect(await r.page.locator('.tools').isVisible()).toBe(false);
  });
});

describe('headers', () => {
  const get = async (path: string) => (await fetch(withHeaders.url + path)).headers;
  test('let anybody frame the maps, nobody the builder, and everybody read the files', async () => {
    expect((await get(PATH)).get('content-security-policy')).toContain('frame-ancestors *');
    expect((await get('/builder/')).get('content-security-policy')).toContain("frame-ancestors 'none'");
    for (const path of [PATH, '/embed/v1.js', `${PATH}events.geojson`, `${PATH}oembed.json`]) {
      expect((await get(path)).get('access-control-allow-origin')).toBe('*');
      expect((await get(path)).get('x-content-type-options')).toBe('nosniff');
      expect((await get(path)).get('x-frame-options')).toBeNull();
    }
  });

  test('cache for ever what has a version in its name, and nothing else for long', async () => {
    const age = async (path: string) => Number(/max-age=(\d+)/.exec((await get(path)).get('cache-control') ?? '')?.[1]);
    const html = readFileSync(join(ROOT, 'dist', PATH, 'index.html'), 'utf8');
    expect((await get(`/assets/${/assets\/([\w.-]+\.js)"/.exec(html)?.[1]}`)).get('cache-control')).toContain('immutable');
    expect(await age(PATH)).toBeLessThanOrEqual(300);
    expect(await age(`${PATH}events.geojson`)).toBeLessThanOrEqual(300);
    expect(await age('/embed/v1.js')).toBe(3600);
  });

  test('with or without them the plain page, the article and the builder work', async () => {
    for (const site of [withHeaders, bare]) {
      const r = await reader({ site: site.url, at: PATH });
      expect(r.faults).toEqual([]);
      const page = await reader({ site: site.url, at: '/article/', live: false });
      await page.page.locator('figure').first().scrollIntoViewIfNeeded();
      await expect.poll(() => page.page.frame({ name: FRAME })?.url() ?? '').toContain('embed=1');
      await inFrame(page.page, FRAME).waitForSelector('html[data-map="live"]');
      expect(page.faults).toEqual([]);
      const builder = await reader({ site: site.url, at: '/builder/', live: false });
      await expect.poll(() => builder.page.frame({ name: 'preview' })?.url() ?? '').toContain('embed=1');
      await inFrame(builder.page, 'preview').waitForSelector('html[data-map="live"]');
      expect(builder.faults).toEqual([]);
    }
  });
});

test('what the host pays before the reader is near: one script, one picture, no long task', async () => {
  host.put('/cost', { html: article(`<div style="height:4000px"></div>${await snippet('figure.html')}`, { before: 1 }) });
  const r = await reader({
    site: host.url,
    at: '/cost',
    live: false,
    viewport: WIDE,
    before: () => {
      Object.assign(window, { long: 0 });
      new PerformanceObserver((list) => Object.assign(window, { long: (window as unknown as { long: number }).long + list.getEntries().length })).observe({
        type: 'longtask',
        buffered: true,
      });
    },
  });
  const session = await r.context.newCDPSession(r.page);
  await session.send('Performance.enable');
  await r.page.reload({ waitUntil: 'load' });
  await expect.poll(() => r.page.evaluate(() => 'unrestMapV1' in window)).toBe(true);
  const asked = await r.page.evaluate(
    (site) =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter((e) => e.name.startsWith(site)).map((e) => new URL(e.name).pathname),
    inject('site'),
  );
  const { metrics } = await session.send('Performance.getMetrics');
  const ms = (metrics.find((m) => m.name === 'ScriptDuration')?.value ?? 0) * 1000;
  const size = gzipSync(readFileSync(join(ROOT, 'dist/embed/v1.js')), { level: 9 }).length;
  console.log(`Host page before the map is near: ${asked.join(', ')}; loader ${size} bytes gzip; ${ms.toFixed(1)} ms of script in all`);
  expect(asked.filter((p) => !p.endsWith('.png'))).toEqual(['/embed/v1.js']);
  expect(await r.page.evaluate(() => (window as unknown as { long: number }).long)).toBe(0);
});

test('in a folder of a host, pages, embeds, the page that tries data and every link and download are found', async () => {
  const site = await serveStatic(false, '/news/maps');
  try {
    const r = await reader({ site: site.url, at: '/' });
    const missing: string[] = [];
    r.page.on('response', (answer) => {
      if (answer.status() >= 400) missing.push(answer.url());
    });
    const links = new Set<string>();
    for (const at of [PATH, `${PATH}ru/`, `${PATH}?embed=1`]) {
      await r.goTo(at);
      await r.page.waitForSelector('html[data-map="live"]');
      for (const href of await r.page.locator('a[href]').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href.replace(/#.*/, ''))))
        if (new URL(href).origin === new URL(site.url).origin) links.add(href);
    }
    await r.goTo('/try/');
    await r.page.getByRole('button', { name: 'Use the sample' }).click();
    await r.page.locator('.try-state', { hasText: 'on the map' }).waitFor();
    await r.page.waitForSelector('html[data-map="live"]');
    expect([...links].some((l) => l.endsWith('/events.csv'))).toBe(true);
    for (const link of [...links, `${site.url}/embed/v1.js`, `${site.url}/article/`, `${site.url}/builder/`])
      if ((await r.page.request.get(link)).status() !== 200) missing.push(link);
    expect([missing, r.faults]).toEqual([[], []]);
  } finally {
    await site.close();
  }
});
