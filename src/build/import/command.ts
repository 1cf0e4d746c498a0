/** `npm run import`: a table into a story, shown as a diff before it is written. Prints through what it is given and returns the exit code. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { show } from '../../core/issue.ts';
import type { SourceEvent } from '../../core/source.ts';
import { countryCode } from '../../import/countries.ts';
import type { DateOrder } from '../../import/dates.ts';
import { draftOf } from '../../import/draft.ts';
import { MOST_LISTED } from '../../import/limits.ts';
import type { ImportRecord } from '../../import/merge.ts';
import { mergeImport } from '../../import/merge.ts';
import type { ImportOptions } from '../../import/options.ts';
import { DEFAULTS } from '../../import/options.ts';
import { featureKey } from '../../import/places.ts';
import type { PresetName } from '../../import/presets.ts';
import { PRESET_NAMES, PRESETS, presetOf } from '../../import/presets.ts';
import { languageOf, MAPPING, newStoryFiles, RECORD, shelvesOf, titleOfFile } from '../../import/story.ts';
import type { Table, TableIssue } from '../../import/table.ts';
import { loadStory } from '../load.ts';
import { issueText } from '../report.ts';
import { LockedError, lock, recover, refusalWords, stage } from '../whole.ts';
import { hasShape, WORLD } from '../world/world.ts';
import { beginTable } from './begin.ts';
import { filesOf } from './files.ts';
import type { StoryFolder } from './folder.ts';
import { readFolder, readRecord, recordFile, replaceFiles } from './folder.ts';
import { loadGazetteer } from './gazetteer-file.ts';
import { importLong } from './long.ts';
import type { Mapping } from './mapping.ts';
import { LANGUAGE_TAG, readMapping } from './mapping.ts';
import type { Surface } from './tell.ts';
import { tell } from './tell.ts';
import { IMPORT_USAGE } from './usage.ts';

const FLAGS = {
  story: { type: 'string' },
  'dry-run': { type: 'boolean' },
  format: { type: 'string' },
  dates: { type: 'string' },
  column: { type: 'string', multiple: true },
  columns: { type: 'string' },
  country: { type: 'string' },
  place: { type: 'string', multiple: true },
  zone: { type: 'string' },
  language: { type: 'string' },
  title: { type: 'string' },
  publisher: { type: 'string' },
  collection: { type: 'string' },
  source: { type: 'string' },
  sheet: { type: 'string' },
  fit: { type: 'boolean' },
  'skip-errors': { type: 'boolean' },
  overwrite: { type: 'boolean' },
  save: { type: 'boolean' },
  rows: { type: 'boolean' },
} as const;

type Flags = ReturnType<typeof parse>['values'];

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
}

/**
 * Import a table.
 * @returns 0 for done, 1 for errors in the data (nothing is written then, unless rows with errors may be left out), 2 for wrong use,
 *   for a folder that another import is changing, and for a disk that will not write
 */
