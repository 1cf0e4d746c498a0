import { describe, expect, test } from 'vitest';
import type { Shelves } from '../../src/import/merge.ts';
import { differences, mergeImport } from '../../src/import/merge.ts';

const NONE: Shelves = { events: new Map(), places: new Map(), speakers: new Map(), sources: new Map(), layers: new Map(), paragraphs: new Map() };
const event = (title: string, place: string | null = null) => ({ title, place });
const events = (items: Readonly<Record<string, unknown>>, more: Partial<Shelves> = {}): Shelves => ({
  ...NONE,
  ...more,
  events: new Map(Object.entries(items)),
});
const kinds = (merged: ReturnType<typeof mergeImport>) => merged.changes.map((c) => `${c.kind} ${c.shelf}/${c.id}`);

const table = events({ a: event('A'), b: event('B') });
const first = mergeImport(new Map(), table, NONE);

test('a first import adds all, and the same table again changes nothing', () => {
  expect(kinds(first)).toEqual(['added events/a', 'added events/b']);
  expect(mergeImport(first.record, table, table)).toMatchObject({ changes: [], record: first.record });
});

test('the order of keys, and of rows, is no change', () => {
  const turned = events({ b: { place: null, title: 'B' }, a: { place: null, title: 'A' } });
  expect(mergeImport(first.record, turned, table).changes).toEqual([]);
});

test('what the table changes is changed, what it drops is removed, what it brings is added', () => {
  const next = events({ a: event('A, corrected'), c: event('C') });
  const merged = mergeImport(first.record, next, table);
  expect(kinds(merged)).toEqual(['changed events/a', 'added events/c', 'removed events/b']);
  expect([...merged.writes.events]).toEqual([
    ['a', event('A, corrected')],
    ['c', event('C')],
    ['b', undefined],
  ]);
});

describe('what was changed by hand since', () => {
  const story = events({ a: event('A, by hand'), b: event('B') });

  test('is kept in silence while the table says the same', () => {
    expect(mergeImport(first.record, table, story).changes).toEqual([]);
  });

  test('is kept and told when the table changed too, once', () => {
    const next = events({ a: event('A, corrected'), b: event('B') });
    const merged = mergeImport(first.record, next, story);
    expect(kinds(merged)).toEqual(['both events/a']);
    expect(merged.writes.events.size).toBe(0);
    expect(mergeImport(merged.record, next, story).changes).toEqual([]);
  });

  test('is kept when its row is gone', () => {
    expect(kinds(mergeImport(first.record, events({ b: event('B') }), story))).toEqual(['kept events/a']);
  });

  test('gives way only when that is asked for', () => {
    expect(kinds(mergeImport(first.record, events({ a: event('A, corrected'), b: event('B') }), story, true))).toEqual(['changed events/a']);
  });
});

test('an event removed by hand is not brought back', () => {
  expect(kinds(mergeImport(first.record, table, events({ b: event('B') })))).toEqual(['away events/a']);
});

test('an event that somebody else wrote is not taken over', () => {
  expect(mergeImport(new Map(), table, events({ a: event('Another') })).taken).toEqual(['a']);
});

test('a place of the same id that was written by hand is used as it is', () => {
  const withPlace = events({ a: event('A', 'port') }, { places: new Map([['port', { name: 'as the table has it' }]]) });
  const story = { ...NONE, places: new Map([['port', { name: 'as the desk has it' }]]) };
  const merged = mergeImport(new Map(), withPlace, story);
  expect(kinds(merged)).toEqual(['added events/a']);
  expect(merged.record.has('places/port')).toBe(false);
});

test('a place stays while an event written by hand is there', () => {
  const withPlace = events({ a: event('A', 'port') }, { places: new Map([['port', { name: 'Port' }]]) });
  const { record } = mergeImport(new Map(), withPlace, NONE);
  const story = events({ a: event('A', 'port'), own: event('By hand', 'port') }, { places: withPlace.places });
  expect(kinds(mergeImport(record, NONE, story))).toEqual(['removed events/a']);
  expect(kinds(mergeImport(record, NONE, withPlace))).toEqual(['removed events/a', 'removed places/port']);
});

test('differences name the member and both values', () => {
  expect(differences({ a: [{ b: 1 }], c: 2 }, { a: [{ b: 3 }], c: 2 })).toEqual([{ path: 'a[0].b', before: 1, after: 3 }]);
});
