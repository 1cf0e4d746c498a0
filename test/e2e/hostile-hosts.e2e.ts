/** What hosts do to a map in their page: take it away, move it, hide it, block its files, write over the language's own parts. */
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { LOADER_VERSION } from '../../src/embed/version.ts';
import { LONG, tried } from '../tried.ts';
import type { Reader } from './driver.ts';
import { withBrowser } from './driver.ts';
import { article, come, FRAME, mapIn, picture, snippet, withHost } from './host.ts';

const { reader } = withBrowser();
const site = withHost(reader);
const { visit } = site;
let figure: string;
beforeAll(async () => {
  figure = await snippet('figure.html');
});

const FULL = () => `${inject('site')}/m/kazakhstan-2022-01/`;

/** The picture is there to be seen, and its link leads to the full map. */
async function expectPicture(r: Reader): Promise<void> {
  await expect.poll(() => picture(r.page).first().isVisible()).toBe(true);
  expect(await picture(r.page).first().locator('img').isVisible()).toBe(true);
  expect(await picture(r.page).first().getAttribute('href')).toBe(FULL());
}

const frameOf = (r: Reader) => r.page.locator(`iframe[name="${FRAME}"]`);

test('a frame that is moved, hidden, squeezed or taken away gives way to the picture, and comes back where it can', async () => {
  const r = await visit(article(figure, { before: 0 }));
  await come(r.page);
  await mapIn(r.page);
  expect(await picture(r.page).isVisible()).toBe(false);

  // As scripts do that give videos a shape: the frame loads anew, and meanwhile the picture stands.
  const between = await r.page.evaluate(async () => {
    const frame = document.querySelector('figure iframe')!;
    const wrapper = document.createElement('div');
    frame.replaceWith(wrapper);
    wrapper.append(frame);
    await Promise.resolve();
    return getComputedStyle(document.querySelector('figure > a')!).display;
  });
  expect(between).not.toBe('none');
  await mapIn(r.page);
  expect(await picture(r.page).isVisible()).toBe(false);

  // As blockers hide what they think an advertisement.
  await r.page.addStyleTag({ content: 'iframe { display: none !important }' });
  await expectPicture(r);
  await r.page.evaluate(() => document.querySelector('style:last-of-type')?.remove());
  await expect.poll(() => frameOf(r).isVisible()).toBe(true);
  await expect.poll(() => picture(r.page).isVisible()).toBe(false);

  const map = await mapIn(r.page);
  await frameOf(r).evaluate((f) => Object.assign(f.style, { height: '40px' }));
  await r.page.locator('figure').evaluate((f) => Object.assign(f.style, { width: '330px' }));
  await expect.poll(async () => (await frameOf(r).boundingBox())?.width).toBe(330);
  const fits = async () => (await frameOf(r).boundingBox())?.height === (await map.evaluate(() => document.documentElement.scrollHeight));
  await expect.poll(fits).toBe(true);

  await r.page.evaluate(() => {
    const kept = document.querySelector('figure')!;
    Object.assign(window, { kept, told: [] });
    document.addEventListener('unrest-map-error', () => (window as unknown as { told: number[] }).told.push(1));
    kept.remove();
  });
  await r.page.evaluate(() => document.querySelector('main')?.prepend((window as unknown as { kept: HTMLElement }).kept));
  await come(r.page);
  await mapIn(r.page);
  expect(await picture(r.page).isVisible()).toBe(false);

  await frameOf(r).evaluate((f) => f.remove());
  await expectPicture(r);
  expect(await r.page.evaluate(() => (window as unknown as { told: number[] }).told)).toEqual([1]);
  expect(r.faults).toEqual([]);
  tried('hostile hosts: a frame moved, hidden, squeezed, taken away', 5);
});

