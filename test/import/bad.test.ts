import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/import/csv.ts';
import { draftOf } from '../../src/import/draft.ts';
import { readGeoJson } from '../../src/import/geojson.ts';
import { tableIssueText } from '../../src/import/report.ts';
import { draftFrom, faults, optionsWith, tableFrom } from '../fixtures/tables.ts';

describe('every bad row is named with its column, all at once', () => {
  test.each([
    ['acled-bad.csv', ['3 event_date', '4 geo_precision', '5 longitude', '6 fatalities', '7 event_id_cnty', '9 latitude']],
    ['ucdp-bad.csv', ['2 where_prec', '3 date_prec', '4 country', '5 latitude']],
    ['timemap-bad.csv', ['2 date', '3 time']],
    ['timelinejs-bad.csv', ['2 Year', '3 End Year', '4 Media', '5 Headline']],
    ['bad.csv', ['12 -', '2 date', '3 date', '4 date', '5 place', '6 place', '7 lat', '8 url', '9 status', '10 lat', '11 title']],
  ])('%s', async (name, expected) => {
    expect(faults((await draftFrom(name)).issues)).toEqual(expected);
  });
});

test('a row with an error is no event, the others are', async () => {
  const { events } = await draftFrom('acled-bad.csv');
  expect(events.map((e) => e.id)).toEqual(['KAZ9001', 'KAZ9006']);
});

test('exchanged numbers in a named country and an exact repetition are warnings with a suggestion', async () => {
  const { issues } = await draftFrom('acled-bad.csv');
  expect(faults(issues, 'warning')).toEqual(['8 latitude', '10 -']);
  expect(issues.find((i) => i.row === 8)?.remedy).toBe('They look swapped: latitude 43.6481, longitude 51.1722 lies in KZ.');
  expect(issues.find((i) => i.row === 10)?.found).toBe('the same as row 2, cell by cell');
});

test('a point outside the country that its row names is told with the nearest town', async () => {
  const { issues } = await draftFrom('points.csv');
  expect(issues.map((i) => [i.row, i.found])).toEqual([
    [7, 'latitude 76.89, longitude 43.24, with no town for hundreds of kilometres around'],
    [8, 'latitude 48.86, longitude 2.35, whose nearest town is Paris (FR)'],
  ]);
});

test('without a named country, a point far from all others is a warning', () => {
  const rows = [43.24, 43.3, 43.2, 43.35, 43.22].map((lat, i) => [`p${i}`, 'One of many', String(lat), '76.9']);
  const table = tableFrom([['id', 'title', 'lat', 'lng'], ...rows, ['far', 'Alone', '48.86', '2.35']]);
  expect(faults(draftOf(table, optionsWith()).issues, 'warning')).toEqual(['7 lat']);
});

test('a name that several places have is never guessed: all are listed, and a number or a country decides', () => {
  const table = tableFrom([
    ['id', 'title', 'place', 'country'],
    ['1', 'Somewhere', 'Aktau', 'Kazakhstan'],
  ]);
  const [issue] = draftOf(table, optionsWith()).issues;
  expect(issue?.found).toMatch(/^"Aktau", which 3 have: .*147,443 people \(610612\); .*\(1526601\); .*\(1526269\)$/);
  expect(draftOf(table, optionsWith({ places: new Map([['Aktau', 1526269]]) })).places[0]?.geometry?.coordinates).toEqual([73.0666, 50.2347]);
});

test('an error reads: where, what was expected, what was found, what to do', async () => {
  const draft = await draftFrom('bad.csv');
  const issue = draft.issues.find((i) => i.row === 2);
  expect(issue && tableIssueText({ file: 'bad.csv', unit: 'row' }, issue)).toBe(
    'bad.csv, row 2, column "date" error: expected a date that reads one way only, got "03/04/2031". Say --dates dmy for 2031-04-03, --dates mdy for 2031-03-04; or write it so in the sheet.',
  );
});

test('a table with nothing to tell is an error that says how to name a column', () => {
  const { issues, events } = draftOf(
    tableFrom([
      ['a', 'b'],
      ['1', '2'],
    ]),
    optionsWith(),
  );
  expect(events).toEqual([]);
  expect(issues[0]?.remedy).toContain('--column title=NAME');
});

describe('a file that is no table is refused with a remedy', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  test.each([
    ['', 'an empty file'],
    ['<!doctype html><html>', 'a web page'],
    ['\n,,\n', 'none'],
  ])('CSV %j', (text, found) => {
    expect(readCsv('x.csv', bytes(text))).toMatchObject({ table: null, issues: [{ found }] });
  });

  test('CSV in an encoding that nobody can tell', () => {
    expect(readCsv('x.csv', new Uint8Array([0xc7, 0xe0, 0x0a]))).toMatchObject({ table: null, issues: [{ expected: 'UTF-8 text' }] });
  });

  test.each(['{', '{"type":"Topology"}', '[]', 'null'])('GeoJSON %j', (text) => {
    expect(readGeoJson('x.geojson', bytes(text))).toMatchObject({ table: null, issues: [{ severity: 'error' }] });
  });
});

test('Excel’s Unicode text, with tabs, is read', () => {
  const text = '\ufefftitle\tdate\nСбор\t2031-03-01\n';
  const utf16 = new Uint8Array(new Uint16Array([...text].map((c) => c.charCodeAt(0))).buffer);
  expect(readCsv('x.txt', utf16).table?.rows[0]?.cells.get('title')).toBe('Сбор');
});
