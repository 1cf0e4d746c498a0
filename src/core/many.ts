/**
 * Events too many to be in the page: what the rest of it asks of them. They come as columns of numbers, made by the
 * build, and as details that are fetched when somebody looks; `src/dense/` holds both. The queries of `view.ts` and
 * `timeline.ts` add what is asked here to what the story itself holds.
 */
import type { Collection, Status } from './source.ts';
import type { Filter, Selection } from './view.ts';

/** Where the build put a story's many events, as paths from the site's root, and what the page says of them before any is here. */
export interface DenseFiles {
  /** Columns whose rows stand for several events: small, and enough to paint every day and layer. */
  readonly counts: string;
  /** Columns with a row for each event. Null where events were counted elsewhere, and counts are all that there is. */
  readonly columns: string | null;
  /** Folder of details: `events/<n>.json`, `places/<n>.json` and `ids/<n>.json`; empty where there are none. */
  readonly folder: string;
  /** How many ids' files there are. */
  readonly idFiles: number;
  /** Download with all events, path from the story's folder; null where there are counts alone. */
  readonly download: string | null;
  /** The zooms whose cells the counts are of, over all days and day by day: `cellKm` says how wide they are. */
  readonly cells: { readonly all: number; readonly daily: number };
  readonly events: number;
  /** Of them those of the context, and those with a point on the map. */
  readonly context: number;
  readonly placed: number;
  /** Null where there are counts alone: they know cells and no places. */
  readonly places: number | null;
  /** Of the article's alone, which are on show first: those with a point, those with a claim that was deleted, and their places. */
  readonly article: { readonly placed: number; readonly retracted: number; readonly places: number | null };
}

/** Round the equator, km. */
const EQUATOR = 40_075;
/** The world has 2^CELL_BITS cells across at zoom 0: a cell is 64 px wide. */
export const CELL_BITS = 2;

/** How wide a zoom's cells are at a latitude, km, to two figures. @param lat degrees */
export function cellKm(zoom: number, lat: number): number {
  return Number(((EQUATOR * Math.cos((lat * Math.PI) / 180)) / 2 ** (zoom + CELL_BITS)).toPrecision(2));
}

/** What is known of one event without its words. */
export interface KnownEvent {
  readonly id: string;
  readonly layer: string;
  readonly collection: Collection;
  readonly statuses: readonly Status[];
  /** Id of its place, or null. */
  readonly place: string | null;
}

/**
 * How many events start on a day, by layer and kind of date.
 * @param day    position in the story's days; null for undated ones
 * @param layer  position in the story's layers
 * @param dating position in `DATINGS`
 */
export type DayCounts = (day: number | null, layer: number, dating: number) => number;

/** The live events of a page. Every answer is a sum of counts: no event is looked at one by one. */
export interface ManyEvents {
  /** Whether each event is here, or counts alone. */
  readonly complete: boolean;
  /** How many events a filter shows of each layer, in the order of the story's layers. */
  layerCounts(filter: Filter): readonly number[];
  /** How many have a claim of a status. */
  statusCount(status: Status, filter: Pick<Filter, 'showContext'>): number;
  /** By the day on which they start. Days filter nothing here. */
  dayCounts(filter: Filter): DayCounts;
  /** What is known of an event; null while that has not been fetched. */
  find(id: string): KnownEvent | null;
  /** Whether a selection among these events is on show; true for what is not known yet. Null for what is not among them. */
  isOnShow(selection: Selection, filter: Filter): boolean | null;
}

/** Events on show of a collection of layers, summed. */
export function total(counts: readonly number[]): number {
  return counts.reduce((a, b) => a + b, 0);
}