describe('a blocker that keeps out one file leaves the picture with its link', () => {
  const FILES: readonly [string, RegExp][] = [
    ['the map’s style', /assets\/StoryMap-[^/]*\.css/],
    ['the loader', /embed\/v1\.js/],
    ['the page in the frame', /\/m\/kazakhstan-2022-01\/\?embed/],
    ['the script', /assets\/index-[^/]*\.js/],
    ['the map’s script', /assets\/StoryMap-[^/]*\.js/],
    ['the data', /assets\/story-.*\.json/],
  ];
  test.each(FILES.slice(0, LONG ? FILES.length : 1))('%s', async (what, pattern) => {
    const r = await visit(article(figure, { before: 0 }));
    await r.page.route(pattern, (route) => route.abort('blockedbyclient'));
    const before = r.asked.length;
    await r.page.reload({ waitUntil: 'commit' });
    await come(r.page);
    // Its frame may be gone before anybody sees it; what it asked for stays on record.
    if (what !== 'the loader') await expect.poll(() => r.asked.slice(before).some((a) => a.includes('/?embed'))).toBe(true);
    if (what === 'the page in the frame') await r.endLongWaits();
    await expect.poll(() => r.page.locator('iframe').count()).toBe(0);
    await expectPicture(r);
    tried('hostile hosts: one file kept out', 1);
  });
});

test('a proxy that rewrites the style in the page, which its policy then refuses, leaves the picture with its link', async () => {
  const r = await visit(article(figure, { before: 0 }));
  await r.page.route(/\/m\/kazakhstan-2022-01\/\?embed/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('<style>', '<style>/* smaller */') });
  });
  const before = r.asked.length;
  await r.page.reload({ waitUntil: 'commit' });
  await come(r.page);
  await expect.poll(() => r.asked.slice(before).some((a) => a.includes('/?embed'))).toBe(true);
  await expect.poll(() => r.page.locator('iframe').count()).toBe(0);
  await expectPicture(r);
});

describe('a host that has written over what the language comes with', () => {
  test('arrays, JSON and every object: the map comes all the same', async () => {
    const spoil = `<script>
      for (const name of Object.getOwnPropertyNames(Array.prototype))
        if (typeof Array.prototype[name] === 'function' && name !== 'constructor') Array.prototype[name] = () => { throw new Error('spoilt: ' + name); };
      Array.prototype.each = Object.prototype.extend = function () { return this; };
      Array.prototype.toJSON = Object.prototype.toJSON = () => 'spoilt';
      JSON.parse = JSON.stringify = () => { throw new Error('spoilt: JSON'); };
    </script>`;
    const r = await visit(article(`${spoil}<p data-unrest-claim="a22 a23">A passage.</p>${figure}`, { before: 0 }));
    await come(r.page);
    const map = await mapIn(r.page);
    expect(await picture(r.page).isVisible()).toBe(false);
    await map.locator('button[data-place="almaty"]').click();
    await map.locator('.card').getByRole('button', { name: 'Read it in the article' }).first().click();
    await r.page.locator('[data-unrest-claim][data-unrest-here]').waitFor();
    await frameOf(r).waitFor();
    expect(r.faults).toEqual([]);
    tried('hostile hosts: the language written over', 1);
  });

  test('listening itself: the picture stays', async () => {
    const r = await visit(article(`<script>EventTarget.prototype.addEventListener = () => undefined;</script>${figure}`, { before: 0 }));
    await come(r.page);
    await frameOf(r).waitFor({ state: 'attached' });
    await r.endLongWaits();
    await expect.poll(() => r.page.locator('iframe').count()).toBe(0);
    await expectPicture(r);
    tried('hostile hosts: the language written over', 1);
  });
});

