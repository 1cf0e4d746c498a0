/**
 * A long table row by row, as the file of rows of a dense story has them: the same columns, dates, places and rules as in
 * `draft.ts`, within bounds of memory. What many rows share, such as a place or a date, is read once.
 */
import { round } from '../core/geo.ts';
import type { Bounds, LngLat, SourceLayer, SourcePublication, Status } from '../core/source.ts';
import { daysOf, isTimeZone, parseEdtf, toRange } from '../core/time.ts';
import { boundsOf } from './bounds.ts';
import type { RowPoint } from './checks.ts';
import { checkPoints } from './checks.ts';
import { creditsOf, figuresOf, statusOf, wordsOf } from './claim.ts';
import type { Recognised, Role } from './columns.ts';
import { recogniseColumns } from './columns.ts';
import { fits, publicationOf, silence, zoneOf } from './draft.ts';
import { fold } from './fold.ts';
import { contentPrint, identityOf, idText, NO_IDS, tellsOfEvent } from './ids.ts';
import { Issues } from './issues.ts';
import { layerName, layersOf } from './layers.ts';
import type { ImportOptions } from './options.ts';
import type { RowPlace, RowReport } from './places.ts';
import { placeOf } from './places.ts';
import { PRESETS, publisherOf } from './presets.ts';
import type { Row, Table, TableIssue } from './table.ts';
import { fileFault } from './table.ts';
import { whenOf } from './when.ts';
import { withheldOf } from './withheld.ts';

/** Different places, dates and credits that are remembered; of more, each is read as often as it comes. */
const MOST_REMEMBERED = 100_000;
/** Different categories that are told apart while rows are read; eight become layers. */
const MOST_CATEGORIES = 10_000;
/** Publications with an address that sources.json takes: the page has them all. */
const MOST_PUBLICATIONS = 200;

/** A sound row. Texts, empty where there is nothing to say. */
export interface ManyRow {
  readonly number: number;
  /** Its own, or one made of what it says, which several rows may have: then `content` tells them apart. */
  readonly id: string;
  readonly content: string;
  readonly title: string;
  /** Position among the categories. */
  readonly category: number;
  /** Id among the publications with an address; empty for the table itself. */
  readonly publication: string;
  /** EDTF. */
  readonly date: string;
  readonly lng: string;
  readonly lat: string;
  readonly place: string;
  readonly precision: string;
  readonly says: string;
  readonly status: Status;
  readonly who: string;
  readonly collection: 'article' | 'context';
}

/** What all rows come to beside themselves. */
export interface ManyDraft {
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly layers: readonly SourceLayer[];
  /** Layer of each category, by its position. */
  readonly layerOf: readonly string[];
  /** Days from the first to the last, EDTF; null where nothing is dated. */
  readonly extent: string | null;
  readonly bounds: Bounds | null;
  /** The table's own first; the others only where they are few enough to be all named. */
  readonly sources: ReadonlyMap<string, SourcePublication>;
  readonly issues: Issues;
}

type Told = Pick<TableIssue, 'severity' | 'column' | 'expected' | 'found' | 'remedy'>;

interface Read<T> {
  readonly value: T;
  readonly told: readonly Told[];
  /** Rows that have it. */
  rows: number;
}

interface Spot {
  readonly cells: Pick<ManyRow, 'lng' | 'lat' | 'place' | 'precision'>;
}

const NOWHERE: Spot['cells'] = { lng: '', lat: '', place: '', precision: '' };
const CELLS_OF_PLACE: readonly Role[] = ['lat', 'lng', 'coordinates', 'place', 'region', 'country', 'precision'];
const CELLS_OF_TIME: readonly Role[] = ['date', 'end', 'time', 'timePrecision'];
const CELLS_OF_CREDIT: readonly Role[] = ['source', 'url', 'published', 'headline', 'speaker'];
const FIGURES: readonly Role[] = ['killed', 'injured', 'arrested'];

