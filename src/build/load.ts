/** From a story's folder to a sound story and the list of everything that is wrong with it. The only reads of story files. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import type { Issue, LocatedIssue } from '../core/issue.ts';
import { show } from '../core/issue.ts';
import type { SourceEvent, SourceMeta, SourcePlace, SourcePublication, SourceSpeaker, SourceStory } from '../core/source.ts';
import { visible } from '../core/text.ts';
import { PALETTES } from '../core/tokens.ts';
import type { SitePalettes, Surroundings } from '../core/validate.ts';
import { validate } from '../core/validate.ts';
import { MOST_LISTED } from '../import/limits.ts';
import type { Basemap } from './basemap-files.ts';
import { basemapFor, countryTest, loadBasemap } from './basemap-files.ts';
import type { Committed } from './committed.ts';
import { fromGit, silentChanges } from './committed.ts';
import { mediaFaults } from './media/check.ts';
import type { JsonFile } from './read-json.ts';
import { readJsonFile } from './read-json.ts';
import { sortIssues } from './report.ts';
import * as schema from './schema.ts';
import { checkShape } from './shape.ts';

export const STORY_FILES = ['story.json', 'places.geojson', 'speakers.json', 'sources.json', 'events.json'] as const;
/** A story may do without. */
const OPTIONAL_FILES = ['context.json'] as const;
export type StoryFile = (typeof STORY_FILES)[number] | (typeof OPTIONAL_FILES)[number];

/** What loading a folder gives. `story` holds the sound parts; null when not enough is left to show anything. */
export interface LoadedStory {
  readonly folder: string;
  readonly story: SourceStory | null;
  readonly basemap: Basemap | null;
  readonly issues: LocatedIssue[];
  /** Events that were set aside because of errors. */
  readonly leftOut: number;
}

/** Story folders below `dataDir`, in name order: those that hold a story.json. */
export function storyFolders(dataDir: string): string[] {
  return (
    readdirSync(dataDir)
      // No id has a dot: what has one is being written, or hidden.
      .filter((name) => !name.includes('.') && existsSync(join(dataDir, name, 'story.json')))
      .sort()
      .map((name) => join(dataDir, name))
  );
}

/**
 * Read, check and keep what is sound of one story. Never throws for what a file holds; a folder without files gives
 * one issue per missing file.
 * @param dataDir     the folder that holds `basemap/`
 * @param committed   what the files said when they were last published
 * @param openBasemap reads a basemap's folder; null when there is none
 * @param palettes    the site's colours, which those of layers must stand out from
 */
export function loadStory(
  folder: string,
  dataDir: string,
  committed: Committed = fromGit,
  openBasemap = loadBasemap,
  palettes: SitePalettes = PALETTES,
): LoadedStory {
  const issues: LocatedIssue[] = [];
  const files = new Map<StoryFile, JsonFile>();
  for (const name of [...STORY_FILES, ...OPTIONAL_FILES]) {
    const path = join(folder, name);
    if (!existsSync(path) || !statSync(path).isFile()) {
      if (name !== 'context.json') issues.push(missing(name));
      continue;
    }
    const result = readJsonFile(name, path);
    for (const issue of result.issues) issues.push(issue);
    if (result.ok) files.set(name, withoutUnseen(result.file, issues));
  }
  const shaped = withSoundMedia(readShapes(files, issues), folder, files, issues);
  const basemap = shaped.meta
    ? basemapFor(
        shaped.meta,
        shaped.places.map((p) => p.item),
        dataDir,
        openBasemap,
      )
    : null;
  if (shaped.meta && !basemap) {
    issues.push(
      locateIn(files, {
        severity: 'error',
        file: 'story.json',
        path: ['basemap'],
        expected: 'a folder of data/basemap, or "world"',
        found: show(shaped.meta.basemap),
        remedy: 'Correct the name.',
      }),
    );
  }
  if (!shaped.meta || !basemap || !STORY_FILES.every((name) => files.has(name)))
    return { folder, story: null, basemap, issues: sortIssues(issues), leftOut: shaped.brokenEvents };
  const kept = keepSound(shaped.meta, shaped, { folder: basename(folder), outlines: basemap.outlines, palettes }, basemap);
  const many = tooManyListed(shaped.events.filter((e) => e.file === 'events.json').length, basename(folder));
  if (many) issues.push(locateIn(files, many));
  const silent = silentChanges(folder, shaped.meta, shaped.events, committed);
  const told = new Told();
  for (const issue of [...kept.issues, ...silent]) if (told.allows(issue)) issues.push(locateIn(files, issue));
  issues.push(...told.rest());
  return { folder, story: kept.story, basemap, issues: sortIssues(issues), leftOut: shaped.brokenEvents + kept.leftOut };
}

