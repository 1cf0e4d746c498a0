import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Part } from '../src/build/sizes.ts';
import { BUDGETS, firstView, storyPages } from '../src/build/sizes.ts';
import { ROOT } from './fixtures/stories.ts';

const DIST = join(ROOT, 'dist');
const pages = storyPages(DIST);

test('there is a page for every language of the story', () => {
  expect(pages).toHaveLength(4);
});

describe.each(pages)('the first view of %s, built', (page) => {
  const { totals, parts } = firstView(DIST, page);

  test.each(Object.keys(BUDGETS) as (Part | 'all')[])('keeps its %s within the budget, gzip', (part) => {
    expect(totals[part]).toBeLessThanOrEqual(BUDGETS[part]);
  });

  test('counts what it must: the page, scripts, styles, the story and the basemap', () => {
    expect(parts.script.length).toBeGreaterThanOrEqual(2);
    expect(parts.style.length).toBe(2);
    expect(parts.data.map((f) => f.path).filter((p) => p.endsWith('.json')).length).toBe(2);
  });
});

test('no validator reaches a reader', () => {
  for (const name of readdirSync(join(DIST, 'assets')).filter((n) => n.endsWith('.js'))) {
    expect(readFileSync(join(DIST, 'assets', name), 'utf8')).not.toMatch(/ZodError|invalid_type/);
  }
});
