/**
 * The view as the address's hash: `#map=6/43.25/76.91&hide=statements&event=almaty-internet`. Keys are public and never
 * reused: `map` (zoom/lat/lng, as OpenStreetMap writes it), `event`, `place`, `hide`; `time`, `status`, `context`, `step`
 * are kept for later. Whatever else stands there, or is malformed, is ignored.
 */

import type { Viewport } from './geo.ts';
import { inRange, round } from './geo.ts';
import type { Story } from './story.ts';
import type { ViewState } from './view.ts';
import { initialView, NO_SELECTION, selectEvent, selectPlace } from './view.ts';

const MAX_LENGTH = 2048;
const ID = /^[\w-]{1,64}$/;
const MAP = /^(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/;
const MAX_ZOOM = 22;

/**
 * The view that a hash asks for; whatever it does not say is as on arrival. Never throws.
 * @param hash  with or without `#`. A `?secret=…` behind it, as WordPress adds to a frame's address, is cut off
 */
export function viewFromHash(story: Story, hash: string): ViewState {
  const pairs = readPairs(hash);
  let view = initialView(story);
  const hide = pairs.get('hide');
  if (hide !== undefined) {
    const known = new Set(story.layers.map((l) => l.id));
    view = { ...view, hiddenLayers: new Set(hide.split(',').filter((id) => known.has(id))) };
  }
  view = { ...view, viewport: readViewport(pairs.get('map')) };
  const event = pairs.get('event');
  const place = pairs.get('place');
  if (event !== undefined && ID.test(event)) return selectEvent(story, view, event);
  if (place !== undefined && ID.test(place)) return selectPlace(story, view, place);
  return { ...view, selection: NO_SELECTION };
}

/** The shortest hash, without `#`, that brings this view back. Empty for the view on arrival. */
export function hashFromView(story: Story, view: ViewState): string {
  const pairs: string[] = [];
  if (view.viewport) {
    const { zoom, center } = view.viewport;
    const digits = Math.min(5, Math.max(2, Math.ceil(zoom / 3))); // half a pixel or less at every zoom
    pairs.push(`map=${round(zoom, 2)}/${center[1].toFixed(digits)}/${center[0].toFixed(digits)}`);
  }
  const byDefault = initialView(story).hiddenLayers;
  if (view.hiddenLayers.size !== byDefault.size || [...view.hiddenLayers].some((id) => !byDefault.has(id))) {
    pairs.push(
      `hide=${story.layers
        .filter((l) => view.hiddenLayers.has(l.id))
        .map((l) => l.id)
        .join(',')}`,
    );
  }
  if (view.selection.kind !== 'none') pairs.push(`${view.selection.kind}=${view.selection.id}`);
  return pairs.join('&');
}

function readPairs(hash: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const text = hash.slice(0, MAX_LENGTH).replace(/^#/, '').split('?')[0] ?? '';
  for (const part of text.split('&')) {
    const at = part.indexOf('=');
    if (at < 1) continue;
    const key = part.slice(0, at);
    if (pairs.has(key)) continue;
    try {
      pairs.set(key, decodeURIComponent(part.slice(at + 1)));
    } catch {
      // not ours: we never write a bare percent sign
    }
  }
  return pairs;
}

function readViewport(text: string | undefined): Viewport | null {
  const match = text === undefined ? null : MAP.exec(text);
  if (!match) return null;
  const [zoom, lat, lng] = match.slice(1).map(Number) as [number, number, number];
  return zoom <= MAX_ZOOM && inRange([lng, lat]) ? { zoom, center: [lng, lat] } : null;
}
