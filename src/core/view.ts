/**
 * What the reader sees, as one small state and its pure transitions. Map, list, legend, figures and address all derive
 * from it through the queries below, so they cannot disagree.
 */
import type { Viewport } from './geo.ts';
import type { Layer, Place, Story, StoryEvent } from './story.ts';

export type Selection = { readonly kind: 'none' } | { readonly kind: 'event'; readonly id: string } | { readonly kind: 'place'; readonly id: string };

export interface ViewState {
  readonly hiddenLayers: ReadonlySet<string>;
  readonly selection: Selection;
  /** Null while the reader has not moved the map: it then shows the story's bounds. */
  readonly viewport: Viewport | null;
}

/** Where each member of the view may travel. A new member does not compile until it is listed here. */
export const VIEW_SINKS: { readonly [K in keyof ViewState]: { readonly url: boolean; readonly host: boolean } } = {
  hiddenLayers: { url: true, host: false },
  selection: { url: true, host: true },
  viewport: { url: true, host: false },
};

export const NO_SELECTION: Selection = { kind: 'none' };

/** The view that a reader arrives with when the address asks for nothing else. */
export function initialView(story: Pick<Story, 'layers'>): ViewState {
  return { hiddenLayers: new Set(story.layers.filter((l) => !l.shown).map((l) => l.id)), selection: NO_SELECTION, viewport: null };
}

/** Show a hidden layer or hide a shown one. A selection that is no longer on show is dropped with it. */
export function toggleLayer(story: Story, view: ViewState, layer: string): ViewState {
  const hiddenLayers = new Set(view.hiddenLayers);
  if (!hiddenLayers.delete(layer)) hiddenLayers.add(layer);
  const next = { ...view, hiddenLayers };
  return isOnShow(story, next) ? next : { ...next, selection: NO_SELECTION };
}

/** Select an event; its layer is shown if it was hidden, because the reader asked for it by name. Unknown ids select nothing. */
export function selectEvent(story: Story, view: ViewState, id: string): ViewState {
  const event = story.events.find((e) => e.id === id);
  if (!event) return { ...view, selection: NO_SELECTION };
  const hiddenLayers = view.hiddenLayers.has(event.layer) ? new Set([...view.hiddenLayers].filter((l) => l !== event.layer)) : view.hiddenLayers;
  return { ...view, hiddenLayers, selection: { kind: 'event', id } };
}

/** Select a place that has something on show; else nothing. */
export function selectPlace(story: Story, view: ViewState, id: string): ViewState {
  const next: ViewState = { ...view, selection: { kind: 'place', id } };
  return isOnShow(story, next) ? next : { ...view, selection: NO_SELECTION };
}

function isOnShow(story: Story, view: ViewState): boolean {
  const { selection } = view;
  if (selection.kind === 'none') return true;
  return visibleEvents(story.events, view).some((e) => (selection.kind === 'event' ? e.id : e.place) === selection.id);
}

/** Events to show now, in input order. The viewport is no filter: map and list must agree. */
export function visibleEvents(events: readonly StoryEvent[], view: Pick<ViewState, 'hiddenLayers'>): StoryEvent[] {
  return events.filter((e) => !view.hiddenLayers.has(e.layer));
}

/** How many of a layer's events are on show, and how many it has. */
export interface LayerCount {
  readonly layer: Layer;
  readonly shown: number;
  readonly all: number;
}

/** One count per layer, in the story's order. */
export function layerCounts(story: Story, view: Pick<ViewState, 'hiddenLayers'>): LayerCount[] {
  const visible = visibleEvents(story.events, view);
  const count = (events: readonly StoryEvent[], layer: string) => events.filter((e) => e.layer === layer).length;
  return story.layers.map((layer) => ({ layer, shown: count(visible, layer.id), all: count(story.events, layer.id) }));
}

/** A place and what it holds on show: `layers` in the story's order, with the number of events of each. */
export interface PlaceShown {
  readonly place: Place;
  readonly events: readonly StoryEvent[];
  readonly layers: readonly { readonly layer: Layer; readonly count: number }[];
}

/** Places with at least one event on show, in the story's order. */
export function placesShown(story: Story, view: Pick<ViewState, 'hiddenLayers'>): PlaceShown[] {
  const visible = visibleEvents(story.events, view);
  return story.places.flatMap((place) => {
    const events = visible.filter((e) => e.place === place.id);
    if (events.length === 0) return [];
    const layers = story.layers.map((layer) => ({ layer, count: events.filter((e) => e.layer === layer.id).length })).filter((l) => l.count > 0);
    return [{ place, events, layers }];
  });
}

/** The place whose card is open: that of the selected event, or the selected place itself. Null for none and for placeless events. */
export function selectedPlace(story: Story, selection: Selection): string | null {
  if (selection.kind === 'place') return selection.id;
  if (selection.kind === 'event') return story.events.find((e) => e.id === selection.id)?.place ?? null;
  return null;
}
