/** Stories of counts that were made elsewhere: sound tables become the same map, and others are told apart from them. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import '../../src/core/strings/all.ts';
import { countedFiles } from '../../src/build/dense/counted.ts';
import { makeCountedStory, makeDense, UnsoundError } from '../../src/build/dense/make.ts';
import { denseOf, rowIssues } from '../../src/build/dense/story.ts';
import { loadStory } from '../../src/build/load.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { DENSE_STORY, makeStory } from '../bench/make.ts';
import { countRows } from '../fixtures/counted.ts';

// A database on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'unrest-map-counted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
makeStory(folder, { events: 3000, places: 200 });
const { story } = loadStory(join(folder, DENSE_STORY), folder);
if (!story) throw new Error('The generated story is not sound.');
const source = story;
const rows = join(folder, DENSE_STORY, 'events.csv');
const cache = join(folder, 'cache');
/** The zoom that the build of rows counts up to, for these bounds. */
const FINEST = 6;

function emptyFolder(): string {
  return mkdtempSync(join(folder, 'story-'));
}

let tables = '';
beforeAll(async () => {
  tables = emptyFolder();
  await countRows(rows, source, tables, 'csv', FINEST);
});

const filesIn = (where: string) => countedFiles(where) ?? expect.unreachable('There are no tables.');

test.each(['csv', 'parquet'] as const)('tables in %s give the counts, the days and the numbers that the rows give', async (ending) => {
  const where = emptyFolder();
  await countRows(rows, source, where, ending, FINEST);
  const counted = await makeCountedStory(filesIn(where), source, stringsFor('en'), cache);
  const dense = await makeDense(rows, source, stringsFor('en'), cache);
  expect(readFileSync(join(counted.from, 'counts.bin')).equals(readFileSync(join(dense.from, 'counts.bin')))).toBe(true);
  expect(counted.reach).toEqual(dense.reach);
  const { events, context, placed, cells, article } = counted.files;
  expect({ events, context, placed, cells }).toEqual({
    events: dense.files.events,
    context: dense.files.context,
    placed: dense.files.placed,
    cells: dense.files.cells,
  });
  expect(article).toEqual({ ...dense.files.article, places: null });
  expect([counted.files.columns, counted.files.download]).toEqual([null, null]);
});

test('names of columns in capitals, as some warehouses give them, and columns in another order are the same', async () => {
  const where = emptyFolder();
  copyFileSync(join(tables, 'pyramid_counts.csv'), join(where, 'pyramid_counts.csv'));
  const [head = '', ...lines] = readFileSync(join(tables, 'pyramid_cells.csv'), 'utf8').trim().split('\n');
  const turned = (line: string) => line.split(',').reverse().join(',');
  writeFileSync(join(where, 'pyramid_cells.csv'), [turned(head.toUpperCase()), ...lines.map(turned)].join('\n'));
  expect((await makeCountedStory(filesIn(where), source, stringsFor('en'), cache)).files.events).toBe(3000);
});

/** Change the first data row of a table. @param change column → value */
function withFault(table: 'pyramid_cells' | 'pyramid_counts', which: (row: Record<string, string>) => boolean, change: Record<string, string> | null): string {
  const where = emptyFolder();
  for (const name of ['pyramid_cells', 'pyramid_counts']) copyFileSync(join(tables, `${name}.csv`), join(where, `${name}.csv`));
  const [head = '', ...lines] = readFileSync(join(tables, `${table}.csv`), 'utf8')
    .trim()
    .split('\n');
  const names = head.split(',');
  const at = lines.findIndex((line) => which(Object.fromEntries(line.split(',').map((value, i) => [names[i] ?? '', value]))));
  expect(at).toBeGreaterThanOrEqual(0);
  const cells = (lines[at] ?? '').split(',');
  if (change) lines[at] = names.map((name, i) => change[name] ?? cells[i]).join(',');
  else lines.splice(at, 1);
  writeFileSync(join(where, `${table}.csv`), [head, ...lines].join('\n'));
  return where;
}

