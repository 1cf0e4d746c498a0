/**
 * From a story's rows to its dense files: columns, counts, details and ids. Two passes over the disk, so that memory
 * holds numbers and never the words: rows are checked and spooled as they come, then written in the story's order.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { edtfWords } from '../../core/compile.ts';
import type { DenseOutcome } from '../../core/dense-days.ts';
import { FRAME_MARGIN, frameOf, inRange, project, roundPosition, viewOfFrame } from '../../core/geo.ts';
import type { LocatedIssue } from '../../core/issue.ts';
import { show } from '../../core/issue.ts';
import type { LngLat, Precision, SourceStory, Status } from '../../core/source.ts';
import { COLLECTIONS, PRECISIONS, STATUSES } from '../../core/source.ts';
import type { Place, StoryEvent } from '../../core/story.ts';
import type { Strings } from '../../core/strings/make.ts';
import { daysOf, parseEdtf, toRange } from '../../core/time.ts';
import { DATINGS } from '../../core/timeline.ts';
import type { Columns, Kind } from '../../dense/columns.ts';
import { SHEET_UNITS, writeColumns } from '../../dense/columns.ts';
import { EVENTS_A_FILE, idFile, idFilesFor, PLACES_A_FILE, thinPlace } from '../../dense/details.ts';
import { mortonOrder, toUnits } from '../../dense/PointIndex.ts';
import { writeFind } from './find.ts';
import { Grow } from './grow.ts';
import { makeCounts } from './pyramid.ts';
import type { Row } from './rows.ts';
import { readRows } from './rows.ts';

/** Rows set aside that are named one by one; the rest are counted. */
const NAMED_FAULTS = 20;
/** Another number makes every story's files anew. */
const MAKER = 5;
/** Size of the map on a wide screen, for the zoom that a reader sees first. */
const SCREEN = { width: 860, height: 560 };
const DAY_MS = 86_400_000;
/** Decimals of published coordinates: about a metre. */
const POSITION_DIGITS = 5;
const ID = /^[\w-]{1,64}$/;
/** Bytes of the spool that are gathered before they are written. */
const SPOOL_BLOCK = 4 * 2 ** 20;

/** The files in which a story may keep many events, beside its story.json. */
export const ROW_FILES = ['events.csv', 'events.ndjson'] as const;

/** What is told while rows are read and written. */
export interface Progress {
  readonly part: 'read' | 'write';
  /** From 0 to 1. */
  readonly share: number;
  readonly rows: number;
}

export interface DenseBuild extends DenseOutcome {
  /** Folder that holds the files, to be copied to `path` of the site. */
  readonly from: string;
  /** From the site's root, with a slash at its end. */
  readonly path: string;
  readonly issues: readonly LocatedIssue[];
  /** Rows set aside. */
  readonly leftOut: number;
}

