/**
 * What the reader sees, as one small state and its pure transitions. Map, list, legend, figures and address all derive
 * from it through the queries below, so they cannot disagree.
 */
import type { Viewport } from './geo.ts';
import type { KnownEvent } from './many.ts';
import { total } from './many.ts';
import type { Status } from './source.ts';
import type { Layer, Place, Story, StoryEvent } from './story.ts';
import type { TimeRange } from './time.ts';
import { overlaps } from './time.ts';

/**
 * `withdrawn`: an event that was taken back, asked for by an old link. `cell`: a part of the map where many events are,
 * by zoom and position, `9-341-170`.
 */
export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'event'; readonly id: string }
  | { readonly kind: 'place'; readonly id: string }
  | { readonly kind: 'cell'; readonly id: string }
  | { readonly kind: 'withdrawn'; readonly id: string };

/** Ids of days, both included. */
export interface DaySpan {
  readonly first: string;
  readonly last: string;
}

export interface ViewState {
  readonly hiddenLayers: ReadonlySet<string>;
  /** An event is on show while any of its claims has a status that is not hidden; it then stands whole. */
  readonly hiddenStatuses: ReadonlySet<Status>;
  /** Null for all days. */
  readonly days: DaySpan | null;
  /** Whether events from outside the article are on show. */
  readonly showContext: boolean;
  readonly selection: Selection;
  /** Null while the reader has not moved the map: it then shows the story's bounds. */
  readonly viewport: Viewport | null;
  /** Id of the stop of the guided walk that the reader stands at; null off the walk. */
  readonly step: string | null;
}

/** What decides which events are on show. The viewport is no filter: map and list must agree. */
export type Filter = Pick<ViewState, 'hiddenLayers' | 'hiddenStatuses' | 'days' | 'showContext'>;

/** Whether two views of one page have the same filter: whatever changes it makes its parts anew, and leaves the others as they are. */
export function hasSameFilter(a: Filter, b: Filter): boolean {
  return a.hiddenLayers === b.hiddenLayers && a.hiddenStatuses === b.hiddenStatuses && a.days === b.days && a.showContext === b.showContext;
}

/** Where each member of the view may travel. A new member does not compile until it is listed here. */
export const VIEW_SINKS: { readonly [K in keyof ViewState]: { readonly url: boolean; readonly host: boolean } } = {
  hiddenLayers: { url: true, host: false },
  hiddenStatuses: { url: true, host: false },
  days: { url: true, host: false },
  showContext: { url: true, host: false },
  selection: { url: true, host: true },
  viewport: { url: true, host: false },
  step: { url: true, host: false },
};

export const NO_SELECTION: Selection = { kind: 'none' };

/** The view that a reader arrives with when the address asks for nothing else. */
export function initialView(story: Pick<Story, 'layers'>): ViewState {
  return {
    hiddenLayers: new Set(story.layers.filter((l) => !l.shown).map((l) => l.id)),
    hiddenStatuses: new Set(),
    days: null,
    showContext: false,
    selection: NO_SELECTION,
    viewport: null,
    step: null,
  };
}

/** Show a hidden layer or hide a shown one. */
export function toggleLayer(story: Story, view: ViewState, layer: string): ViewState {
  return dropUnseen(story, { ...view, hiddenLayers: toggled(view.hiddenLayers, layer) });
}

/** Show events with claims of a status again, or leave out those that have no other. */
export function toggleStatus(story: Story, view: ViewState, status: Status): ViewState {
  return dropUnseen(story, { ...view, hiddenStatuses: toggled(view.hiddenStatuses, status) });
}

/** Show some days, or all of them. */
export function setDays(story: Story, view: ViewState, days: DaySpan | null): ViewState {
  const whole = days !== null && days.first === story.days[0]?.id && days.last === story.days.at(-1)?.id;
  return dropUnseen(story, { ...view, days: whole ? null : days });
}

export function setContext(story: Story, view: ViewState, showContext: boolean): ViewState {
  return dropUnseen(story, { ...view, showContext });
}

/** Every layer, status and day on show; collections stay as they are. */
export function clearFilters(view: ViewState): ViewState {
  return { ...view, hiddenLayers: new Set(), hiddenStatuses: new Set(), days: null };
}

function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

/** A selection that is no longer on show goes with what hid it. */
function dropUnseen(story: Story, view: ViewState): ViewState {
  return isOnShow(story, view) ? view : { ...view, selection: NO_SELECTION };
}

/**
 * Select an event. What hides it gives way, because the reader asked for it by name. An event that was withdrawn is
 * selected as such; other unknown ids select nothing.
 */
export function selectEvent(story: Story, view: ViewState, id: string): ViewState {
  const event = story.events.find((e) => e.id === id);
  const known = event ?? story.many?.find(id);
  if (!known) return { ...view, selection: story.withdrawn.some((w) => w.id === id) ? { kind: 'withdrawn', id } : NO_SELECTION };
  const next: ViewState = { ...view, selection: { kind: 'event', id }, showContext: view.showContext || known.collection === 'context' };
  if (isOnShow(story, next)) return next;
  const shown: ViewState = {
    ...next,
    hiddenLayers: new Set([...view.hiddenLayers].filter((l) => l !== known.layer)),
    hiddenStatuses: statusesOf(known).some((s) => !view.hiddenStatuses.has(s)) ? view.hiddenStatuses : new Set(),
  };
  return isOnShow(story, shown) ? shown : { ...shown, days: null };
}

function statusesOf(event: StoryEvent | KnownEvent): readonly Status[] {
  return 'claims' in event ? event.claims.map((c) => c.status) : event.statuses;
}