export class RowMaker {
  readonly recognised: Recognised;
  readonly zone: string;
  readonly publisher: string;
  readonly issues = new Issues();
  /** Positions of the columns that are read. */
  readonly wanted: readonly number[];
  private readonly options: ImportOptions;
  private readonly table: Table;
  private readonly owned: boolean;
  /** Whether a column says what to keep back. */
  private readonly guarded: boolean;
  /** Columns that a place, a date and a credit rest on, and those that name a place. */
  private readonly cellsOfPlace: readonly string[];
  private readonly cellsOfTime: readonly string[];
  private readonly cellsOfCredit: readonly string[];
  private readonly named: readonly string[];
  private readonly counting: readonly string[];
  private readonly places = new Map<string, Read<Spot | null>>();
  private readonly times = new Map<string, Read<string | undefined>>();
  private readonly credits = new Map<string, Read<Pick<ManyRow, 'who' | 'publication'> | null>>();
  private readonly statuses = new Map<string, Read<Status | null>>();
  private readonly categories = new Map<string, number>();
  private readonly counts: number[] = [];
  private readonly publications = new Map<string, SourcePublication>();
  private readonly points: (RowPoint & { readonly read: { rows: number } })[] = [];
  private readonly lngs = new Set<number>();
  private lats: [number, number] | null = null;
  private days: { start: number; end: number } | null = null;
  private row: Row | null = null;
  private readonly report: RowReport = (severity, column, expected, found, remedy) => {
    if (this.row) this.tell(this.row, { severity, column, expected, found, remedy });
  };
  private rowsRead = 0;
  private rowsKept = 0;
  private unplaced = 0;
  private unnamed = 0;

  /** @param head the table's beginning, which tells its columns, its language and its zone */
  constructor(head: Table, options: ImportOptions) {
    this.options = options;
    this.table = { ...head, rows: [] };
    this.recognised = recogniseColumns(head, options.columns, options.preset);
    const { columns, preset } = this.recognised;
    this.publisher = publisherOf(preset, options.publisher, head.file);
    this.zone = options.zone ?? zoneOf(head, columns, options);
    this.owned = columns.has('id');
    this.guarded = columns.has('draft') || columns.has('publishPrecision');
    for (const issue of [...this.recognised.issues, ...silence(head, this.recognised)]) this.issues.add(issue);
    if (!isTimeZone(this.zone)) this.issues.add(fileFault('an IANA time zone such as Asia/Almaty', `"${this.zone}"`, 'Correct --zone.'));
    if (!this.owned && preset !== 'timelinejs') this.issues.add(NO_IDS);
    if (preset === 'unrest-map')
      this.issues.add({
        ...fileFault(
          'one claim of each event',
          'the download of a story',
          'A file of rows has one claim a row: chains of speakers, figures and relations stay behind.',
        ),
        severity: 'warning',
      });
    const columnsOf = (roles: readonly Role[]) => roles.flatMap((role) => columns.get(role) ?? []);
    const download = preset === 'unrest-map';
    this.cellsOfPlace = [...columnsOf(CELLS_OF_PLACE), ...(download ? head.columns.filter((c) => fold(c) === 'placeid') : [])];
    this.cellsOfTime = columnsOf(CELLS_OF_TIME);
    this.cellsOfCredit = columnsOf(download ? [...CELLS_OF_CREDIT, 'text'] : CELLS_OF_CREDIT);
    this.named = columnsOf(['place', 'region']);
    this.counting = columnsOf(FIGURES);
    if (columns.has('image'))
      this.issues.add({
        ...fileFault(
          'rows of words',
          'a column of pictures',
          'They stay behind. An event with a picture is written into events.json, under the id of its row.',
        ),
        severity: 'warning',
      });
    // What tells two rows of one title, date and place apart may be any cell.
    const used = new Set([...columns.values()]);
    const read = new Set(preset ? PRESETS[preset].reads : []);
    this.wanted = head.columns.flatMap((c, i) => (!this.owned || used.has(c) || read.has(fold(c)) ? [i] : []));
  }

  /** A row as the story has it; null for one that is none, or is at fault, which is kept in `issues`. */
  make(row: Row): ManyRow | null {
    const { recognised, options } = this;
    const { columns, preset } = recognised;
    this.rowsRead++;
    if (!tellsOfEvent(row, preset)) return null;
    this.row = row;
    const { report } = this;
    if (!fits(row, columns, report) || !this.isOpen(row)) return null;
    const spot = this.spotOf(row);
    const words = wordsOf(row, columns, preset, report);
    const date = this.dateOf(row);
    const status = this.statusOf(row);
    const figures = this.counting.some((column) => (row.cells.get(column) ?? '0') !== '0')
      ? figuresOf(row, columns, preset, null, options.language, report)
      : [];
    const credit = this.creditOf(row);
    if (!spot || !words || date === undefined || !status || !figures || !credit) return null;
    this.rowsKept++;
    const given = this.owned ? row.cells.get(columns.get('id') ?? '') : undefined;
    const counted = figures.length === 0 ? '' : figures.map((f) => `${f.value} ${f.label[options.language] ?? ''}`).join('; ');
    const inContext = preset === 'unrest-map' ? row.cells.get('collection') === 'context' : options.collection === 'context';
    return {
      number: row.number,
      id: given === undefined ? identityOf(row, columns, preset) : idText(given),
      content: given === undefined ? contentPrint(row) : '',
      title: words.title,
      category: this.categoryOf(layerName(row, columns, preset)),
      ...credit,
      date,
      ...spot.cells,
      // A row has no figures of its own: what it counts stays in its words.
      says: counted === '' ? words.says : `${words.says} (${counted})`,
      status,
      collection: inContext ? 'context' : 'article',
    };
  }

