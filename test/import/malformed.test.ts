/** The importer under files that are damaged, hostile or far too large; `/try/` reads with the same functions. */
import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import Papa from 'papaparse';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { readTable } from '../../src/build/import/read.ts';
import { loadStory } from '../../src/build/load.ts';
import type { Draft } from '../../src/import/draft.ts';
import { draftOf } from '../../src/import/draft.ts';
import { tableIssueText } from '../../src/import/report.ts';
import { languageOf, newStoryFiles } from '../../src/import/story.ts';
import type { ReadTable, TableIssue } from '../../src/import/table.ts';
import { damaged, replacement, textsWith, WILD } from '../fixtures/broken.ts';
import { payloads } from '../fixtures/payloads.ts';
import { DATA } from '../fixtures/stories.ts';
import { optionsWith, TABLES } from '../fixtures/tables.ts';
import { workbook } from '../fixtures/workbook.ts';
import { LONG, runs, tried } from '../tried.ts';

const TIMEOUT = LONG ? 1_500_000 : 60_000;
vi.setConfig({ testTimeout: TIMEOUT });
const place = mkdtempSync(join(tmpdir(), 'unrest-map-tables-'));
const folder = join(place, 'tried');
mkdirSync(folder);
afterAll(() => rmSync(place, { recursive: true, force: true }));
const basemap = JSON.parse(readFileSync(join(DATA, 'kazakhstan-2022-01/story.json'), 'utf8')) as { basemap: string };

async function read(name: string, content: Uint8Array | string): Promise<ReadTable> {
  const path = join(place, name);
  writeFileSync(path, content);
  return readTable(path, null);
}

interface Told {
  readonly issues: readonly TableIssue[];
  readonly draft: Draft | null;
  readonly unit: 'row' | 'feature';
}

/** Read and draft a file, and hold whatever comes of it to what must always be so. */
async function imported(name: string, content: Uint8Array | string): Promise<Told> {
  const { table, issues: found } = await read(name, content);
  const draft = table && draftOf(table, optionsWith({ language: languageOf(table), dates: 'dmy' }));
  const issues = [...found, ...(draft?.issues ?? [])];
  for (const issue of issues) {
    expect([issue.expected, issue.found, issue.remedy]).not.toContain('');
    expect(tableIssueText({ file: name, unit: table?.unit ?? 'row' }, issue)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    if (issue.row !== null) expect(issue.row).toBeGreaterThan(0);
  }
  if (!draft || draft.events.length === 0) expect(issues.length).toBeGreaterThan(0);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  return { issues, draft, unit: table?.unit ?? 'row' };
}

/** What is left is a story that `validate` finds sound. */
async function expectSound(name: string, content: Uint8Array | string): Promise<void> {
  const { draft } = await imported(name, content);
  if (!draft || draft.events.length === 0) return;
  const files = newStoryFiles({ id: 'tried', title: 'Tried', basemap: basemap.basemap }, name, draft, optionsWith({ language: draft.language }));
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
  const { story, issues } = loadStory(folder, DATA, () => null);
  expect(issues.filter((i) => i.severity === 'error')).toEqual([]);
  expect(story?.events).toHaveLength(draft.events.length);
}

const NAMES = [
  'acled.csv',
  'ucdp.csv',
  'timemap.csv',
  'timelinejs.csv',
  'desk.csv',
  'points.csv',
  'points.geojson',
  'umap.umap',
  'folders.kml',
  'waypoints.gpx',
];
const SOUND = new Map<string, Uint8Array>([...NAMES.map((n): [string, Uint8Array] => [n, readFileSync(join(TABLES, n))]), ['sheet.xlsx', workbook()]]);
const soundText = (name: string) => Buffer.from(SOUND.get(name) ?? []).toString('utf8');

/** Cells where others are expected. */
const cell: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'NaN',
    'Infinity',
    '-Infinity',
    '1e999',
    '-0',
    '1e308',
    '0x10',
    '99999999999999999999',
    '181',
    '-91',
    '12,5',
    '4°20′N',
    '',
    ' ',
    '\u0000',
    '\ufeff',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    '../../etc/passwd',
    '"',
    '""',
    "'",
    'a\nb',
    'a\r\nb',
    '=1+1',
    '03/04/2031',
    '2031-02-30',
    '9999-12-31',
  ),
  fc.constantFrom(...payloads().slice(0, 1500)),
  fc.string({ unit: 'binary', maxLength: 60 }).map((t) => t.replace(/\p{Cs}/gu, '')),
  fc.constant('x'.repeat(20_000)),
);

