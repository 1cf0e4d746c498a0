/**
 * A story's many events, live: columns, the counts over them, and details as they come.
 */
import { middleOf, project } from '../core/geo.ts';
import type { DayCounts, DenseFiles, KnownEvent, ManyEvents } from '../core/many.ts';
import type { Status } from '../core/source.ts';
import { STATUSES } from '../core/source.ts';
import type { Day, Story } from '../core/story.ts';
import { DATINGS } from '../core/timeline.ts';
import type { Filter, Selection } from '../core/view.ts';
import { hasSameFilter } from '../core/view.ts';
import type { Columns } from './columns.ts';
import { SHEET_UNITS } from './columns.ts';
import type { Counts } from './counts.ts';
import type { DetailStore } from './DetailStore.ts';
import type { Window } from './PointIndex.ts';
import { centreOf, MOST_LEVEL, nearX, PointIndex } from './PointIndex.ts';

const DAY_MS = 86_400_000;

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
  private readonly columns: Columns;
  private made: PointIndex | null;
  /** Over counts of all days, in finer cells; null once the events are here. */
  private readonly whole: PointIndex | null;
  readonly complete: boolean;
  /** Whether the events were counted elsewhere: then they never come, and none can be looked at. */
  readonly counted: boolean;
  /** The middle of the story's bounds across the sheet, in its units: marks stand on the copy of the world that is nearest to it. */
  readonly middle: number;
  private readonly layers: readonly string[];
  private readonly days: readonly Day[];
  private readonly details: DetailStore;
  /** Of the filter that was asked for last: days do not count, and to go through them is most of what readers do. */
  private masked: { readonly of: Filter; readonly mask: Uint8Array } | null = null;

  /**
   * @param columns of each event, an index over them, or counts
   * @param details kept when counts give way to the events themselves: what was looked at stays known
   */
  constructor(story: Pick<Story, 'layers' | 'days' | 'bounds'>, files: DenseFiles, columns: Columns | PointIndex | Counts, details: DetailStore) {
    this.complete = !('daily' in columns);
    this.counted = files.columns === null;
    this.made = columns instanceof PointIndex ? columns : null;
    this.columns = columns instanceof PointIndex ? columns.columns : 'daily' in columns ? columns.daily : columns;
    this.whole = 'daily' in columns ? new PointIndex(columns.whole) : null;
    this.middle = project([middleOf(story.bounds), 0]).x * SHEET_UNITS;
    this.layers = story.layers.map((l) => l.id);
    this.days = story.days;
    this.details = details;
  }

  /** Over all events, or over counts of them day by day. Made when it is first asked for: the first marks are of all days. */
  get index(): PointIndex {
    this.made ??= new PointIndex(this.columns);
    return this.made;
  }

  /** What to draw a filter from. */
  drawn({ days }: Pick<Filter, 'days'>): PointIndex {
    return days === null && this.whole ? this.whole : this.index;
  }

  /** For each kind 0 where a filter hides it, else the position of its layer plus one. */
  mask(filter: Filter): Uint8Array {
    if (this.masked && hasSameFilter(this.masked.of, { ...filter, days: this.masked.of.days })) return this.masked.mask;
    const { hiddenLayers, hiddenStatuses, showContext } = filter;
    const hidden = STATUSES.reduce((bits, s, i) => (hiddenStatuses.has(s) ? bits | (1 << i) : bits), 0);
    const { kinds } = this.columns;
    const mask = new Uint8Array(kinds.length);
    kinds.forEach(({ layer, statuses, context }, kind) => {
      const id = this.layers[layer];
      const gone = id === undefined || hiddenLayers.has(id) || (context && !showContext) || (hidden !== 0 && (statuses & ~hidden) === 0);
      mask[kind] = gone ? 0 : layer + 1;
    });
    this.masked = { of: filter, mask };
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
      last: last.bin === 'after' ? this.columns.days : this.dayNumber(last.id),
    };
  }

  private dayNumber(id: string): number {
    return Date.parse(`${id}T00:00:00Z`) / DAY_MS - this.columns.baseDay;
  }

  layerCounts(filter: Filter): number[] {
    const mask = this.mask(filter);
    const out = this.layers.map(() => 0);
    this.drawn(filter)
      .kindCounts(this.window(filter))
      .forEach((n, kind) => {
        const layer = mask[kind] as number;
        if (layer !== 0) out[layer - 1] = (out[layer - 1] as number) + n;
      });
    return out;
  }

  statusCount(status: Status, { showContext }: Pick<Filter, 'showContext'>): number {
    const bit = 1 << STATUSES.indexOf(status);
    const counts = this.drawn({ days: null }).kindCounts(null);
    return this.columns.kinds.reduce((sum, k, i) => sum + ((k.statuses & bit) !== 0 && (showContext || !k.context) ? (counts[i] as number) : 0), 0);
  }

  dayCounts(filter: Filter): DayCounts {
    const mask = this.mask(filter);
    const { kinds, days } = this.columns;
    const width = this.layers.length * DATINGS.length;
    // Days beyond those that are shown one by one are in the bin at that end, if there is one.
    const positions = this.positions();
    const counts = new Uint32Array((this.days.length + 1) * width);
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
    return Int32Array.from({ length: this.columns.days }, (_, d) => single.get(d) ?? (d < first ? before : after) ?? -1);
  }

  find(id: string): KnownEvent | null {
    return this.details.find(id);
  }

  isOnShow(selection: Selection, filter: Filter): boolean | null {
    if (selection.kind === 'event') {
      const row = this.details.rowOf(selection.id);
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
    const { kind, lastDay } = this.columns;
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
      selection.kind === 'place' ? this.details.placeAt(selection.id) : selection.kind === 'event' ? this.details.placeOfEvent(selection.id) : undefined;
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

  get store(): DetailStore {
    return this.details;
  }

  /** Whether an event belongs to the collections on show; true for what is not known yet. */
  isOffered(row: number, { showContext }: Pick<Filter, 'showContext'>): boolean {
    if (showContext) return true;
    if (!this.complete) return this.details.event(row)?.event.collection !== 'context';
    const { kinds, kind } = this.columns;
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
