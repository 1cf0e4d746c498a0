/**
 * A story's many events, live: columns, the counts over them, and details as they come. Fetching is given from outside,
 * so that this runs in the build, in tests and in the browser alike.
 */
import { middleOf, project } from '../core/geo.ts';
import type { DayCounts, DenseFiles, KnownEvent, ManyEvents } from '../core/many.ts';
import type { Status } from '../core/source.ts';
import { STATUSES } from '../core/source.ts';
import type { Day, Place, Story } from '../core/story.ts';
import { DATINGS } from '../core/timeline.ts';
import type { Filter, Selection } from '../core/view.ts';
import type { Columns } from './columns.ts';
import { SHEET_UNITS } from './columns.ts';
import type { Counts } from './counts.ts';
import type { EventDetail } from './details.ts';
import { EVENTS_A_FILE, fullEvent, fullPlace, idFile, PLACES_A_FILE } from './details.ts';
import { Finder } from './find.ts';
import type { Window } from './PointIndex.ts';
import { centreOf, MOST_LEVEL, nearX, PointIndex } from './PointIndex.ts';

const DAY_MS = 86_400_000;

/** Fetches JSON by a path from the folder of details. */
export type FetchDetail = (path: string) => Promise<unknown>;

/** What a card opens for: places from one to another, the first of its rows to see, and how it is called in the address. */
export interface Target {
  readonly from: number;
  readonly to: number;
}

/** A part of the map whose events are counted alone. */
export interface CountedPart {
  /** The middle of its events, in sheet units. */
  readonly x: number;
  readonly y: number;
  /** How many cells of the counts it has, and the zoom whose cell it is itself. */
  readonly cells: number;
  readonly zoom: number;
  /** Events on show, by position of the layer. */
  readonly layers: readonly number[];
}

export class Many implements ManyEvents {
  /** Over all events, or over counts of them day by day. */
  readonly index: PointIndex;
  /** Over counts of all days, in finer cells; null once the events are here. */
  private readonly whole: PointIndex | null;
  readonly complete: boolean;
  /** Whether the events were counted elsewhere: then they never come, and none can be looked at. */
  readonly counted: boolean;
  /** The middle of the story's bounds across the sheet, in its units: marks stand on the copy of the world that is nearest to it. */
  readonly middle: number;
  private readonly layers: readonly string[];
  private readonly days: readonly Day[];
  private readonly files: DenseFiles;
  private readonly details: Details;
  private readonly masks = new WeakMap<Filter, Uint8Array>();

  /**
   * @param columns of each event, an index over them, or counts
   * @param details kept when counts give way to the events themselves: what was looked at stays known
   */
  constructor(story: Pick<Story, 'layers' | 'days' | 'bounds'>, files: DenseFiles, columns: Columns | PointIndex | Counts, details: Details) {
    this.complete = !('daily' in columns);
    this.counted = files.columns === null;
    this.index = columns instanceof PointIndex ? columns : new PointIndex('daily' in columns ? columns.daily : columns);
    this.whole = 'daily' in columns ? new PointIndex(columns.whole) : null;
    this.middle = project([middleOf(story.bounds), 0]).x * SHEET_UNITS;
    this.layers = story.layers.map((l) => l.id);
    this.days = story.days;
    this.files = files;
    this.details = details;
  }

  /** What to draw a filter from. */
  drawn({ days }: Pick<Filter, 'days'>): PointIndex {
    return days === null && this.whole ? this.whole : this.index;
  }

  /** For each kind 0 where a filter hides it, else the position of its layer plus one. */
  mask(filter: Filter): Uint8Array {
    const kept = this.masks.get(filter);
    if (kept) return kept;
    const hidden = STATUSES.reduce((bits, s, i) => (filter.hiddenStatuses.has(s) ? bits | (1 << i) : bits), 0);
    const mask = Uint8Array.from(this.index.columns.kinds, ({ layer, statuses, context }) => {
      const id = this.layers[layer];
      const gone = id === undefined || filter.hiddenLayers.has(id) || (context && !filter.showContext) || (hidden !== 0 && (statuses & ~hidden) === 0);
      return gone ? 0 : layer + 1;
    });
    this.masks.set(filter, mask);
    return mask;
  }