export async function runImport(args: readonly string[], dataDir: string, surface: Surface): Promise<number> {
  const usage = (why: string) => {
    surface.err(`${why}\nUsage:\n${IMPORT_USAGE}`);
    return 2;
  };
  let flags: Flags;
  let paths: readonly string[];
  try {
    ({ values: flags, positionals: paths } = parse(args));
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
  const [path] = paths;
  if (path === undefined || paths.length > 1) return usage('import takes one file, or - for CSV from standard input.');
  if (flags.story === undefined || !/^[\w-]{1,64}$/.test(flags.story)) return usage('--story wants the id of a story: letters, digits, - and _.');
  const wrong = wrongFlag(flags);
  if (wrong !== null) return usage(wrong);
  const folder = join(dataDir, flags.story);
  if (flags['dry-run']) return importInto(folder, path, flags, dataDir, surface);
  let free: () => void = () => undefined;
  try {
    free = lock(folder);
    recover(folder);
    return await importInto(folder, path, flags, dataDir, surface);
  } catch (error) {
    const words = error instanceof LockedError ? error.message : refusalWords(error, folder);
    if (words === null) throw error;
    surface.err(words);
    return 2;
  } finally {
    free();
  }
}

/** From the file to the story's folder, which is nobody else's meanwhile. */
async function importInto(folder: string, path: string, flags: Flags, dataDir: string, surface: Surface): Promise<number> {
  const isNew = !existsSync(join(folder, 'story.json'));
  const saved = readMapping(folder);
  const where = relative(process.cwd(), folder);
  if (saved.issues.length > 0) {
    for (const issue of saved.issues) surface.err(issueText(where, issue));
    return 1;
  }
  let outlines: ReadonlySet<string> | null = null;
  if (!isNew) {
    const { story, issues, basemap } = loadStory(folder, dataDir);
    outlines = basemap?.outlines ?? null;
    if (!story) {
      for (const issue of issues.filter((i) => i.severity === 'error')) surface.err(issueText(where, issue));
      surface.err('Nothing was imported: the story itself must be mended first.');
      return 1;
    }
  }
  const json = flags.format === 'json';
  const mapping = withFlags(saved.mapping, flags);
  const working = flags['dry-run'] ? mkdtempSync(join(tmpdir(), 'unrest-map-import-')) : stage(folder);
  try {
    return await importTable();
  } finally {
    rmSync(working, { recursive: true, force: true });
  }

  async function importTable(): Promise<number> {
    const read = await beginTable(path, mapping.sheet ?? null, working);
    const file = read.table?.file ?? basename(path);
    const unit = read.table?.unit ?? 'row';
    if (!read.table) return tell(surface, json, { file, unit }, read.issues, null, [], false, 1);
    const story = isNew ? null : readFolder(folder);
    const options = optionsFor(read.table, mapping, story, dataDir, surface.today, (source) => (isNew ? new Map() : readRecord(folder, source)));
    const last = isNew ? new Map<string, string>() : readRecord(folder, options.source);
    const fresh = { id: basename(folder), title: flags.title ?? titleOfFile(file), basemap: WORLD };
    const more = new Map(flags.save ? [[MAPPING, `${JSON.stringify(mapping, null, 2)}\n`]] : []);
    const isRows = recordFile(folder).imports[options.source]?.rows !== undefined;
    if (read.rest !== null || read.table.rows.length > MOST_LISTED || flags.rows || isRows)
      return importLong(
        {
          folder,
          dataDir,
          working,
          head: read.table,
          rest: read.rest,
          issues: read.issues,
          story,
          fresh,
          options,
          last,
          more,
          flags: {
            dry: flags['dry-run'] ?? false,
            fit: flags.fit ?? false,
            overwrite: flags.overwrite ?? false,
            skipErrors: flags['skip-errors'] ?? false,
            json,
          },
        },
        surface,
        where,
      );
    const draft = draftOf(
      read.table,
      { ...options, hasMedia: (name) => existsSync(join(folder, name)), hasShape: (id) => (isNew ? hasShape(id.toUpperCase()) : (outlines?.has(id) ?? false)) },
      surface.progress ?? undefined,
    );
    const issues = [...read.issues, ...draft.issues];
    const failed = issues.some((i) => i.severity === 'error');
    const hopeless = draft.events.length === 0 || issues.some((i) => i.severity === 'error' && i.row === null);
    if (failed && (hopeless || !flags['skip-errors'])) return tell(surface, json, { file, unit }, issues, draft, [], false, 1);
    const empty = { events: new Map(), places: new Map(), speakers: new Map(), sources: new Map(), layers: new Map(), paragraphs: new Map() };
    const merged = mergeImport(last, shelvesOf(draft, options), story?.shelves ?? empty, flags.overwrite);
    if (merged.taken.length > 0) {
      const taken = merged.taken.map(
        (id): TableIssue => ({
          severity: 'error',
          row: null,
          column: null,
          value: id,
          expected: 'ids that no other event of the story has',
          found: `"${id}", which is an event that this table did not bring`,
          remedy: 'Give the row another id, or say --overwrite to replace the event.',
        }),
      );
      return tell(surface, json, { file, unit }, [...issues, ...taken], draft, [], false, 1);
    }
    const files = story ? filesOf(story, merged, draft, options, folder, flags.fit ?? false, last, file) : newStoryFiles(fresh, file, draft, options);
    for (const [name, text] of more) files.set(name, text);
    const nothing = story !== null && [...files].every(([name, text]) => name === RECORD || story.texts.get(name) === text) && !flags.save;
    const dry = flags['dry-run'] ?? false;
    const broken = nothing ? [] : replaceFiles(folder, files, dataDir, dry);
    for (const issue of broken) surface.err(issueText(where, issue));
    if (broken.length > 0) {
      surface.err('Nothing was written: the story would have the errors above. Mend what names the missing parts, then import again.');
      return 1;
    }
    return tell(surface, json, { file, unit }, issues, draft, merged.changes, !dry && !nothing, failed ? 1 : 0, where);
  }
}

function wrongFlag(flags: Flags): string | null {
  if (flags.format !== undefined && flags.format !== 'json') return '--format knows one value: json.';
  if (flags.dates !== undefined && flags.dates !== 'dmy' && flags.dates !== 'mdy') return '--dates knows dmy and mdy.';
  if (flags.columns !== undefined && !isPreset(flags.columns)) return `--columns knows ${PRESET_NAMES.join(', ')}.`;
  if (flags.collection !== undefined && flags.collection !== 'article' && flags.collection !== 'context') return '--collection knows article and context.';
  if (flags.country !== undefined && countryCode(flags.country) === null) return `--country wants a country’s name or its two letters, not "${flags.country}".`;
  if (flags.language !== undefined && !LANGUAGE_TAG.test(flags.language)) return `--language wants a tag such as en, ar or pt-BR, not ${show(flags.language)}.`;
  if (flags.source !== undefined && !/^[\w-]{1,64}$/.test(flags.source)) return '--source wants an id: letters, digits, - and _.';
  if ((flags.column ?? []).some((c) => !c.includes('='))) return '--column wants ROLE=NAME, such as lat=Y.';
  if ((flags.place ?? []).some((p) => !/^.+=\d+$/.test(p))) return '--place wants NAME=NUMBER, such as "Aktau=610612".';
  return null;
}

function isPreset(text: string): text is PresetName {
  return (PRESET_NAMES as readonly string[]).includes(text);
}

const pair = (text: string): [string, string] => [text.slice(0, text.lastIndexOf('=')), text.slice(text.lastIndexOf('=') + 1)];

/** The saved mapping with what the flags say. */
function withFlags(saved: Mapping, flags: Flags): Mapping {
  const columns = { ...saved.columns, ...Object.fromEntries((flags.column ?? []).map((c) => [c.slice(0, c.indexOf('=')), c.slice(c.indexOf('=') + 1)])) };
  const places = { ...saved.places, ...Object.fromEntries((flags.place ?? []).map(pair).map(([name, id]) => [name, Number(id)])) };
  return {
    ...saved,
    ...(flags.columns !== undefined && isPreset(flags.columns) ? { preset: flags.columns } : {}),
    ...(Object.keys(columns).length > 0 ? { columns } : {}),
    ...(flags.dates === undefined ? {} : { dates: flags.dates as DateOrder }),
    ...(flags.country === undefined ? {} : { country: flags.country }),
    ...(flags.zone === undefined ? {} : { zone: flags.zone }),
    ...(flags.language === undefined ? {} : { language: flags.language }),
    ...(flags.collection === undefined ? {} : { collection: flags.collection as 'article' | 'context' }),
    ...(flags.source === undefined ? {} : { source: flags.source }),
    ...(flags.publisher === undefined ? {} : { publisher: flags.publisher }),
    ...(flags.sheet === undefined ? {} : { sheet: flags.sheet }),
    ...(Object.keys(places).length > 0 ? { places } : {}),
  };
}

function optionsFor(
  table: Table,
  mapping: Mapping,
  story: StoryFolder | null,
  dataDir: string,
  today: string,
  recordOf: (source: string) => ImportRecord,
): ImportOptions {
  const preset = mapping.preset ?? presetOf(table.columns);
  const source = mapping.source ?? (preset && PRESETS[preset].publisher ? preset : 'table');
  const record = recordOf(source);
  const language = mapping.language ?? story?.meta.language ?? languageOf(table);
  const [imported, own] = [true, false].map((wanted) => (story?.places ?? []).filter((p) => record.has(`places/${p.id}`) === wanted));
  return {
    ...DEFAULTS,
    language,
    zone: mapping.zone ?? story?.meta.timeZone ?? null,
    country: mapping.country === undefined ? null : countryCode(mapping.country),
    dates: mapping.dates ?? null,
    columns: new Map(Object.entries(mapping.columns ?? {})),
    preset: mapping.preset ?? null,
    collection: mapping.collection ?? 'article',
    source,
    publisher: mapping.publisher ?? null,
    places: new Map(Object.entries(mapping.places ?? {})),
    known: (own ?? []).map(({ id, geometry, properties }) => ({
      id,
      names: [...Object.values(properties.name), ...properties.aliases],
      at: geometry?.coordinates ?? null,
      country: properties.country,
    })),
    placeIds: new Map((imported ?? []).map((p) => [featureKey(p, language), p.id])),
    layers: (story?.meta.layers ?? []).filter((l) => !record.has(`layers/${l.id}`)),
    ids: new Set([
      ...[...((story?.shelves.events ?? new Map()) as ReadonlyMap<string, SourceEvent>).values()].flatMap((e) => [e.id, ...e.claims.map((c) => c.id)]),
      ...(story?.meta.glossary ?? []).map((g) => g.claim.id),
    ]),
    gazetteer: loadGazetteer(dataDir),
    today,
  };
}