describe('several loaders on a page', () => {
  const script = (file: string, site = inject('site')) => `<script src="${site}/embed/${file}"></script>`;
  const orders: readonly (readonly [string, readonly string[], string])[] = [
    ['an older one first', ['v1.0.0.js', `v${LOADER_VERSION}.js`, 'v1.js'], '1.0.0'],
    ['an older one last', ['v1.js', 'v1.0.0.js'], LOADER_VERSION],
  ];
  test.each(LONG ? orders : orders.slice(0, 1))('%s: the first serves all, with one frame a figure', async (_, files, version) => {
    const r = await visit(article(`${figure.replace(/<script.*/s, '')}${files.map((f) => script(f)).join('')}`, { before: 0 }));
    await come(r.page);
    await mapIn(r.page);
    expect(await r.page.locator('iframe').count()).toBe(1);
    expect(await r.page.evaluate(() => (window as unknown as { unrestMapV1: { version: string } }).unrestMapV1.version)).toBe(version);
    expect(r.faults).toEqual([]);
    tried('hostile hosts: several loaders on a page', 1);
  });

  test('of two sites: each site’s map comes, and neither hears the other’s frames', async () => {
    const other = inject('site').replace('127.0.0.1', 'localhost');
    const theirs = figure.replaceAll(inject('site'), other).replaceAll('m-kazakhstan-2022-01', 'm-theirs');
    const r = await visit(article(`${figure}${theirs}`, { before: 0 }));
    await come(r.page);
    const map = await mapIn(r.page);
    await come(r.page, '#m-theirs');
    const second = await mapIn(r.page, 'm-theirs-frame');
    expect([new URL(map.url()).origin, new URL(second.url()).origin]).toEqual([inject('site'), other]);
    // A map that only lacks a part stays; one that failed gives way to its picture.
    await r.page.evaluate(() =>
      addEventListener('unrest-map-error', (e) => Object.assign(window, { lacks: (e as CustomEvent<{ code: string }>).detail?.code })),
    );
    await second.evaluate(() => parent.postMessage({ ns: 'unrest-map', v: 1, type: 'error', code: 'part' }, '*'));
    await expect.poll(() => r.page.evaluate(() => (window as { lacks?: string }).lacks)).toBe('part');
    expect(await r.page.locator('iframe').count()).toBe(2);
    await second.evaluate(() => parent.postMessage({ ns: 'unrest-map', v: 1, type: 'error', code: 'x' }, '*'));
    await expect.poll(() => r.page.locator('iframe').count()).toBe(1);
    expect(await frameOf(r).isVisible()).toBe(true);
    expect(r.faults).toEqual([]);
    tried('hostile hosts: several loaders on a page', 1);
  });
});

test('in a frame of a frame the map hears its own host alone, and ten thousand messages of that do not drown it', async () => {
  const inner = site.host.put('/inner', { html: article(figure, { before: 0, after: 1 }) });
  const r = await visit(`<!doctype html><title>Around</title><iframe name="inner" src="${inner}" width="1000" height="700"></iframe>`);
  await expect.poll(() => r.page.frame({ name: FRAME })?.url() ?? '').toContain('embed=1');
  const map = r.page.frame({ name: FRAME })!;
  await map.waitForSelector('html[data-map="live"]');
  const article_ = r.page.frame({ name: 'inner' })!;
  await article_.locator(`iframe[name="${FRAME}"]:not([inert])`).waitFor();

  await r.page.evaluate((name) => {
    const nested = (frames[0] as unknown as Record<string, Window>)[name]!;
    nested.postMessage({ ns: 'unrest-map', v: 1, type: 'focus', id: 'arrests' }, '*');
    // Nor does the article take the page around it for a map of its own.
    frames[0]!.postMessage({ ns: 'unrest-map', v: 1, type: 'error', code: 'x' }, '*');
  }, FRAME);
  await article_.evaluate((name) => {
    const frame = document.querySelector<HTMLIFrameElement>(`iframe[name="${name}"]`)!.contentWindow!;
    const say = (m: object) => frame.postMessage({ ns: 'unrest-map', v: 1, ...m }, '*');
    const kinds = [
      { type: 'hello', theme: 'dark', claims: ['a22'] },
      { type: 'focus', id: 'nothing-of-ours' },
      { type: 'filter', keys: { hide: 'troops' } },
      { type: 'filter', keys: { hide: null, bogus: 'x' } },
      { type: 'resize', height: 1e9 },
    ];
    for (let i = 0; i < 10_000; i++) say(kinds[i % kinds.length]!);
    say({ type: 'focus', id: 'airport-vehicles', keyboard: false });
  }, FRAME);
  await map.locator('.card-title', { hasText: 'Almaty Airport' }).waitFor();
  expect(await map.locator('.placeless-card').count()).toBe(0);
  expect(await article_.locator('iframe').count()).toBe(1);
  // A browser says that it holds back whoever changes the address so often; nothing else is to be said.
  expect(r.faults.filter((f) => !/Throttling navigation/.test(f))).toEqual([]);
  tried('hostile hosts: messages of a flood', 10_000);
});