/** The warning for more events than a page can list; null for fewer. */
function tooManyListed(events: number, id: string): Issue | null {
  if (events <= MOST_LISTED) return null;
  return {
    severity: 'warning',
    file: 'events.json',
    path: ['events'],
    expected: `at most ${MOST_LISTED} events: each is a mark of its own and stands in the page`,
    found: String(events),
    remedy: `Import their table again, and they become a file of rows: npm run import -- TABLE --story ${id}. Where there is no table, take the events.csv of the built story, with --overwrite.`,
  };
}

function missing(name: string): LocatedIssue {
  return {
    severity: 'error',
    file: name,
    path: [],
    expected: 'the file',
    found: 'none',
    remedy: 'Create it; data/README.md shows a small example.',
    line: null,
    column: null,
  };
}

function locateIn(files: ReadonlyMap<StoryFile, JsonFile>, issue: Issue): LocatedIssue {
  return files.get(issue.file as StoryFile)?.locate(issue) ?? { ...issue, line: null, column: null };
}

/** A file with texts that show all they hold: what nobody can see is left out, and told. */
function withoutUnseen(file: JsonFile, issues: LocatedIssue[]): JsonFile {
  const told = new Told();
  const walk = (value: unknown, path: readonly (string | number)[]): unknown => {
    if (typeof value === 'string') {
      const seen = visible(value);
      const issue: Issue = {
        severity: 'warning',
        file: file.name,
        path,
        expected: 'characters that can be seen',
        found: show(value),
        remedy: 'They are left out; remove them.',
      };
      if (seen !== value && told.allows(issue)) issues.push(file.locate(issue));
      return seen;
    }
    if (Array.isArray(value)) return value.map((v, i) => walk(v, [...path, i]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v, [...path, k])]));
  };
  const value = walk(file.value, []);
  issues.push(...told.rest());
  return { ...file, value };
}

/** Finding a fault's line takes time, and nobody reads thousands: of each file the first are told one by one, the others as a number. */
const MOST_TOLD = 1000;

class Told {
  private readonly counts = new Map<string, number>();

  allows({ file }: Issue): boolean {
    const count = (this.counts.get(file) ?? 0) + 1;
    this.counts.set(file, count);
    return count <= MOST_TOLD;
  }

  /** An issue for each file that has more. */
  rest(): LocatedIssue[] {
    return [...this.counts].flatMap(([file, count]): LocatedIssue[] =>
      count <= MOST_TOLD
        ? []
        : [
            {
              severity: 'warning',
              file,
              path: [],
              expected: `at most ${MOST_TOLD} faults`,
              found: `${count - MOST_TOLD} more than are told here`,
              remedy: 'Mend these first.',
              line: null,
              column: null,
            },
          ],
    );
  }
}

/** An item and its position in the file, kept while broken neighbours are set aside. */
interface Placed<T> {
  readonly item: T;
  readonly file: StoryFile;
  readonly at: number;
}

interface Shapes {
  readonly meta: SourceMeta | null;
  readonly events: readonly Placed<SourceEvent>[];
  readonly places: readonly Placed<SourcePlace>[];
  readonly speakers: ReadonlyMap<string, SourceSpeaker>;
  readonly sources: ReadonlyMap<string, SourcePublication>;
  readonly brokenEvents: number;
}