  /** What is left to say when all rows are read. */
  end(): ManyDraft {
    const { options, recognised } = this;
    const where = recognised.columns.get('lat') ?? recognised.columns.get('coordinates') ?? (this.table.unit === 'feature' ? 'geometry' : null);
    const rowsAt = new Map(this.points.map((p) => [p.row, p.read]));
    for (const issue of checkPoints(this.points, where, options.gazetteer)) this.issues.add(issue, rowsAt.get(issue.row ?? 0)?.rows);
    const warn = (expected: string, found: string, remedy: string) => this.issues.add({ ...fileFault(expected, found, remedy), severity: 'warning' });
    if (this.unplaced > 0)
      warn(
        `at most ${MOST_REMEMBERED} different places`,
        `${this.unplaced} rows at others`,
        'Whether those lie far from the rest, or outside their country, was not looked at.',
      );
    const few = this.unnamed === 0 && this.publications.size <= MOST_PUBLICATIONS;
    if (!few)
      warn(
        `at most ${MOST_PUBLICATIONS} publications with an address`,
        'more',
        'Addresses stay behind: each row names its publications, and the table is its source.',
      );
    if (this.rowsKept === 0 && this.issues.errors === 0)
      this.issues.add(
        fileFault(`at least one ${this.table.unit} that tells of an event`, 'none', 'Check that the right file, and the right sheet of it, was saved.'),
      );
    const names = [...this.categories.keys()];
    const layers = layersOf(new Map(names.map((name, i) => [name, this.counts[i] ?? 0])), options);
    const layerOf = names.map(layers.of);
    const corners = this.lats ? [...this.lngs].flatMap((lng): LngLat[] => (this.lats ?? []).map((lat) => [lng, lat])) : [];
    return {
      rowsRead: this.rowsRead,
      rowsKept: this.rowsKept,
      layers: layers.all.filter((l) => layerOf.includes(l.id)),
      layerOf,
      extent: this.days && extentText(this.days, this.zone),
      bounds: boundsOf(corners),
      sources: new Map([[options.source, publicationOf(this.table.file, recognised.preset, options)], ...(few ? this.publications : [])]),
      issues: this.issues,
    };
  }

  private tell(row: Row, { severity, column, expected, found, remedy }: Told): void {
    this.issues.add({ severity, row: row.number, column, value: column === null ? null : (row.cells.get(column) ?? null), expected, found, remedy });
  }

  /** Whether a row may be published as it is, which every row of a file of rows is. */
  private isOpen(row: Row): boolean {
    const { columns } = this.recognised;
    if (!this.guarded) return true;
    const withheld = withheldOf(row, columns, this.report);
    if (!withheld) return false;
    const remedy = 'It is left out. Write it into events.json under the id of its row, which knows how to keep it back.';
    if (withheld.draft) this.report('warning', columns.get('draft') ?? null, 'rows that are ready, as each is published', 'a draft', remedy);
    if (withheld.publishPrecision !== undefined)
      this.report(
        'error',
        columns.get('publishPrecision') ?? null,
        'rows whose points may be published as they are',
        `${withheld.publishPrecision} km`,
        remedy,
      );
    return Object.keys(withheld).length === 0;
  }

  /** The cells of some columns as one text. */
  private keyOf(row: Row, columns: readonly string[]): string {
    return columns.map((column) => row.cells.get(column)).join('\u0001');
  }

  /** What some cells have come to once, with its faults told for each row that has them; undefined where they are new. */
  private known<T>(read: Read<T> | undefined, row: Row): Read<T> | undefined {
    if (!read) return undefined;
    read.rows++;
    if (read.told.length > 0) for (const fault of read.told) this.tell(row, fault);
    return read;
  }

  /** Read cells for the first time, and keep what they come to. */
  private first<T>(all: Map<string, Read<T>>, key: string, row: Row, read: (say: RowReport) => T): Read<T> {
    const told: Told[] = [];
    const value = read((severity, column, expected, found, remedy) => told.push({ severity, column, expected, found, remedy }));
    const made = { value, told, rows: 0 };
    if (all.size < MOST_REMEMBERED) all.set(own(key), made);
    this.known(made, row);
    return made;
  }

  private statusOf(row: Row): Status | null {
    const { columns } = this.recognised;
    const key = row.cells.get(columns.get('status') ?? '') ?? '';
    return (this.known(this.statuses.get(key), row) ?? this.first(this.statuses, key, row, (say) => statusOf(row, columns, say))).value;
  }