const csvNames = NAMES.filter((n) => n.endsWith('.csv'));
const rowsOf = (name: string) => Papa.parse<string[]>(soundText(name).trim(), { delimiter: name === 'desk.csv' ? '' : ',' }).data;

describe('whatever is done to a table', () => {
  test('bytes cut, changed or put in: it ends, every fault is told, and what is left is a sound story', async () => {
    const settings = runs(220, 4500);
    const change = fc.constantFrom(...SOUND.keys()).chain((name) => fc.tuple(fc.constant(name), damaged(SOUND.get(name) ?? new Uint8Array())));
    await fc.assert(
      fc.asyncProperty(change, ([name, bytes]) => expectSound(`damaged${extname(name)}`, bytes)),
      settings,
    );
    tried('malformed tables: bytes cut, changed or put in', settings.numRuns);
  });

  test('a value of GeoJSON replaced by anything, or a whole other file: the same', async () => {
    const settings = runs(120, 3000);
    const names = ['points.geojson', 'umap.umap'] as const;
    const texts = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...names).chain((name) => textsWith(JSON.parse(soundText(name)), replacement)) },
      { weight: 1, arbitrary: WILD.map((v) => JSON.stringify({ type: 'FeatureCollection', features: [v, { type: 'Feature', properties: v, geometry: v }] })) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom('x.geojson', 'x.umap', 'x.json', 'x.csv', 'x.kml', 'x.gpx', 'x.xlsx', 'x.kmz'), (text, name) =>
        expectSound(/^\s*[{[]/.test(text) ? 'x.geojson' : name, text),
      ),
      settings,
    );
    tried('malformed tables: values of GeoJSON, and other files', settings.numRuns);
  });

  test('one cell replaced costs its own row alone, and that row is named', async () => {
    const settings = runs(200, 4500);
    const change = fc
      .constantFrom(...csvNames)
      .chain((name) => fc.tuple(fc.constant(name), fc.nat({ max: rowsOf(name).length - 2 }), fc.nat({ max: (rowsOf(name)[0]?.length ?? 1) - 1 }), cell));
    const whole = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(change, async ([name, row, column, text]) => {
        const rows = rowsOf(name).map((r) => [...r]);
        if (!whole.has(name)) whole.set(name, (await imported('whole.csv', Papa.unparse(rows))).draft?.events.length ?? 0);
        rows[row + 1]![column] = text;
        const { draft, issues } = await imported('cell.csv', Papa.unparse(rows));
        const before = whole.get(name) ?? 0;
        // A zone is chosen for the whole table; a name for many places may be of several.
        expect(draft?.events.length).toBeGreaterThanOrEqual(before - 1);
        if ((draft?.events.length ?? 0) < before) expect(issues.map((i) => i.row)).toContain(row + 2);
      }),
      settings,
    );
    tried('malformed tables: one cell replaced', settings.numRuns);
  });
});

