/** Tables of very many rows become dense stories. Most are short here, and made so with --rows: the way is the same. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import Papa from 'papaparse';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Duck, literal } from '../../src/build/dense/duck.ts';
import { rowIssues } from '../../src/build/dense/story.ts';
import { eachCsvRow } from '../../src/build/import/long-csv.ts';
import { RowsWriter } from '../../src/build/import/row-file.ts';
import { loadStory } from '../../src/build/load.ts';
import { readCsv } from '../../src/import/csv.ts';
import { Issues } from '../../src/import/issues.ts';
import { MOST_LISTED } from '../../src/import/limits.ts';
import { writeAcled } from '../bench/acled.ts';
import { emptyDataFolder, importTable } from '../fixtures/import.ts';
import { LONG, runs } from '../tried.ts';

vi.setConfig({ testTimeout: 60_000 });

let data = '';
let out: string[] = [];
let err: string[] = [];

beforeEach(() => {
  data = emptyDataFolder();
});

async function run(file: string, story = 'strike', ...flags: string[]): Promise<number> {
  const told = await importTable(data, file, ['--story', story, ...flags]);
  ({ out, err } = told);
  return told.code;
}

type Cells = { readonly [column: string]: string };
const rows = (story = 'strike') => Papa.parse<Cells>(readFileSync(join(data, story, 'events.csv'), 'utf8').trim(), { header: true }).data;
const file = (name: string) => join(data, 'strike', name);
const write = (name: string, text: string | Uint8Array) => writeFileSync(join(data, name), text);
const edit = (name: string, from: string, to: string) => {
  const text = readFileSync(file(name), 'utf8');
  if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
  writeFileSync(file(name), text.replace(from, to));
};
const files = () => Object.fromEntries(readdirSync(join(data, 'strike')).map((n) => [n, readFileSync(file(n), 'utf8')]));
const SHEET = 'id,title,date,place,country,type\na,Dockers stop work,2031-03-02,Almaty,KZ,strike\nb,Talks begin,2031-03-04,,,talks\n';

test('a table of more rows than a page can list becomes a dense story that is sound', async () => {
  writeAcled(join(data, 'many.csv'), MOST_LISTED + 1, { places: 300 });
  expect(await run('many.csv')).toBe(0);
  expect(out.join('\n')).toContain('1,001 added, 0 changed, 0 removed');
  const { story, issues } = loadStory(join(data, 'strike'), data);
  expect(issues.filter((i) => i.severity === 'error')).toEqual([]);
  expect(story?.events).toEqual([]);
  expect(story?.meta).toMatchObject({ timeZone: 'Asia/Almaty', extent: expect.stringMatching(/^2019-.*\/2024-/), article: 'acled' });
  expect(story?.meta.layers).toHaveLength(6);
  expect(story && (await rowIssues(join(data, 'strike'), story))).toEqual([]);
  expect(rows().map((r) => r.id)).toEqual(Array.from({ length: MOST_LISTED + 1 }, (_, i) => `KAZ${i + 1}`));
});

test.each([
  ['acled.csv', []],
  ['ucdp.csv', []],
  ['desk.csv', ['--dates', 'dmy']],
  ...(LONG
    ? ([
        ['timelinejs.csv', []],
        ['timemap.csv', []],
        ['points.csv', []],
        ['waypoints.gpx', []],
      ] as const)
    : []),
] as const)('rows say what the events of the same table say: %s', async (name, flags) => {
  const codes = [await run(name, 'strike', ...flags), await run(name, 'rows', '--rows', ...flags)];
  expect(codes).toEqual([0, 0]);
  const { story } = loadStory(join(data, 'strike'), data);
  const places = new Map(story?.places.map((p) => [p.id, p]));
  const language = story?.meta.language ?? '';
  expect(rows('rows').map(({ says, who, source, ...row }) => ({ ...row, says: (says || (row.title ?? '')).replace(/ \(\d+ .*\)$/, '') }))).toEqual(
    story?.events.map((event) => {
      const place = places.get(event.place ?? '');
      return {
        id: event.id,
        title: event.title[language],
        layer: event.layer,
        date: event.claims[0]?.time?.about ?? '',
        lng: String(place?.at?.[0] ?? ''),
        lat: String(place?.at?.[1] ?? ''),
        place: place?.name[language] ?? '',
        precision: !place || place.precision === 'city' ? '' : place.precision,
        says: event.claims[0]?.says[language],
        status: event.claims[0]?.status === 'reported' ? '' : event.claims[0]?.status,
        collection: '',
      };
    }),
  );
  const meta = (id: string) => {
    const { extent, bounds, layers, timeZone, language: of } = loadStory(join(data, id), data).story?.meta ?? {};
    return { extent, layers, timeZone, of, bounds: bounds?.map((b) => Math.round(b * 10)) };
  };
  expect(meta('rows')).toEqual(meta('strike'));
});

test.each(['acled-bad.csv', 'timelinejs-bad.csv', 'bad.csv'])('the same rows of %s are at fault, in the same words', async (name) => {
  const told = async (...flags: string[]) => {
    expect(await run(name, 'strike', '--format', 'json', ...flags)).toBe(1);
    return (JSON.parse(out.join('')) as { issues: { row: number | null; column: string | null; found: string; severity: string }[] }).issues
      .filter((i) => !i.found.startsWith('the same as'))
      .map((i) => [i.severity, i.row, i.column, i.found])
      .sort();
  };
  const short = await told();
  expect(await told('--rows')).toEqual(short);
  expect(existsSync(join(data, 'strike'))).toBe(false);
});

test('who said so and what was counted stay in a row’s words', async () => {
  await run('acled.csv', 'strike', '--rows');
  expect(rows()[1]).toMatchObject({ who: 'Example Wire; Sample Gazette', source: 'acled', says: expect.stringMatching(/ \(2 people reported killed\)$/) });
});

test('faults are counted all and named as far as anybody reads', async () => {
  write('many.csv', `id,title,date\n${Array.from({ length: 300 }, (_, i) => `e${i},Event,2031-02-${i === 7 ? '28' : `3${i}`}`).join('\n')}\n`);
  expect(await run('many.csv', 'strike', '--rows')).toBe(1);
  expect(err.filter((line) => line.includes(' error: '))).toHaveLength(51);
  expect(err.join('\n')).toContain('249 more than are named here');
  expect(err.join('\n')).toContain('299 errors, 0 warnings');
  expect(await run('many.csv', 'strike', '--rows', '--skip-errors')).toBe(1);
  expect(rows().map((r) => r.id)).toEqual(['e7']);
});

test('rows are written whole, however long their texts are and in whatever letters', () => {
  const path = join(data, 'written.csv');
  const writer = new RowsWriter(path);
  const row = {
    id: 'a',
    content: '',
    category: 0,
    publication: '',
    date: '2022-01-09',
    lng: '',
    lat: '',
    place: '',
    precision: '',
    status: 'reported',
    who: '',
  } as const;
  // Three bytes a letter, so that bytes and characters are not mistaken for each other; five million of them.
  const says = '말'.repeat(5000);
  for (let number = 0; number < 350; number++) writer.add({ ...row, number, title: `"${number}"`, says, collection: 'article' });
  writer.end();
  const lines = Array.from({ length: 350 }, (_, n) => `${n},"a","",0,"","""${n}""","2022-01-09",,,"",,"${says}",reported,"",article\n`);
  expect(readFileSync(path, 'utf8') === lines.join('')).toBe(true);
});

test('a repeated row is left out, another of its id is an error, and rows without ids are told apart by what they say', async () => {
  write('twins.csv', 'id,title,date\na,One,2031-03-02\na,One,2031-03-02\nb,Two,2031-03-02\n');
  expect(await run('twins.csv', 'strike', '--rows')).toBe(0);
  expect(err.join('\n')).toContain('row 3 warning: expected each event once, got the same as row 2');
  expect(rows().map((r) => r.id)).toEqual(['a', 'b']);
  write('taken.csv', 'id,title,date\na,One,2031-03-02\na,Other,2031-03-02\n');
  expect(await run('taken.csv', 'strike', '--rows')).toBe(1);
  expect(err.join('\n')).toContain('row 3, column "id" error: expected an id of its own');
  write('made.csv', 'title,date,text\nOne,2031-03-02,It began\nOne,2031-03-02,It ended\nTwo,2031-03-02,\nOne,2031-03-02,It began\n');
  expect([await run('made.csv', 'listed'), await run('made.csv', 'rows', '--rows')]).toEqual([0, 0]);
  expect(rows('rows').map((r) => r.id)).toEqual(loadStory(join(data, 'listed'), data).story?.events.map((e) => e.id));
});

describe('an import again', () => {
  beforeEach(async () => {
    write('sheet.csv', SHEET);
    await run('sheet.csv', 'strike', '--rows');
  });

  test('of the same table changes no byte', async () => {
    const before = files();
    expect(await run('sheet.csv')).toBe(0);
    expect(out.join('\n')).toContain('0 added, 0 changed, 0 removed, 0 kept as changed by hand. Nothing was written.');
    expect(files()).toEqual(before);
  });

  test('shows what was added, changed and removed, and keeps what is set by hand in story.json', async () => {
    edit('story.json', '"extent": "2031-03-02/2031-03-04"', '"extent": "2031-03-01/2031-03-31"');
    write('sheet.csv', 'id,title,date,place,country,type\nb,Talks begin,2031-03-05,,,talks\nc,Talks end,2031-03-09,,,talks\n');
    const before = files();
    expect(await run('sheet.csv', 'strike', '--dry-run')).toBe(0);
    expect(files()).toEqual(before);
    expect(await run('sheet.csv')).toBe(0);
    const text = out.join('\n');
    expect(text).toContain('~ b Talks begin: date "2031-03-04" → "2031-03-05"');
    expect(text).toContain('+ c Talks end');
    expect(text).toContain('- a Dockers stop work');
    expect(text).toContain('1 added, 1 changed, 1 removed');
    const { story } = loadStory(join(data, 'strike'), data);
    expect(story?.meta.extent).toBe('2031-03-01/2031-03-31');
    expect(story?.meta.layers.map((l) => l.id)).toEqual(['talks']);
  });

  test('does not write over rows that were changed by hand, unless that is asked for', async () => {
    edit('events.csv', 'Talks begin', 'Talks have begun');
    const before = files();
    expect(await run('sheet.csv')).toBe(1);
    expect(err.join('\n')).toContain('rows that were written or changed by hand');
    expect(files()).toEqual(before);
    expect(await run('sheet.csv', 'strike', '--overwrite')).toBe(0);
    expect(rows()[1]?.title).toBe('Talks begin');
  });

  test('leaves a row out that has an event of its own in events.json', async () => {
    await run('sheet.csv', 'listed');
    const event = (JSON.parse(readFileSync(join(data, 'listed/events.json'), 'utf8')) as { events: object[] }).events[1];
    edit('events.json', '"events": []', `"events": [${JSON.stringify({ ...event, title: { en: 'As we saw it' }, place: null })}]`);
    edit('speakers.json', '{', '{ "sheet-csv": { "name": { "en": "sheet.csv" }, "kind": "agency" },');
    expect(await run('sheet.csv')).toBe(0);
    expect(rows().map((r) => r.id)).toEqual(['a']);
    const { story, issues } = loadStory(join(data, 'strike'), data);
    expect(issues.filter((i) => i.severity === 'error')).toEqual([]);
    expect(story?.events.map((e) => e.title.en)).toEqual(['As we saw it']);
    expect(out.join('\n')).toContain('1 rows have events of their ids in events.json');
    expect(await run('sheet.csv', 'strike', '--overwrite')).toBe(0);
    expect(rows().map((r) => r.id)).toEqual(['a', 'b']);
    expect(loadStory(join(data, 'strike'), data).story?.events).toEqual([]);
  });

  test('with a day out of all time is told, where the story’s days are set by hand', async () => {
    edit('story.json', '"extent": "2031-03-02/2031-03-04"', '"extent": "2031-03-01/2031-03-31"');
    write('sheet.csv', SHEET.replace('2031-03-04', '1931-03-04'));
    expect(await run('sheet.csv')).toBe(1);
    expect(err.join('\n')).toContain('days within 20 years of the story');
  });
});

test('a story whose table has grown past a list becomes rows; what was changed by hand stays an event', async () => {
  write('sheet.csv', SHEET);
  await run('sheet.csv');
  edit('events.json', '"Dockers stop work"\n      },\n      "related"', '"A strike at the port"\n      },\n      "related"');
  expect(await run('sheet.csv', 'strike', '--rows')).toBe(0);
  const { story, issues } = loadStory(join(data, 'strike'), data);
  expect(issues.filter((i) => i.severity === 'error')).toEqual([]);
  expect(story?.events.map((e) => e.title.en)).toEqual(['A strike at the port']);
  expect(rows().map((r) => r.id)).toEqual(['b']);
});

test.runIf(LONG)('a story with more events than a page can list is told so, with the command that makes rows of them', async () => {
  write('sheet.csv', SHEET);
  await run('sheet.csv');
  const { events } = JSON.parse(readFileSync(file('events.json'), 'utf8')) as { events: { id: string; claims: object[] }[] };
  const many = Array.from({ length: MOST_LISTED + 1 }, (_, i) => ({ ...events[0], id: `e${i}`, claims: [{ ...events[0]?.claims[0], id: `c${i}` }] }));
  writeFileSync(file('events.json'), JSON.stringify({ events: many }));
  const { issues } = loadStory(join(data, 'strike'), data);
  expect(issues).toMatchObject([{ severity: 'warning', file: 'events.json', remedy: expect.stringContaining('npm run import -- TABLE --story strike') }]);
});

test('a Parquet file is a table too', async () => {
  const duck = await Duck.open(data);
  await duck.run(
    `COPY (SELECT 'a' AS id, 'Dockers stop work' AS title, DATE '2031-03-02' AS date, 43.25 AS lat, 76.9 AS lng, 'Almaty' AS place UNION ALL SELECT 'b', 'Talks', DATE '2031-03-04', NULL, NULL, NULL) TO ${literal(join(data, 'sheet.parquet'))} (FORMAT parquet)`,
  );
  duck.close();
  expect(await run('sheet.parquet')).toBe(0);
  expect(loadStory(join(data, 'strike'), data).story?.events.map((e) => [e.id, e.claims[0]?.time?.about, e.place])).toEqual([
    ['a', '2031-03-02', 'almaty'],
    ['b', '2031-03-04', null],
  ]);
});

describe('a long CSV file is read as a short one is', () => {
  const read = async (bytes: Uint8Array, piece: number) => {
    write('piece.csv', bytes);
    const issues = new Issues();
    const all: unknown[] = [];
    await eachCsvRow(
      join(data, 'piece.csv'),
      [0, 1, 2],
      issues,
      (row) => all.push([row.number, ...row.cells]),
      () => undefined,
      piece,
    );
    return { rows: all, issues: issues.list().map((i) => [i.row, i.found]) };
  };
  const short = (bytes: Uint8Array) => {
    const { table, issues } = readCsv('piece.csv', bytes);
    return { rows: (table?.rows ?? []).map((row) => [row.number, ...row.cells]), issues: issues.map((i) => [i.row, i.found]) };
  };

  test('wherever it is cut, with whatever ends its lines', async () => {
    const cell = fc.constantFrom('', 'a', 'Ақтау', '"two\nlines"', '"a ""mark"""', '  ', '😀', '"c,d"');
    const line = fc.array(cell, { minLength: 3, maxLength: 3 }).map((cells) => cells.join(','));
    const text = fc
      .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r', '\n\n')), { maxLength: 12 })
      .map((lines) => `id,title,text\n${lines.flat().join('')}`);
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (content, piece, wide) => {
        const bytes = wide ? Buffer.from(`\ufeff${content}`, 'utf16le') : Buffer.from(content);
        expect(await read(bytes, wide ? piece + 2 : piece + 3)).toEqual(short(bytes));
      }),
      runs(40, 2000),
    );
  });

  test('and an open quotation mark costs no more than a piece of it', async () => {
    const { rows: sound, issues } = await read(Buffer.from(`id,title,text\na,One,\nb,"Two,\n${'c,Three,\n'.repeat(1_200_000)}`), 2 ** 20);
    expect(sound).toEqual([[2, ['id', 'a'], ['title', 'One']]]);
    expect(issues).toEqual([[3, 'one that is left open or stands alone']]);
  });

  test('and what is no text is said so', async () => {
    expect((await read(Buffer.concat([Buffer.from('id,title,text\n'), Buffer.from([0xff, 0xfe, 0x80])]), 8)).issues).toEqual([
      [null, 'bytes that are not UTF-8'],
    ]);
  });
});
