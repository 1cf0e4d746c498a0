/** The one view of a page, outside React: React, the address, Leaflet and a host page all listen to it. */
import { createContext, useContext, useDeferredValue, useMemo } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { Viewport } from '../core/geo.ts';
import type { Status } from '../core/source.ts';
import type { Context, Story } from '../core/story.ts';
import { withContext } from '../core/story.ts';
import type { Strings } from '../core/strings/make.ts';
import { stringsFor } from '../core/strings/strings.ts';
import type { DaySpan, Filter, ViewState } from '../core/view.ts';
import {
  clearFilters,
  goToStep,
  hasSameFilter,
  initialView,
  NO_SELECTION,
  selectCell,
  selectEvent,
  selectPlace,
  setContext,
  setDays,
  toggleLayer,
  toggleStatus,
} from '../core/view.ts';

/** What is under the pointer or the focus: a place, so that list and map can mark it together. Never leaves the page. */
export interface Hover {
  readonly place: string | null;
}

/** How the context fares: it is fetched when a reader first asks for it. */
export type ContextState = 'off' | 'loading' | 'here' | 'failed';

/** The ways to change what is on show. */
export interface Filtering {
  readonly toggleLayer: (layer: string) => void;
  readonly toggleStatus: (status: Status) => void;
  readonly setDays: (days: DaySpan | null) => void;
  readonly showContext: (on: boolean) => void;
}

/** A story with its view and the ways to change it. Lives as long as the page. */
export interface Desk extends Filtering {
  /** As it is now: with its context, once that is here. */
  readonly story: Story;
  /** Path from the page to the story's own folder, where its downloads lie: `./` or `m/<id>/`. */
  readonly home: string;
  /** Path from the page to the site's root, without a slash at its end: `.` or `../..`. */
  readonly site: string;
  readonly t: Strings;
  readonly stories: StoreApi<Story>;
  readonly view: StoreApi<ViewState>;
  /**
   * The view as lists and charts follow it. In a story of very many events it is a moment behind, so that the map is
   * painted first; in others it is the view.
   */
  readonly calm: StoreApi<ViewState>;
  readonly hover: StoreApi<Hover>;
  readonly context: StoreApi<ContextState>;
  /** Whether the days are running by themselves: nothing is announced meanwhile. */
  readonly playing: StoreApi<boolean>;
  /** The view that the reader is about to ask for, because the pointer or the focus is on the control for it. */
  readonly expected: StoreApi<ViewState | null>;
  /** Say what a control would do, before it is pressed: what is slow to show can be made ready. */
  readonly expect: Filtering;
  readonly clearFilters: () => void;
  readonly goToStep: (step: string | null) => void;
  readonly selectEvent: (id: string) => void;
  readonly selectPlace: (id: string) => void;
  readonly selectCell: (id: string) => void;
  readonly clearSelection: () => void;
  readonly setViewport: (viewport: Viewport | null) => void;
  readonly hoverPlace: (place: string | null) => void;
}

/**
 * A desk for a story, in the view that a reader arrives with.
 * @param loadContext fetches the second collection; left out where nobody can ask for it
 */