describe('GeoJSON at the edges of RFC 7946', () => {
  const feature = (geometry: unknown, title: unknown = 'Something happens', more: object = {}) => ({
    type: 'Feature',
    properties: { title, date: '2031-03-02' },
    geometry,
    ...more,
  });
  const good = feature({ type: 'Point', coordinates: [76.9, 43.2] }, 'A sound one');
  const told = async (bad: unknown, more: object = {}) => {
    const { draft, issues } = await imported('edge.geojson', JSON.stringify({ type: 'FeatureCollection', ...more, features: [good, bad] }));
    return {
      titles: draft?.events.map((e) => e.title.en) ?? [],
      places: draft?.places ?? [],
      rows: issues.filter((i) => i.severity === 'error').map((i) => i.row),
      issues,
    };
  };
  const point = (...coordinates: unknown[]) => ({ type: 'Point', coordinates });

  test.each([
    ['on the antimeridian, from the east', point(180, -16)],
    ['on the antimeridian, from the west', point(-180, -16)],
    ['at a pole, in no town’s country', point(0, -90), 'AQ'],
    ['with an altitude', point(178, -17, 1200)],
    ['with a bbox of four', { ...point(178, -17), bbox: [178, -17, 178, -17] }],
    ['with a bbox of six', { ...point(178, -17), bbox: [178, -17, 0, 178, -17, 9] }],
    ['without a geometry', null],
  ])('%s is kept', async (_, geometry, country?: string) => {
    const { titles, rows, issues } = await told(feature(geometry, 'Something happens', country ? { properties: { title: 'Something happens', country } } : {}));
    expect({ titles, rows, issues }).toMatchObject({ titles: ['A sound one', 'Something happens'], rows: [] });
  });

  test.each([
    ['beyond the globe', feature(point(181, 0))],
    ['as text', feature(point('76.9', '43.2'))],
    ['with a hole', feature(point(null, 43))],
    ['empty', feature(point())],
    [
      'a line',
      feature({
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      }),
    ],
    [
      'an area wound either way',
      feature({
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [0, 1],
            [1, 1],
            [0, 0],
          ],
        ],
      }),
    ],
    ['a collection of collections', feature({ type: 'GeometryCollection', geometries: [{ type: 'GeometryCollection', geometries: [] }] })],
    ['of a type that is no text', feature({ type: { toString: 1, valueOf: 1 }, coordinates: [0, 0] })],
    ['a list', feature([76.9, 43.2])],
    ['no feature at all', 7],
    ['null', null],
  ])('%s costs itself alone, by its number', async (_, bad) => {
    const { titles, rows } = await told(bad);
    expect([titles, rows]).toEqual([['A sound one'], [2]]);
  });

  test('ids that two have are told for the second; keys that stand twice, with their line; a reference system is warned of', async () => {
    const twice = await told(
      { ...good, id: 'a', properties: { ...good.properties, title: 'Another' } },
      { crs: { type: 'name', properties: { name: 'EPSG:3857' } } },
    );
    expect(twice.issues.map((i) => i.found)).toContainEqual('a coordinate reference system of its own');
    const same = {
      type: 'FeatureCollection',
      features: [
        { ...good, id: 'a' },
        { ...good, id: 'a', properties: { title: 'Another' } },
      ],
    };
    expect((await imported('ids.geojson', JSON.stringify(same))).issues.find((i) => i.severity === 'error')).toMatchObject({ row: 2, column: 'id' });
    const keys = `{"type":"FeatureCollection",\n"features":[{"type":"Feature","geometry":null,\n"properties":{"title":"A","title":"B","__proto__":{"polluted":1}}}]}`;
    const { issues, draft } = await imported('keys.geojson', keys);
    expect(issues).toContainEqual(expect.objectContaining({ severity: 'warning', found: '"title" again, in line 3' }));
    expect(draft?.events.map((e) => e.title.en)).toEqual(['B']);
  });
});

describe('text of spreadsheets', () => {
  test('with mixed line ends, ragged rows and a byte order mark keeps every good row, and names the others', async () => {
    const { draft, issues } = await imported(
      'mixed.csv',
      '\ufeffid,title,date\r\na,One,2031-03-02\nb,Two,2031-03-03\r\nc,Three\rd,Four,2031-03-04,too much\ne,"Five, in\r\ntwo lines",2031-03-05',
    );
    expect(draft?.events.map((e) => e.id)).toEqual(['a', 'b', 'c', 'e']);
    expect(issues.filter((i) => i.severity === 'error').map((i) => i.row)).toEqual([5]);
  });

  test('with an open quotation mark says in which row', async () => {
    const { issues } = await imported('open.csv', 'id,title,date\na,One,2031-03-02\nb,"Two,2031-03-03\nc,Three,2031-03-04\n');
    expect(issues).toContainEqual(expect.objectContaining({ severity: 'error', row: 3, found: 'one that is left open or stands alone' }));
  });

  test('that cannot be seen has none of it left, and a cell of nothing else is empty', async () => {
    const { draft, issues } = await imported('unseen.csv', 'id,title,date,place\na,Wo\u202erk st\u0007ops,2031-03-02,\u0000\u200b\n');
    expect(draft?.events.map((e) => [e.title.en, e.place])).toEqual([['Work stops', null]]);
    expect(issues.filter((i) => i.severity === 'warning').map((i) => i.column)).toEqual(expect.arrayContaining(['title', 'place']));
  });

  test('with a column called as what every object has is a column', async () => {
    const { draft } = await imported('proto.csv', 'id,title,date,__proto__,constructor\n__proto__,One,2031-03-02,x,y\nconstructor,Two,2031-03-03,x,y\n');
    expect(draft?.events.map((e) => e.id)).toEqual(['__proto__', 'constructor']);
    const ucdp = rowsOf('ucdp.csv').map((r) => [...r]);
    ucdp[1]![ucdp[0]!.indexOf('type_of_violence')] = '__proto__';
    await expectSound('proto-ucdp.csv', Papa.unparse(ucdp));
    await expectSound('proto.csv', 'id,title,date,layer\n__proto__,One,2031-03-02,__proto__\nconstructor,Two,2031-03-03,constructor\n');
  });
});

/** Make an archive say another size of all that it holds. */
function sizesOf(zip: Buffer, size: number): void {
  for (let at = 0; at < zip.length - 30; at++) {
    const sign = zip.readUInt32LE(at);
    if (sign === 0x04034b50) zip.writeUInt32LE(size, at + 22);
    if (sign === 0x02014b50) zip.writeUInt32LE(size, at + 24);
  }
}