  /** A filter's days as the columns count them; null for all. */
  window({ days }: Pick<Filter, 'days'>): Window | null {
    if (days === null) return null;
    const first = this.days.find((d) => d.id >= days.first);
    const last = this.days.findLast((d) => d.id <= days.last);
    if (!first || !last || first.start >= last.end) return null;
    return {
      first: first.bin === 'before' ? 0 : this.dayNumber(first.id),
      last: last.bin === 'after' ? this.index.columns.days : this.dayNumber(last.id),
    };
  }

  private dayNumber(id: string): number {
    return Date.parse(`${id}T00:00:00Z`) / DAY_MS - this.index.columns.baseDay;
  }

  layerCounts(filter: Filter): number[] {
    const mask = this.mask(filter);
    const out = this.layers.map(() => 0);
    this.index.kindCounts(this.window(filter)).forEach((n, kind) => {
      const layer = mask[kind] as number;
      if (layer !== 0) out[layer - 1] = (out[layer - 1] as number) + n;
    });
    return out;
  }

  statusCount(status: Status, { showContext }: Pick<Filter, 'showContext'>): number {
    const bit = 1 << STATUSES.indexOf(status);
    const counts = this.index.kindCounts(null);
    return this.index.columns.kinds.reduce((sum, k, i) => sum + ((k.statuses & bit) !== 0 && (showContext || !k.context) ? (counts[i] as number) : 0), 0);
  }

  dayCounts(filter: Filter): DayCounts {
    const mask = this.mask(filter);
    const { kinds, days } = this.index.columns;
    const width = this.layers.length * DATINGS.length;
    // Days beyond those that are shown one by one are in the bin at that end, if there is one.
    const positions = this.positions();
    const counts = new Float64Array((this.days.length + 1) * width);
    kinds.forEach(({ dating }, kind) => {
      const layer = (mask[kind] as number) - 1;
      if (layer < 0) return;
      const slot = layer * DATINGS.length + dating;
      const add = (at: number, n: number) => {
        counts[at * width + slot] = (counts[at * width + slot] as number) + n;
      };
      add(this.days.length, this.index.kindOn(null, kind));
      for (let d = 0; d < days; d++) {
        const at = positions[d] as number;
        if (at >= 0) add(at, this.index.kindOn(d, kind));
      }
    });
    return (day, layer, dating) => counts[(day ?? this.days.length) * width + layer * DATINGS.length + dating] ?? 0;
  }

  /** Where each day of the columns stands among the story's days; -1 for nowhere. */
  private positions(): Int32Array {
    const single = new Map(this.days.flatMap((d, i) => (d.bin === 'day' ? [[this.dayNumber(d.id), i] as const] : [])));
    const [first = 0] = single.keys();
    const [before, after] = (['before', 'after'] as const).map((bin) => this.days.findIndex((d) => d.bin === bin));
    return Int32Array.from({ length: this.index.columns.days }, (_, d) => single.get(d) ?? (d < first ? before : after) ?? -1);
  }

  find(id: string): KnownEvent | null {
    return this.details.known.get(id) ?? null;
  }

  isOnShow(selection: Selection, filter: Filter): boolean | null {
    if (selection.kind === 'event') {
      const row = this.details.rowOf.get(selection.id);
      if (row === undefined) return null;
      return this.complete ? this.isRowOnShow(row, filter) : this.isKnownOnShow(selection.id, filter);
    }
    if (this.counted && selection.kind === 'cell') return this.countedIn(selection.id, filter) !== null;
    const target = this.target(selection);
    if (!target) return selection.kind === 'cell' ? !this.complete : null;
    if (!this.complete) return true;
    return this.index.rowsAt(target.from, target.to, this.mask(filter), this.window(filter)).length > 0;
  }

  private isRowOnShow(row: number, filter: Filter): boolean {
    const { kind, lastDay } = this.index.columns;
    if ((this.mask(filter)[kind[row] ?? 0] ?? 0) === 0) return false;
    const window = this.window(filter);
    const first = this.index.dayOf(row);
    return first === null || window === null || (first <= window.last && (lastDay[row] as number) >= window.first);
  }