export function createDesk(first: Story, home: string, site = '.', loadContext?: () => Promise<Context>): Desk {
  const stories = createStore<Story>(() => first);
  const view = createStore<ViewState>(() => initialView(first));
  const hover = createStore<Hover>(() => ({ place: null }));
  const context = createStore<ContextState>(() => 'off');
  const playing = createStore<boolean>(() => false);
  const expected = createStore<ViewState | null>(() => null);
  view.subscribe((now, before) => {
    if (hasSameFilter(now, before)) filters.set(now, filterOf(before));
  });
  const change: Changing = (next) => {
    view.setState((v) => next(stories.getState(), v), true);
  };
  const fetchContext = () => {
    if (!loadContext || context.getState() === 'loading' || context.getState() === 'here') return;
    context.setState('loading', true);
    loadContext().then(
      (found) => {
        stories.setState((now) => withContext({ ...first, ...(now.many ? { many: now.many } : {}) }, found), true);
        context.setState('here', true);
        // A stop of the walk may name what has only just come.
        if (view.getState().selection.kind === 'none') change((story, v) => (v.step === null ? v : { ...v, selection: goToStep(story, v, v.step).selection }));
      },
      () => context.setState('failed', true),
    );
  };
  view.subscribe((now, before) => {
    if (now.showContext && !before.showContext) fetchContext();
  });
  return {
    get story() {
      return stories.getState();
    },
    home,
    site,
    stories,
    view,
    calm: first.dense ? createStore<ViewState>(() => view.getState()) : view,
    hover,
    context,
    playing,
    expected,
    expect: filtering((next) => expected.setState(next(stories.getState(), view.getState()), true)),
    t: stringsFor(first.language),
    ...filtering(change),
    clearFilters: () => change((_, v) => clearFilters(v)),
    goToStep: (step) => change((story, v) => goToStep(story, v, step)),
    selectEvent: (id) => change((story, v) => selectEvent(story, v, id)),
    selectPlace: (id) => change((story, v) => selectPlace(story, v, id)),
    selectCell: (id) => change((story, v) => selectCell(story, v, id)),
    clearSelection: () => change((_, v) => (v.selection.kind === 'none' ? v : { ...v, selection: NO_SELECTION })),
    setViewport: (viewport) => change((_, v) => ({ ...v, viewport })),
    hoverPlace: (place) => {
      hover.setState({ place });
    },
  };
}

type Changing = (next: (story: Story, view: ViewState) => ViewState) => void;

function filtering(change: Changing): Filtering {
  return {
    toggleLayer: (layer) => change((story, v) => toggleLayer(story, v, layer)),
    toggleStatus: (status) => change((story, v) => toggleStatus(story, v, status)),
    setDays: (days) => change((story, v) => setDays(story, v, days)),
    showContext: (on) => change((story, v) => setContext(story, v, on)),
  };
}

/** For a control: says by these what it would do, as soon as a pointer, a finger or the focus comes to it. */
export function onApproach(say: () => void): { readonly onPointerEnter: () => void; readonly onFocus: () => void } {
  return { onPointerEnter: say, onFocus: say };
}

const DeskContext = createContext<Desk | null>(null);

export const DeskProvider = DeskContext.Provider;

/**
 * The desk of the surrounding page; the component is drawn again when its story grows. Each asks for the story itself,
 * so that a part of the page that comes to life late first finds the story that its HTML was made from.
 * @throws Error outside a DeskProvider
 */
export function useDesk(): Desk {
  const desk = useStores();
  const story = useStore(desk.stories);
  return useMemo(() => ({ ...desk, story }), [desk, story]);
}

/** The desk for its stores alone: no part of the page is drawn again because the story grew. */
function useStores(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk needs a DeskProvider above it.');
  return desk;
}

/** A part of the view; the component renders again when it changes. `select` must return the same object for the same view. */
export function useView<T>(select: (view: ViewState) => T): T {
  return useStore(useStores().view, select);
}

/** A part of the view for what may follow a moment later: see `Desk.calm`. */
export function useCalmView<T>(select: (view: ViewState) => T): T {
  return useStore(useStores().calm, select);
}

/** Whether a place, or one of several, is under the pointer or focus, on the map or in the list. */
export function useHovered(...places: readonly (string | null)[]): boolean {
  return useStore(useStores().hover, (h) => h.place !== null && places.includes(h.place));
}

/** What decides which events are on show; the same object until it changes. */
export function useFilter(): Filter {
  return useStore(useStores().view, filterOf);
}

/** The filter for what may follow a moment later, and when the browser has time: see `Desk.calm`. */
export function useCalmFilter(): Filter {
  const { view, calm } = useStores();
  const now = useStore(calm, filterOf);
  const later = useDeferredValue(now);
  return calm === view ? now : later;
}

/** Of each view, the one that what is on show was worked out by. */
const filters = new WeakMap<ViewState, Filter>();

/** A view's filter; the same object for the views that follow while it stays the same. */
function filterOf(view: ViewState): Filter {
  const known = filters.get(view);
  if (known) return known;
  const { hiddenLayers, hiddenStatuses, days, showContext } = view;
  const made = { hiddenLayers, hiddenStatuses, days, showContext };
  filters.set(view, made);
  return made;
}
