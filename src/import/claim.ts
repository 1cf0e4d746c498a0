/** What a row says, how surely, by whom and from where: its claim, with the speakers and sources that it names. */
import { fingerprint } from '../core/fingerprint.ts';
import { show } from '../core/issue.ts';
import type { SourceFigure, SourceLink, SourcePublication, SourceSpeaker, Status } from '../core/source.ts';
import { STATUSES } from '../core/source.ts';
import type { Columns, Role } from './columns.ts';
import { readDate } from './dates.ts';
import { fold, slug } from './fold.ts';
import type { ImportOptions } from './options.ts';
import type { RowReport } from './places.ts';
import type { PresetName } from './presets.ts';
import type { Row } from './table.ts';
import { cellNamed } from './table.ts';
import { importWords } from './words.ts';

/** As the schema of the story's files has it. */
const MAX_TEXT = 5000;

export interface Credits {
  readonly chain: readonly SourceLink[];
  /** Ids of sources, the row's own before the table's. */
  readonly cited: readonly string[];
  readonly speakers: ReadonlyMap<string, SourceSpeaker>;
  readonly sources: ReadonlyMap<string, SourcePublication>;
}

/** What a text may hold that is not for reading: marks of HTML, and spaces but single ones. Most hold none, and one look tells. */
const MARKED = /[<&]|\s\s|[^\S ]/;

