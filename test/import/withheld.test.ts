/** What a table's row keeps back: a draft, or where exactly it was. */
import { describe, expect, test } from 'vitest';
import { coarse } from '../../src/core/geo.ts';
import { draftOf } from '../../src/import/draft.ts';
import { RowMaker } from '../../src/import/many.ts';
import { faults, optionsWith, tableFrom } from '../fixtures/tables.ts';

const COLUMNS = ['id', 'title', 'date', 'lat', 'lng', 'draft', 'publish_precision'];
const row = (cells: { readonly [column: string]: string }) =>
  COLUMNS.map((c) => cells[c] ?? (c === 'date' ? '2031-03-02' : c === 'title' ? 'A house is searched' : ''));
const read = (...rows: { readonly [column: string]: string }[]) => draftOf(tableFrom([COLUMNS, ...rows.map(row)]), optionsWith());

describe('a cell of "draft"', () => {
  test.each(['yes', 'TRUE', '1', 'x', 'Да', 'иә', '예', 'نعم', 'sí'])('%s keeps the event back', (draft) => {
    const { events, issues } = read({ id: 'a', draft }, { id: 'b' });
    expect(events.map((e) => e.draft)).toEqual([true, undefined]);
    expect(faults(issues, 'warning')).toEqual([]);
  });

  test.each(['', 'no', 'FALSE', '0', 'нет', 'жоқ', '아니요', 'لا'])('%s does not', (draft) => {
    expect(read({ id: 'a', draft }).events.map((e) => e.draft)).toEqual([undefined]);
  });

  test('that nobody understands keeps it back too, with a warning', () => {
    const { events, issues } = read({ id: 'a', draft: 'ask Anna' });
    expect(events.map((e) => e.draft)).toEqual([true]);
    expect(faults(issues, 'warning')).toEqual(['2 draft']);
  });
});

describe('a row whose point is kept back', () => {
  const [lng, lat] = [76.91234, 43.24678];
  const kept = { id: 'a', publish_precision: '20 km' };

  test('is placed in the middle of its cell, and the story’s own files know no more', () => {
    const { events, places, bounds } = read({ ...kept, lat: `${lat}`, lng: `${lng}` });
    const [x, y] = coarse([lng, lat], 20);
    expect(places[0]?.geometry?.coordinates).toEqual([expect.closeTo(x, 4), expect.closeTo(y, 4)]);
    expect(events[0]?.publishPrecision).toBe(20);
    expect(JSON.stringify([events, places, bounds])).not.toMatch(/76\.91|43\.24/);
  });

  test('gives the same story, id by id, wherever in the cell it was', () => {
    const story = (at: object) => {
      const { events, places, bounds, speakers, sources } = read({ ...kept, ...at }, { id: 'b', lat: '43.6', lng: '77.1' });
      return { events, places, bounds, speakers: [...speakers], sources: [...sources] };
    };
    expect(story({ lat: '43.2513', lng: '76.9133' })).toEqual(story({ lat: `${lat}`, lng: `${lng}` }));
  });

  test('without an id of its own is an error, since one made of the point would give it away', () => {
    const { events, issues } = read({ publish_precision: '20', lat: `${lat}`, lng: `${lng}` });
    expect(events).toEqual([]);
    expect(issues.find((i) => i.severity === 'error')).toMatchObject({ row: 2, column: 'publish_precision', remedy: expect.stringContaining('column "id"') });
  });

  test.each(['0', '501', 'far', '20 miles', '-5', '1e2'])('by %s is an error that costs that row alone', (publish_precision) => {
    const { events, issues } = read({ id: 'a', publish_precision }, { id: 'b' });
    expect(events.map((e) => e.id)).toEqual(['b']);
    expect(faults(issues)).toEqual(['2 publish_precision']);
  });
});

test('a column added to a table of a known set is heeded as well', () => {
  const acled = [
    [
      'event_id_cnty',
      'event_date',
      'event_type',
      'sub_event_type',
      'location',
      'latitude',
      'longitude',
      'geo_precision',
      'notes',
      'fatalities',
      'draft',
      'publish_precision',
    ],
    ['KAZ1', '02 March 2031', 'Protests', 'Peaceful protest', 'Almaty', '43.24678', '76.91234', '1', 'Dockers gathered.', '0', 'yes', '30'],
  ];
  const { recognised, events, places } = draftOf(tableFrom(acled), optionsWith());
  expect(recognised.preset).toBe('acled');
  expect(events[0]).toMatchObject({ draft: true, publishPrecision: 30 });
  expect(JSON.stringify(places)).not.toMatch(/76\.91|43\.24/);
});

test('of very many rows, which are published as they are, those that are kept back stay out, and each says why', () => {
  const table = tableFrom([COLUMNS, ...[{ id: 'a', draft: 'yes' }, { id: 'b', publish_precision: '20', lat: '43.2', lng: '76.9' }, { id: 'c' }].map(row)]);
  const maker = new RowMaker(table, optionsWith());
  expect(table.rows.flatMap((r) => maker.make(r)?.id ?? [])).toEqual(['c']);
  const { issues } = maker.end();
  expect(
    issues
      .list()
      .filter((i) => i.row !== null)
      .map((i) => [i.severity, i.row, i.column]),
  ).toEqual([
    ['warning', 2, 'draft'],
    ['error', 3, 'publish_precision'],
  ]);
});