function readShapes(files: ReadonlyMap<StoryFile, JsonFile>, issues: LocatedIssue[]): Shapes {
  const told = new Told();
  const tell = (file: JsonFile, issue: Issue) => {
    if (told.allows(issue)) issues.push(file.locate(issue));
  };
  const check = <T>(file: JsonFile, shape: z.ZodType<T>, value: unknown, path: readonly (string | number)[]): T | null => {
    const result = checkShape(shape, value, file.name, path);
    for (const issue of result.issues) tell(file, issue);
    return result.value;
  };
  const list = <T>(name: StoryFile, envelope: z.ZodType<Record<string, unknown>>, key: string, shape: z.ZodType<T>): { items: Placed<T>[]; broken: number } => {
    const file = files.get(name);
    const outer = file ? check(file, envelope, file.value, []) : null;
    const values = (outer?.[key] ?? []) as unknown[];
    const items = values.flatMap((value, at): Placed<T>[] => {
      const item = file ? check(file, shape, value, [key, at]) : null;
      return item === null ? [] : [{ item, file: name, at }];
    });
    return { items, broken: values.length - items.length };
  };
  const table = <T>(name: StoryFile, shape: z.ZodType<T>): Map<string, T> => {
    const file = files.get(name);
    const entries = file && typeof file.value === 'object' && file.value !== null && !Array.isArray(file.value) ? Object.entries(file.value) : null;
    if (file && !entries)
      tell(file, { severity: 'error', file: name, path: [], expected: 'an object of id and entry', found: show(file.value), remedy: 'See data/README.md.' });
    return new Map(
      (entries ?? [])
        .filter(([id]) => id !== '$schema')
        .flatMap(([id, value]): [string, T][] => {
          if (file && !/^[\w-]{1,64}$/.test(id)) {
            tell(file, {
              severity: 'error',
              file: name,
              path: [id],
              expected: 'an id of letters, digits, - and _, at most 64',
              found: show(id),
              remedy: 'Rename it.',
            });
            return [];
          }
          const entry = file ? check(file, shape, value, [id]) : null;
          return entry === null ? [] : [[id, entry]];
        }),
    );
  };
  const storyFile = files.get('story.json');
  const events = list('events.json', schema.envelopes.events, 'events', schema.event);
  const context = list('context.json', schema.envelopes.events, 'events', schema.event);
  const places = list('places.geojson', schema.envelopes.places, 'features', schema.placeFeature);
  const placesFile = files.get('places.geojson');
  if (placesFile && typeof placesFile.value === 'object' && placesFile.value !== null && Object.hasOwn(placesFile.value, 'crs'))
    tell(placesFile, {
      severity: 'warning',
      file: placesFile.name,
      path: ['crs'],
      expected: 'longitude and latitude on WGS 84, which is all that RFC 7946 knows',
      found: 'a coordinate reference system',
      remedy: 'Remove "crs"; if the numbers are of another system, convert them.',
    });
  const shapes: Shapes = {
    meta: storyFile ? check(storyFile, schema.meta, storyFile.value, []) : null,
    events: [...events.items, ...context.items],
    places: places.items.map((p) => ({ ...p, item: toPlace(p.item) })),
    speakers: table('speakers.json', schema.speaker),
    sources: table('sources.json', schema.publication),
    brokenEvents: events.broken + context.broken,
  };
  issues.push(...told.rest());
  return shapes;
}

/** Media whose files are missing or unfit costs that alone: its event stays. */
function withSoundMedia(shapes: Shapes, folder: string, files: ReadonlyMap<StoryFile, JsonFile>, issues: LocatedIssue[]): Shapes {
  const events = shapes.events.map((placed): Placed<SourceEvent> => {
    const { item, file, at } = placed;
    if (!item.media) return placed;
    const media = item.media.filter((one, k) => {
      const faults = mediaFaults(folder, one);
      for (const { path, ...words } of faults) issues.push(locateIn(files, { severity: 'error', file, path: ['events', at, 'media', k, ...path], ...words }));
      return faults.length === 0;
    });
    return { ...placed, item: { ...item, media } };
  });
  return { ...shapes, events };
}