const any = () => true;
const dated = (row: Record<string, string>) => row.first_day !== '';
test.each([
  ['pyramid_cells', 'zoom', any, { zoom: '0' }],
  ['pyramid_cells', 'zoom', any, { zoom: 'near' }],
  ['pyramid_cells', 'cell_x', any, { cell_x: '7' }],
  ['pyramid_cells', 'cell_y', any, { cell_y: '-4194304' }],
  ['pyramid_cells', 'x', any, { x: '1' }],
  ['pyramid_cells', 'y', any, { y: '' }],
  ['pyramid_counts', 'zoom', any, { zoom: '99' }],
  ['pyramid_counts', 'by_day', any, { by_day: '2' }],
  ['pyramid_counts', 'cell_x', any, { cell_x: '4194304', cell_y: '0' }],
  ['pyramid_counts', 'cell_x', any, { cell_x: '', cell_y: '0' }],
  ['pyramid_counts', 'first_day', dated, { first_day: '' }],
  ['pyramid_counts', 'first_day', dated, { first_day: '-90000' }],
  ['pyramid_counts', 'last_day', dated, { last_day: '18000' }],
  ['pyramid_counts', 'layer', any, { layer: '5' }],
  ['pyramid_counts', 'statuses', any, { statuses: '0' }],
  ['pyramid_counts', 'context', any, { context: 'yes' }],
  ['pyramid_counts', 'dating', any, { dating: '3' }],
  ['pyramid_counts', 'events', any, { events: '-1' }],
  ['pyramid_counts', 'events', any, { events: '1.5e99' }],
  // Sound, each of them; but the sums of the zooms are no longer alike.
  ['pyramid_counts', 'events', any, { events: '1000' }],
  ['pyramid_counts', 'events', any, null],
] as const)('%s with a fault in %s is told of with its file, its column and a remedy, and nothing of it is shown', async (table, column, which, change) => {
  const where = withFault(table, which, change);
  const { dense, issues } = await denseOf(where, source, 'en');
  expect(dense).toBeNull();
  expect(issues.map((i) => [i.file, i.path[0]])).toContainEqual([`${table}.csv`, column]);
  for (const { severity, remedy, found } of issues) expect([severity, remedy === '', found === '']).toEqual(['error', false, false]);
  expect(await rowIssues(where, source)).toEqual(issues);
  await expect(makeCountedStory(filesIn(where), source, stringsFor('en'), cache)).rejects.toThrow(UnsoundError);
});

test('a zoom that is missing, a table alone, one without a column, and an empty one are each told of', async () => {
  const gone = emptyFolder();
  copyFileSync(join(tables, 'pyramid_cells.csv'), join(gone, 'pyramid_cells.csv'));
  const lines = readFileSync(join(tables, 'pyramid_counts.csv'), 'utf8').split('\n');
  writeFileSync(join(gone, 'pyramid_counts.csv'), lines.filter((line) => !line.startsWith('3,')).join('\n'));
  const alone = emptyFolder();
  copyFileSync(join(tables, 'pyramid_cells.csv'), join(alone, 'pyramid_cells.csv'));
  const narrow = emptyFolder();
  copyFileSync(join(tables, 'pyramid_cells.csv'), join(narrow, 'pyramid_cells.csv'));
  writeFileSync(join(narrow, 'pyramid_counts.csv'), 'zoom,by_day,events\n1,0,5\n');
  const empty = emptyFolder();
  copyFileSync(join(tables, 'pyramid_cells.csv'), join(empty, 'pyramid_cells.csv'));
  writeFileSync(join(empty, 'pyramid_counts.csv'), `${lines[0]}\n`);
  for (const [where, words] of [
    [gone, 'rows of zoom 3 with by_day 0'],
    [alone, 'there is no pyramid_counts'],
    [narrow, 'there is no cell_x'],
    [empty, 'an empty table'],
  ] as const) {
    const { dense, issues } = await denseOf(where, source, 'en');
    expect(dense).toBeNull();
    expect(JSON.stringify(issues)).toContain(words);
  }
});

test('where rows and counts lie in one folder the rows are shown, and the counts are told to be too much', async () => {
  const where = emptyFolder();
  copyFileSync(rows, join(where, 'events.csv'));
  copyFileSync(join(tables, 'pyramid_counts.csv'), join(where, 'pyramid_counts.csv'));
  const { dense, issues } = await denseOf(where, source, 'en');
  expect(dense?.files.events).toBe(3000);
  expect(dense?.files.columns).not.toBeNull();
  expect(issues.map((i) => [i.file, i.expected])).toEqual([['pyramid_counts.csv', 'rows or counts']]);
});
