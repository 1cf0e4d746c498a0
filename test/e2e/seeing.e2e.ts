/** What must be told apart by eyes that see no colour, and marks that must stand out from whatever lies beneath them. */

import pixelmatch from 'pixelmatch';
import type { Locator } from 'playwright-core';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import type { ReaderOptions } from './driver.ts';
import { STORY, withBrowser } from './driver.ts';

const { reader } = withBrowser();

/** Pairs of pictures that look alike, by their positions. */
async function alike(pictures: Locator): Promise<string[]> {
  const seen = [];
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    seen.push(PNG.sync.read(await picture.screenshot()));
  }
  expect(seen.length).toBeGreaterThan(3);
  const found: string[] = [];
  for (const [i, a] of seen.entries())
    for (const [k, b] of seen.entries()) {
      if (k <= i || a.width !== b.width || a.height !== b.height) continue;
      const other = pixelmatch(a.data, b.data, undefined, a.width, a.height, { threshold: 0.2 });
      if (other / (a.width * a.height) < 0.03) found.push(`${i} and ${k}: ${other} of ${a.width * a.height} pixels differ`);
    }
  return found;
}

describe.each([
  ['without colour', { deviceScaleFactor: 2 }],
  ['with the system’s colours', { deviceScaleFactor: 2, forcedColors: 'active' }],
] satisfies [string, ReaderOptions][])('%s', (_, options) => {
  test('the layers are told apart by their shapes, and how sure a claim is by its mark', async () => {
    const r = await reader({ at: `${STORY}#context=1`, ...options });
    const session = await r.context.newCDPSession(r.page);
    await session.send('Emulation.setEmulatedVisionDeficiency', { type: 'achromatopsia' });
    await r.page.locator('.status-filter').evaluate((details: HTMLDetailsElement) => {
      details.open = true;
    });
    expect(await alike(r.page.locator('.layers .glyph'))).toEqual([]);
    expect(await alike(r.page.locator('.status-filter .status-mark'))).toEqual([]);
  });
});

/** WCAG 2.2's relative luminance of a pixel. */
function luminance([r = 0, g = 0, b = 0]: readonly number[]): number {
  const linear = (c: number) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test.each(['5/45/72', '8/43.3/76.9', '11/43.25/76.95', '9/43.5/77.3'])('a mark’s dot has an edge of 3 to 1 on the ground at %s', async (view) => {
    const r = await reader({ at: `${STORY}#map=${view}`, colorScheme, reducedMotion: 'reduce' });
    const box = (await r.page.locator('.map-region .place-mark:has([data-place="almaty"]) .mark-dot').boundingBox())!;
    const around = { x: box.x - 4, y: box.y - 4, width: box.width + 8, height: box.height + 8 };
    const { data } = PNG.sync.read(await r.page.screenshot({ clip: around }));
    const lights = Array.from({ length: data.length / 4 }, (_, i) => luminance([...data.subarray(i * 4, i * 4 + 3)])).sort((a, b) => a - b);
    // The tenth of the pixels at each end, so that no single one decides.
    const tenth = Math.floor(lights.length / 10);
    expect((lights[lights.length - 1 - tenth]! + 0.05) / (lights[tenth]! + 0.05)).toBeGreaterThanOrEqual(3);
  });
});
