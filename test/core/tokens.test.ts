import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SourceMeta } from '../../src/core/source.ts';
import type { Theme } from '../../src/core/tokens.ts';
import { PALETTES } from '../../src/core/tokens.ts';
import { DATA } from '../fixtures/stories.ts';

const { layers } = JSON.parse(readFileSync(join(DATA, 'kazakhstan-2022-01/story.json'), 'utf8')) as SourceMeta;

/** Relative luminance and contrast ratio, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
  return (x + 0.05) / (y + 0.05);
}

for (const theme of ['light', 'dark'] as const satisfies readonly Theme[]) {
  const p = PALETTES[theme];
  describe(`in the ${theme} theme`, () => {
    test.each([
      ['ink', 'paper'],
      ['ink', 'page'],
      ['inkSoft', 'paper'],
      ['inkSoft', 'page'],
      ['inkSoft', 'sunk'],
      ['inkSoft', 'warn'],
      ['link', 'paper'],
      ['link', 'page'],
      ['warnInk', 'warn'],
      ['warnInk', 'paper'],
      ['label', 'landFocus'],
      ['label', 'land'],
    ] as const)('text in %s on %s reaches 4.5:1', (text, ground) => {
      expect(contrast(p[text], p[ground])).toBeGreaterThanOrEqual(4.5);
    });

    test.each(['land', 'landFocus', 'water', 'paper'] as const)('every layer’s glyph reaches 3:1 on %s', (ground) => {
      for (const layer of layers) expect(contrast(layer.color[theme], p[ground]), layer.id).toBeGreaterThanOrEqual(3);
    });

    test.each([
      ['focus', 'paper'],
      ['focus', 'page'],
      ['ruleStrong', 'paper'],
      ['ink', 'water'],
      ['ink', 'landFocus'],
    ] as const)('%s on %s reaches 3:1, as edges of controls and marks must', (line, ground) => {
      expect(contrast(p[line], p[ground])).toBeGreaterThanOrEqual(3);
    });
  });
}
