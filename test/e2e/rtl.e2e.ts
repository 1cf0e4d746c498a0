import { afterAll, beforeAll, expect, test } from 'vitest';
import { cutText, STORY, widths, withBrowser } from './driver.ts';
import type { Variant } from './variant.ts';
import { serveVariant } from './variant.ts';

const { reader } = withBrowser();

/** The project's story with a page in Arabic: its title is translated, the rest falls back. */
let site: Variant;
beforeAll(async () => {
  site = await serveVariant((meta) => ({ ...meta, languages: ['en', 'ar'], title: { ...meta.title, ar: 'اضطرابات في كازاخستان، يناير 2022' } }));
}, 60_000);
afterAll(() => site.close());

test('a language written from right to left turns the page round', async () => {
  const r = await reader({ site: site.url, at: `${STORY}ar/` });
  expect(await r.page.locator('html').getAttribute('dir')).toBe('rtl');
  const panel = await r.page.locator('.panel').boundingBox();
  const map = await r.page.locator('.map').boundingBox();
  expect((panel?.x ?? 0) + (panel?.width ?? 0)).toBeLessThanOrEqual(map?.x ?? 0);
  const zoom = await r.page.getByRole('button', { name: 'تقريب' }).boundingBox();
  expect(zoom?.x ?? 0).toBeLessThan((map?.x ?? 0) + (map?.width ?? 0) / 2);
  expect(r.faults).toEqual([]);
});

test('words that fall back to another language say which it is', async () => {
  const r = await reader({ site: site.url, at: `${STORY}ar/`, javaScriptEnabled: false });
  expect(await r.page.locator('h1 bdi[lang]').count()).toBe(0);
  expect(await r.row('arrests').locator('.event-title bdi').getAttribute('lang')).toBe('en');
});

test('the map itself is not mirrored: east stays on the right', async () => {
  const r = await reader({ site: site.url, at: `${STORY}ar/#map=10/43.3/77` });
  const x = async (place: string) =>
    r.page
      .locator(`.map-region [data-place="${place}"]`)
      .evaluate((button) => button.parentElement?.querySelector('.mark-dot')?.getBoundingClientRect().left ?? 0);
  expect(await x('almaty-airport')).toBeGreaterThan(await x('almaty'));
});

test('nothing sticks out sideways', async () => {
  const r = await reader({ site: site.url, at: `${STORY}ar/` });
  expect(await widths(r.page, [1280, 320])).toEqual([1280, 320]);
});

test.each([320, 1280])('a pseudo-language, mirrored and with words half as long again, fits at %i px', async (width) => {
  const r = await reader({ site: site.url, at: `${STORY}ar/`, viewport: { width, height: 800 } });
  await r.page.evaluate(() => {
    const accents: Record<string, string> = { a: 'á', e: 'ê', i: 'ï', o: 'ö', u: 'ü', n: 'ñ', c: 'ç' };
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode())
      if (node.textContent?.trim() && !node.parentElement?.closest('script, svg, .map-region'))
        node.textContent = node.textContent.replace(/\p{L}+/gu, (word) => {
          const strange = word.replace(/[aeiounc]/g, (c) => accents[c] ?? c);
          return strange + strange.slice(0, Math.ceil(word.length / 2));
        });
  });
  expect(await r.page.locator('html').getAttribute('dir')).toBe('rtl');
  expect(await cutText(r.page)).toEqual([]);
});
