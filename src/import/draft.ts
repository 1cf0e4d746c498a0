/** Rows → what they are in a story: events with their claims, places, sources, speakers and layers. The importer's one door. */
import { canonicalJson, fingerprint } from '../core/fingerprint.ts';
import { leastAndMost } from '../core/geo.ts';
import type { GlyphName } from '../core/glyphs.ts';
import type { EventRecord } from '../core/record.ts';
import type { Bounds, LngLat, SourceEvent, SourceLayer, SourcePublication, SourceSpeaker } from '../core/source.ts';
import { daysOf, isTimeZone, parseEdtf, span, toRange } from '../core/time.ts';
import { checkPoints } from './checks.ts';
import { creditsOf, figuresOf, plainText, statusOf, wordsOf } from './claim.ts';
import type { Columns, Recognised } from './columns.ts';
import { recogniseColumns } from './columns.ts';
import type { StoryParts } from './downloads.ts';
import { recordParts, recordsOf } from './downloads.ts';
import { fold, slug } from './fold.ts';
import { MAX_TEXT } from './limits.ts';
import type { ImportOptions } from './options.ts';
import type { RowPlace, RowReport } from './places.ts';
import { placeFeatures, placeKey, placeOf, pointOf } from './places.ts';
import type { PresetName } from './presets.ts';
import { PRESETS, publisherOf } from './presets.ts';
import type { Row, Table, TableIssue } from './table.ts';
import { fileFault } from './table.ts';
import { whenOf } from './when.ts';
import { importWords } from './words.ts';

/** What a table comes to. Rows with errors are not in it; `issues` names each. */
export interface Draft extends StoryParts {
  readonly recognised: Recognised;
  readonly language: string;
  /** Zone that the rows' days were read in. */
  readonly zone: string;
  /** Days from the first to the last, EDTF; null where nothing is dated. */
  readonly extent: string | null;
  /** Around all points; null where there are none. */
  readonly bounds: Bounds | null;
  /** Source id of the table itself, or of the article that a download follows. */
  readonly article: string;
  readonly publisher: string;
  readonly issues: readonly TableIssue[];
  readonly rowsRead: number;
}

/** Told now and then while rows are read. */
export type Progress = (done: number, all: number) => void;

const PROGRESS_EVERY = 500;

/** A table without any of these has nothing to tell. */
const TELLING = ['title', 'text'] as const;