/** The story's file of rows, if it has one. */
export function rowsFile(folder: string): string | null {
  return ROW_FILES.map((name) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/**
 * Make the dense files of a story in a cache, or take them from there when nothing has changed. A run that is stopped
 * leaves nothing that a later one would take for whole.
 * @param source   sound, for its layers, sources and time zone
 * @param cache    folder to keep them in
 * @param progress told now and then
 * @throws Error for a file that is no table of events
 */
export function makeDense(file: string, source: SourceStory, t: Strings, cache: string, progress: (p: Progress) => void = () => undefined): DenseBuild {
  const { meta } = source;
  const key = createHash('sha256')
    .update(JSON.stringify([MAKER, meta.id, t.language, meta.language, meta.layers.map((l) => l.id), meta.timeZone, meta.bounds, [...source.sources]]))
    .update(fileHash(file))
    .digest('hex')
    .slice(0, 12);
  const name = `dense-${key}`;
  const folder = join(cache, name);
  const path = `m/${meta.id}/${name}/`;
  const kept = join(folder, 'build.json');
  if (existsSync(kept)) return { ...(JSON.parse(readFileSync(kept, 'utf8')) as Omit<DenseBuild, 'from' | 'path'>), from: folder, path };
  const working = join(cache, `${name}.${process.pid}`);
  rmSync(working, { recursive: true, force: true });
  for (const part of ['events', 'places', 'ids']) mkdirSync(join(working, part), { recursive: true });
  try {
    const made = new Maker(source, t, working, progress).make(file, path);
    writeFileSync(join(working, 'build.json'), JSON.stringify(made));
    rmSync(folder, { recursive: true, force: true });
    renameSync(working, folder);
    return { ...made, from: folder, path };
  } finally {
    rmSync(working, { recursive: true, force: true });
  }
}

function fileHash(path: string): Buffer {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  const block = Buffer.allocUnsafe(SPOOL_BLOCK);
  for (let read = readSync(file, block); read > 0; read = readSync(file, block)) hash.update(block.subarray(0, read));
  closeSync(file);
  return hash.digest();
}

/** A date as the columns and the words need it; the same text is read once. */
interface ReadDate {
  readonly start: number;
  readonly end: number;
  readonly first: number;
  readonly last: number;
  readonly about: boolean;
  /** As an event's file has it: of the event and of its claim. */
  readonly eventJson: string;
  readonly claimJson: string;
}

const quoted = JSON.stringify;

/** A string of its own: a part of a block's text would keep all of the block in memory. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}

/**
 * An event as `thinEvent` of dense/details.ts writes it, without its place. Written piece by piece, because a million
 * objects made only to be written take longer than all else; `test/dense/make.test.ts` holds the two together.
 */
export function eventJson(row: Row, date: Pick<ReadDate, 'eventJson' | 'claimJson'> | null, by: string, status: Status, located: boolean): string {
  const speaker = quoted(by);
  const claim = `{"id":${quoted(`${row.id}-1`.slice(-64))},"says":${quoted(row.says || row.title)}${date?.claimJson ?? ''},"status":"${status}","by":${speaker},"speaker":${speaker},"sources":[${quoted(row.source)}]}`;
  const collection = row.collection === 'context' ? ',"collection":"context"' : '';
  const detail = located || row.place === '' ? '' : `,"placeDetail":${quoted(row.place)}`;
  return `{"id":"${row.id}"${collection},"layer":${quoted(row.layer)}${detail},"title":${quoted(row.title)},"claims":[${claim}]${date?.eventJson ?? ''}}`;
}

class Maker {
  private readonly source: SourceStory;
  private readonly t: Strings;
  private readonly folder: string;
  private readonly progress: (p: Progress) => void;
  private readonly layers: ReadonlyMap<string, number>;
  private readonly dates = new Map<string, ReadDate | string>();
  private readonly kinds = new Map<number, number>();
  private readonly kindList: Kind[] = [];
  private readonly places = new Map<string, number>();
  private readonly written = new Map<string, number>();
  private readonly placeList: { readonly place: Place; readonly at: LngLat }[] = [];
  private readonly ids = new Set<string>();
  private readonly issues: LocatedIssue[] = [];
  private faults = 0;
  private readonly start = new Grow((n) => new Float64Array(n));
  private readonly end = new Grow((n) => new Float64Array(n));
  private readonly first = new Grow((n) => new Float64Array(n));
  private readonly last = new Grow((n) => new Float64Array(n));
  private readonly kind = new Grow((n) => new Uint16Array(n));
  private readonly place = new Grow((n) => new Uint32Array(n));
  private readonly offset = new Grow((n) => new Float64Array(n));
  private readonly size = new Grow((n) => new Uint32Array(n));
  private context = 0;
  private placed = 0;
  private retracted = 0;

  constructor(source: SourceStory, t: Strings, folder: string, progress: (p: Progress) => void) {
    this.source = source;
    this.t = t;
    this.folder = folder;
    this.progress = progress;
    this.layers = new Map(source.meta.layers.map((l, i) => [l.id, i]));
  }

  make(file: string, path: string): Omit<DenseBuild, 'from' | 'path'> {
    const name = file.split('/').at(-1) ?? file;
    const spool = join(this.folder, 'spool');
    this.readAll(file, name, spool);
    const order = this.order();
    const placeOrder = mortonOrder(
      Float64Array.from(this.placeList, ({ at }) => toUnits(project(at).x)),
      Float64Array.from(this.placeList, ({ at }) => toUnits(project(at).y)),
    );
    const rank = new Uint32Array(placeOrder.length);
    placeOrder.forEach((p, i) => {
      rank[p] = i;
    });
    const { columns, reach } = this.columns(order, placeOrder, rank);
    const idFiles = idFilesFor(order.length + this.placeList.length);
    this.writeDetails(order, rank, spool, idFiles);
    this.writePlaces(placeOrder);
    writeFind(this.folder, order.length, placeOrder.length);
    rmSync(spool);
    writeFileSync(join(this.folder, 'columns.bin'), writeColumns(columns));
    const view = viewOfFrame(frameOf(this.source.meta.bounds, FRAME_MARGIN), SCREEN.width, SCREEN.height);
    writeFileSync(join(this.folder, 'counts.bin'), makeCounts(columns, Math.max(0, Math.round(view.zoom))));
    const download = name.replace('events', 'all-events');
    copyFileSync(file, join(this.folder, download));
    if (this.faults > NAMED_FAULTS)
      this.issues.push(
        this.issue(
          name,
          null,
          null,
          'every row to be sound',
          `${this.faults} that are not, the first ${NAMED_FAULTS} of them named above`,
          'Correct them; they are left out.',
        ),
      );
    return {
      files: {
        counts: `${path}counts.bin`,
        columns: `${path}columns.bin`,
        folder: path,
        idFiles,
        download: `${path.split('/').at(-2)}/${download}`,
        events: order.length,
        context: this.context,
        placed: this.placed,
        retracted: this.retracted,
        places: this.placeList.length,
      },
      reach,
      issues: this.issues,
      leftOut: this.faults,
    };
  }

  private readAll(file: string, name: string, spool: string): void {
    const size = statSync(file).size;
    const out = openSync(spool, 'w');
    let bytes = 0;
    let waiting: string[] = [];
    let waitingSize = 0;
    let at = 0;
    const flush = () => {
      writeSync(out, waiting.join(''));
      waiting = [];
      waitingSize = 0;
    };
    try {
      const rows = readRows(file, (n) => {
        bytes = n;
        this.progress({ part: 'read', share: Math.min(1, bytes / Math.max(1, size)), rows: this.start.length });
      });
      for (const read of rows) {
        const text = 'fault' in read ? this.fault(name, read.line, null, 'a row', read.fault, 'Correct the line.') : this.take(read.row, read.line, name);
        if (text === null) continue;
        const length = Buffer.byteLength(text);
        this.offset.push(at);
        this.size.push(length);
        at += length;
        waiting.push(text);
        waitingSize += length;
        if (waitingSize > SPOOL_BLOCK) flush();
      }
      flush();
    } finally {
      closeSync(out);
    }
  }

  /** Keep a row's numbers. @returns its event as JSON without its place, or null where the row is set aside */
  private take(row: Row, line: number, name: string): string | null {
    const bad = (column: string, expected: string, remedy: string) => this.fault(name, line, column, expected, show(row[column as keyof Row]), remedy);
    if (!ID.test(row.id)) return bad('id', 'letters, digits, - and _, at most 64', 'Give each row a lasting id.');
    if (this.ids.has(row.id)) return bad('id', 'an id that no other row has', 'Rename one of them.');
    const layer = this.layers.get(row.layer);
    if (layer === undefined) return bad('layer', `one of ${[...this.layers.keys()].join(', ')}`, 'Use a layer of story.json, or add it there.');
    if (row.title === '') return bad('title', 'words', 'Say in a few words what happened.');
    const publication = this.source.sources.get(row.source);
    if (!publication) return bad('source', 'the id of a source in sources.json', 'Correct the id, or add the source.');
    const status = (row.status || 'reported') as Status;
    if (!STATUSES.includes(status)) return bad('status', `one of ${STATUSES.join(', ')}`, 'Correct the word.');
    const collection = (row.collection || 'article') as StoryEvent['collection'];
    if (!COLLECTIONS.includes(collection)) return bad('collection', `one of ${COLLECTIONS.join(', ')}`, 'Correct the word.');
    const date = row.date === '' ? null : this.date(row.date);
    if (typeof date === 'string') return bad('date', 'a date such as 2022-01-09 or an interval such as 2022-01-02/2022-01-10', `Correct it: ${date}.`);
    const located = row.lng !== '' || row.lat !== '';
    const at: LngLat = [Number(row.lng), Number(row.lat)];
    if (located && (row.lng === '' || row.lat === '' || !inRange(at)))
      return bad(row.lng === '' || Math.abs(at[0]) > 180 ? 'lng' : 'lat', 'a longitude and a latitude in degrees', 'Correct both, or leave both empty.');
    if (located && row.place === '') return bad('place', 'the name of the place', 'Name what the point stands for.');
    const precision = (row.precision || 'city') as Precision;
    if (!PRECISIONS.includes(precision)) return bad('precision', `one of ${PRECISIONS.join(', ')}`, 'Correct the word.');
    if (located && precision === 'country')
      return bad('precision', 'city, facility or region', 'Leave lng and lat empty: an event of a whole country has no point.');

    this.ids.add(copied(row.id));
    const place = located ? this.placeAsWritten(row, at, precision) : -1;
    const statuses = 1 << STATUSES.indexOf(status);
    const dating = DATINGS.indexOf(date?.about ? 'about' : 'stated');
    this.start.push(date?.start ?? Number.POSITIVE_INFINITY);
    this.end.push(date?.end ?? Number.POSITIVE_INFINITY);
    this.first.push(date?.first ?? Number.NaN);
    this.last.push(date?.last ?? Number.NaN);
    this.kind.push(this.kindOf({ layer, statuses, context: collection === 'context', dating }));
    this.place.push(place + 1);
    if (collection === 'context') this.context++;
    if (located) this.placed++;
    if (status === 'retracted') this.retracted++;
    return eventJson(row, date, row.who || publication.publisher, status, located);
  }

  private date(text: string): ReadDate | string {
    const kept = this.dates.get(text);
    if (kept !== undefined) return kept;
    const parsed = parseEdtf(text);
    let found: ReadDate | string;
    if (!parsed.ok) found = parsed.reason;
    else {
      const range = toRange(parsed.value, this.source.meta.timeZone);
      const days = daysOf(range, this.source.meta.timeZone);
      const number = (day: string | undefined) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
      const when = { words: edtfWords(parsed.value, this.t), basis: 'stated' };
      const about = parsed.value.approximate;
      found = {
        ...range,
        first: number(days[0]),
        last: number(days.at(-1)),
        about,
        eventJson: `,"time":${quoted(range)},"when":${quoted({ ...when, about })}`,
        claimJson: `,"when":${quoted({ ...when, said: null, text: null, evidence: [] })}`,
      };
    }
    this.dates.set(text, found);
    return found;
  }

  private kindOf(kind: Kind): number {
    const key = ((kind.layer * 256 + kind.statuses) * 2 + Number(kind.context)) * 4 + kind.dating;
    const known = this.kinds.get(key);
    if (known !== undefined) return known;
    this.kinds.set(key, this.kindList.length);
    this.kindList.push(kind);
    return this.kindList.length - 1;
  }

  /** The same words and digits name the same place: most rows are answered by that. */
  private placeAsWritten(row: Row, at: LngLat, precision: Precision): number {
    const key = `${row.lng} ${row.lat} ${precision} ${row.place}`;
    const known = this.written.get(key);
    if (known !== undefined) return known;
    const place = this.placeOf(row.place, roundPosition(at, POSITION_DIGITS), precision);
    this.written.set(copied(key), place);
    return place;
  }

  private placeOf(name: string, at: LngLat, precision: Precision): number {
    const key = `${name}\n${at.join()}\n${precision}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const id = `p-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
    this.places.set(key, this.placeList.length);
    const kind = precision === 'region' ? 'region' : precision === 'facility' ? 'facility' : 'city';
    this.placeList.push({ place: { id, name, aliases: [], kind, precision, note: null, at, outline: null }, at });
    return this.placeList.length - 1;
  }

  /** Rows by start, then end, then as the file has them; undated ones last. */
  private order(): Uint32Array {
    const [start, end] = [this.start.all(), this.end.all()];
    const order = Uint32Array.from({ length: start.length }, (_, i) => i);
    const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);
    return order.sort((a, b) => compare(start[a] as number, start[b] as number) || compare(end[a] as number, end[b] as number) || a - b);
  }

  private columns(order: Uint32Array, placeOrder: Uint32Array, rank: Uint32Array): { columns: Columns; reach: DenseBuild['reach'] } {
    const [first, last] = [this.first.all(), this.last.all()];
    let [base, end, dated] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    for (let i = 0; i < first.length; i++) {
      if (Number.isNaN(first[i] as number)) continue;
      base = Math.min(base, first[i] as number);
      end = Math.max(end, last[i] as number);
      dated++;
    }
    const days = dated === 0 ? 0 : end - base + 1;
    const dayStart = new Uint32Array(days + 1);
    for (const row of order.subarray(0, dated)) {
      const day = (first[row] as number) - base + 1;
      dayStart[day] = (dayStart[day] as number) + 1;
    }
    for (let d = 0; d < days; d++) dayStart[d + 1] = (dayStart[d + 1] as number) + (dayStart[d] as number);
    const sheet = (p: number) => project(this.placeList[p]?.at ?? [0, 0]);
    const iso = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
    const [kind, place] = [this.kind.all(), this.place.all()];
    return {
      columns: {
        rows: order.length,
        undated: order.length - dated,
        baseDay: dated === 0 ? 0 : base,
        days,
        kinds: this.kindList,
        placeX: Uint32Array.from(placeOrder, (p) => Math.min(SHEET_UNITS - 1, toUnits(sheet(p).x))),
        placeY: Uint32Array.from(placeOrder, (p) => Math.min(SHEET_UNITS - 1, toUnits(sheet(p).y))),
        dayStart,
        kind: Uint16Array.from(order, (row) => kind[row] as number),
        place: Uint32Array.from(order, (row) => {
          const p = place[row] as number;
          return p === 0 ? 0 : (rank[p - 1] as number) + 1;
        }),
        lastDay: Uint16Array.from(order, (row, i) => (i < dated ? (last[row] as number) - base : 0)),
        weight: null,
      },
      reach: dated === 0 ? null : { first: iso(base), last: iso(end) },
    };
  }

  private writeDetails(order: Uint32Array, rank: Uint32Array, spool: string, idFiles: number): void {
    const file = openSync(spool, 'r');
    const [offset, size, place] = [this.offset.all(), this.size.all(), this.place.all()];
    const places = this.placeList.map(({ place: p }) => JSON.stringify(thinPlace(p)));
    const ids: string[][] = Array.from({ length: idFiles }, () => []);
    let bytes = Buffer.allocUnsafe(4096);
    try {
      for (let n = 0; n * EVENTS_A_FILE < order.length; n++) {
        const texts: string[] = [];
        for (const row of order.subarray(n * EVENTS_A_FILE, (n + 1) * EVENTS_A_FILE)) {
          const length = size[row] as number;
          if (length > bytes.length) bytes = Buffer.allocUnsafe(length * 2);
          readSync(file, bytes, 0, length, offset[row] as number);
          const text = bytes.toString('utf8', 0, length);
          const p = (place[row] as number) - 1;
          const id = text.slice(7, text.indexOf('"', 7)); // {"id":"
          ids[idFile(id, idFiles)]?.push(`"${id}":${n * EVENTS_A_FILE + texts.length}`);
          texts.push(p < 0 ? text : `${text.slice(0, -1)},"place":${places[p]},"at":${rank[p]}}`);
        }
        writeFileSync(join(this.folder, 'events', `${n}.json`), `[${texts.join(',')}]`);
        if (n % 64 === 0) this.progress({ part: 'write', share: (n * EVENTS_A_FILE) / order.length, rows: n * EVENTS_A_FILE });
      }
    } finally {
      closeSync(file);
    }
    this.placeList.forEach(({ place: { id } }, p) => {
      ids[idFile(`/${id}`, idFiles)]?.push(`"/${id}":${rank[p]}`);
    });
    for (const [n, pairs] of ids.entries()) writeFileSync(join(this.folder, 'ids', `${n}.json`), `{${pairs.join(',')}}`);
    this.progress({ part: 'write', share: 1, rows: order.length });
  }

  private writePlaces(placeOrder: Uint32Array): void {
    for (let n = 0; n * PLACES_A_FILE < placeOrder.length; n++) {
      const some = [...placeOrder.subarray(n * PLACES_A_FILE, (n + 1) * PLACES_A_FILE)].map((p) =>
        JSON.stringify(thinPlace((this.placeList[p] as { place: Place }).place)),
      );
      writeFileSync(join(this.folder, 'places', `${n}.json`), `[${some.join(',')}]`);
    }
  }

  private fault(file: string, line: number, column: string | null, expected: string, found: string, remedy: string): null {
    this.faults++;
    if (this.faults <= NAMED_FAULTS) this.issues.push(this.issue(file, line, column, expected, found, remedy));
    return null;
  }

  private issue(file: string, line: number | null, column: string | null, expected: string, found: string, remedy: string): LocatedIssue {
    return { severity: 'error', file, path: column === null ? [] : [column], expected, found, remedy, line, column: null };
  }
}
