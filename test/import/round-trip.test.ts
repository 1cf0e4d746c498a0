/** What a story's downloads tell, an import of them gives back. */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readTable } from '../../src/build/import/read.ts';
import { loadStory } from '../../src/build/load.ts';
import { compile } from '../../src/core/compile.ts';
import { eventsCsv, eventsGeoJson, eventsKml } from '../../src/core/export.ts';
import { eventRecords } from '../../src/core/record.ts';
import type { LngLat, SourceEvent, SourceMedia, SourcePlace, SourceStory } from '../../src/core/source.ts';
import { EXACTNESS, RELATION_KINDS, STATUSES, TIME_BASES } from '../../src/core/source.ts';
import type { Story } from '../../src/core/story.ts';
import { withContext } from '../../src/core/story.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { readCsv } from '../../src/import/csv.ts';
import { recordParts } from '../../src/import/downloads.ts';
import { draftOf } from '../../src/import/draft.ts';
import { readGeoJson } from '../../src/import/geojson.ts';
import type { ImportOptions } from '../../src/import/options.ts';
import { readRecordCell } from '../../src/import/record.ts';
import { metaOf, sourceStoryOf, storyFiles } from '../../src/import/story.ts';
import type { Table, TableIssue } from '../../src/import/table.ts';
import { DATA } from '../fixtures/stories.ts';
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

const folder = mkdtempSync(join(tmpdir(), 'unrest-map-trip-'));
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
const EDTF = ['2031-03-02', '2031-03', '2031', '2031-03-02/2031-03-05', '2031-03-04~', '2031-03-04?', '2031-03-04%', '2031-03-04T16:30+05:00'];
const date = fc.constantFrom(...EDTF, '');
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

/** Media of every kind. */
function mediaOf(title: string): SourceMedia[] {
  const rights = { credit: { en: 'Jane Doe' }, licence: { en: 'CC BY 4.0' } };
  return [
    { kind: 'image', file: 'media/quay.jpg', alt: { en: title }, graphic: { en: 'A dead animal' }, ...rights },
    { kind: 'video', file: 'media/quay.mp4', alt: { en: title }, transcript: { en: 'Gulls.' }, captions: { en: 'media/quay.vtt' }, ...rights },
    { kind: 'post', source: 'wire', alt: { en: 'A post' } },
  ];
}

