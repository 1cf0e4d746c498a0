import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DATA } from '../fixtures/stories.ts';
import { HARBOUR, writeTheme } from '../fixtures/theme.ts';
import { axeFaults } from './axe.ts';
import { PHONE, withBrowser } from './driver.ts';
import type { Variant } from './variant.ts';
import { serveData } from './variant.ts';

const { reader } = withBrowser();
const KITES = '/m/sample-kites/';
let site: Variant;
beforeAll(async () => {
  site = await serveData(
    (dataDir) => {
      for (const id of ['kazakhstan-2022-01', 'sample-kites']) cpSync(join(DATA, id), join(dataDir, id), { recursive: true });
      writeTheme(dataDir);
    },
    {},
    { samples: true },
  );
}, 300_000);
afterAll(() => site?.close());

const visit = (at: string, more = {}) => reader({ site: site.url, at, ...more });

/** `#rrggbb` as a browser says it. */
const rgb = (hex = '') => `rgb(${[1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)).join(', ')})`;

describe('media', () => {
  const pictures = (r: { asked: readonly string[] }) =>
    r.asked.filter((a) => a.includes('/media/')).map((a) => a.replace(/^.*\/media\/|-[0-9a-f]{10}|\.webp$/g, ''));

  test('are fetched when their card is open, keep their place free, and wait behind a warning where they are graphic', async () => {
    const r = await visit(`${KITES}en/`);
    expect(pictures(r)).toEqual([]);
    await r.mark('muscat').click();
    const picture = r.card.getByRole('img', { name: 'Five coloured kites above a beach' });
    expect(await picture.evaluate((i: HTMLImageElement) => [i.getAttribute('width'), i.getAttribute('height')])).toEqual(['1280', '853']);
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((i: HTMLImageElement) => i.complete && i.naturalWidth > 0)).toBe(true);
    expect(pictures(r)).toEqual(['kites-on-the-beach-640']);
    await r.page.keyboard.press('Escape');

    await r.mark('nizwa').focus();
    await r.page.keyboard.press('Enter');
    await r.card.getByText('Graphic content: A broken kite').waitFor();
    expect(await r.card.getByRole('img', { name: 'A torn kite' }).count()).toBe(0);
    const gate = r.card.getByRole('button', { name: 'Show the picture' });
    // The warning's words and what is behind it are said with the button.
    expect(await gate.evaluate((b) => document.getElementById(b.getAttribute('aria-describedby') ?? '')?.textContent)).toContain('A torn kite lying on sand');
    await gate.focus();
    await r.page.keyboard.press('Enter');
    await r.card.getByRole('img', { name: 'A torn kite' }).waitFor({ state: 'attached' });
    expect(await r.page.evaluate(() => [document.activeElement?.textContent, document.activeElement?.getAttribute('aria-expanded')])).toEqual([
      'Hide the picture',
      'true',
    ]);
    expect(await r.page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    await r.page.keyboard.press('Escape');
    await r.mark('nizwa').click();
    await r.card.getByRole('img', { name: 'A torn kite' }).waitFor({ state: 'attached' });
    await r.page.reload();
    await r.seesLiveMap();
    await r.card.getByRole('button', { name: 'Show the picture' }).waitFor();
    // The list has them too, in words until they are asked for.
    const row = r.row('opening');
    await row.getByRole('button', { name: 'Show the picture' }).click();
    await row.getByRole('img', { name: 'Five coloured kites' }).waitFor();
    expect(r.faults).toEqual([]);
    expect([...r.hosts]).toEqual([new URL(site.url).host]);
  });

  test('without scripts and on paper are words, credit, terms and a link; no picture is fetched', async () => {
    const r = await visit(KITES, { javaScriptEnabled: false });
    const text = await r.row('nizwa-wind').innerText();
    for (const words of ['محتوى قاسٍ', 'طائرة ورقية ممزّقة على الرمل', 'رسم مختلَق لهذا النموذج', 'CC0 1.0']) expect(text).toContain(words);
    expect(await r.row('nizwa-wind').getByRole('button').count()).toBe(0);
    const link = await r.row('opening').getByRole('link', { name: 'افتح الملف' }).getAttribute('href');
    expect((await r.page.request.get(new URL(link ?? '', r.page.url()).href)).headers()['content-type']).toBe('image/webp');
    await r.page.emulateMedia({ media: 'print' });
    expect(await r.page.locator('#events .media img').count()).toBe(0);
    expect(pictures(r)).toEqual([]);
  });
});