/** Text as people read it: what marks it up in HTML, as TimelineJS and uMap have it, is left out. */
export function plainText(text: string): string {
  if (!MARKED.test(text)) return text.trim();
  return text
    .replace(/<br\s*\/?>|<\/p>\s*<p>/gi, ' ')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' })[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** "The sentence [officially announced; the ministry]", as downloads have it: its three parts; null for more claims than one. */
function downloaded(text: string): { readonly says: string; readonly by: string } | null {
  const match = /^([^[\]]+) \[[^[\];]+; ([^[\]]+)\]$/.exec(text);
  return match?.[1] && match[2] ? { says: match[1], by: match[2] } : null;
}

/** Title and text of a row; null where it has neither, or too much, and that has been told. */
export function wordsOf(row: Row, columns: Columns, preset: PresetName | null, report: RowReport): { title: string; says: string } | null {
  const written = plainCell(row, columns, 'text');
  const text = preset === 'unrest-map' ? (downloaded(written)?.says ?? written) : written;
  const made =
    preset === 'acled'
      ? joined(plainNamed(row, 'subeventtype') || plainCell(row, columns, 'layer'), plainCell(row, columns, 'place'))
      : preset === 'ucdp'
        ? joined(plainNamed(row, 'dyadname'), plainCell(row, columns, 'place'))
        : '';
  const title = plainCell(row, columns, 'title') || made || firstSentence(text) || joined(plainCell(row, columns, 'layer'), plainCell(row, columns, 'place'));
  if (title === '') {
    report('error', columns.get('title') ?? null, 'a title or a text', 'neither', 'Fill in one of them, or remove the row.');
    return null;
  }
  const says = text || title;
  if (says.length > MAX_TEXT || title.length > MAX_TEXT) {
    report('error', columns.get('text') ?? null, `at most ${MAX_TEXT} characters`, String(says.length), 'Shorten the text.');
    return null;
  }
  return { title, says };
}

/** A cell as people read it; empty where there is none. */
function plainCell(row: Row, columns: Columns, role: Role): string {
  return plainText(row.cells.get(columns.get(role) ?? '') ?? '');
}

function plainNamed(row: Row, column: string): string {
  return plainText(cellNamed(row, column) ?? '');
}

function joined(a: string, b: string): string {
  return a === '' || b === '' ? a || b : `${a}: ${b}`;
}

function firstSentence(text: string): string {
  const sentence = /^(.{12,}?[.!?。؟])(?:\s|$)/u.exec(text)?.[1]?.replace(/[.。]$/u, '') ?? text;
  if (sentence.length <= 110) return sentence;
  return `${sentence.slice(0, 110).replace(/\s+\S*$/u, '')} …`;
}

/** The row's status: `reported` unless it says another; null where it says one that there is not. */
export function statusOf(row: Row, columns: Columns, report: RowReport): Status | null {
  const cell = row.cells.get(columns.get('status') ?? '');
  if (cell === undefined) return 'reported';
  const status = STATUSES.find((s) => s === fold(cell));
  const column = columns.get('status') ?? null;
  if (status === undefined) {
    report('error', column, `one of ${STATUSES.join(', ')}`, show(cell), 'Choose one; or leave the column out with --column status=');
    return null;
  }
  if (status === 'retracted') {
    report(
      'error',
      column,
      'a claim that stands',
      '"retracted"',
      'A retracted claim needs another that tells of its withdrawal: write the two by hand in events.json.',
    );
    return null;
  }
  return status;
}

/** The numbers of a row, each with its own measure; none is ever more than "reported" by being a number. Null where one is at fault. */
export function figuresOf(
  row: Row,
  columns: Columns,
  preset: PresetName | null,
  scope: string | null,
  language: string,
  report: RowReport,
): SourceFigure[] | null {
  const words = importWords(language);
  const named = (column: string) => cellNamed(row, column);
  const figures: SourceFigure[] = [];
  let sound = true;
  for (const measure of ['killed', 'injured', 'arrested'] as const) {
    const column = columns.get(measure);
    const cell = row.cells.get(column ?? '');
    if (cell === undefined) continue;
    const value = wholeNumber(cell);
    if (value === null) {
      report('error', column ?? null, 'a whole number of people', show(cell), 'Write the number alone; what it rests on belongs in the text.');
      sound = false;
    } else if (value > 0) {
      const [low, high] = preset === 'ucdp' && measure === 'killed' ? [named('low'), named('high')] : [];
      const estimate = low !== undefined && high !== undefined && low !== high;
      const label = estimate ? words.estimate(low, high) : words[measure];
      figures.push({ value, unit: 'people', measure, scope, label: { [language]: label }, exactness: estimate || preset === 'ucdp' ? 'about' : 'exact' });
    }
  }
  return sound ? figures : null;
}

/** "1 234", "1,234" and "1.234" are all one thousand and so on; null for anything else. */
function wholeNumber(text: string): number | null {
  const clean = text.normalize('NFKC').trim();
  if (/^\d+(\.0+)?$/.test(clean)) return Number(clean);
  return /^\d{1,3}([ ,.’'\u202f]\d{3})+$/.test(clean) ? Number(clean.replace(/\D/g, '')) : null;
}

/** Who says so and where it stands; null where a cell is at fault. */
export function creditsOf(
  row: Row,
  columns: Columns,
  preset: PresetName | null,
  publisher: string,
  options: ImportOptions,
  zone: string,
  report: RowReport,
): Credits | null {
  const cell = (role: Role) => row.cells.get(columns.get(role) ?? '');
  const speakers = new Map<string, SourceSpeaker>();
  const sources = new Map<string, SourcePublication>();
  const speaker = (name: string, kind: SourceSpeaker['kind']): string => {
    const id = slug(name) || `speaker-${fingerprint(name).slice(0, 6)}`;
    speakers.set(id, { name: { [options.language]: name }, kind });
    return id;
  };
  const url = cell('url');
  if (url !== undefined && !/^https?:\/\/[^\s@]+$/i.test(url)) {
    report('error', columns.get('url') ?? null, 'an http or https address', show(url), 'Correct it, or empty the cell.');
    return null;
  }
  const named = (cell('source') ?? '')
    .split(preset === 'unrest-map' ? ' | ' : ';')
    .map((s) => plainText(s))
    .filter((s) => s !== '');
  const dated = cell('published');
  const published = dated === undefined ? null : readDate(dated, options.dates, zone);
  const publications = named.length > 0 ? named : url === undefined ? [] : [hostOf(url)];
  publications.forEach((entry, i) => {
    const [, before, own] = /^(.*?)\s*(https?:\/\/[^\s@]+)$/i.exec(entry) ?? [null, entry, undefined];
    const address = own ?? (i === 0 ? url : undefined) ?? null;
    const name = (before ?? '').slice(0, 500) || (address ? hostOf(address) : entry);
    const id = publicationId(name, address);
    sources.set(id, {
      publisher: name,
      title: plainText(cell('headline') ?? '').slice(0, 1000) || name,
      url: address,
      archivedUrl: null,
      published: published?.ok ? published.edtf : null,
      accessed: null,
      kind: 'newspaper',
      language: options.language,
    });
  });
  const table = speaker(publisher, 'agency');
  const said = preset === 'unrest-map' ? downloaded(plainText(cell('text') ?? ''))?.by : cell('speaker');
  // Who wrote it down is no speaker of a table of one's own: there the publication is who says it.
  const first =
    said !== undefined
      ? [speaker(plainText(said), 'person')]
      : preset === 'unrest-map'
        ? []
        : named.map((n) => speaker(n.replace(/\s*https?:\S+$/, '') || n, 'agency'));
  const originators = [...new Set(first)].filter((id) => id !== table);
  const chain: SourceLink[] =
    originators.length === 0
      ? [{ who: table, role: 'originator' }]
      : [
          ...originators.map((who): SourceLink => ({ who, role: 'originator' })),
          { who: table, role: preset === 'acled' || preset === 'ucdp' ? 'carrier' : 'publisher' },
        ];
  return { chain, cited: [...new Set([...sources.keys(), ...(preset === 'unrest-map' && sources.size > 0 ? [] : [options.source])])], speakers, sources };
}

/** The id of a publication: its name in letters, with a mark of its address where it has one. */
export function publicationId(name: string, address: string | null): string {
  const base = slug(name) || 'source';
  return address === null && base !== 'source' ? base : `${base.slice(0, 40)}-${fingerprint(`${name}|${address}`).slice(0, 6)}`;
}

export function hostOf(address: string): string {
  return /^https?:\/\/(?:www\.)?([^/:?#]+)/i.exec(address)?.[1] ?? address;
}
