/** From rows to dense files: what is wrong with a row is said, and the others stay. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { afterAll, describe, expect, test, vi } from 'vitest';
import '../../src/core/strings/all.ts';
import { writeDownload } from '../../src/build/dense/download.ts';
import { Duck } from '../../src/build/dense/duck.ts';
import { makeDense } from '../../src/build/dense/make.ts';
import { COUNTS_BUDGET, countsFrom, levelOf, makePyramid } from '../../src/build/dense/pyramid.ts';
import { rowIssues } from '../../src/build/dense/story.ts';
import { loadStory } from '../../src/build/load.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import type { Columns } from '../../src/dense/columns.ts';
import { readColumns } from '../../src/dense/columns.ts';
import { readCounts } from '../../src/dense/counts.ts';
import { EVENTS_A_FILE, EventLines, fullEvent, thinEvent } from '../../src/dense/details.ts';
import { DENSE_STORY, makeStory } from '../bench/make.ts';
import { makeColumns } from './make.ts';
import { summed } from './summed.ts';

// A database on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'unrest-map-make-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
makeStory(folder, { events: 20 });
const { story: source } = loadStory(join(folder, DENSE_STORY), folder);
if (!source) throw new Error('The generated story is not sound.');
const story = source;
const HEAD = 'id,title,layer,date,lng,lat,place,precision,says,status,who,source,collection';

function make(text: string | Uint8Array, name = 'events.csv', threads?: number) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return makeDense(file, story, stringsFor('en'), join(folder, `cache-${threads ?? ''}`), undefined, threads);
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
])('a row with %s is set aside with its line and column, and the others stay', async (_, bad, column) => {
  const { files, issues, leftOut } = await make(`${HEAD}\na,T,protests,,,,,,,,,generator,\n${bad}\nz,T,protests,,,,,,,,,generator,\n`);
  expect(issues).toHaveLength(1);
  expect(issues[0]).toMatchObject({ file: 'events.csv', line: 3, path: [column], severity: 'error' });
  expect(files.events).toBe(2);
  expect(leftOut).toBe(1);
});

test('a row that asks to be kept back is in no file, as CSV and as JSON; one that says it may be published is', async () => {
  const head = `${HEAD},draft,publishPrecision`;
  const csv = `${head}\na,T,protests,,,,,,,,,generator,,false,\nb,Secret,protests,,,,,,,,,generator,,TRUE,\nc,Secret,protests,,68.1379,49.7319,Informant,,,,,generator,,,20\n`;
  const row = { title: 'Secret', layer: 'protests', lng: 68.1379, lat: 49.7319, place: 'Informant', source: 'generator' };
  const lines = [
    { id: 'a', ...row, title: 'T', lng: null, lat: null, place: null, draft: false, publishPrecision: null },
    { id: 'b', ...row, draft: true },
    { id: 'c', ...row, publishPrecision: 20 },
  ];
  for (const [name, text] of [
    ['events.csv', csv],
    ['events.ndjson', lines.map((l) => JSON.stringify(l)).join('\n')],
  ] as const) {
    const { from, files, issues } = await make(text, name);
    expect(issues.map((i) => i.path[0])).toEqual(['draft', 'publishPrecision']);
    expect(files.events).toBe(1);
    for (const entry of readdirSync(from, { recursive: true, withFileTypes: true }).filter((e) => e.isFile() && e.name !== 'build.json'))
      expect(readFileSync(join(entry.parentPath, entry.name), 'utf8'), entry.name).not.toMatch(/Secret|secret|Informant|informant|68\.13|49\.73/);
  }
});

test('a file without the columns that are needed says which', async () => {
  await expect(make('id,title\na,T\n')).rejects.toThrow('there is no layer, no source');
});

test('lines are counted over line breaks in quotes, and so are rows cut short', async () => {
  const { issues } = await make(`${HEAD}\na,"T\nover two",protests,,,,,,,,,generator,\nb,T\n`);
  expect(issues[0]).toMatchObject({ line: 4 });
});

test('lines of JSON are rows too', async () => {
  const { from, files } = await make(
    `{"id":"a","title":"T","layer":"protests","date":"2021-10-01","lng":50,"lat":45,"place":"Here","source":"generator"}\nno\n`,
    'events.ndjson',
  );
  expect(files).toMatchObject({ events: 1, placed: 1 });
  expect(eventsOf(from)[0]?.event).toMatchObject({ id: 'a', title: 'T', when: { words: '1 October 2021' } });
});

test('what is written piece by piece is what the details’ own writer would write', async () => {
  const { from } = await make(
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

test('events are in order of start, then end, then as the file has them; undated ones last', async () => {
  const rows = ['u,,', 'c,2021-10-02,', 'b,2021-10-01/2021-10-03,', 'a,2021-10-01,', 'd,2021-10-02,'].map((r) => {
    const [id, date] = r.split(',');
    return `${id},T,protests,${date},,,,,,,,generator,`;
  });
  const { from } = await make(`${HEAD}\n${rows.join('\n')}\n`);
  expect(eventsOf(from).map((e) => e.event.id)).toEqual(['a', 'b', 'c', 'd', 'u']);
  expect(readColumns(new Uint8Array(readFileSync(join(from, 'columns.bin')))).undated).toBe(1);
});

test('lines are told over blank ones, breaks in quotes and whatever ends them, in files of any length', async () => {
  const says = `"${'line\n'.repeat(200)}, with ""quotes"""`;
  const rows = Array.from({ length: 12_000 }, (_, i) => `e${i},T,protests,,,,,,${says},,,generator,`);
  rows.splice(6000, 0, '', 'bad1,T,parades,,,,,,,,,generator,', 'short,row');
  const { files, issues } = await make(`${HEAD}\n${rows.join('\n')}\nbad2,T,parades,,,,,,,,,generator,`);
  expect(files.events).toBe(12_000);
  const before = 2 + 6000 * 201;
  expect(issues.map((i) => i.line)).toEqual([before + 1, before + 2, before + 3 + 6000 * 201]);
  const mixed = await make(`${HEAD}\r\na,T,protests,,,,,,,,,generator,\n\r\nb,T,parades,,,,,,,,,generator,\r\n`);
  expect(mixed.issues[0]).toMatchObject({ line: 4, path: ['layer'] });
});

test('a quotation mark that nobody closed costs its own row, and the rows behind it stay', async () => {
  const row = (id: string) => `${id},T,protests,,,,,,,,,generator,`;
  const { files, issues } = await make(
    [HEAD, row('a'), 'b,"T,protests,,,,,,,,,generator,', row('c'), row('d'), 'e,T,parades,,,,,,,,,generator,', ''].join('\n'),
  );
  expect(files.events).toBe(3);
  expect(issues).toMatchObject([
    { line: 3, path: [], expected: 'each quotation mark to be closed' },
    { line: 6, path: ['layer'] },
  ]);
});

test('bytes that are no UTF-8 cost their row', async () => {
  const [first, second] = [`${HEAD}\na,T`, ',protests,,,,,,,,,generator,\nb,T,protests,,,,,,,,,generator,\n'];
  const { files, issues } = await make(Buffer.concat([Buffer.from(first), Buffer.from([0xff]), Buffer.from(second)]));
  expect(files.events).toBe(1);
  expect(issues).toMatchObject([{ line: 2, expected: 'UTF-8' }]);
});

test('the first faults are named and the rest are counted', async () => {
  const { issues, leftOut } = await make(`${HEAD}\n${Array.from({ length: 50 }, (_, i) => `b${i},T,parades,,,,,,,,,generator,`).join('\n')}\n`);
  expect(leftOut).toBe(50);
  expect(issues).toHaveLength(21);
  expect(issues.at(-1)?.found).toContain('50');
});

test('what nobody sees in a text is left out, and a date far from the story’s is no date of it', async () => {
  const { from, issues } = await make(`${HEAD}\na,A\u202e rally ,protests,,,,,,,,,generator,\nb,T,protests,2201-10-01,,,,,,,,generator,\n`);
  expect(eventsOf(from)[0]?.event.title).toBe('A rally');
  expect(issues).toMatchObject([{ line: 3, path: ['date'] }]);
});

test('a Parquet file is rows too, with dates and numbers of its own types', async () => {
  const file = join(folder, 'made.parquet');
  const duck = await Duck.open(folder);
  await duck.run(
    `COPY (SELECT 'a' AS id, 'T' AS title, 'protests' AS layer, 'generator' AS source, DATE '2021-10-01' AS date, 50.5 AS lng, 45.25 AS lat, 'Here' AS place
       UNION ALL SELECT 'b', 'T', 'parades', 'generator', DATE '2021-10-02', NULL, NULL, NULL) TO '${file}' (FORMAT parquet)`,
  );
  duck.close();
  const { from, files, issues } = await make(readFileSync(file), 'events.parquet');
  expect(files).toMatchObject({ events: 1, placed: 1 });
  expect(eventsOf(from)[0]).toMatchObject({ event: { when: { words: '1 October 2021' } }, place: { name: 'Here', at: [50.5, 45.25] } });
  expect(issues).toMatchObject([{ file: 'events.parquet', line: 2, path: ['layer'] }]);
});

test('the download is CSV as RFC 4180 has it, and nothing in it runs in a spreadsheet', async () => {
  const { from, files } = await make(
    `${HEAD}\na,"=1+1, ""quoted""\nover two",protests,,-12.5,45,@Here,,+49,,＝cmd,generator,\nno,T,parades,,,,,,,,,generator,\nb,T,protests,2021-10-01,,,,,,,,generator,\n`,
  );
  expect(files.download).toMatch(/^dense-\w+\/all-events\.csv$/);
  const text = readFileSync(join(from, 'all-events.csv'), 'utf8');
  expect(text.startsWith('\ufeff"id",')).toBe(true);
  expect(text.replace(/"(?:[^"]|"")*"/g, '').match(/[^\r]\n|\r[^\n]/)).toBeNull();
  const { data, errors, meta } = Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true });
  expect([errors, meta.linebreak]).toEqual([[], '\r\n']);
  expect(data).toMatchObject([
    { id: 'a', title: '\'=1+1, "quoted"\nover two', place: "'@Here", says: "'+49", who: "'＝cmd", lng: '-12.5', licence: 'Public domain' },
    { id: 'b', status: 'reported', says: 'T', who: 'The generator', publisher: 'The generator', date: '2021-10-01', precision: 'none' },
  ]);
});

test('files are the same whatever the number of threads, and an id of events.json is taken', async () => {
  makeStory(folder, { events: 30_000, seed: 5 });
  const rows = join(folder, DENSE_STORY);
  const text = readFileSync(join(rows, 'events.csv'));
  const [one, four] = [await make(text, 'events.csv', 1), await make(text, 'events.csv', 4)];
  for (const name of ['columns.bin', 'counts.bin', 'all-events.csv', 'events/77.json', 'places/1.json', 'ids/3.json'])
    expect(readFileSync(join(one.from, name)).equals(readFileSync(join(four.from, name)))).toBe(true);
  const files = readdirSync(join(one.from, 'events')).length;
  expect(files).toBe(Math.ceil(30_000 / EVENTS_A_FILE));
  for (let n = 0; n < files; n++) {
    const written = readFileSync(join(one.from, `events/${n}.json`));
    const all = JSON.parse(written.toString()) as { readonly [key: string]: unknown }[];
    expect(all).toHaveLength(Math.min(EVENTS_A_FILE, 30_000 - n * EVENTS_A_FILE));
    const lines = new EventLines(new Uint8Array(written).buffer);
    for (const [i, data] of all.entries()) if (i % 50 === 0) expect(lines.at(i)).toEqual(fullEvent(data));
  }
  const events = [{ id: 'e7' }] as unknown as typeof story.events;
  expect(await rowIssues(rows, { ...story, events })).toMatchObject([{ line: 8, path: ['id'] }]);
});

test('the download has its rows in their order, however many threads write it', async () => {
  const duck = await Duck.open(folder, 4);
  try {
    await duck.script('macros.sql');
    // Enough for several threads to have parts of it. The last statement stands for rows that were at fault.
    await duck.run(
      `CREATE TABLE publications AS SELECT 'generator' AS id, 'The "generator"' AS publisher;
       CREATE TABLE given_rows AS SELECT CAST(i AS VARCHAR) AS id, 'T' AS title, 'protests' AS layer, 'generator' AS source,
         ${['date', 'lng', 'lat', 'place', 'precision', 'says', 'status', 'who', 'collection'].map((c) => `'' AS ${c}`).join(', ')} FROM range(500000) t(i);
       CREATE VIEW given AS SELECT rowid AS n, * FROM given_rows;
       DELETE FROM given_rows WHERE rowid % 1000 = 7`,
    );
    const path = join(folder, 'download.csv');
    await writeDownload(duck, path, story.meta, 'en');
    const lines = readFileSync(path, 'utf8').split('\r\n').slice(1, -1);
    expect(lines).toHaveLength(499_500);
    expect(lines[0]).toContain('"T","The ""generator""","generator","The ""generator""",');
    expect(lines.findIndex((line, i) => Number(/^"(\d+)"/.exec(line)?.[1]) !== i + Math.floor((i + 992) / 999))).toBe(-1);
  } finally {
    duck.close();
  }
});

describe('the pyramid of counts', () => {
  /** The columns' events as the SQL asks for them. */
  async function into(duck: Duck, c: Columns): Promise<void> {
    const rows = function* (): Generator<(number | null)[]> {
      let day = 0;
      for (let i = 0; i < c.rows; i++) {
        while (day < c.days && (c.dayStart[day + 1] as number) <= i) day++;
        const dated = i < c.rows - c.undated;
        const place = c.place[i] as number;
        const kind = c.kinds[c.kind[i] as number];
        if (!kind) throw new Error('Every row has a kind.');
        yield [
          place === 0 ? null : (c.placeX[place - 1] as number),
          place === 0 ? null : (c.placeY[place - 1] as number),
          dated ? c.baseDay + day : null,
          dated ? c.baseDay + (c.lastDay[i] as number) : null,
          kind.layer,
          kind.statuses,
          Number(kind.context),
          kind.dating,
        ];
      }
    };
    const names = ['x', 'y', 'first_day', 'last_day', 'layer', 'statuses', 'context', 'dating'];
    await duck.fill('events', Object.fromEntries(names.map((n) => [n, 'INTEGER' as const])), rows());
  }

  test.each([1, 2, 3])('is the same by SQL and by arrays (seed %i)', async (seed) => {
    const columns = makeColumns({ rows: 8_000, places: 200, days: 90, layers: 4, seed });
    const duck = await Duck.open(folder);
    await into(duck, columns);
    await makePyramid(duck, 7);
    for (const zoom of [1, 4, 7])
      for (const byDay of [true, false]) expect(await levelOf(duck, zoom, byDay, columns.kinds, columns)).toEqual(summed(columns, zoom, byDay));
    duck.close();
  });

  test('weighs no more than it may as a file, and keeps every event', async () => {
    const columns = makeColumns({ rows: 200_000, places: 20_000, days: 365, layers: 5 });
    const duck = await Duck.open(folder);
    await into(duck, columns);
    await makePyramid(duck, 6);
    const { bytes } = await countsFrom(duck, columns.kinds, columns);
    duck.close();
    expect(gzipSync(bytes).length).toBeLessThanOrEqual(COUNTS_BUDGET);
    const { whole, daily } = readCounts(bytes);
    for (const { weight } of [whole, daily]) expect(weight?.reduce((a, b) => a + b, 0)).toBe(200_000);
    expect(daily.days).toBe(365);
  });
});