describe('a site’s own look', () => {
  test.each(['light', 'dark'] as const)('is on page, card and map in the %s scheme, under the same policy, from the site alone', async (scheme) => {
    const r = await visit('/m/kazakhstan-2022-01/#place=almaty', { colorScheme: scheme });
    const colors = HARBOUR.colors![scheme]!;
    await r.card.waitFor();
    const seen = await r.page.evaluate(() => {
      const style = (selector: string) => getComputedStyle(document.querySelector(selector)!);
      return {
        paper: style('.masthead').backgroundColor,
        ink: style('.card-title').color,
        link: style('.languages a:not([aria-current])').color,
        corner: style('.leaflet-popup-content-wrapper').borderTopLeftRadius,
        title: style('h1').fontFamily,
        text: style('.lead').fontFamily,
        logos: [...document.querySelectorAll<HTMLImageElement>('.brand img')]
          .filter((i) => i.offsetWidth > 0)
          .map((i) => [i.alt, i.naturalWidth > 0, i.offsetHeight]),
        font: [...document.fonts].map((f) => [f.family.replaceAll('"', ''), f.status]),
      };
    });
    expect(seen).toMatchObject({ paper: rgb(colors.paper), ink: rgb(colors.ink), link: rgb(colors.link), corner: '0px', font: [['Harbour Slab', 'loaded']] });
    expect(seen.title).toMatch(/^"?Harbour Slab/);
    expect(seen.text).toMatch(/^Verdana/);
    expect(seen.logos).toEqual([['The Harbour Post', true, 28]]);
    await r.page.keyboard.press('Escape');
    await r.page.setViewportSize({ width: 1000, height: 900 });
    // A steppe without a name, a river or a border in its middle.
    await r.page.evaluate(() => {
      location.hash = 'map=8/46.2/70.2';
    });
    await expect
      .poll(async () => (await r.groundInTheMiddle())?.map((c) => Math.round(c / 26)))
      .toEqual([1, 3, 5].map((i) => Math.round(Number.parseInt(colors.landFocus!.slice(i, i + 2), 16) / 26)));
    expect(r.faults).toEqual([]);
    expect([...r.hosts]).toEqual([new URL(site.url).host]);
  });

  test('is in embed, on the front page, in builder and article; and the address may choose the scheme', async () => {
    const embed = await visit('/m/kazakhstan-2022-01/?embed=1&theme=dark', { viewport: { width: 640, height: 520 }, bypassCSP: true });
    expect(await embed.page.locator('.brand img:visible').evaluateAll((all) => all.map((i) => [(i as HTMLImageElement).className, i.clientHeight]))).toEqual([
      ['brand-dark', 18],
    ]);
    expect(await axeFaults(embed.page)).toEqual([]);
    expect(embed.faults).toEqual([]);
    for (const at of ['/', '/builder/', '/article/']) {
      const r = await visit(at, { live: false, viewport: PHONE });
      const brand = r.page.getByRole('region', { name: 'The Harbour Post' });
      await brand.getByRole('link').waitFor();
      expect(await r.page.evaluate(() => getComputedStyle(document.querySelector('h1')!).fontFamily), at).toMatch(/Harbour Slab/);
      expect(await r.page.evaluate(() => document.documentElement.scrollWidth), at).toBeLessThanOrEqual(PHONE.width);
      expect(r.faults, at).toEqual([]);
    }
  });

  test('is named where others show the page, and the font’s licence with the others', () => {
    const page = readFileSync(join(site.outDir, 'm/kazakhstan-2022-01/index.html'), 'utf8');
    expect(page).toContain('property="og:site_name" content="The Harbour Post"');
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toMatch(/\sstyle=/);
    expect(JSON.parse(readFileSync(join(site.outDir, 'm/kazakhstan-2022-01/oembed.json'), 'utf8'))).toMatchObject({ provider_name: 'The Harbour Post' });
    expect(readFileSync(join(site.outDir, 'licences.txt'), 'utf8')).toContain('Harbour Slab: SIL Open Font License 1.1');
    expect(readFileSync(join(site.outDir, '_headers'), 'utf8')).toMatch(/\/assets\/logo-\w+\.svg\n {2}Content-Security-Policy: default-src 'none'.*sandbox/);
  });
});
