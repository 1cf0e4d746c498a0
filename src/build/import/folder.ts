/** A story's folder as an import finds and leaves it: the items by id, the record of earlier imports, and one change of all files or of none. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { LocatedIssue } from '../../core/issue.ts';
import type { SourceMeta } from '../../core/source.ts';
import type { ImportRecord, Merged, Shelves } from '../../import/merge.ts';
import type { PlaceFeature } from '../../import/places.ts';
import type { RecordFile } from '../../import/story.ts';
import { RECORD } from '../../import/story.ts';
import { loadStory } from '../load.ts';
import { moveInto, stage } from '../whole.ts';
import { editList, editTable, editValue } from './edit.ts';

export interface StoryFolder {
  readonly texts: ReadonlyMap<string, string>;
  readonly meta: SourceMeta;
  readonly places: readonly PlaceFeature[];
  readonly shelves: Shelves;
}

/** A story's files, read. @throws SyntaxError for a file that is no JSON: the caller has had it validated */
export function readFolder(folder: string): StoryFolder {
  const texts = new Map(
    ['story.json', 'places.geojson', 'speakers.json', 'sources.json', 'events.json', 'context.json']
      .filter((name) => existsSync(join(folder, name)))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8').replace(/^\ufeff/, '')] as const),
  );
  const json = (name: string): unknown => JSON.parse(texts.get(name) ?? '{}');
  const meta = json('story.json') as SourceMeta;
  const places = (json('places.geojson') as { features: PlaceFeature[] }).features;
  const events = ['events.json', 'context.json'].flatMap((name) => (json(name) as { events?: { id: string }[] }).events ?? []);
  const byId = (items: readonly { readonly id: string }[]) => new Map<string, unknown>(items.map((i) => [i.id, i]));
  const table = (name: string) => new Map(Object.entries(json(name) as object).filter(([key]) => key !== '$schema')) as ReadonlyMap<string, unknown>;
  return {
    texts,
    meta,
    places,
    shelves: {
      events: byId(events),
      places: byId(places),
      speakers: table('speakers.json'),
      sources: table('sources.json'),
      layers: byId(meta.layers),
      paragraphs: byId(meta.paragraphs),
    },
  };
}

/** What the last import of a table wrote; empty for a first one. */
export function readRecord(folder: string, source: string): ImportRecord {
  return new Map(Object.entries(recordFile(folder).imports[source]?.items ?? {}));
}

/** The record of a folder's imports; empty where there is none. */
export function recordFile(folder: string): RecordFile {
  const path = join(folder, RECORD);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as RecordFile) : { imports: {} };
}

/** The files' texts after a merge; those that stay as they are included. */
export function editedTexts(story: StoryFolder, merged: Merged, meta: Partial<SourceMeta>): Map<string, string> {
  const texts = new Map(story.texts);
  const edit = (name: string, change: (text: string) => string) => texts.set(name, change(texts.get(name) ?? '{\n  "events": []\n}\n'));
  const { events, places, speakers, sources, layers, paragraphs } = merged.writes;
  const inContext = (id: string, value: unknown) => ((value ?? story.shelves.events.get(id)) as { collection?: string } | undefined)?.collection === 'context';
  const context = new Map([...events].filter(([id, value]) => inContext(id, value)));
  edit('events.json', (text) => editList(text, ['events'], new Map([...events].filter(([id]) => !context.has(id)))));
  if (context.size > 0) edit('context.json', (text) => editList(text, ['events'], context));
  edit('places.geojson', (text) => editList(text, ['features'], places));
  edit('speakers.json', (text) => editTable(text, speakers));
  edit('sources.json', (text) => editTable(text, sources));
  edit('story.json', (text) => {
    const listed = editList(editList(text, ['layers'], layers), ['paragraphs'], paragraphs);
    return Object.entries(meta).reduce((t, [key, value]) => editValue(t, [key], value), listed);
  });
  return texts;
}

/** A file of rows that stands ready elsewhere on the same disk, under its name in the story; and the names of those that give way. */
export interface RowFiles {
  readonly made: string | null;
  readonly gone: readonly string[];
}

/**
 * Put files into a story's folder, all or none: they are written to a copy beside it, the copy is checked as `validate`
 * does, and then takes its place.
 * @param dry  whether the copy is only checked
 * @param rows what becomes of its file of rows
 * @returns errors that the story would have and has not now; then nothing was changed
 * @throws Error as the file system does; nothing was changed either
 */
export function replaceFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
  dataDir: string,
  dry: boolean,
  rows: RowFiles = { made: null, gone: [] },
): readonly LocatedIssue[] {
  const beside = dry ? mkdtempSync(join(tmpdir(), 'unrest-map-import-')) : stage(folder);
  try {
    const copy = join(beside, basename(folder));
    const gone = new Set([...rows.gone, ...(rows.made ? [basename(rows.made)] : [])].map((name) => join(folder, name)));
    if (existsSync(folder)) cpSync(folder, copy, { recursive: true, filter: (from) => !gone.has(from) });
    else mkdirSync(copy);
    for (const [name, text] of files) writeFileSync(join(copy, name), text);
    const text = (issue: LocatedIssue) => JSON.stringify([issue.file, issue.path.at(-1), issue.expected, issue.found]);
    const before = new Set(existsSync(join(folder, 'story.json')) ? loadStory(folder, dataDir).issues.map(text) : []);
    const errors = loadStory(copy, dataDir).issues.filter((i) => i.severity === 'error' && !before.has(text(i)));
    if (errors.length > 0 || dry) return errors;
    if (rows.made) renameSync(rows.made, join(copy, basename(rows.made)));
    moveInto(copy, folder);
    return [];
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
