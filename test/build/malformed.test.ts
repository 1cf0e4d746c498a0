import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { loadBasemap } from '../../src/build/basemap-files.ts';
import type { LoadedStory } from '../../src/build/load.ts';
import { loadStory, STORY_FILES } from '../../src/build/load.ts';
import { issueText } from '../../src/build/report.ts';
import { compile } from '../../src/core/compile.ts';
import { eventsCsv, eventsGeoJson, placesGeoJson } from '../../src/core/export.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import type { StoryFiles } from '../fixtures/broken.ts';
import { anyFile, bytesOf, oneValue, SOUND } from '../fixtures/broken.ts';
import { DATA } from '../fixtures/stories.ts';
import { LONG, runs, tried } from '../tried.ts';

const TIMEOUT = LONG ? 1_200_000 : 60_000;
const place = mkdtempSync(join(tmpdir(), 'unrest-map-broken-'));
const folder = join(place, 'harbour');
mkdirSync(folder);
afterAll(() => rmSync(place, { recursive: true, force: true }));
const basemap = loadBasemap(join(DATA, 'basemap/kazakhstan'));

function load(files: StoryFiles): LoadedStory {
  for (const name of STORY_FILES) writeFileSync(join(folder, name), files[name] ?? '');
  return loadStory(
    folder,
    DATA,
    () => null,
    (path) => (path.endsWith('kazakhstan') ? basemap : null),
  );
}

/** What a terminal would obey, or nobody could see. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Whatever was wrong: every fault is told whole, and what is left can be published. */
function expectTotal(loaded: LoadedStory): void {
  for (const issue of loaded.issues) {
    expect(issue.file).toMatch(/^[\w.]+$/);
    expect(issue.expected).not.toBe('');
    expect(issue.found).not.toBe('');
    expect(issue.remedy).not.toBe('');
    expect(issueText('data/harbour', issue)).not.toMatch(UNSEEN);
    // A file that is there and has text has lines.
    if (issue.path.length > 0) expect(issue.line).toBeGreaterThan(0);
  }
  const { story } = loaded;
  if (!story || !basemap) {
    expect(loaded.issues.some((i) => i.severity === 'error')).toBe(true);
    return;
  }
  const { story: compiled } = compile(story, story.meta.language, basemap.index, loaded.leftOut);
  const t = stringsFor(story.meta.language);
  expect(compiled.events).toHaveLength(story.events.length);
  for (const p of compiled.places) if (p.at) expect(p.at.every(Number.isFinite)).toBe(true);
  for (const text of [eventsGeoJson(compiled, t), placesGeoJson(compiled)]) JSON.parse(text);
  expect(eventsCsv(compiled, t).startsWith('\ufeff')).toBe(true);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}

/** The sound story with eight more events, and as many places, that nothing else rests on. */
function withBystanders(): StoryFiles {
  const text = (name: string) => JSON.parse(Buffer.from(SOUND[name] ?? []).toString('utf8')) as never;
  const events = text('events.json') as { events: { id: string; claims: { id: string }[] }[] };
  const places = text('places.geojson') as { features: { id: string }[] };
  const model = events.events.at(-1);
  const city = places.features.find((f) => f.id === 'aktau');
  const more = Array.from({ length: 8 }, (_, i) => i);
  const bytes = (value: unknown) => Buffer.from(JSON.stringify(value, null, 1));
  return {
    ...SOUND,
    'events.json': bytes({ events: more.map((i) => ({ ...model, id: `e${i}`, claims: model?.claims.map((c) => ({ ...c, id: `e${i}-${c.id}` })) })) }),
    'places.geojson': bytes({ type: 'FeatureCollection', features: [...places.features, ...more.map((i) => ({ ...city, id: `p${i}` }))] }),
    'story.json': bytes({ ...(text('story.json') as object), keyFigures: [] }),
  };
}

