/** The import command on a data folder of its own. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { runImport } from '../../src/build/import/command.ts';
import { loadStory } from '../../src/build/load.ts';
import { emptyDataFolder, importTable } from '../fixtures/import.ts';
import { editedStory } from '../fixtures/stories.ts';
import { TABLES } from '../fixtures/tables.ts';
import { workbook } from '../fixtures/workbook.ts';

vi.setConfig({ testTimeout: 30_000 });

let data = '';
let out: string[] = [];
let err: string[] = [];

beforeEach(() => {
  data = emptyDataFolder();
});

/** Run the command on a file of the fixtures, or on one of the test's own. */
async function run(file: string, ...flags: string[]): Promise<number> {
  const told = await importTable(data, file, ['--story', 'strike', ...flags]);
  ({ out, err } = told);
  return told.code;
}

const story = (name: string) => join(data, 'strike', name);
const edit = (name: string, from: string, to: string) => {
  const text = readFileSync(story(name), 'utf8');
  if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
  writeFileSync(story(name), text.replace(from, to));
};
const write = (name: string, text: string) => {
  writeFileSync(join(data, name), text);
};
const files = () => Object.fromEntries(readdirSync(join(data, 'strike')).map((n) => [n, readFileSync(story(n), 'utf8')]));
const SHEET = 'id,title,date,place,country\na,Dockers stop work,2031-03-02,Almaty,KZ\nb,Talks begin,2031-03-04,,\n';

describe('a new story', () => {
  test.each(['acled.csv', 'ucdp.csv', 'timemap.csv', 'timelinejs.csv', 'waypoints.gpx'])('of %s is sound', async (name) => {
    expect(await run(name)).toBe(0);
    const loaded = loadStory(join(data, 'strike'), data);
    expect(loaded.issues.filter((i) => i.severity === 'error')).toEqual([]);
    expect(loaded.story?.events.length).toBeGreaterThan(1);
  });

  test('has the table’s days, zone and language', async () => {
    expect(await run('desk.csv', '--dates', 'dmy')).toBe(0);
    expect(loadStory(join(data, 'strike'), data).story?.meta).toMatchObject({
      language: 'ru',
      timeZone: 'Asia/Aqtau',
      extent: '2031-03-02/2031-03-16',
      asOf: '2031-03-16',
    });
  });
});

test('a dry run shows the diff and writes nothing', async () => {
  write('sheet.csv', SHEET);
  expect(await run('sheet.csv', '--dry-run')).toBe(0);
  expect(out.join('\n')).toContain('+ events a Dockers stop work');
  expect(readdirSync(data).sort()).toEqual(['basemap', 'gazetteer', 'sheet.csv']);
});

test('one error, and nothing is written; the sound rows are if that is asked for', async () => {
  expect(await run('acled-bad.csv')).toBe(1);
  expect(existsSync(join(data, 'strike'))).toBe(false);
  expect(err.filter((line) => line.includes(' error: '))).toHaveLength(6);
  expect(await run('acled-bad.csv', '--skip-errors')).toBe(1);
  expect(loadStory(join(data, 'strike'), data).story?.events).toHaveLength(2);
});

describe('an import again', () => {
  beforeEach(async () => {
    write('sheet.csv', SHEET);
    await run('sheet.csv');
  });

  test('of the same table changes no byte', async () => {
    const before = files();
    expect(await run('sheet.csv')).toBe(0);
    expect(out.join('\n')).toContain('0 added, 0 changed, 0 removed');
    expect(files()).toEqual(before);
  });

  test('shows what was added, changed and removed, member by member', async () => {
    write('sheet.csv', 'id,title,date,place,country\nb,Talks begin,2031-03-05,,\nc,Talks end,2031-03-09,,\n');
    expect(await run('sheet.csv')).toBe(0);
    const text = out.join('\n');
    expect(text).toContain('~ events b Talks begin: claims[0].time.about "2031-03-04" → "2031-03-05"');
    expect(text).toContain('+ events c Talks end');
    expect(text).toContain('- events a Dockers stop work');
    expect(text).toContain('- places almaty');
    expect(loadStory(join(data, 'strike'), data).story?.meta.extent).toBe('2031-03-05/2031-03-09');
  });

  test('keeps what was changed by hand, and says where the table has changed too', async () => {
    edit('events.json', '"Dockers stop work"\n      },\n      "related"', '"A strike at the port"\n      },\n      "related"');
    edit('story.json', '"extent": "2031-03-02/2031-03-04"', '"extent": "2031-03-01/2031-03-31"');
    write('sheet.csv', SHEET.replace('2031-03-02', '2031-03-03').replace('Talks begin', 'Talks have begun'));
    expect(await run('sheet.csv')).toBe(0);
    expect(out.join('\n')).toContain('! events a');
    const { meta, events } = loadStory(join(data, 'strike'), data).story ?? {};
    expect(meta?.extent).toBe('2031-03-01/2031-03-31');
    expect(events?.map((e) => e.title.en)).toEqual(['A strike at the port', 'Talks have begun']);
  });

  test('leaves the lines of what it does not change as an editor wrote them', async () => {
    edit('story.json', '"title": {\n    "en": "Sheet"\n  }', '"title": { "en": "The strike" }');
    write('sheet.csv', `${SHEET}c,Talks end,2031-03-04,,\n`);
    expect(await run('sheet.csv')).toBe(0);
    expect(readFileSync(story('story.json'), 'utf8')).toContain('"title": { "en": "The strike" }');
  });
});