describe('limits come before work', () => {
  const refused = async (name: string, content: Uint8Array | string) => {
    const { table, issues } = await read(name, content);
    expect(table).toBeNull();
    return issues[0];
  };

  test('a file of 200 MB, of any kind, is refused unread', async () => {
    for (const end of ['csv', 'geojson', 'xlsx', 'kml', 'kmz', 'gpx']) {
      const path = join(place, `large.${end}`);
      const handle = openSync(path, 'w');
      ftruncateSync(handle, 200 * 2 ** 20);
      closeSync(handle);
      const before = process.memoryUsage().arrayBuffers;
      expect((await readTable(path, null)).issues[0]).toMatchObject({ expected: 'at most 64 MB', found: '200 MB' });
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
      rmSync(path);
    }
  });

  test.each([1000, 100_000])('%i levels are refused in JSON, and do no harm in XML', async (levels) => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const)
      expect(
        await refused('deep.geojson', `{"type":"FeatureCollection",\n"features":[{"properties":{"title":${open.repeat(levels)}0${close.repeat(levels)}}}]}`),
      ).toMatchObject({ expected: 'at most 32 levels of nesting', found: 'more, in line 2' });
    const { issues } = await imported('deep.kml', `<kml><Document>${'<Folder>'.repeat(levels)}${'</Folder>'.repeat(levels)}</Document></kml>`);
    expect(issues).toContainEqual(expect.objectContaining({ severity: 'error', row: null }));
  });

  test('entities of XML that would grow to gigabytes do not', async () => {
    const entities = Array.from({ length: 12 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');
    const bomb = `<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY e0 "ha">${entities}<!ENTITY out SYSTEM "file:///etc/passwd">]><kml><Placemark><name>&e12;&out;</name></Placemark></kml>`;
    for (const name of ['bomb.kml', 'bomb.gpx']) {
      const { draft, issues } = await imported(name, name.endsWith('gpx') ? bomb.replaceAll('kml', 'gpx') : bomb);
      expect(issues.length).toBeGreaterThan(0);
      expect(JSON.stringify(draft?.events ?? [])).not.toMatch(/root:|(ha){50}/);
    }
  });

  test('an archive that unpacks to gigabytes is refused, whatever it says of its size', async () => {
    const said = Buffer.from(zipSync({ 'xl/worksheets/sheet1.xml': strToU8('<a/>'), 'doc.kml': strToU8('<kml/>') }));
    sizesOf(said, 0xf0000000);
    for (const name of ['said.xlsx', 'said.kmz']) expect(await refused(name, said)).toMatchObject({ expected: 'at most 128 MB unpacked' });
    expect((await imported('slip.kmz', zipSync({ '../../../tmp/evil.kml': strToU8('<kml></kml>') }))).issues.length).toBeGreaterThan(0);
    if (!LONG) return;
    const lying = Buffer.from(zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(132 * 2 ** 20) }, { level: 1 }));
    sizesOf(lying, 10);
    expect(await refused('lying.xlsx', lying)).toMatchObject({ expected: 'at most 128 MB unpacked' });
  });

  test('more rows or columns than anybody fills in are refused', async () => {
    expect(await refused('rows.csv', `id,title\n${'a,b\n'.repeat(250_001)}`)).toMatchObject({ expected: 'at most 250000 rows' });
    expect(await refused('columns.csv', `${'a,'.repeat(100_000)}\n1`)).toMatchObject({ expected: 'at most 1000 columns' });
  });

  test.runIf(LONG)('as many rows as are allowed, all of them good or all of them bad, end in bounded time and memory', async () => {
    for (const [name, row] of [
      ['good', (i: number) => `r${i},Something happens,2031-03-02,${43 + (i % 700) / 100},${52 + (i % 2300) / 100}`],
      ['bad', (i: number) => `r${i},Something happens,yesterday,NaN,1e999`],
    ] as const) {
      const text = `id,title,date,lat,lng\n${Array.from({ length: 250_000 }, (_, i) => row(i)).join('\n')}`;
      const started = Date.now();
      const { draft, issues } = await imported(`${name}.csv`, text);
      console.log(`250,000 ${name} rows: ${Math.round((Date.now() - started) / 1000)} s, ${Math.round(process.memoryUsage().heapUsed / 2 ** 20)} MB`);
      expect(name === 'good' ? draft?.events.length : issues.length).toBeGreaterThanOrEqual(250_000);
      expect(Date.now() - started).toBeLessThan(240_000);
      expect(process.memoryUsage().heapUsed).toBeLessThan(3 * 2 ** 30);
      tried('malformed tables: as many rows as are allowed', 1);
    }
  });
});