  private isKnownOnShow(id: string, filter: Filter): boolean {
    const known = this.find(id);
    return known !== null && !filter.hiddenLayers.has(known.layer) && (filter.showContext || known.collection === 'article');
  }

  /** The places that a selection opens a card for; null where it opens none. */
  target(selection: Selection): Target | null {
    if (selection.kind === 'cell') return this.complete ? runOf(this.index, selection.id) : null;
    const place =
      selection.kind === 'place' ? this.details.placeAt.get(selection.id) : selection.kind === 'event' ? this.details.placeOfEvent(selection.id) : undefined;
    return place === undefined || place < 0 ? null : { from: place, to: place + 1 };
  }

  /** What a filter shows in a part of the map, by the id of its cell; null where that is nothing. */
  countedIn(id: string, filter: Filter): CountedPart | null {
    const index = this.drawn(filter);
    const run = runOf(index, id);
    if (!run) return null;
    const { kind, weight } = index.columns;
    const mask = this.mask(filter);
    const layers = this.layers.map(() => 0);
    for (const row of index.rowsAt(run.from, run.to, mask, this.window(filter))) {
      const layer = (mask[kind[row] as number] as number) - 1;
      layers[layer] = (layers[layer] as number) + (weight?.[row] ?? 1);
    }
    if (layers.every((n) => n === 0)) return null;
    const zoom = Number(id.split('-')[0]);
    const centre = centreOf(index.columns, run.from, run.to, zoom);
    return { x: nearX(centre.x, this.middle), y: centre.y, cells: run.to - run.from, zoom, layers };
  }

  /** Ask for what an address names before it is read; what cannot be had is as unknown as what is not there. */
  async learn(id: string, kind: 'event' | 'place'): Promise<void> {
    await this.details.learn(id, kind, this.files.idFiles);
  }

  get store(): Details {
    return this.details;
  }

  /** Whether an event belongs to the collections on show; true for what is not known yet. */
  isOffered(row: number, { showContext }: Pick<Filter, 'showContext'>): boolean {
    if (showContext) return true;
    if (!this.complete) return this.details.event(row)?.event.collection !== 'context';
    const { kinds, kind } = this.index.columns;
    return kinds[kind[row] ?? 0]?.context !== true;
  }
}

/** The places of a cell by its id. They are in Morton order, so a cell's are one run of them. */
function runOf({ columns: { placeX, placeY } }: PointIndex, id: string): Target | null {
  const [zoom, x, y] = id.split('-').map(Number);
  if (zoom === undefined || x === undefined || y === undefined || ![zoom, x, y].every((n) => Number.isInteger(n) && n >= 0) || zoom > MOST_LEVEL) return null;
  const shift = MOST_LEVEL - zoom;
  let from = -1;
  for (let p = 0; p < placeX.length; p++) {
    const inside = (placeX[p] as number) >>> shift === x && (placeY[p] as number) >>> shift === y;
    if (inside && from < 0) from = p;
    if (!inside && from >= 0) return { from, to: p };
  }
  return from < 0 ? null : { from, to: placeX.length };
}

/** Why there is less than there should be, and what helps. */
export interface Trouble {
  /** The page is of another build than the files: only the page anew has them. */
  readonly stale: boolean;
  readonly again: () => void;
}

/** Details of events and places, fetched file by file and kept. Listeners hear when more has come. */
export class Details {
  /** What keeps the events themselves, or all details, from coming; null while nothing does. */
  trouble: Trouble | null = null;
  readonly known = new Map<string, KnownEvent>();
  readonly rowOf = new Map<string, number>();
  readonly placeAt = new Map<string, number>();
  readonly finder: Finder;
  private readonly fetchDetail: FetchDetail;
  private readonly events = new Map<number, EventDetail>();
  private readonly places = new Map<number, Place>();
  private readonly files = new Map<string, { done: Promise<void>; failed: boolean }>();
  private readonly listeners = new Set<() => void>();
  private version = 0;