describe('whatever is done to a file', () => {
  const kinds = [
    ['one value replaced or taken out', oneValue(SOUND)],
    ['bytes cut, changed or put in', bytesOf(SOUND)],
    ['another file altogether', anyFile(SOUND)],
  ] as const;
  test.each(kinds)('%s: it ends with every fault told by file and line, and what is sound can be published', { timeout: TIMEOUT }, (kind, changes) => {
    const settings = runs(150, 4000);
    fc.assert(
      fc.property(changes, ({ files }) => expectTotal(load(files))),
      settings,
    );
    tried(`malformed data: ${kind}`, settings.numRuns);
  });

  test('one bad item costs itself alone: the others of its list stay', { timeout: TIMEOUT }, () => {
    const settings = runs(100, 2000);
    const sound = withBystanders();
    const all = load(sound);
    expect(all.issues.filter((i) => i.severity === 'error')).toEqual([]);
    fc.assert(
      fc.property(oneValue(sound, ['events.json', 'places.geojson']), ({ file, files, item }) => {
        const loaded = load(files);
        expectTotal(loaded);
        // Text that is no JSON is no list, and has no items to save.
        if (item === null || loaded.issues.some((i) => i.file === file && i.path.length === 0)) return;
        expect(loaded.story?.events.length).toBeGreaterThanOrEqual((all.story?.events.length ?? 0) - 1);
        expect(loaded.story?.places.length).toBeGreaterThanOrEqual((all.story?.places.length ?? 0) - 1);
      }),
      settings,
    );
    tried('malformed data: one bad item among good ones', settings.numRuns);
  });
});

describe('limits come before work', () => {
  const written = (content: string) => load({ ...SOUND, 'events.json': Buffer.from(content) }).issues[0];

  test('a file of 200 MB is refused unread', () => {
    load(SOUND);
    const handle = openSync(join(folder, 'events.json'), 'w');
    ftruncateSync(handle, 200 * 2 ** 20);
    closeSync(handle);
    const before = process.memoryUsage().arrayBuffers;
    expect(
      loadStory(
        folder,
        DATA,
        () => null,
        () => basemap,
      ).issues[0],
    ).toMatchObject({ file: 'events.json', expected: 'at most 64 MB', found: '200 MB' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
  });

  test.each([1000, 100_000])('%i levels of lists or objects are refused where the limit is passed', (levels) => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const)
      expect(written(`{"events":\n${open.repeat(levels)}0${close.repeat(levels)}}`)).toMatchObject({ expected: 'at most 32 levels of nesting', line: 2 });
  });

  test('more than a million values are refused', () => {
    expect(written(`{"events": [\n${'0,'.repeat(1_000_001)}0]}`)).toMatchObject({ expected: 'at most 1000000 values', line: 2 });
  });

  const many = LONG ? 300_000 : 30_000;

  test('very many faulty items end in a thousand issues and the number of the others', { timeout: 60_000 }, () => {
    const { issues, leftOut } = load({ ...SOUND, 'events.json': Buffer.from(`{"events": [${'0,'.repeat(many)}0]}`) });
    expect(leftOut).toBe(many + 1);
    expect(issues.length).toBeLessThan(1100);
    expect(issues).toContainEqual(expect.objectContaining({ file: 'events.json', found: `${many - 999} more than are told here` }));
  });

  test('so do very many faulty entries of a table, and a key that stands very many times', { timeout: 60_000 }, () => {
    const table = `{${Array.from({ length: many }, (_, i) => `"s${i}":0`).join(',')}}`;
    expect(load({ ...SOUND, 'speakers.json': Buffer.from(table) }).issues.length).toBeLessThan(1200);
    const repeated = `{${Array.from({ length: many }, () => '"a":0').join(',')}}`;
    expect(load({ ...SOUND, 'speakers.json': Buffer.from(repeated) }).issues.length).toBeLessThan(2300);
  });

  test('a long chain of claims, each replacing the next and the last resting on nothing, ends', { timeout: 60_000 }, () => {
    const file = JSON.parse(Buffer.from(SOUND['events.json'] ?? []).toString('utf8')) as { events: Record<string, unknown>[] };
    const model = file.events.at(-1) as { claims: object[] };
    const events = Array.from({ length: LONG ? 3000 : 300 }, (_, i) => ({
      ...model,
      id: `e${i}`,
      claims: [{ ...model.claims[0], id: `k${i}`, relations: [{ kind: 'supersedes', claim: `k${i + 1}` }] }],
    }));
    const { issues } = load({ ...SOUND, 'events.json': Buffer.from(JSON.stringify({ events })) });
    expect(issues[0]).toMatchObject({ severity: 'error' });
  });
});

