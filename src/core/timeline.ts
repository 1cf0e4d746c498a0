/**
 * The story laid out in days: what stands on one day, what stretches over several, what has no date, and how a service
 * such as the internet stood. Nothing is drawn here and no clock is asked: days come from the build.
 */
import { total } from './many.ts';
import type { StateValue } from './source.ts';
import type { Day, Layer, Place, Story, StoryEvent } from './story.ts';
import type { Filter } from './view.ts';
import { eventsOffered, visibleEvents } from './view.ts';

/** How an event is drawn on its day: as dated, dated by us or by somebody else, or about. Weakest last. */
export type Dating = 'stated' | 'inferred' | 'about';

/** Events of one layer and one kind of date on one day. */
export interface BarPart {
  readonly layer: Layer;
  readonly dating: Dating;
  readonly events: readonly StoryEvent[];
  /** How many events they are, those that are too many to be listed among them. */
  readonly count: number;
}

/** What one bar stands for. */
export type BarUnit = 'day' | 'week' | 'month';

/** A day, or a week or month of a long story, with the events that are dated to single days of it. */
export interface Bar {
  /** Positions of its first and last day. */
  readonly first: number;
  readonly last: number;
  readonly parts: readonly BarPart[];
}

/** An event over several days: positions of its first and last day, and the lane on which it covers no other. */
export interface SpanBar {
  readonly event: StoryEvent;
  readonly layer: Layer;
  readonly dating: Dating;
  readonly first: number;
  readonly last: number;
  readonly lane: number;
}

export interface Timeline {
  readonly bars: readonly Bar[];
  readonly unit: BarUnit;
  readonly spans: readonly SpanBar[];
  readonly lanes: number;
  readonly undated: readonly StoryEvent[];
  /** How many have no date, those that are too many to be listed among them. */
  readonly undatedCount: number;
  /** Most events of one bar. */
  readonly most: number;
}

/** Bars that can be told apart on a screen. */
const MOST_BARS = 200;

/** Their order is part of the columns' format. */
export const DATINGS: readonly Dating[] = ['stated', 'inferred', 'about'];

export function datingOf({ when }: Pick<StoryEvent, 'when'>): Dating {
  if (when?.about) return 'about';
  return when?.basis === 'stated' ? 'stated' : 'inferred';
}

/** Lay out what is on show, whatever days are chosen: a reader sees what lies outside the choice. */
export function timelineOf(story: Story, filter: Filter): Timeline {
  const events = visibleEvents(story, { ...filter, days: null });
  const { days } = story;
  const layerOf = new Map(story.layers.map((l) => [l.id, l]));
  const dated = events.flatMap((event) => {
    const { time } = event;
    if (time === null) return [];
    const first = firstWhere(days, (d) => d.end > time.start);
    const last = firstWhere(days, (d) => d.start >= time.end) - 1;
    return first <= last ? [{ event, first, last }] : [];
  });
  const onOneDay = new Map<number, StoryEvent[]>();
  for (const { event, first, last } of dated) {
    if (first !== last) continue;
    const here = onOneDay.get(first);
    if (here) here.push(event);
    else onOneDay.set(first, [event]);
  }
  const many = story.many?.dayCounts(filter) ?? (() => 0);
  const unit = unitFor(days.length);
  const bars = groups(days, unit).map(({ first, last }): Bar => {
    const here: StoryEvent[] = [];
    for (let i = first; i <= last; i++) here.push(...(onOneDay.get(i) ?? []));
    const parts: BarPart[] = [];
    story.layers.forEach((layer, l) => {
      DATINGS.forEach((dating, d) => {
        const own = here.filter((e) => e.layer === layer.id && datingOf(e) === dating);
        let count = own.length;
        for (let i = first; i <= last; i++) count += many(i, l, d);
        if (count > 0) parts.push({ layer, dating, events: own, count });
      });
    });
    return { first, last, parts };
  });
  const ends: number[] = [];
  const spans = dated
    .filter((d) => d.first < d.last)
    .flatMap(({ event, first, last }): SpanBar[] => {
      const layer = layerOf.get(event.layer);
      if (!layer) return [];
      const free = ends.findIndex((end) => end < first);
      const lane = free === -1 ? ends.length : free;
      ends[lane] = last;
      return [{ event, layer, dating: datingOf(event), first, last, lane }];
    });
  const undated = events.filter((e) => e.time === null);
  return {
    bars,
    unit,
    spans,
    lanes: ends.length,
    undated,
    undatedCount: undated.length + total(story.layers.flatMap((_, l) => DATINGS.map((_d, d) => many(null, l, d)))),
    most: Math.max(0, ...bars.map((b) => total(b.parts.map((p) => p.count)))),
  };
}

