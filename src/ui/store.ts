/** The one view of a page, outside React: React, the address, Leaflet and a host page all listen to it. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { Viewport } from '../core/geo.ts';
import type { Story } from '../core/story.ts';
import type { Strings } from '../core/strings/en.ts';
import { stringsFor } from '../core/strings/strings.ts';
import type { ViewState } from '../core/view.ts';
import { initialView, NO_SELECTION, selectEvent, selectPlace, toggleLayer } from '../core/view.ts';

/** What is under the pointer or the focus: a place, so that list and map can mark it together. Never leaves the page. */
export interface Hover {
  readonly place: string | null;
}

/** A story with its view and the ways to change it. Lives as long as the page. */
export interface Desk {
  readonly story: Story;
  /** Path from the page to the story's own folder, where its downloads lie: `./` or `m/<id>/`. */
  readonly home: string;
  /** Path from the page to the site's root, without a slash at its end: `.` or `../..`. */
  readonly site: string;
  readonly t: Strings;
  readonly view: StoreApi<ViewState>;
  readonly hover: StoreApi<Hover>;
  readonly toggleLayer: (layer: string) => void;
  readonly showAllLayers: () => void;
  readonly selectEvent: (id: string) => void;
  readonly selectPlace: (id: string) => void;
  readonly clearSelection: () => void;
  readonly setViewport: (viewport: Viewport | null) => void;
  readonly hoverPlace: (place: string | null) => void;
}

/** A desk for a story, in the view that a reader arrives with. */
export function createDesk(story: Story, home: string, site = '.'): Desk {
  const view = createStore<ViewState>(() => initialView(story));
  const hover = createStore<Hover>(() => ({ place: null }));
  const change = (next: (view: ViewState) => ViewState) => {
    view.setState((v) => next(v), true);
  };
  return {
    story,
    home,
    site,
    view,
    hover,
    t: stringsFor(story.language),
    toggleLayer: (layer) => {
      change((v) => toggleLayer(story, v, layer));
    },
    showAllLayers: () => {
      change((v) => ({ ...v, hiddenLayers: new Set() }));
    },
    selectEvent: (id) => {
      change((v) => selectEvent(story, v, id));
    },
    selectPlace: (id) => {
      change((v) => selectPlace(story, v, id));
    },
    clearSelection: () => {
      change((v) => (v.selection.kind === 'none' ? v : { ...v, selection: NO_SELECTION }));
    },
    setViewport: (viewport) => {
      change((v) => ({ ...v, viewport }));
    },
    hoverPlace: (place) => {
      hover.setState({ place });
    },
  };
}

const DeskContext = createContext<Desk | null>(null);
export const DeskProvider = DeskContext.Provider;

/** The desk of the surrounding page. @throws Error outside a DeskProvider */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk needs a DeskProvider above it.');
  return desk;
}

/** A part of the view; the component renders again when it changes. `select` must return the same object for the same view. */
export function useView<T>(select: (view: ViewState) => T): T {
  return useStore(useDesk().view, select);
}

/** Whether a place is under the pointer or focus, on the map or in the list. */
export function useHovered(place: string | null): boolean {
  return useStore(useDesk().hover, (h) => place !== null && h.place === place);
}
