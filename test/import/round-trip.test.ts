/** What a story's downloads tell, an import of them gives back. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { compile } from '../../src/core/compile.ts';
import { eventsCsv, eventsGeoJson } from '../../src/core/export.ts';
import type { Story } from '../../src/core/story.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { readCsv } from '../../src/import/csv.ts';
import { draftOf } from '../../src/import/draft.ts';
import { readGeoJson } from '../../src/import/geojson.ts';
import type { ImportOptions } from '../../src/import/options.ts';
import { metaOf, sourceStoryOf, storyFiles } from '../../src/import/story.ts';
import type { Table } from '../../src/import/table.ts';
import { kazakhstan } from '../fixtures/stories.ts';
import { optionsWith, tableFrom } from '../fixtures/tables.ts';

// A slow machine is no failure.
vi.setConfig({ testTimeout: 60_000 });

const t = stringsFor('en');
const NO_BASEMAP = { credits: [], maxZoom: 12, detail: null, relief: null, local: null };
const options: ImportOptions = optionsWith({ zone: 'Asia/Almaty', country: 'KZ', gazetteer: null, source: 'table' });

function storyOf(table: Table, more: Partial<ImportOptions> = {}): Story {
  const draft = draftOf(table, { ...options, ...more });
  expect(draft.issues.filter((i) => i.severity === 'error')).toEqual([]);
  return compile(sourceStoryOf(metaOf({ id: 'trip', title: 'A trip', basemap: 'none' }, draft, options), draft), 'en', NO_BASEMAP, 0).story;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const fromCsv = (text: string): Table => readCsv('events.csv', bytes(text)).table ?? tableFrom([['id']]);
const fromJson = (text: string): Table => readGeoJson('events.geojson', bytes(text)).table ?? tableFrom([['id']]);

/** Words with what trips a spreadsheet: quotation marks, separators, lines, other scripts. Square brackets hold a download's status. */
const words = fc
  .array(fc.constantFrom('dockers', 'said', '“stop”', '"now"', 'а,б;в', 'порт', '항구', 'الميناء', '5%', 'line\nbreak', "o'clock", 'a|b'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((list) => list.join(' '));
const date = fc.constantFrom(
  '2031-03-02',
  '2031-03',
  '2031',
  '2031-03-02/2031-03-05',
  '2031-03-04~',
  '2031-03-04?',
  '2031-03-04%',
  '2031-03-04T16:30+05:00',
  '',
);
const place = fc.constantFrom(
  ['Almaty', '43.2389', '76.8897', ''],
  ['Aktau', '43.6481', '51.1722', 'exact'],
  ['Atyrau', '47.1169', '51.8833', 'region'],
  ['Kazakhstan', '', '', ''],
  ['', '', '', ''],
);
const source = fc.constantFrom(['Example Wire', 'https://wire.example/a?b=c'], ['Sample Gazette', ''], ['', '']);
const row = fc.tuple(words, words, date, place, fc.constantFrom('Strike', 'Talks', 'Споры'), fc.constantFrom('reported', 'announced', 'measured'), source);
const tables = fc
  .array(row, { minLength: 1, maxLength: 12 })
  .map((rows) =>
    tableFrom([
      ['id', 'title', 'text', 'date', 'place', 'lat', 'lng', 'precision', 'layer', 'status', 'source', 'url'],
      ...rows.map(([title, text, when, [name = '', lat = '', lng = '', precision = ''], layer, status, [publisher = '', url = '']], i) => [
        `e${i}`,
        title,
        text,
        when,
        name,
        lat,
        lng,
        precision,
        layer,
        status,
        publisher,
        url,
      ]),
    ]),
  );

test('events.csv, imported, gives the same events.csv again', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const csv = eventsCsv(storyOf(table), t);
      expect(eventsCsv(storyOf(fromCsv(csv)), t)).toBe(csv);
    }),
    { numRuns: 25 },
  );
});

test('events.geojson, imported, gives the same events.geojson again', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const json = eventsGeoJson(storyOf(table), t);
      // The version is a fingerprint of the whole story, of which the file is a part.
      const unversioned = (text: string) => text.replace(/"version": "\w+"/, '"version": ""');
      expect(unversioned(eventsGeoJson(storyOf(fromJson(json)), t))).toBe(unversioned(json));
    }),
    { numRuns: 25 },
  );
});

test('the order of rows changes neither ids nor places', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const turned = { ...table, rows: [...table.rows].reverse() };
      const byId = (x: Table) => {
        const { events, places } = draftOf(x, { ...options, columns: new Map([['id', '']]) });
        return [events.map((e) => `${e.id} ${e.place}`).sort(), places.map((p) => p.id).sort()];
      };
      expect(byId(turned)).toEqual(byId(table));
    }),
    { numRuns: 25 },
  );
});

test('a story folder made of a table is the same for the same table', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const files = () => {
        const draft = draftOf(table, options);
        return [...storyFiles(metaOf({ id: 'trip', title: 'A trip', basemap: 'none' }, draft, options), draft)];
      };
      expect(files()).toEqual(files());
    }),
    { numRuns: 10 },
  );
});

test('the project’s own story comes back from its download, all but the claims that only its files tell apart', () => {
  const before = kazakhstan();
  const table = fromCsv(eventsCsv(before, t));
  // A retracted claim never comes without its withdrawal: its row is refused, not softened.
  const draft = draftOf(table, options);
  const refused = draft.issues.filter((i) => i.severity === 'error').map((i) => i.value);
  expect(new Set(refused)).toEqual(new Set(['retracted']));
  const kept = before.events.filter((e) => e.claims[0]?.status !== 'retracted');
  const sound = { ...table, rows: table.rows.filter((r) => r.cells.get('status') !== 'retracted') };
  const after = storyOf(sound);
  const told = (events: Story['events']) => events.map((e) => [e.id, e.layer, e.place, e.title, e.time, e.when?.words ?? null, e.claims[0]?.status]);
  expect(told(after.events)).toEqual(told(kept));
});