export function draftOf(table: Table, options: ImportOptions, progress: Progress = () => undefined): Draft {
  const recognised = recogniseColumns(table, options.columns, options.preset);
  const { columns, preset } = recognised;
  const issues: TableIssue[] = [...recognised.issues];
  const publisher = publisherOf(preset, options.publisher, table.file);
  if (!TELLING.some((r) => columns.has(r)) && preset === null)
    issues.push(
      fileFault(
        'a column with a title or a text',
        table.columns.join(', ') || 'none',
        'Name one of them so, or say --column title=NAME. IMPORTING.md lists the names that are known.',
      ),
    );
  const reportOf =
    (row: Row): RowReport =>
    (severity, column, expected, found, remedy) => {
      issues.push({ severity, row: row.number, column, value: column === null ? null : (row.cells.get(column) ?? null), expected, found, remedy });
    };
  const records = preset === 'unrest-map' ? recordsOf(table.rows, options, reportOf) : new Map<Row, EventRecord | null>();
  const [record] = [...records.values()].flatMap((r) => r ?? []);
  const zone = options.zone ?? record?.timeZone ?? zoneOf(table, columns, options);
  if (!isTimeZone(zone)) issues.push(fileFault('an IANA time zone such as Asia/Almaty', `"${zone}"`, 'Correct --zone.'));
  const sound = issues.every((i) => i.severity === 'warning');
  const events: { row: Row; event: SourceEvent; place: RowPlace | null }[] = [];
  const ids = sound ? new Map([...idsOf(table, columns, preset, issues)].filter(([row]) => fits(row, columns, reportOf(row)))) : new Map<Row, string>();
  const layers = layersOf(table, columns, preset, options);
  const placed = new Map<Row, RowPlace>();
  for (const row of ids.keys()) {
    if (records.has(row)) continue;
    const place = placeOf(row, table, columns, preset, options, reportOf(row));
    if (place) placed.set(row, place);
  }
  const features = placeFeatures([...placed.values()], options);
  const speakers = new Map<string, SourceSpeaker>();
  const sources = new Map<string, SourcePublication>();
  let done = 0;
  for (const [row, id] of ids) {
    if (++done % PROGRESS_EVERY === 0) progress(done, ids.size);
    const whole = records.get(row);
    if (whole) events.push({ row, place: null, event: whole.event });
    if (whole !== undefined) continue;
    const report = reportOf(row);
    const collection = preset === 'unrest-map' && row.cells.get('collection') === 'context' ? 'context' : options.collection;
    const place = placed.get(row);
    const words = wordsOf(row, columns, preset, report);
    const when = whenOf(row, columns, preset, { language: options.language, dates: options.dates, zone }, report);
    const status = statusOf(row, columns, report);
    const placeId = !place || place.kind === 'none' ? null : place.kind === 'known' ? place.id : (features.get(placeKey(place))?.id ?? null);
    const figures = figuresOf(row, columns, preset, placeId, options.language, report);
    const credits = creditsOf(row, columns, preset, publisher, options, zone, report);
    if (!place || !words || when === undefined || !status || !figures || !credits) continue;
    for (const [key, value] of credits.speakers) speakers.set(key, value);
    for (const [key, value] of credits.sources) sources.set(key, value);
    events.push({
      row,
      place,
      event: {
        id,
        collection,
        layer: layers.of(row),
        place: placeId,
        title: { [options.language]: words.title },
        related: [],
        claims: [
          {
            id: `c-${id}`.slice(0, 64),
            paragraph: collection === 'article' ? options.paragraph : null,
            says: { [options.language]: words.says },
            time: when,
            status,
            chain: credits.chain,
            figures,
            sources: credits.cited,
            relations: [],
            notes: [],
          },
        ],
        ...(collection === 'context' ? { checked: null } : {}),
      },
    });
  }
  if (preset === 'unrest-map' && [...ids.keys()].some((r) => !records.has(r) && (r.cells.get('figures') ?? '') !== ''))
    issues.push({
      severity: 'warning',
      row: null,
      column: 'figures',
      value: null,
      expected: 'figures as data',
      found: 'rows without a record, which have them in words',
      remedy: 'They stay behind: import the story’s own events.csv, with its column record.',
    });
  const whole = recordParts(
    events.map((e) => e.event),
    [...records.values()].flatMap((r) => r ?? []),
    options,
    issues,
  );
  const points = events.flatMap(({ row, place }) =>
    !place || place.kind === 'none' || !place.at
      ? []
      : [{ row: row.number, at: place.at, country: place.country, countryGiven: place.kind === 'new' && place.countryGiven }],
  );
  const where = columns.get('lat') ?? columns.get('coordinates') ?? (table.unit === 'feature' ? 'geometry' : null);
  for (const issue of checkPoints(points, where, options.gazetteer)) issues.push(issue);
  if (events.length === 0 && issues.every((i) => i.severity === 'warning'))
    issues.push(fileFault(`at least one ${table.unit} that tells of an event`, 'none', 'Check that the right file, and the right sheet of it, was saved.'));
  // Events that come whole have their own sources, the article's among them.
  const article = record && events.every((e) => e.place === null) ? record.article : options.source;
  if (article === options.source)
    sources.set(options.source, {
      publisher,
      title: table.file,
      url: preset ? PRESETS[preset].url : null,
      archivedUrl: null,
      published: null,
      accessed: null,
      kind: 'aggregator',
      language: options.language,
    });
  const usedLayers = new Set(whole.events.map((e) => e.layer));
  const usedPlaces = new Set(events.map((e) => e.event.place));
  const madeLayers = layers.all.filter((l) => usedLayers.has(l.id) && !whole.layers.some((w) => w.id === l.id));
  return {
    recognised,
    events: whole.events,
    places: [...whole.places, ...[...features.values()].filter((p) => usedPlaces.has(p.id) && !whole.places.some((w) => w.id === p.id))],
    layers: [...whole.layers, ...madeLayers],
    paragraphs: whole.paragraphs,
    speakers: new Map([...speakers, ...whole.speakers]),
    sources: new Map([...sources, ...whole.sources]),
    language: options.language,
    zone,
    extent: extentOf(
      events.map((e) => e.event),
      zone,
    ),
    bounds: boundsOf([...points.map((p) => p.at), ...whole.places.flatMap((p) => (p.geometry ? [p.geometry.coordinates] : []))]),
    article,
    publisher,
    issues: sortTableIssues(issues),
    rowsRead: table.rows.length,
  };
}

