/** Rows → what they are in a story: events with their claims, places, sources, speakers and layers. The importer's one door. */
import type { EventRecord } from '../core/record.ts';
import type { Bounds, SourceEvent, SourcePublication, SourceSpeaker } from '../core/source.ts';
import { daysOf, isTimeZone, parseEdtf, span, toRange } from '../core/time.ts';
import { boundsOf } from './bounds.ts';
import { checkPoints } from './checks.ts';
import { creditsOf, figuresOf, statusOf, wordsOf } from './claim.ts';
import type { Columns, Recognised } from './columns.ts';
import { recogniseColumns } from './columns.ts';
import type { StoryParts } from './downloads.ts';
import { recordParts, recordsOf } from './downloads.ts';
import { apart, contentPrint, identityOf, idText, NO_IDS, tellsOfEvent } from './ids.ts';
import { countsOf, layerName, layersOf } from './layers.ts';
import { MAX_TEXT } from './limits.ts';
import { mediaOf } from './media.ts';
import type { ImportOptions } from './options.ts';
import type { RowPlace, RowReport } from './places.ts';
import { placeFeatures, placeKey, placeOf, pointOf } from './places.ts';
import type { PresetName } from './presets.ts';
import { PRESETS, publisherOf } from './presets.ts';
import type { Row, Table, TableIssue } from './table.ts';
import { fileFault } from './table.ts';
import { whenOf } from './when.ts';
import type { Withheld } from './withheld.ts';
import { publicPlace, withheldOf } from './withheld.ts';

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

/** The fault of a table that tells of nothing, in a list; an empty one for any other. */
export function silence(table: Pick<Table, 'columns'>, { columns, preset }: Recognised): TableIssue[] {
  if (TELLING.some((r) => columns.has(r)) || preset !== null) return [];
  return [
    fileFault(
      'a column with a title or a text',
      table.columns.join(', ') || 'none',
      'Name one of them so, or say --column title=NAME. IMPORTING.md lists the names that are known.',
    ),
  ];
}

export function draftOf(table: Table, options: ImportOptions, progress: Progress = () => undefined): Draft {
  const recognised = recogniseColumns(table, options.columns, options.preset);
  const { columns, preset } = recognised;
  const issues: TableIssue[] = [...recognised.issues];
  const publisher = publisherOf(preset, options.publisher, table.file);
  issues.push(...silence(table, recognised));
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
  const names = new Map(table.rows.map((row) => [row, layerName(row, columns, preset)]));
  const layers = layersOf(countsOf(names.values()), options);
  const withheld = new Map<Row, Withheld>();
  const placed = new Map<Row, RowPlace>();
  for (const row of ids.keys()) {
    const kept = withheldOf(row, columns, reportOf(row));
    if (!kept) continue;
    withheld.set(row, kept);
    if (records.has(row)) continue;
    const place = placeOf(row, table, columns, preset, options, reportOf(row));
    if (place) placed.set(row, publicPlace(place, kept));
  }
  const features = placeFeatures([...placed.values()], options);
  const speakers = new Map<string, SourceSpeaker>();
  const sources = new Map<string, SourcePublication>();
  let done = 0;
  for (const [row, id] of ids) {
    if (++done % PROGRESS_EVERY === 0) progress(done, ids.size);
    const whole = records.get(row);
    if (whole && withheld.has(row)) events.push({ row, place: null, event: { ...whole.event, ...withheld.get(row) } });
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
    const pictures = mediaOf(row, columns, options, zone, report);
    if (!place || !words || when === undefined || !status || !figures || !credits || !pictures) continue;
    for (const [key, value] of credits.speakers) speakers.set(key, value);
    for (const [key, value] of [...credits.sources, ...pictures.sources]) sources.set(key, value);
    events.push({
      row,
      place,
      event: {
        id,
        collection,
        layer: layers.of(names.get(row) ?? ''),
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
            sources: [...new Set([...credits.cited, ...pictures.sources.keys()])],
            relations: [],
            notes: [],
          },
        ],
        ...(collection === 'context' ? { checked: null } : {}),
        ...(pictures.media.length > 0 ? { media: pictures.media } : {}),
        ...withheld.get(row),
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
  if (article === options.source) sources.set(options.source, publicationOf(table.file, preset, options));
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

/** The table itself as a source of the story. */
export function publicationOf(file: string, preset: PresetName | null, { publisher, language }: ImportOptions): SourcePublication {
  return {
    publisher: publisherOf(preset, publisher, file),
    title: file,
    url: preset ? PRESETS[preset].url : null,
    archivedUrl: null,
    published: null,
    accessed: null,
    kind: 'aggregator',
    language,
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
export function zoneOf(table: Table, columns: Columns, options: ImportOptions): string {
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
export function fits(row: Row, columns: Columns, report: RowReport): boolean {
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
  const rows = table.rows.filter((row) => tellsOfEvent(row, preset));
  const seen = new Map<string, number>();
  const byId = new Map<string, number>();
  const kept: { row: Row; id: string; whole: string }[] = [];
  const shared = new Map<string, number>();
  for (const row of rows) {
    const content = contentPrint(row);
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
    const id = cell === undefined ? identityOf(row, columns, preset) : idText(cell);
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
  if (own === undefined && kept.length > 0 && preset !== 'timelinejs') issues.push(NO_IDS);
  // Rows that share title, date and place are told apart by the rest, whatever their order.
  return new Map(kept.map(({ row, id, whole: content }) => [row, (shared.get(id) ?? 0) > 1 ? apart(id, content) : id]));
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
