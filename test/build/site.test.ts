import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSettings } from '../../src/build/settings.ts';

test('a raster address of the site without {z}, {x} and {y} is an error with its line, and the site goes without tiles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unrest-map-site-'));
  const tiles = { kind: 'raster', url: 'https://tiles.example/one.png', label: { en: 'Streets' }, attribution: '© somebody', maxZoom: 18, shown: false };
  writeFileSync(join(folder, 'site.json'), `{\n"tiles": ${JSON.stringify(tiles)}\n}`);
  const { site, issues } = loadSettings(folder);
  expect(issues).toEqual([expect.objectContaining({ severity: 'error', file: 'site.json', line: 2, path: ['tiles', 'url'] })]);
  expect(site).toEqual({});
});
