/** How the database goes about very many rows. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkRows } from '../../src/build/dense/check.ts';
import { Duck, sqlText } from '../../src/build/dense/duck.ts';
import { loadStory } from '../../src/build/load.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { DENSE_STORY, makeStory } from '../bench/make.ts';

const place = mkdtempSync(join(tmpdir(), 'unrest-map-plan-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

interface Step {
  readonly name: string;
  readonly extra_info: { readonly Table?: string };
  readonly children: readonly Step[];
}

const tables = (step: Step): string[] => [...(step.extra_info.Table ? [step.extra_info.Table] : []), ...step.children.flatMap(tables)];
const joins = (step: Step): Step[] => [...(step.name.includes('JOIN') ? [step] : []), ...step.children.flatMap(joins)];

test('no join keeps all rows in memory, so that ten million of them need no more than a million do', async () => {
  makeStory(place, { events: 2000, places: 1900 });
  const folder = join(place, DENSE_STORY);
  const { story } = loadStory(folder, place);
  if (!story) throw new Error('The story is not sound.');
  const spill = join(place, 'spill');
  mkdirSync(spill);
  const duck = await Duck.open(spill);
  try {
    await checkRows(duck, join(folder, 'events.csv'), spill, story, stringsFor('en'));
    const statements = sqlText('sorted.sql')
      .replace(/^--.*$/gm, '')
      .split(/;\s*\n/);
    const last = statements.findIndex((s) => s.includes('CREATE TABLE sorted'));
    for (const statement of statements.slice(0, last)) await duck.run(statement);
    const [plan] = await duck.rows<{ explain_value: string }>(`EXPLAIN (FORMAT json) ${statements[last]}`);
    const all = joins({ name: '', extra_info: {}, children: JSON.parse(plan?.explain_value ?? '[]') as Step[] });
    expect(all.length).toBeGreaterThan(4);
    // Of two sides the right one is kept.
    for (const { children } of all) expect(tables(children[1] as Step).join()).not.toContain('given_rows');
  } finally {
    duck.close();
  }
});
