import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './fixtures/stories.ts';

test.each([
  'README.md',
  'IMPORTING.md',
  'PUBLISHING.md',
  'SCALE.md',
  'SECURITY.md',
  'THEMING.md',
  'data/gazetteer/README.md',
  'data/README.md',
  'data/basemap/README.md',
])('every file and picture that %s links to exists', (name) => {
  const targets = [...readFileSync(join(ROOT, name), 'utf8').matchAll(/\]\(([^)#\s]+)/g)].map((m) => m[1] ?? '').filter((to) => !/^https?:/.test(to));
  expect(targets.filter((to) => !existsSync(join(ROOT, dirname(name), to)))).toEqual([]);
});

test('the workflow for GitHub Pages is a tree of two spaces, and runs commands that there are, as README has them', () => {
  const text = readFileSync(join(ROOT, 'PUBLISHING.md'), 'utf8').split('```yaml\n')[1]?.split('```')[0] ?? '';
  const lines = text.trimEnd().split('\n');
  // What YAML needs of block mappings and lists of plain values: keys, or items, each no deeper than one step below the last.
  const odd = lines.filter((line) => !/^(?: {2})*(?:- )?[\w-]+:(?: [^\s{}\t:&*!|>%@`][^\t]*)?$/.test(line) && !/^ {4}branches: \[main\]$/.test(line));
  expect(odd).toEqual([]);
  const depth = (line: string) => (/^ */.exec(line)?.[0].length ?? 0) / 2 + (line.trimStart().startsWith('- ') ? 1 : 0);
  expect(lines.filter((line, i) => depth(line) > depth(lines[i - 1] ?? '') + (i === 0 ? 0 : 2))).toEqual([]);
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const runs = [...text.matchAll(/run: (.*)/g)].map((m) => m[1] ?? '');
  expect(runs.map((run) => run.replace(/ --base-url .*/, ''))).toEqual(['npm ci', 'npm run release --']);
  expect(Object.keys(scripts)).toContain('release');
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain('npm run release -- --base-url');
});