function toPlace({ id, geometry, properties }: z.infer<typeof schema.placeFeature>): SourcePlace {
  // RFC 7946 §3.1.1 allows a third number, an altitude: a map has no use for it.
  return { id, ...properties, at: geometry ? [geometry.coordinates[0], geometry.coordinates[1]] : null };
}

/** What rests on a faulty part goes in the next round; a story that is not sound after so many is none. */
const MOST_ROUNDS = 100;

/** Faults of story.json that cost the reader one entry, not the story. */
const MINOR = new Set(['keyFigures', 'changes', 'glossary', 'credits', 'withdrawn', 'series', 'steps']);

/**
 * Judge the meaning, set aside what is faulty, and judge again until what is left stands by itself: an event may rest
 * on a place or a claim that had to go. A link to a related event that is not there costs the link alone.
 */
function keepSound(
  metaRead: SourceMeta,
  shapes: Shapes,
  fixed: Omit<Surroundings, 'inCountry'>,
  basemap: Basemap,
): { story: SourceStory | null; issues: Issue[]; leftOut: number } {
  const found = new Map<string, Issue>();
  let meta = metaRead;
  let { events, places, sources } = shapes;
  for (let round = 0; ; round++) {
    const story: SourceStory = {
      meta,
      events: events.map((e) => e.item),
      places: places.map((p) => p.item),
      speakers: shapes.speakers,
      sources,
    };
    const around: Surroundings = { ...fixed, inCountry: countryTest(story.places, basemap) };
    const issues = validate(story, { events, places: places.map((p) => p.at) }, around);
    for (const issue of issues) found.set(JSON.stringify([issue.file, issue.path, issue.expected]), issue);
    const errors = issues.filter((i) => i.severity === 'error');
    if (errors.length === 0) return { story, issues: [...found.values()], leftOut: shapes.events.length - events.length };
    if (round === MOST_ROUNDS || errors.some((i) => i.file === 'story.json' && !MINOR.has(String(i.path[0]))))
      return { story: null, issues: [...found.values()], leftOut: 0 };
    const placeOf = (file: string, ...path: readonly (string | number | undefined)[]) => [file, ...path].join(' ');
    const faulty = new Set(errors.flatMap((i) => (i.file === 'places.geojson' || i.path[2] !== 'related' ? [placeOf(i.file, i.path[1])] : [])));
    const brokenLinks = new Set(errors.flatMap((i) => (i.path[2] === 'related' ? [placeOf(i.file, i.path[1], i.path[3])] : [])));
    const isFaulty = ({ file, at }: { file: StoryFile; at: number }) => faulty.has(placeOf(file, at));
    events = events
      .filter((e) => !isFaulty(e))
      .map(({ item, file, at }) => ({ item: { ...item, related: item.related.filter((_, k) => !brokenLinks.has(placeOf(file, at, k))) }, file, at }));
    places = places.filter((p) => !isFaulty(p));
    // A date that is none costs a source that date.
    const undated = (id: string, key: 'published' | 'accessed') => errors.some((e) => e.file === 'sources.json' && e.path[0] === id && e.path[1] === key);
    if (errors.some((e) => e.file === 'sources.json'))
      sources = new Map(
        [...sources].map(([id, s]) => [
          id,
          { ...s, published: undated(id, 'published') ? null : s.published, accessed: undated(id, 'accessed') ? null : s.accessed },
        ]),
      );
    const cut = <T>(key: string, items: readonly T[]): T[] =>
      items.filter((_, i) => !errors.some((e) => e.file === 'story.json' && e.path[0] === key && e.path[1] === i));
    meta = {
      ...meta,
      keyFigures: cut('keyFigures', meta.keyFigures),
      changes: cut('changes', meta.changes),
      glossary: cut('glossary', meta.glossary),
      withdrawn: cut('withdrawn', meta.withdrawn ?? []),
      series: cut('series', meta.series ?? []),
      steps: cut('steps', meta.steps ?? []),
    };
  }
}