function unitFor(days: number): BarUnit {
  return days <= MOST_BARS ? 'day' : days <= MOST_BARS * 7 ? 'week' : 'month';
}

/** The days in runs of one bar each; what lies before and after the timeline keeps its own. */
function groups(days: readonly Day[], unit: BarUnit): { readonly first: number; readonly last: number }[] {
  const start = days.findIndex((d) => d.bin === 'day');
  const key = ({ id, bin }: Day, i: number) => (bin !== 'day' ? bin : unit === 'month' ? id.slice(0, 7) : unit === 'week' ? Math.floor((i - start) / 7) : i);
  const runs: { first: number; last: number; key: string | number }[] = [];
  days.forEach((day, i) => {
    const last = runs.at(-1);
    if (last?.key === key(day, i)) last.last = i;
    else runs.push({ first: i, last: i, key: key(day, i) });
  });
  return runs;
}

/** Position of the first day for which it holds, of days for which it holds from some day on; their number if for none. */
function firstWhere(days: readonly Day[], holds: (day: Day) => boolean): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const day = days[middle];
    if (day && holds(day)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How a service stood at a place for a while; fractions count days from the start of the timeline. */
export interface StateStretch {
  readonly value: StateValue;
  readonly from: number;
  readonly to: number;
  /** The event that says so; null for what nothing says. */
  readonly event: StoryEvent | null;
}

export interface StateBand {
  readonly of: string;
  readonly place: Place;
  readonly stretches: readonly StateStretch[];
}

/**
 * One band per service and place with anything known. Before the first word on it nothing is known; "restored" ends a
 * state, and what follows it is ordinary and not drawn. Layers and days do not filter: a cut is why little is heard.
 */
export function stateBands(story: Story, filter: Pick<Filter, 'showContext'>): StateBand[] {
  const { days } = story;
  const length = days.length;
  const position = (at: number): number => {
    const i = days.findIndex((d) => at < d.end);
    const day = days[i];
    if (!day) return length;
    return i + Math.max(0, at - day.start) / (day.end - day.start);
  };
  const told = eventsOffered(story, filter).filter((e) => e.state !== null && e.time !== null);
  const keys = [...new Set(told.map((e) => `${e.state?.of} ${e.place}`))];
  return keys.flatMap((key): StateBand[] => {
    const own = told.filter((e) => `${e.state?.of} ${e.place}` === key);
    const place = story.places.find((p) => p.id === own[0]?.place);
    const of = own[0]?.state?.of;
    if (!place || of === undefined) return [];
    const stretches: StateStretch[] = [];
    const firstAt = position(own[0]?.time?.start ?? 0);
    if (firstAt > 0) stretches.push({ value: 'unknown', from: 0, to: firstAt, event: null });
    own.forEach((event, i) => {
      const { time, state } = event;
      if (!time || !state) return;
      const next = own[i + 1]?.time;
      const from = position(time.start);
      // An end is a moment; a state lasts until the next word on it, or for as long as its own date says.
      const until = state.value === 'restored' ? time.end : next ? next.start : time.end;
      stretches.push({ value: state.value, from, to: Math.max(from, position(until)), event });
    });
    return [{ of, place, stretches }];
  });
}

/** The stretches in which a whole country or more was cut off: an empty map is then not a calm one. */
export function limitedReporting(bands: readonly StateBand[]): { readonly from: number; readonly to: number }[] {
  return bands
    .flatMap((b) => b.stretches)
    .filter((s) => s.value === 'cut' && s.to > s.from)
    .map(({ from, to }) => ({ from, to }))
    .sort((a, b) => a.from - b.from)
    .reduce<{ from: number; to: number }[]>((merged, s) => {
      const last = merged.at(-1);
      if (last && s.from <= last.to) last.to = Math.max(last.to, s.to);
      else merged.push({ ...s });
      return merged;
    }, []);
}