/** The whole table's faults first, then row by row; in a row errors first. A warning that many rows share is told once. */
function sortTableIssues(issues: readonly TableIssue[]): TableIssue[] {
  const told = new Map<string, number>();
  const keyOf = ({ column, value, found, remedy }: TableIssue) => JSON.stringify([column, value, found, remedy]);
  for (const issue of issues) if (issue.severity === 'warning') told.set(keyOf(issue), (told.get(keyOf(issue)) ?? 0) + 1);
  const once = issues.flatMap((issue): TableIssue[] => {
    const more = issue.severity === 'warning' ? told.get(keyOf(issue)) : 1;
    told.delete(keyOf(issue));
    if (more === undefined) return [];
    return [more > 1 ? { ...issue, found: `${issue.found} (in ${more} rows)` } : issue];
  });
  return [...once].sort((a, b) => (a.row ?? 0) - (b.row ?? 0) || a.severity.localeCompare(b.severity));
}

/** The zone of the town nearest to the first points; UTC where nothing tells. */
function zoneOf(table: Table, columns: Columns, options: ImportOptions): string {
  const { gazetteer } = options;
  if (!gazetteer) return 'UTC';
  const counts = new Map<string, number>();
  for (const row of table.rows.slice(0, 200)) {
    const at = pointOf(row, columns, () => undefined);
    const name = row.cells.get(columns.get('place') ?? '');
    const towns = at || name === undefined ? [] : gazetteer.find(name, options.country);
    const town = at ? gazetteer.nearest(at) : towns.length === 1 ? towns[0] : null;
    if (town) counts.set(town.zone, (counts.get(town.zone) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'UTC';
}

/** Whether the cells that are used are no longer than a story's texts may be. */
function fits(row: Row, columns: Columns, report: RowReport): boolean {
  for (const column of columns.values()) {
    const { length } = row.cells.get(column) ?? '';
    if (length <= MAX_TEXT) continue;
    report('error', column, `at most ${MAX_TEXT} characters`, `${length}`, 'Shorten it.');
    return false;
  }
  return true;
}

/**
 * A lasting id for each row: its own, else one made of its title, date and place, so that neither the order of rows nor a
 * corrected text changes it. A row that repeats another cell by cell is left out with a warning; one that takes
 * another's id is an error.
 */
function idsOf(table: Table, columns: Columns, preset: PresetName | null, issues: TableIssue[]): ReadonlyMap<Row, string> {
  const own = columns.get('id');
  const rows = table.rows.filter((row) => preset !== 'timelinejs' || !/^(title|era)$/i.test([...row.cells].find(([c]) => fold(c) === 'type')?.[1] ?? ''));
  const whole = (row: Row) => fingerprint(canonicalJson([[...row.cells].sort(([a], [b]) => (a < b ? -1 : 1)), row.at ?? null]));
  const identity = (row: Row) => {
    const roles = (['title', 'date', 'place', 'lng', 'lat', 'coordinates'] as const).map((r) => fold(row.cells.get(columns.get(r) ?? '') ?? ''));
    const parts = preset === 'timelinejs' ? [...row.cells].filter(([c]) => /^(year|month|day|headline)$/.test(fold(c))).map(([, v]) => v) : [];
    const text = columns.has('title') ? '' : (row.cells.get(columns.get('text') ?? '') ?? '');
    return fingerprint(canonicalJson([roles, parts, text, row.at ?? null]));
  };
  const seen = new Map<string, number>();
  const byId = new Map<string, number>();
  const kept: { row: Row; id: string; whole: string }[] = [];
  const shared = new Map<string, number>();
  for (const row of rows) {
    const content = whole(row);
    const earlier = seen.get(content);
    if (earlier !== undefined) {
      issues.push({
        severity: 'warning',
        row: row.number,
        column: null,
        value: null,
        expected: 'each event once',
        found: `the same as ${table.unit} ${earlier}, cell by cell`,
        remedy: 'It is left out; remove one of the two.',
      });
      continue;
    }
    seen.set(content, row.number);
    const cell = own === undefined ? undefined : row.cells.get(own);
    const id = cell === undefined ? `r-${identity(row)}` : idText(cell);
    if (cell !== undefined) {
      const first = byId.get(id);
      if (first !== undefined) {
        issues.push({
          severity: 'error',
          row: row.number,
          column: own ?? null,
          value: cell,
          expected: 'an id of its own',
          found: `${JSON.stringify(cell)}, which ${table.unit} ${first} has too`,
          remedy: 'Give one of them another id, or remove it.',
        });
        continue;
      }
      byId.set(id, row.number);
    } else shared.set(id, (shared.get(id) ?? 0) + 1);
    kept.push({ row, id, whole: content });
  }
  if (own === undefined && kept.length > 0 && preset !== 'timelinejs')
    issues.push({
      severity: 'warning',
      row: null,
      column: null,
      value: null,
      expected: 'a column of ids',
      found: 'none',
      remedy: 'Ids are made of title, date and place: a row in which one of them changes counts as a new one. Add a column "id" to keep its links.',
    });
  // Rows that share title, date and place are told apart by the rest, whatever their order.
  return new Map(kept.map(({ row, id, whole: content }) => [row, (shared.get(id) ?? 0) > 1 ? `${id}-${content.slice(0, 8)}` : id]));
}

/** An id as the story's files allow it; one that had to be changed keeps a mark of what it was. */
function idText(cell: string): string {
  const clean = cell.replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '');
  return clean === cell && cell.length <= 60 ? cell : `${clean.slice(0, 48)}-${fingerprint(cell).slice(0, 8)}`.replace(/^-/, '');
}

/** Colours of further layers, told apart on either ground; those of the project's first story come first. */
const COLORS: readonly { readonly light: string; readonly dark: string }[] = [
  { light: '#c2410c', dark: '#ff8a5c' },
  { light: '#1d5fa8', dark: '#7fb4f0' },
  { light: '#0b7a5c', dark: '#4fd0a8' },
  { light: '#7a2e6d', dark: '#dc93cf' },
  { light: '#6b5a12', dark: '#d9bf5a' },
  { light: '#5b3fa0', dark: '#b7a2f2' },
  { light: '#a3243b', dark: '#ff9aa8' },
  { light: '#3f5f2a', dark: '#a9cf8c' },
];
const LAYER_GLYPHS: readonly GlyphName[] = ['raised', 'chevron', 'arcs', 'bar', 'speech'];
/** More layers than colours cannot be told apart. */
const MAX_LAYERS = COLORS.length;

const UCDP_VIOLENCE: ReadonlyMap<string, string> = new Map([
  ['1', 'State-based violence'],
  ['2', 'Non-state violence'],
  ['3', 'One-sided violence'],
]);

interface Layers {
  readonly all: readonly SourceLayer[];
  readonly of: (row: Row) => string;
}

/** A layer per category; the story's own ones are used where names agree. The rarest share the last one where there are too many. */
function layersOf(table: Table, columns: Columns, preset: PresetName | null, options: ImportOptions): Layers {
  const column = columns.get('layer');
  const nameOf = (row: Row): string => {
    const cell = plainText((column === undefined ? undefined : row.cells.get(column)) ?? '');
    return preset === 'ucdp' ? (UCDP_VIOLENCE.get(cell) ?? cell) : cell;
  };
  const words = importWords(options.language);
  const counts = new Map<string, number>();
  for (const row of table.rows) counts.set(nameOf(row), (counts.get(nameOf(row)) ?? 0) + 1);
  const known = (name: string) => options.layers.find((l) => l.id === name || Object.values(l.label).some((label) => fold(label) === fold(name)));
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  const room = Math.max(1, MAX_LAYERS - options.layers.length);
  const fresh = names.filter((n) => n !== '' && !known(n));
  const kept = fresh.length > room ? fresh.slice(0, room - 1) : fresh;
  const all: SourceLayer[] = [...options.layers];
  const add = (id: string, label: string): string => {
    if (!all.some((l) => l.id === id)) {
      const n = all.length;
      all.push({
        id,
        label: { [options.language]: label },
        glyph: LAYER_GLYPHS[n % LAYER_GLYPHS.length] ?? 'raised',
        color: COLORS[n % COLORS.length] ?? { light: '#1d5fa8', dark: '#7fb4f0' },
        shown: true,
      });
    }
    return id;
  };
  const ids = new Map<string, string>();
  for (const name of names) {
    const own = name === '' ? undefined : known(name);
    if (own) ids.set(name, own.id);
    else if (name !== '' && kept.includes(name)) ids.set(name, add(slug(name) || `layer-${fingerprint(name).slice(0, 6)}`, name));
  }
  for (const name of names) if (!ids.has(name)) ids.set(name, add('events', words.events));
  return { all, of: (row) => ids.get(nameOf(row)) ?? 'events' };
}

function extentOf(events: readonly SourceEvent[], zone: string): string | null {
  const ranges = events
    .flatMap((e) => e.claims)
    .flatMap((c) => {
      const parsed = c.time?.about ? parseEdtf(c.time.about) : null;
      return parsed?.ok ? [toRange(parsed.value, zone)] : [];
    });
  const all = span(ranges);
  if (!all) return null;
  const first = daysOf({ start: all.start, end: all.start + 1 }, zone)[0];
  const last = daysOf({ start: all.end - 1, end: all.end }, zone)[0];
  return first === last ? `${first}` : `${first}/${last}`;
}

/** Degrees around a single town, so that there is something to see. */
const MARGIN = 0.6;

/** The box around all points, across the antimeridian where that is the shorter way; null for none. */
function boundsOf(points: readonly LngLat[]): Bounds | null {
  if (points.length === 0) return null;
  const lngs = [...new Set(points.map((p) => p[0]))].sort((a, b) => a - b);
  const lats = points.map((p) => p[1]);
  let gap = (lngs[0] ?? 0) + 360 - (lngs.at(-1) ?? 0);
  let [west, east] = [lngs[0] ?? 0, lngs.at(-1) ?? 0];
  lngs.forEach((lng, i) => {
    const next = lngs[i + 1];
    if (next !== undefined && next - lng > gap) [gap, west, east] = [next - lng, next, lng];
  });
  const [south, north] = leastAndMost(lats);
  const pad = Math.max(MARGIN, 0.08 * Math.max(360 - gap, north - south));
  const wrap = (lng: number) => (lng > 180 ? lng - 360 : lng < -180 ? lng + 360 : lng);
  const fix = (n: number) => Number(n.toFixed(2));
  if (360 - gap + 2 * pad >= 360) return [-180, fix(Math.max(-84, south - pad)), 180, fix(Math.min(84, north + pad))];
  return [fix(wrap(west - pad)), fix(Math.max(-84, south - pad)), fix(wrap(east + pad)), fix(Math.min(84, north + pad))];
}
