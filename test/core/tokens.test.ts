import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contrast, faintPairs, LAYER_GROUNDS } from '../../src/core/contrast.ts';
import type { SourceMeta } from '../../src/core/source.ts';
import type { Theme } from '../../src/core/tokens.ts';
import { PALETTES } from '../../src/core/tokens.ts';
import { DATA } from '../fixtures/stories.ts';

const { layers } = JSON.parse(readFileSync(join(DATA, 'kazakhstan-2022-01/story.json'), 'utf8')) as SourceMeta;

for (const theme of ['light', 'dark', 'lightContrast', 'darkContrast'] as const satisfies readonly Theme[]) {
  const p = PALETTES[theme];
  describe(`in the ${theme} theme`, () => {
    test('text reaches 4.5:1 and edges of controls and marks 3:1, wherever they stand', () => {
      expect(faintPairs(p)).toEqual([]);
    });

    test.each(LAYER_GROUNDS)('every layer’s glyph reaches 3:1 on %s', (ground) => {
      for (const layer of layers) expect(contrast(layer.color[theme.startsWith('dark') ? 'dark' : 'light'], p[ground]), layer.id).toBeGreaterThanOrEqual(3);
    });
  });
}