/** Select a place that has something on show; else nothing. */
export function selectPlace(story: Story, view: ViewState, id: string): ViewState {
  return dropUnseen(story, { ...view, selection: { kind: 'place', id } });
}

/** Open a part of the map that has something on show; else nothing. */
export function selectCell(story: Story, view: ViewState, id: string): ViewState {
  return dropUnseen(story, { ...view, selection: { kind: 'cell', id } });
}

/** Stand at a stop of the guided walk: what it says is on show, and the rest as on arrival. Unknown ids leave the walk. */
export function goToStep(story: Story, view: ViewState, id: string | null): ViewState {
  const step = story.steps.find((s) => s.id === id);
  if (!step) return { ...view, step: null };
  const start = initialView(story);
  const { layers, selection } = step;
  const next: ViewState = {
    ...start,
    hiddenLayers: layers ? new Set(story.layers.map((l) => l.id).filter((l) => !layers.includes(l))) : start.hiddenLayers,
    days: step.days,
    showContext: step.context,
    viewport: step.view,
    step: step.id,
  };
  return selection ? (selection.kind === 'event' ? selectEvent : selectPlace)(story, next, selection.id) : next;
}

function isOnShow(story: Story, view: ViewState): boolean {
  const { selection } = view;
  if (selection.kind === 'none' || selection.kind === 'withdrawn') return true;
  return story.many?.isOnShow(selection, view) ?? visibleEvents(story, view).some((e) => (selection.kind === 'event' ? e.id : e.place) === selection.id);
}

/** The time of some days; null for all days, and for days that the story does not have. */
export function daysRange(story: Pick<Story, 'days'>, days: DaySpan | null): TimeRange | null {
  if (days === null) return null;
  const first = story.days.find((d) => d.id >= days.first);
  const last = story.days.findLast((d) => d.id <= days.last);
  return first && last && first.start < last.end ? { start: first.start, end: last.end } : null;
}

function isInDays(event: StoryEvent, range: TimeRange | null): boolean {
  return range === null || event.time === null || overlaps(event.time, range);
}

function isShownByStatus(event: StoryEvent, hidden: ReadonlySet<Status>): boolean {
  return hidden.size === 0 || event.claims.some((c) => !hidden.has(c.status));
}

/** Events to show now, in the story's order. Undated events stay in every range of days. */
export function visibleEvents(story: Pick<Story, 'events' | 'days'>, view: Filter): StoryEvent[] {
  const range = daysRange(story, view.days);
  return story.events.filter(
    (e) => !view.hiddenLayers.has(e.layer) && (view.showContext || e.collection === 'article') && isShownByStatus(e, view.hiddenStatuses) && isInDays(e, range),
  );
}

/** How many events are on show, those among them that are too many to be listed in the story. */
export function countShown(story: Story, view: Filter): number {
  return visibleEvents(story, view).length + total(story.many?.layerCounts(view) ?? []);
}

/** How many events the collections on show have, whatever layers, statuses and days are chosen. */
export function countOffered(story: Story, { showContext }: Pick<ViewState, 'showContext'>): number {
  const many = story.many?.layerCounts({ hiddenLayers: NOTHING, hiddenStatuses: NOTHING, days: null, showContext });
  return eventsOffered(story, { showContext }).length + total(many ?? []);
}

const NOTHING: ReadonlySet<never> = new Set();

/** The events of the collections that are on show, filtered or not: what "all" means to a reader. */
export function eventsOffered(story: Pick<Story, 'events'>, view: Pick<ViewState, 'showContext'>): readonly StoryEvent[] {
  return view.showContext ? story.events : story.events.filter((e) => e.collection === 'article');
}

/** How many of a layer's events are on show. */
export interface LayerCount {
  readonly layer: Layer;
  readonly shown: number;
}

/** One count per layer, in the story's order. */
export function layerCounts(story: Story, view: Filter): LayerCount[] {
  const visible = visibleEvents(story, view);
  const many = story.many?.layerCounts(view) ?? [];
  return story.layers.map((layer, i) => ({ layer, shown: visible.filter((e) => e.layer === layer.id).length + (many[i] ?? 0) }));
}

/** A layer as it stands at a place: with the number of its events there, and whether all of them come from outside the article. */
export interface LayerAt {
  readonly layer: Layer;
  readonly count: number;
  readonly outside: boolean;
}

/** A place and what it holds on show: `layers` in the story's order. */
export interface PlaceShown {
  readonly place: Place;
  readonly events: readonly StoryEvent[];
  readonly layers: readonly LayerAt[];
}

/** Places with at least one event on show, in the story's order. */
export function placesShown(story: Story, view: Filter): PlaceShown[] {
  const byPlace = new Map<string | null, StoryEvent[]>();
  for (const event of visibleEvents(story, view)) {
    const here = byPlace.get(event.place);
    if (here) here.push(event);
    else byPlace.set(event.place, [event]);
  }
  return story.places.flatMap((place) => {
    const events = byPlace.get(place.id);
    if (!events) return [];
    const layers = story.layers.flatMap((layer): LayerAt[] => {
      const here = events.filter((e) => e.layer === layer.id);
      return here.length === 0 ? [] : [{ layer, count: here.length, outside: here.every((e) => e.collection === 'context') }];
    });
    return [{ place, events, layers }];
  });
}

/** The place whose card is open: that of the selected event, or the selected place itself. Null for none and for placeless events. */
export function selectedPlace(story: Story, selection: Selection): string | null {
  if (selection.kind === 'place') return selection.id;
  if (selection.kind === 'event') return (story.events.find((e) => e.id === selection.id) ?? story.many?.find(selection.id))?.place ?? null;
  return null;
}