  private spotOf(row: Row): Spot | null {
    const { recognised, table, options, places, named } = this;
    const { columns, preset } = recognised;
    let key = this.keyOf(row, this.cellsOfPlace);
    // A point without a name is called by its row's title.
    if (!named.some((column) => row.cells.has(column))) key += `\u0001${row.cells.get(columns.get('title') ?? '') ?? ''}`;
    if (row.at) key += `\u0001${row.at.join()}`;
    const known = this.known(places.get(key), row);
    if (known) return known.value;
    let place: RowPlace | null = null;
    const made = this.first(places, key, row, (say) => {
      place = placeOf(row, table, columns, preset, options, say);
      return place && { cells: this.cellsOf(place) };
    });
    this.keepPoint(row, place, made);
    return made.value;
  }

  private cellsOf(place: RowPlace): Spot['cells'] {
    if (place.kind === 'none') return NOWHERE;
    const at = place.at && { lng: String(round(place.at[0], 5)), lat: String(round(place.at[1], 5)) };
    const name = place.kind === 'known' ? (this.options.known.find((k) => k.id === place.id)?.names[0] ?? place.id) : place.name;
    const precision = place.kind === 'known' || place.precision === 'city' ? '' : place.precision;
    return { ...(at ?? { lng: '', lat: '' }), place: own(name.replace(/[\r\n]+/g, ' ')), precision: at && precision === 'country' ? 'region' : precision };
  }

  private keepPoint(row: Row, place: RowPlace | null, read: { rows: number }): void {
    if (!place || place.kind === 'none' || !place.at) return;
    const [lng, lat] = place.at;
    this.lngs.add(Math.round(lng * 100) / 100);
    this.lats = this.lats ? [Math.min(this.lats[0], lat), Math.max(this.lats[1], lat)] : [lat, lat];
    if (this.points.length < MOST_REMEMBERED)
      this.points.push({ row: row.number, at: place.at, country: place.country, countryGiven: place.kind === 'new' && place.countryGiven, read });
    else this.unplaced++;
  }

  private dateOf(row: Row): string | undefined {
    const { recognised, options, zone, times } = this;
    const { columns, preset } = recognised;
    // TimelineJS3 has its dates in columns of other names.
    const key = preset === 'timelinejs' ? String(row.number) : this.keyOf(row, this.cellsOfTime);
    const known = this.known(times.get(key), row);
    if (known) return known.value;
    const { value } = this.first(times, key, row, (say): string | undefined => {
      const time = whenOf(row, columns, preset, { language: options.language, dates: options.dates, zone }, say);
      return time === undefined ? undefined : (time?.about ?? '');
    });
    const parsed = value ? parseEdtf(value) : null;
    if (parsed?.ok) {
      const { start, end } = toRange(parsed.value, zone);
      this.days = this.days ? { start: Math.min(this.days.start, start), end: Math.max(this.days.end, end) } : { start, end };
    }
    return value;
  }

  private creditOf(row: Row): Pick<ManyRow, 'who' | 'publication'> | null {
    const { recognised, options, publisher, zone, credits } = this;
    const { columns, preset } = recognised;
    const key = this.keyOf(row, this.cellsOfCredit);
    const known = this.known(credits.get(key), row);
    if (known) return known.value;
    return this.first(credits, key, row, (say) => {
      const made = creditsOf(row, columns, preset, publisher, options, zone, say);
      if (!made) return null;
      const names = made.chain.filter((link) => link.role === 'originator').map(({ who }) => made.speakers.get(who)?.name[options.language] ?? who);
      const [first = ''] = [...made.sources].filter(([, s]) => s.url !== null).map(([id]) => id);
      const publication = made.sources.get(first);
      if (publication && this.publications.size <= MOST_PUBLICATIONS) this.publications.set(first, publication);
      else if (publication) this.unnamed++;
      const who = own(names.join('; '));
      return { who: who === publisher ? '' : who, publication: own(first) };
    }).value;
  }

  private categoryOf(name: string): number {
    const wanted = this.categories.has(name) || this.categories.size < MOST_CATEGORIES ? name : '';
    let position = this.categories.get(wanted);
    if (position === undefined) {
      position = this.categories.size;
      this.categories.set(own(wanted), position);
    }
    this.counts[position] = (this.counts[position] ?? 0) + 1;
    return position;
  }
}

/** A text that does not hold on to the piece of a file that it was cut from. */
function own(text: string): string {
  return ` ${text}`.slice(1);
}

function extentText({ start, end }: { readonly start: number; readonly end: number }, zone: string): string {
  const first = daysOf({ start, end: start + 1 }, zone)[0];
  const last = daysOf({ start: end - 1, end }, zone)[0];
  return first === last ? `${first}` : `${first}/${last}`;
}