test('a story written by hand gains the rows, keeps its lines, and its place is found by an alias', async () => {
  cpSync(editedStory([]), join(data, 'strike'), { recursive: true });
  edit('story.json', '"id": "harbour"', '"id": "strike"');
  const before = readFileSync(story('events.json'), 'utf8');
  const [place] = (
    JSON.parse(readFileSync(story('places.geojson'), 'utf8')) as { features: { id: string; geometry: unknown; properties: { name: Record<string, string> } }[] }
  ).features.filter((f) => f.geometry);
  write('sheet.csv', `id,title,date,place\nrow-1,One more,2021-03-02,${Object.values(place?.properties.name ?? {})[0]}\n`);
  expect(await run('sheet.csv')).toBe(0);
  const after = readFileSync(story('events.json'), 'utf8');
  const first = before.indexOf('{', before.indexOf('"events"'));
  expect(after).toContain(before.slice(first, before.indexOf('"claims"', first)));
  expect(loadStory(join(data, 'strike'), data).story?.events.find((e) => e.id === 'row-1')?.place).toBe(place?.id);
});

test('an import that would break what is written by hand is not written at all', async () => {
  write('sheet.csv', SHEET);
  await run('sheet.csv');
  edit('story.json', '"changes": []', '"changes": [{ "date": "2031-03-09", "event": "a", "note": { "en": "Why." } }]');
  const before = files();
  write('sheet.csv', SHEET.replace(/a,.*\n/, ''));
  expect(await run('sheet.csv')).toBe(1);
  expect(err.join('\n')).toContain('the id of an event, or null');
  expect(files()).toEqual(before);
  expect(readdirSync(data).filter((n) => n.includes('.'))).toEqual(['sheet.csv']);
});

test('an event of the same id that was written by hand is not taken over', async () => {
  write('sheet.csv', SHEET);
  await run('sheet.csv');
  write('second.csv', 'id,title,date\na,Another table’s row,2031-03-03\n');
  expect(await run('second.csv', '--source', 'second')).toBe(1);
  expect(err.join('\n')).toContain('"a", which is an event that this table did not bring');
});

test('choices are kept in import.json, and read again without flags', async () => {
  write('sheet.csv', 'id,what,when\na,Dockers stop work,03/04/2031\n');
  expect(await run('sheet.csv', '--dates', 'dmy', '--column', 'title=what', '--save')).toBe(0);
  expect(JSON.parse(readFileSync(story('import.json'), 'utf8'))).toEqual({ columns: { title: 'what' }, dates: 'dmy' });
  write('sheet.csv', 'id,what,when\na,Dockers stop work,05/04/2031\n');
  expect(await run('sheet.csv')).toBe(0);
  expect(loadStory(join(data, 'strike'), data).story?.events[0]?.claims[0]?.time?.about).toBe('2031-04-05');
});

test('a workbook is read: days, numbers, an empty first line', async () => {
  write('sheet.xlsx', '');
  writeFileSync(join(data, 'sheet.xlsx'), workbook());
  expect(await run('sheet.xlsx')).toBe(0);
  const loaded = loadStory(join(data, 'strike'), data).story;
  expect(loaded?.events.map((e) => [e.id, e.claims[0]?.time?.about])).toEqual([['7', '2031-03-02']]);
  expect(loaded?.places[0]?.at).toEqual([76.8897, 43.2389]);
});

test('for tools there is JSON with every change and every issue', async () => {
  expect(await run('acled-bad.csv', '--format', 'json')).toBe(1);
  const report = JSON.parse(out.join('')) as { set: string; written: boolean; issues: { row: number; column: string; value: string; remedy: string }[] };
  expect(report).toMatchObject({ set: 'acled', written: false });
  expect(report.issues.find((i) => i.row === 3)).toMatchObject({ column: 'event_date', value: '30 February 2031', remedy: expect.any(String) });
});

describe('wrong use is told with the usage and exit code 2', () => {
  test.each([
    ['--dates', 'ymd'],
    ['--column', 'lat'],
    ['--country', 'Nowhere'],
    ['--colour', 'red'],
    ['--columns', 'gdelt'],
  ])('%s %s', async (flag, value) => {
    expect(await run('acled.csv', flag, value)).toBe(2);
    expect(err.join('\n')).toContain('Usage:');
  });

  test('no story', async () => {
    mkdirSync(join(data, 'x'));
    expect(await runImport([join(TABLES, 'acled.csv')], data, { out: () => undefined, err: () => undefined, progress: null, today: '2031-04-01' })).toBe(2);
  });
});
