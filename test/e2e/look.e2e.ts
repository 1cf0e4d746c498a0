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
}, 120_000);
afterAll(() => site?.close());

const visit = (at: string, more = {}) => reader({ site: site.url, at, ...more });

/** `#rrggbb` as a browser says it. */
const rgb = (hex = '') => `rgb(${[1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)).join(', ')})`;

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
    for (const at of ['/', '/builder/', '/article/', '/try/']) {
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
    expect(page).not.toMatch(/<style|\sstyle=/);
    expect(JSON.parse(readFileSync(join(site.outDir, 'm/kazakhstan-2022-01/oembed.json'), 'utf8'))).toMatchObject({ provider_name: 'The Harbour Post' });
    expect(readFileSync(join(site.outDir, 'licences.txt'), 'utf8')).toContain('Harbour Slab: SIL Open Font License 1.1');
    expect(readFileSync(join(site.outDir, '_headers'), 'utf8')).toMatch(/\/assets\/logo-\w+\.svg\n {2}Content-Security-Policy: default-src 'none'.*sandbox/);
  });
});