  constructor(fetchDetail: FetchDetail) {
    this.fetchDetail = fetchDetail;
    this.finder = new Finder(fetchDetail);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Another number whenever more is here. */
  snapshot = (): number => this.version;

  /** Say what is in the way, or that nothing is. */
  setTrouble(trouble: Trouble | null): void {
    this.trouble = trouble;
    this.tell();
  }

  event(row: number): EventDetail | null {
    return this.events.get(row) ?? null;
  }

  place(position: number): Place | null {
    return this.places.get(position) ?? null;
  }

  placeOfEvent(id: string): number | undefined {
    const row = this.rowOf.get(id);
    return row === undefined ? undefined : this.events.get(row)?.at;
  }

  /** Whether the file of a row could not be fetched. */
  hasFailed(row: number): boolean {
    return this.files.get(eventFile(row))?.failed ?? false;
  }

  /** Ask for the details of rows. */
  async wantEvents(rows: Iterable<number>): Promise<void> {
    const wanted = new Set([...rows].map((row) => Math.floor(row / EVENTS_A_FILE)));
    await Promise.all([...wanted].map((n) => this.file(eventFile(n * EVENTS_A_FILE), (data) => this.takeEvents(n, data))));
  }

  async wantPlaces(positions: Iterable<number>): Promise<void> {
    const wanted = new Set([...positions].map((p) => Math.floor(p / PLACES_A_FILE)));
    await Promise.all([...wanted].map((n) => this.file(`places/${n}.json`, (data) => this.takePlaces(n, data))));
  }

  /** Fetch again what failed. */
  async retry(rows: Iterable<number>): Promise<void> {
    for (const [path, state] of this.files) if (state.failed) this.files.delete(path);
    this.tell();
    await this.wantEvents(rows);
  }

  async learn(id: string, kind: 'event' | 'place', idFiles: number): Promise<void> {
    const key = kind === 'place' ? `/${id}` : id;
    await this.file(`ids/${idFile(key, idFiles)}.json`, (data) => {
      if (typeof data === 'object' && data !== null)
        for (const [name, n] of Object.entries(data)) {
          if (name.startsWith('/')) this.placeAt.set(name.slice(1), Number(n));
          else this.rowOf.set(name, Number(n));
        }
    });
    const at = kind === 'place' ? this.placeAt.get(id) : this.rowOf.get(id);
    if (at === undefined) return;
    await (kind === 'place' ? this.wantPlaces([at]) : this.wantEvents([at]));
  }

  private file(path: string, take: (data: unknown) => void): Promise<void> {
    const asked = this.files.get(path);
    if (asked) return asked.done;
    const fetched = async () => {
      try {
        take(await this.fetchDetail(path));
      } catch {
        state.failed = true;
      }
      this.tell();
    };
    const state: { done: Promise<void>; failed: boolean } = { done: Promise.resolve(), failed: false };
    this.files.set(path, state);
    state.done = fetched();
    return state.done;
  }

  private takeEvents(n: number, data: unknown): void {
    if (!Array.isArray(data)) throw new Error('Expected a list of events.');
    data.forEach((d, i) => {
      const row = n * EVENTS_A_FILE + i;
      const detail = fullEvent(d);
      const { id, layer, collection, place, claims } = detail.event;
      this.events.set(row, detail);
      this.rowOf.set(id, row);
      this.known.set(id, { id, layer, collection, place, statuses: claims.map((c) => c.status) });
      if (detail.place) this.takePlace(detail.at, detail.place);
    });
  }

  private takePlaces(n: number, data: unknown): void {
    if (!Array.isArray(data)) throw new Error('Expected a list of places.');
    data.forEach((d, i) => {
      this.takePlace(n * PLACES_A_FILE + i, fullPlace(d));
    });
  }

  private takePlace(at: number, place: Place): void {
    this.places.set(at, place);
    this.placeAt.set(place.id, at);
  }

  private tell(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }
}

function eventFile(row: number): string {
  return `events/${Math.floor(row / EVENTS_A_FILE)}.json`;
}