/** A story of any claims: several to an event, superseded and withdrawn ones, figures with scopes, dates of every kind, nowhere in particular. */
const stories = fc
  .array(
    fc.record({
      title: words,
      place: fc.constantFrom('port', 'area', 'land', null),
      layer: fc.constantFrom('strike', 'talks'),
      collection: fc.constantFrom('article' as const, 'context' as const),
      detail: fc.option(words),
      claims: fc.array(
        fc.record({
          says: words,
          about: fc.constantFrom(...EDTF, null),
          said: fc.constantFrom('2031-03-07', null),
          basis: fc.constantFrom(...TIME_BASES),
          status: fc.constantFrom(...STATUSES),
          carried: fc.boolean(),
          disputed: fc.boolean(),
          figure: fc.option(fc.record({ value: fc.nat(9999), scope: fc.constantFrom('land', null), exactness: fc.constantFrom(...EXACTNESS), label: words })),
          relation: fc.option(fc.constantFrom(...RELATION_KINDS)),
          note: fc.option(words),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list): SourceStory => {
    const events = list.map(
      ({ title, place: at, layer, collection, detail, claims }, i): SourceEvent => ({
        id: `e${i}`,
        collection,
        layer,
        place: at,
        ...(detail === null ? {} : { placeDetail: { en: detail } }),
        title: { en: title },
        related: i > 0 ? ['e0'] : [],
        claims: claims.map((c, k) => ({
          id: `c${i}-${k}`,
          paragraph: collection === 'article' ? 'P1' : null,
          says: { en: c.says },
          time: c.about === null && c.said === null ? null : { about: c.about, said: c.said, basis: c.basis, text: { en: 'that day' }, evidence: ['wire'] },
          status: c.status,
          chain: [
            { who: 'ministry', role: 'originator' as const, ...(c.disputed ? { disputed: true } : {}) },
            ...(c.carried ? [{ who: 'agency', role: 'carrier' as const }] : []),
          ],
          figures: c.figure ? [{ ...c.figure, label: { en: c.figure.label }, unit: 'people', measure: 'hurt' }] : [],
          sources: ['wire'],
          relations: c.relation && k > 0 ? [{ kind: c.relation, claim: `c${i}-${k - 1}` }] : [],
          notes: c.note === null ? [] : [{ kind: 'reading' as const, text: { en: c.note }, sources: ['wire'] }],
        })),
        ...(collection === 'context' ? { checked: null } : { updated: '2031-03-08' }),
        ...(i % 3 === 1 ? { state: { of: 'internet', value: 'cut' as const }, movement: { from: 'port', to: 'area' } } : {}),
        ...(i % 3 === 2 ? { media: mediaOf(title) } : {}),
      }),
    );
    const point = (id: string, kind: 'facility' | 'region' | 'country', at: LngLat | null): SourcePlace => ({
      id,
      name: { en: `Place ${id}` },
      aliases: ['Another'],
      kind,
      precision: kind,
      note: { en: 'Found by hand.' },
      country: 'KZ',
      coordinateSource: at && 'Somebody',
      outline: kind === 'country' ? 'kz' : null,
      at,
    });
    return {
      meta: {
        ...metaOf({ id: 'trip', title: 'A trip', basemap: 'none' }, draftOf(tableFrom([['title'], ['x']]), options), options),
        layers: (['strike', 'talks'] as const).map((id) => ({
          id,
          label: { en: id },
          glyph: 'bar' as const,
          color: { light: '#1d5fa8', dark: '#7fb4f0' },
          shown: id === 'talks',
        })),
        paragraphs: [{ id: 'P1', label: { en: 'Paragraph 1' } }],
        article: 'wire',
      },
      events,
      places: [point('port', 'facility', [51.17392, 43.66105]), point('area', 'region', [66, 48]), point('land', 'country', null)],
      speakers: new Map([
        ['ministry', { name: { en: 'The ministry' }, kind: 'ministry' }],
        ['agency', { name: { en: '=agency' }, kind: 'agency' }],
      ]),
      sources: new Map([
        [
          'wire',
          {
            publisher: 'Wire',
            title: 'Strike',
            url: 'https://wire.example/1',
            archivedUrl: 'https://archive.example/1',
            published: '2031-03-04',
            accessed: '2031-03-09',
            kind: 'agency',
            language: 'ru',
          },
        ],
      ]),
    };
  });

/** The parts of a story that some events name, by id, as an import brings them. */
function partsOf({ events, places, speakers, sources, layers, paragraphs }: Parts): unknown {
  const text = JSON.stringify(events);
  const named = (id: string) => text.includes(`"${id}"`);
  const byId = <T extends { readonly id: string }>(items: readonly T[]) => Object.fromEntries(items.map((i) => [i.id, i]));
  const table = <T>(items: ReadonlyMap<string, T>) => Object.fromEntries([...items].filter(([id]) => named(id)).sort());
  return {
    events: byId(events),
    places: byId(places.filter((p) => named(p.id))),
    speakers: table(speakers),
    sources: table(sources),
    layers: byId(layers.filter((l) => named(l.id))),
    paragraphs: byId(paragraphs.filter((p) => named(p.id))),
  };
}

type Parts = Pick<SourceStory, 'events' | 'places' | 'speakers' | 'sources'> & Pick<SourceStory['meta'], 'layers' | 'paragraphs'>;

/** What the downloads of both collections bring back in one of the three forms. */
async function back(source: SourceStory, form: 'csv' | 'geojson' | 'kml', language = 'en'): Promise<unknown> {
  const { story, context } = compile(source, language, NO_BASEMAP, 0);
  const all = context ? withContext(story, context) : story;
  const words = stringsFor(language);
  const records = eventRecords(source, language);
  const path = join(folder, `events.${form}`);
  writeFileSync(path, { csv: eventsCsv, geojson: eventsGeoJson, kml: eventsKml }[form](all, words, records));
  const { table, issues } = await readTable(path, null);
  if (!table) throw new Error(JSON.stringify(issues));
  const draft = draftOf(table, { ...options, language, hasShape: () => true });
  const problems = [...issues, ...draft.issues].filter((i) => i.severity === 'error');
  expect(problems).toEqual([]);
  return partsOf({ ...draft, places: draft.places.map(({ id, geometry, properties }) => ({ ...properties, id, at: geometry?.coordinates ?? null })) });
}

test.each(['csv', 'geojson', 'kml'] as const)('a story of any claims comes back whole from its events.%s', async (form) => {
  await fc.assert(
    fc.asyncProperty(stories, async (source) => {
      expect(await back(source, form)).toEqual(partsOf({ ...source, ...source.meta }));
    }),
    { numRuns: 25 },
  );
});

test.each([
  ['csv', 'en'],
  ['geojson', 'ko'],
  ['kml', 'ru'],
] as const)('the project’s own story comes back whole from its events.%s in %s', async (form, language) => {
  const { story } = loadStory(join(DATA, 'kazakhstan-2022-01'), DATA);
  if (!story) throw new Error('The story of the project is not sound.');
  const records = [...eventRecords(story, language).values()];
  // In one language, of which its record is the only form.
  const spoken: Parts = {
    events: records.map((r) => r.event),
    places: records.flatMap((r) => r.places),
    layers: records.flatMap((r) => r.layer ?? []),
    paragraphs: records.flatMap((r) => r.paragraphs),
    speakers: new Map(records.flatMap((r) => Object.entries(r.speakers))),
    sources: new Map(records.flatMap((r) => Object.entries(r.sources))),
  };
  const glossary = new Set(story.meta.glossary.map((g) => g.claim.id));
  const inTable = spoken.events.map((e) => ({ ...e, claims: e.claims.map((c) => ({ ...c, relations: c.relations.filter((r) => !glossary.has(r.claim)) })) }));
  expect(await back(story, form, language)).toEqual(partsOf({ ...spoken, events: inTable }));
  // Everything is there: each claim of the files, with its figures and what became of it.
  const claims = (events: readonly SourceEvent[]) => events.flatMap((e) => e.claims.map((c) => [c.id, c.status, c.figures.map((f) => f.value), c.time?.about]));
  expect(claims(spoken.events)).toEqual(claims(story.events));
});

test('a column "draft" that is added to a download keeps back the events that it names', () => {
  const source = loadStory(join(DATA, 'kazakhstan-2022-01'), DATA).story;
  if (!source) throw new Error('The story of the project is not sound.');
  const table = fromCsv(eventsCsv(compile(source, 'en', NO_BASEMAP, 0).story, t, eventRecords(source, 'en')));
  const rows = table.rows.map((row, i) => (i === 0 ? { ...row, cells: new Map([...row.cells, ['draft', 'yes']]) } : row));
  const { recognised, events } = draftOf({ ...table, columns: [...table.columns, 'draft'], rows }, options);
  expect(recognised.preset).toBe('unrest-map');
  expect(events.filter((e) => e.draft).map((e) => e.id)).toEqual([rows[0]?.cells.get('id')]);
  expect(events).toHaveLength(rows.length);
});

test('a cell changed beside its record, and a record cut off, are errors that say what to do', () => {
  const source = loadStory(join(DATA, 'kazakhstan-2022-01'), DATA).story;
  if (!source) throw new Error('The story of the project is not sound.');
  const csv = eventsCsv(compile(source, 'en', NO_BASEMAP, 0).story, t, eventRecords(source, 'en'));
  const table = fromCsv(csv);
  const [first, second, ...others] = table.rows;
  if (!first || !second) throw new Error('The story has no rows.');
  const cut = { ...second, cells: new Map([...second.cells, ['record', (second.cells.get('record') ?? '').slice(0, 900)]]) };
  const edited = { ...first, cells: new Map([...first.cells, ['title', 'Another title']]) };
  const told = draftOf({ ...table, rows: [edited, cut, ...others] }, options).issues.filter((i) => i.severity === 'error');
  expect(told.map((i) => [i.row, i.column])).toEqual([
    [2, 'title'],
    [3, 'record'],
  ]);
  expect(told[0]?.remedy).toContain('Empty the cell record');
});

test('media whose files are not in the story’s folder stay behind, and that is told', () => {
  fc.assert(
    fc.property(stories, (source) => {
      const events = source.events.map((e, i) => (i === 0 ? { ...e, media: mediaOf('A quay') } : e));
      const records = eventRecords({ ...source, events }, 'en');
      const rows = events.map((e) => [e.id, JSON.stringify(records.get(e.id))]);
      const found = rows.map(([, cell = '']) => readRecordCell(cell, 'en')).flatMap((r) => (r.ok ? [r.record] : []));
      const issues: TableIssue[] = [];
      const { events: kept } = recordParts(
        found.map((r) => r.event),
        found,
        { ...options, hasMedia: (file) => file !== 'media/quay.vtt' },
        issues,
      );
      expect(kept[0]?.media?.map((m) => m.kind)).toEqual(['image', 'post']);
      expect(issues.map((i) => i.found)).toContain('none at media/quay.vtt');
    }),
    { numRuns: 3 },
  );
});
