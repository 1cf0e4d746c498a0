/** A new story from a table: its five files, whole and valid. */
import { NUMBERS_AS } from '../core/languages.ts';
import type { Bounds, SourceLayer, SourceMeta, SourcePlace, SourceStory } from '../core/source.ts';
import type { Draft } from './draft.ts';
import type { ImportRecord, Shelves } from './merge.ts';
import { printOf } from './merge.ts';
import type { ImportOptions } from './options.ts';
import type { PlaceFeature } from './places.ts';
import type { Table } from './table.ts';
import { importWords } from './words.ts';

export interface NewStory {
  readonly id: string;
  /** As readers see it; the file's name where nobody gives one. */
  readonly title: string;
  readonly basemap: string;
  /** How many events it has; those of the draft where nobody says. */
  readonly events?: number;
}

/** The world without its empty ends: for a story that has no points. */
const WORLD: Bounds = [-170, -58, 179, 78];

/** What a draft puts on each shelf of a story. */
export function shelvesOf(draft: Draft, options: ImportOptions): Shelves {
  return {
    events: new Map(draft.events.map((e) => [e.id, e])),
    places: new Map(draft.places.map((p) => [p.id, p])),
    speakers: draft.speakers,
    sources: draft.sources,
    layers: new Map(draft.layers.map((l) => [l.id, l])),
    paragraphs: new Map(paragraphsOf(draft, options).map((p) => [p.id, p])),
  };
}

/** Those that a download names, and the one for all other rows, where there are any. */
function paragraphsOf(draft: Draft, { collection, paragraph, language }: ImportOptions): SourceMeta['paragraphs'] {
  const others = draft.paragraphs.length === 0 || draft.events.some((e) => e.claims.some((c) => c.paragraph === paragraph));
  return [...draft.paragraphs, ...(collection === 'article' && others ? [{ id: paragraph, label: { [language]: importWords(language).rows } }] : [])];
}

/** story.json of a new story. */
export function metaOf(story: NewStory, draft: Draft, options: ImportOptions): SourceMeta {
  const { language, today } = options;
  const words = importWords(language);
  const number = new Intl.NumberFormat(NUMBERS_AS[language] ?? language);
  const extent = draft.extent ?? today;
  const layers: readonly SourceLayer[] =
    draft.layers.length > 0
      ? draft.layers
      : [{ id: 'events', label: { [language]: words.events }, glyph: 'raised', color: { light: '#c2410c', dark: '#ff8a5c' }, shown: true }];
  return {
    format: 1,
    id: story.id,
    language,
    languages: [language],
    title: { [language]: story.title },
    summary: { [language]: words.summary(number.format(story.events ?? draft.events.length), draft.publisher) },
    timeZone: draft.zone,
    extent,
    asOf: extent.split('/').at(-1) ?? today,
    updated: today,
    bounds: draft.bounds ?? WORLD,
    basemap: story.basemap,
    layers,
    keyFigures: [],
    article: draft.article,
    paragraphs: paragraphsOf(draft, { ...options, collection: 'article' }),
    glossary: [],
    changes: [],
    licence: { [language]: words.licence },
    credits: draft.places.some((p) => p.properties.coordinateSource?.startsWith('GeoNames')) ? [{ [language]: 'GeoNames, CC BY 4.0' }] : [],
  };
}

/** What the last imports wrote, by id of the table's source. Made and read by the importer alone. */
export const RECORD = 'import-record.json';
/** The mapping that an editor keeps. */
export const MAPPING = 'import.json';

/** The file of rows that an import made, by name, with a hash of its bytes. */
export interface RowRecord {
  readonly file: string;
  readonly print: string;
}

export interface RecordFile {
  readonly imports: {
    readonly [source: string]: { readonly file: string; readonly rows?: RowRecord; readonly items: { readonly [key: string]: string } };
  };
}

/** The text of the record with a table's part made anew. */
export function recordText(before: RecordFile, source: string, file: string, record: ImportRecord, rows?: RowRecord): string {
  const items = Object.fromEntries([...record].sort(([a], [b]) => (a < b ? -1 : 1)));
  const note = 'Written by npm run import: what it wrote, so that changes by hand are told from its own.';
  return `${JSON.stringify({ note, imports: { ...before.imports, [source]: { file, ...(rows ? { rows } : {}), items } } }, null, 1)}\n`;
}

/** Members of story.json that follow the table as long as nobody has set them by hand. */
export const FOLLOWING = ['extent', 'asOf', 'bounds'] as const;

/** Every file of a new story, with the record that makes the next import a diff. */
export function newStoryFiles(story: NewStory, file: string, draft: Draft, options: ImportOptions, rows?: RowRecord): Map<string, string> {
  const meta = metaOf(story, draft, options);
  const record = new Map([
    ...[...Object.entries(shelvesOf(draft, options))].flatMap(([shelf, items]) => [...items].map(([id, item]) => [`${shelf}/${id}`, printOf(item)] as const)),
    ...FOLLOWING.map((key) => [`meta/${key}`, printOf(meta[key])] as const),
  ]);
  return new Map([...storyFiles(meta, draft), [RECORD, recordText({ imports: {} }, options.source, file, record, rows)]]);
}

/** The story as the build has it after reading its files. */
export function sourceStoryOf(meta: SourceMeta, draft: Draft): SourceStory {
  return { meta, places: draft.places.map(placeOfFeature), events: draft.events, speakers: draft.speakers, sources: draft.sources };
}

/** The five files as text, by name. */
export function storyFiles(meta: SourceMeta, draft: Draft): ReadonlyMap<string, string> {
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const schema = (name: string) => ({ $schema: `../schema/${name}.schema.json` });
  return new Map([
    ['story.json', json({ ...schema('story'), ...meta })],
    ['places.geojson', json({ ...schema('places'), type: 'FeatureCollection', features: draft.places })],
    ['speakers.json', json({ ...schema('speakers'), ...Object.fromEntries(draft.speakers) })],
    ['sources.json', json({ ...schema('sources'), ...Object.fromEntries(draft.sources) })],
    ['events.json', json({ ...schema('events'), events: draft.events.filter((e) => e.collection === 'article') })],
    ...(draft.events.some((e) => e.collection === 'context')
      ? [['context.json', json({ ...schema('events'), events: draft.events.filter((e) => e.collection === 'context') })] as const]
      : []),
  ]);
}

function placeOfFeature({ id, geometry, properties }: PlaceFeature): SourcePlace {
  return { id, ...properties, at: geometry?.coordinates ?? null };
}

/** The language that a table's texts are in, as far as their letters tell: for a story that has none yet. */
export function languageOf(table: Table): string {
  const text = table.rows
    .slice(0, 200)
    .flatMap((r) => [...r.cells.values()])
    .join(' ');
  const share = (pattern: RegExp) => (text.match(pattern) ?? []).length;
  const latin = share(/\p{Script=Latin}/gu);
  if (share(/\p{Script=Hangul}/gu) > latin) return 'ko';
  if (share(/\p{Script=Arabic}/gu) > latin) return 'ar';
  if (share(/\p{Script=Cyrillic}/gu) > latin) return share(/[әғқңөұүһ]/giu) > 0 ? 'kk' : 'ru';
  return 'en';
}

/** "My story (final)" of "my_story-(final).csv". */
export function titleOfFile(file: string): string {
  const stem = file
    .replace(/^.*[/\\]/, '')
    .replace(/\.[a-z0-9]{2,7}$/i, '')
    .replace(/[_-]+/g, ' ')
    .trim();
  return stem === '' ? file : stem.charAt(0).toUpperCase() + stem.slice(1);
}
