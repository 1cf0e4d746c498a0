/** From rows to dense files: what is wrong with a row is said, and the others stay. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import '../../src/core/strings/all.ts';
import { makeDense } from '../../src/build/dense/make.ts';
import { COUNTS_BUDGET, makeCounts, summed } from '../../src/build/dense/pyramid.ts';
import type { Row } from '../../src/build/dense/rows.ts';
import { readRows } from '../../src/build/dense/rows.ts';
import { loadStory } from '../../src/build/load.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { readColumns } from '../../src/dense/columns.ts';
import { fullEvent, thinEvent } from '../../src/dense/details.ts';
import { DENSE_STORY, makeStory } from '../bench/make.ts';
import { makeColumns } from './make.ts';

const folder = mkdtempSync(join(tmpdir(), 'unrest-map-make-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
makeStory(folder, { events: 20 });
const { story: source } = loadStory(join(folder, DENSE_STORY), folder);
if (!source) throw new Error('The generated story is not sound.');
const story = source;
const HEAD = 'id,title,layer,date,lng,lat,place,precision,says,status,who,source,collection';

function make(text: string, name = 'events.csv') {
  const file = join(folder, name);
  writeFileSync(file, text);
  return makeDense(file, story, stringsFor('en'), join(folder, 'cache'));
}

const eventsOf = (from: string) =>
  (JSON.parse(readFileSync(join(from, 'events/0.json'), 'utf8')) as object[]).map((d) => fullEvent(d as { readonly [key: string]: unknown }));

test.each([
  ['an id twice', 'a,T,protests,,,,,,,,,generator,', 'id'],
  ['an id with a space', 'b c,T,protests,,,,,,,,,generator,', 'id'],
  ['an unknown layer', 'b,T,parades,,,,,,,,,generator,', 'layer'],
  ['no title', 'b,,protests,,,,,,,,,generator,', 'title'],
  ['an unknown source', 'b,T,protests,,,,,,,,,nobody,', 'source'],
  ['an unknown status', 'b,T,protests,,,,,,,sure,,generator,', 'status'],
  ['a date that is none', 'b,T,protests,2021-13-01,,,,,,,,generator,', 'date'],
  ['a latitude without a longitude', 'b,T,protests,,,50,Here,,,,,generator,', 'lng'],
  ['a latitude beyond the poles', 'b,T,protests,,50,95,Here,,,,,generator,', 'lat'],
  ['a point without a name', 'b,T,protests,,50,45,,,,,,generator,', 'place'],
  ['a point for a whole country', 'b,T,protests,,50,45,Here,country,,,,generator,', 'precision'],
])('a row with %s is set aside with its line and column, and the others stay', (_, bad, column) => {
  const { files, issues, leftOut } = make(`${HEAD}\na,T,protests,,,,,,,,,generator,\n${bad}\nz,T,protests,,,,,,,,,generator,\n`);
  expect(issues).toHaveLength(1);
  expect(issues[0]).toMatchObject({ file: 'events.csv', line: 3, path: [column], severity: 'error' });
  expect(files.events).toBe(2);
  expect(leftOut).toBe(1);
});

test('a file without the columns that are needed says which', () => {
  expect(() => make('id,title\na,T\n')).toThrow('there is no layer, no source');
});

test('lines are counted over line breaks in quotes, and so are rows cut short', () => {
  const { issues } = make(`${HEAD}\na,"T\nover two",protests,,,,,,,,,generator,\nb,T\n`);
  expect(issues[0]).toMatchObject({ line: 4 });
});

test('lines of JSON are rows too', () => {
  const { from, files } = make(
    `{"id":"a","title":"T","layer":"protests","date":"2021-10-01","lng":50,"lat":45,"place":"Here","source":"generator"}\nno\n`,
    'events.ndjson',
  );
  expect(files).toMatchObject({ events: 1, placed: 1 });
  expect(eventsOf(from)[0]?.event).toMatchObject({ id: 'a', title: 'T', when: { words: '1 October 2021' } });
});

test('what is written piece by piece is what the details’ own writer would write', () => {
  const { from } = make(
    `${HEAD}\na,"A ""quoted"" title",protests,2021-10-01~,50,45,Здесь,facility,Words,retracted,Somebody,generator,context\nb,T,troops,,,,Somewhere,,,,,generator,\n`,
  );
  const raw = JSON.parse(readFileSync(join(from, 'events/0.json'), 'utf8')) as { readonly [key: string]: unknown }[];
  for (const data of raw) {
    const { event, place, at } = fullEvent(data);
    expect(thinEvent(event, place, at)).toEqual(data);
  }
  expect(eventsOf(from)[0]?.event).toMatchObject({
    title: 'A "quoted" title',
    collection: 'context',
    when: { about: true },
    claims: [{ by: 'Somebody', status: 'retracted', says: 'Words' }],
  });
  expect(eventsOf(from)[1]?.event).toMatchObject({ placeDetail: 'Somewhere', place: null, when: null, claims: [{ by: 'The generator', says: 'T' }] });
});

test('events are in order of start, then end, then as the file has them; undated ones last', () => {
  const rows = ['u,,', 'c,2021-10-02,', 'b,2021-10-01/2021-10-03,', 'a,2021-10-01,', 'd,2021-10-02,'].map((r) => {
    const [id, date] = r.split(',');
    return `${id},T,protests,${date},,,,,,,,generator,`;
  });
  const { from } = make(`${HEAD}\n${rows.join('\n')}\n`);
  expect(eventsOf(from).map((e) => e.event.id)).toEqual(['a', 'b', 'c', 'd', 'u']);
  expect(readColumns(new Uint8Array(readFileSync(join(from, 'columns.bin')))).undated).toBe(1);
});

test('a file longer than a block is read whole, whatever is in its quotes', () => {
  const file = join(folder, 'long.csv');
  const says = `"${'line\n'.repeat(200)}, with ""quotes"""`;
  writeFileSync(file, `${HEAD}\n${Array.from({ length: 12_000 }, (_, i) => `e${i},T,protests,,,,,,${says},,,generator,`).join('\n')}\n`);
  const ids: string[] = [];
  for (const read of readRows(file)) if ('row' in read) ids.push((read.row as Row).id);
  expect(ids).toHaveLength(12_000);
  expect(ids.at(-1)).toBe('e11999');
});

test('counts weigh no more than they may, and keep every event', () => {
  const columns = makeColumns({ rows: 300_000, places: 20_000, days: 365, layers: 5 });
  const counts = makeCounts(columns, 5);
  expect(gzipSync(counts).length).toBeLessThanOrEqual(COUNTS_BUDGET);
  expect(gunzipSync(gzipSync(counts)).length).toBe(counts.length);
  for (const byDay of [true, false]) expect(summed(columns, 4, byDay).weight?.reduce((a, b) => a + b, 0)).toBe(300_000);
});
