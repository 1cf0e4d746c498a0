/**
 * What a page knows of single events and places: fetched file by file, the last seen are kept, and listeners hear when
 * more has come. Fetching is given from outside, so that this runs in the build, in tests and in the browser alike.
 */
import type { KnownEvent } from '../core/many.ts';
import type { Place } from '../core/story.ts';
import type { EventDetail } from './details.ts';
import { EVENTS_A_FILE, EventLines, fullPlace, idFile, PLACES_A_FILE } from './details.ts';
import { Finder } from './find.ts';
import { Recent } from './Recent.ts';

/** Files of events that are kept, some 150 kB each, and of what was looked at: a list in sight reads some dozens. An event is about 1 kB. */
const KEPT_FILES = 16;
const KEPT_EVENTS = 1024;
const KEPT_PLACES = 8 * PLACES_A_FILE;

/** Fetches a file by a path from the folder of details. @param again whether what came before was no use: then no cache may answer */
export type FetchDetail = (path: string, again: boolean) => Promise<ArrayBuffer>;

/** Why there is less than there should be, and what helps. */
export interface Trouble {
  /** The page is of another build than the files: only the page anew has them. */
  readonly stale: boolean;
  readonly again: () => void;
}

export class DetailStore {
  /** What keeps the events themselves, or all details, from coming; null while nothing does. */
  trouble: Trouble | null = null;
  readonly finder: Finder;
  private readonly fetchDetail: FetchDetail;
  private readonly events = new Recent<number, EventDetail>(KEPT_EVENTS, (_, { event }) => {
    this.known.delete(event.id);
    this.rows.delete(event.id);
  });
  private readonly lines = new Recent<number, EventLines>(KEPT_FILES);
  private readonly places = new Recent<number, Place>(KEPT_PLACES, (_, { id }) => this.positions.delete(id));
  private readonly known = new Map<string, KnownEvent>();
  private readonly rows = new Map<string, number>();
  private readonly positions = new Map<string, number>();
  /** Files on their way, and those that could not be had. */
  private readonly files = new Map<string, { done: Promise<void>; failed: boolean }>();
  /** Files that did not come or could not be read. */
  private readonly doubted = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private version = 0;

  constructor(fetchDetail: FetchDetail) {
    this.fetchDetail = fetchDetail;
    this.finder = new Finder((path) => this.fetch(path, json));
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

  /** By this and the next, what is looked at is asked for and so kept. */
  event(row: number): EventDetail | null {
    const known = this.events.get(row);
    if (known) return known;
    const n = Math.floor(row / EVENTS_A_FILE);
    const lines = this.lines.get(n);
    if (!lines) return null;
    try {
      return this.takeEvent(row, lines.at(row % EVENTS_A_FILE));
    } catch {
      this.lines.delete(n);
      this.doubted.add(eventFile(row));
      this.files.set(eventFile(row), { done: Promise.resolve(), failed: true });
      return null;
    }
  }

  place(position: number): Place | null {
    return this.places.get(position) ?? null;
  }

  find(id: string): KnownEvent | null {
    const row = this.rows.get(id);
    if (row !== undefined) this.event(row);
    return this.known.get(id) ?? null;
  }

  /** The row of an event, and the position of a place, where they are known. */
  rowOf(id: string): number | undefined {
    return this.rows.get(id);
  }

  placeAt(id: string): number | undefined {
    const position = this.positions.get(id);
    if (position !== undefined) this.place(position);
    return position;
  }

  placeOfEvent(id: string): number | undefined {
    const row = this.rows.get(id);
    return row === undefined ? undefined : this.event(row)?.at;
  }

  /** Whether the file of a row could not be fetched. */
  hasFailed(row: number): boolean {
    return this.files.get(eventFile(row))?.failed ?? false;
  }

  /** Ask for the details of rows. */
  async wantEvents(rows: Iterable<number>): Promise<void> {
    const wanted = new Set([...rows].filter((row) => !this.events.has(row)).map((row) => Math.floor(row / EVENTS_A_FILE)));
    const missing = [...wanted].filter((n) => !this.lines.has(n));
    await Promise.all(missing.map((n) => this.file(eventFile(n * EVENTS_A_FILE), (bytes) => this.lines.set(n, new EventLines(bytes)))));
  }

  async wantPlaces(positions: Iterable<number>): Promise<void> {
    const wanted = new Set([...positions].filter((p) => !this.places.has(p)).map((p) => Math.floor(p / PLACES_A_FILE)));
    await Promise.all([...wanted].map((n) => this.file(`places/${n}.json`, (bytes) => this.takePlaces(n, json(bytes)))));
  }

  /** Fetch again what failed. */
  async retry(rows: Iterable<number>): Promise<void> {
    for (const [path, state] of this.files) if (state.failed) this.files.delete(path);
    this.tell();
    await this.wantEvents(rows);
  }

  /** Ask for what an address names; what cannot be had is as unknown as what is not there. */
  async learn(id: string, kind: 'event' | 'place', idFiles: number): Promise<void> {
    const key = kind === 'place' ? `/${id}` : id;
    await this.file(`ids/${idFile(key, idFiles)}.json`, (bytes) => {
      const data = json(bytes);
      if (typeof data === 'object' && data !== null)
        for (const [name, n] of Object.entries(data)) {
          if (name.startsWith('/')) this.positions.set(name.slice(1), Number(n));
          else this.rows.set(name, Number(n));
        }
    });
    const at = kind === 'place' ? this.positions.get(id) : this.rows.get(id);
    if (at === undefined) return;
    await (kind === 'place' ? this.wantPlaces([at]) : this.wantEvents([at]));
  }

  private file(path: string, take: (bytes: ArrayBuffer) => void): Promise<void> {
    const asked = this.files.get(path);
    if (asked) return asked.done;
    const fetched = async () => {
      try {
        await this.fetch(path, take);
        this.files.delete(path);
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

  /** Fetch a file and read it. @throws Error where it cannot be had or read; then no cache is asked the next time */
  private async fetch<T>(path: string, read: (bytes: ArrayBuffer) => T): Promise<T> {
    const again = this.doubted.delete(path);
    try {
      return read(await this.fetchDetail(path, again));
    } catch (error) {
      this.doubted.add(path);
      throw error;
    }
  }

  private takeEvent(row: number, detail: EventDetail): EventDetail {
    const { id, layer, collection, place, claims } = detail.event;
    this.events.set(row, detail);
    this.rows.set(id, row);
    this.known.set(id, { id, layer, collection, place, statuses: claims.map((c) => c.status) });
    if (detail.place) this.takePlace(detail.at, detail.place);
    return detail;
  }

  private takePlaces(n: number, data: unknown): void {
    if (!Array.isArray(data)) throw new Error('Expected a list of places.');
    data.forEach((d, i) => {
      this.takePlace(n * PLACES_A_FILE + i, fullPlace(d));
    });
  }

  private takePlace(at: number, place: Place): void {
    this.places.set(at, place);
    this.positions.set(place.id, at);
  }

  private tell(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }
}

function json(bytes: ArrayBuffer): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

function eventFile(row: number): string {
  return `events/${Math.floor(row / EVENTS_A_FILE)}.json`;
}