describe('RFC 7946 at its edges', () => {
  const feature = (geometry: unknown, more: object = {}) => ({
    type: 'Feature',
    id: 'edge',
    geometry,
    properties: {
      name: { en: 'Edge' },
      aliases: [],
      kind: 'region',
      precision: 'region',
      note: null,
      country: 'FJ',
      coordinateSource: 'invented',
      outline: null,
    },
    ...more,
  });
  const point = (...coordinates: unknown[]) => ({ type: 'Point', coordinates });
  const sound = JSON.parse(Buffer.from(SOUND['places.geojson'] ?? []).toString('utf8')) as { features: object[] };
  const withFeature = (f: unknown, more: object = {}) => {
    const loaded = load({ ...SOUND, 'places.geojson': Buffer.from(JSON.stringify({ ...sound, ...more, features: [...sound.features, f] }, null, 1)) });
    expect(loaded.story?.places.map((p) => p.id)).toEqual(expect.arrayContaining(['country', 'aktau', 'port']));
    return { at: loaded.story?.places.find((p) => p.id === 'edge')?.at, issues: loaded.issues.filter((i) => i.file === 'places.geojson') };
  };

  test.each([
    ['on the antimeridian, from the east', point(180, -16), [180, -16]],
    ['on the antimeridian, from the west', point(-180, -16), [-180, -16]],
    ['at the south pole', point(0, -90), [0, -90]],
    ['with an altitude', point(178, -17, 1200), [178, -17]],
    ['with more numbers than the standard has', point(178, -17, 1200, 5), [178, -17]],
    ['without a location', null, null],
  ])('a place %s is kept', (_, geometry, at) => {
    expect(withFeature(feature(geometry))).toEqual({ at, issues: [] });
  });

  test.each([
    ['of four numbers', [178, -17, 178, -17]],
    ['of six', [178, -17, 0, 178, -17, 9]],
  ])('a bbox %s is no fault, of the collection, the feature or the geometry', (_, bbox) => {
    expect(withFeature(feature({ ...point(178, -17), bbox }, { bbox }), { bbox }).issues).toEqual([]);
  });

  test.each([
    ['beyond the globe', point(181, 0), 'longitude in -180..180'],
    ['swapped', point(-17, 178), 'longitude in -180..180'],
    ['as text', point('178', '-17'), 'a number'],
    ['with a hole', point(null, -17), 'a number'],
    ['empty', point(), '"0", a number'],
    ['a line', { type: 'LineString', coordinates: [[0, 0]] }, 'one of "Point"'],
    ['collections of collections', { type: 'GeometryCollection', geometries: [{ type: 'GeometryCollection', geometries: [] }] }, 'one of "Point"'],
    ['a list', [178, -17], 'an object'],
  ])('coordinates that are %s cost that place alone, with its line', (_, geometry, expected) => {
    const { at, issues } = withFeature(feature(geometry));
    expect(at).toBeUndefined();
    expect(issues).toContainEqual(
      expect.objectContaining({ severity: 'error', expected: expect.stringContaining(expected) as string, line: expect.any(Number) as number }),
    );
  });

  test('a coordinate reference system is warned of', () => {
    const { issues } = withFeature(feature(point(178, -17)), { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } } });
    expect(issues).toEqual([expect.objectContaining({ severity: 'warning', path: ['crs'], line: expect.any(Number) as number })]);
  });

  test('an id that two places have is told for the second, and the first stays', () => {
    const { issues, at } = withFeature(feature(point(178, -17)), {});
    expect([issues, at]).toEqual([[], [178, -17]]);
    const twice = withFeature({ ...feature(point(178, -17)), id: 'aktau' });
    expect(twice.issues).toContainEqual(expect.objectContaining({ expected: 'an id that no other place has', path: ['features', 3, 'id'] }));
  });
});

test('messages write out what a terminal would obey or nobody could see', () => {
  const key = 'a\u001b[2J\u202e\u200b\u009b';
  const { issues } = load({ ...SOUND, 'speakers.json': Buffer.from(JSON.stringify({ [key]: { name: { en: key }, kind: key } })) });
  expect(issues.length).toBeGreaterThan(0);
  for (const issue of issues) expect(issueText('data/harbour', issue)).not.toMatch(UNSEEN);
  expect(readFileSync(join(folder, 'speakers.json'), 'utf8')).toContain('u001b');
});
