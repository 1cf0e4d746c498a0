import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './fixtures/stories.ts';

test.each(['README.md', 'IMPORTING.md', 'SECURITY.md', 'THEMING.md', 'data/gazetteer/README.md', 'data/README.md', 'data/basemap/README.md'])(
  'every file and picture that %s links to exists',
  (name) => {
    const targets = [...readFileSync(join(ROOT, name), 'utf8').matchAll(/\]\(([^)#\s]+)/g)].map((m) => m[1] ?? '').filter((to) => !/^https?:/.test(to));
    expect(targets.filter((to) => !existsSync(join(ROOT, dirname(name), to)))).toEqual([]);
  },
);
