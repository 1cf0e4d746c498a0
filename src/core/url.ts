/**
 * The view as the address's hash: `#map=6/43.25/76.91&hide=statements&time=2022-01-05/2022-01-10&event=almaty-internet`.
 * Keys are public and never reused: `map` (zoom/lat/lng, as OpenStreetMap writes it), `event`, `place`, `cell`, `hide` (layers),
 * `time` (EDTF: days, `..` for an open end), `status` (those on show, `none` for none), `context` (`1` or `0`), `step`.
 * What is not said is as on arrival, or as the step has it. Whatever else stands there, or is malformed, is ignored.
 */

import type { Viewport } from './geo.ts';
import { inRange, round, wrapped } from './geo.ts';
import type { Status } from './source.ts';
import { STATUSES } from './source.ts';
import type { Story } from './story.ts';
import type { DaySpan, ViewState } from './view.ts';
import { goToStep, initialView, NO_SELECTION, selectCell, selectEvent, selectPlace } from './view.ts';

const MAX_LENGTH = 2048;
const ID = /^[\w-]{1,64}$/;
const MAP = /^(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/;
const TIME = /^(\d{4}-\d\d-\d\d|\.\.)\/(\d{4}-\d\d-\d\d|\.\.)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const MAX_ZOOM = 22;
/** Earlier and later than any day. */
const OPEN = { first: '0000-00-00', last: '9999-99-99' } as const;

/** Whether a hash is the view's at all, and not the anchor of some part of the page. */
export function isViewHash(hash: string): boolean {
  return hash.length <= 1 || readPairs(hash).size > 0;
}

/**
 * The view that a hash asks for; whatever it does not say is as on arrival. Never throws.
 * @param hash  with or without `#`. A `?secret=…` behind it, as WordPress adds to a frame's address, is cut off
 */
export function viewFromHash(story: Story, hash: string): ViewState {
  const pairs = readPairs(hash);
  const step = pairs.get('step');
  let view = goToStep(story, initialView(story), step !== undefined && ID.test(step) ? step : null);
  const hide = pairs.get('hide');
  if (hide !== undefined) {
    const known = new Set(story.layers.map((l) => l.id));
    view = { ...view, hiddenLayers: new Set(hide.split(',').filter((id) => known.has(id))) };
  }
  const status = pairs.get('status');
  if (status !== undefined) view = { ...view, hiddenStatuses: readStatuses(status) };
  const time = pairs.get('time');
  if (time !== undefined) view = { ...view, days: readDays(story, time) };
  const context = pairs.get('context');
  if (context === '1' || context === '0') view = { ...view, showContext: context === '1' };
  const map = pairs.get('map');
  if (map !== undefined) view = { ...view, viewport: readViewport(map) };
  const event = pairs.get('event');
  const place = pairs.get('place');
  if (event !== undefined && ID.test(event)) return selectEvent(story, view, event);
  if (place !== undefined && ID.test(place)) return selectPlace(story, view, place);
  const cell = pairs.get('cell');
  if (cell !== undefined && ID.test(cell)) return selectCell(story, view, cell);
  return event === undefined && place === undefined ? view : { ...view, selection: NO_SELECTION };
}

/** The shortest hash, without `#`, that brings this view back. Empty for the view on arrival. */
export function hashFromView(story: Story, view: ViewState): string {
  const base = goToStep(story, initialView(story), view.step);
  const pairs: string[] = [];
  if (view.step !== null) pairs.push(`step=${view.step}`);
  if (!sameViewport(view.viewport, base.viewport)) pairs.push(`map=${view.viewport ? viewportText(view.viewport) : ''}`);
  if (!sameSet(view.hiddenLayers, base.hiddenLayers)) pairs.push(`hide=${keep(story.layers, (l) => view.hiddenLayers.has(l.id)).join(',')}`);
  if (!sameSet(view.hiddenStatuses, base.hiddenStatuses)) pairs.push(`status=${STATUSES.filter((s) => !view.hiddenStatuses.has(s)).join(',') || 'none'}`);
  if (view.days?.first !== base.days?.first || view.days?.last !== base.days?.last) pairs.push(`time=${daysText(story, view.days)}`);
  if (view.showContext !== base.showContext) pairs.push(`context=${view.showContext ? 1 : 0}`);
  const { selection } = view;
  const from = base.selection;
  if (selection.kind !== from.kind || ('id' in selection && 'id' in from && selection.id !== from.id)) {
    if (selection.kind === 'none') pairs.push('event=');
    else pairs.push(`${selection.kind === 'withdrawn' ? 'event' : selection.kind}=${selection.id}`);
  }
  return pairs.join('&');
}

function keep(items: readonly { readonly id: string }[], wanted: (item: { readonly id: string }) => boolean): string[] {
  return items.filter(wanted).map((i) => i.id);
}

function sameSet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return a.size === b.size && [...a].every((x) => b.has(x));
}

function sameViewport(a: Viewport | null, b: Viewport | null): boolean {
  return a === b || (a !== null && b !== null && viewportText(a) === viewportText(b));
}

function viewportText({ zoom, center }: Viewport): string {
  const digits = Math.min(5, Math.max(2, Math.ceil(zoom / 3))); // half a pixel or less at every zoom
  return `${round(zoom, 2)}/${center[1].toFixed(digits)}/${wrapped(center[0]).toFixed(digits)}`;
}

/** What lies before and after the single days has no end that can be named. */
function daysText(story: Story, days: DaySpan | null): string {
  if (days === null) return '../..';
  const bin = (id: string) => story.days.find((d) => d.id === id)?.bin;
  return `${bin(days.first) === 'before' ? '..' : days.first}/${bin(days.last) === 'after' ? '..' : days.last}`;
}

/** Days that the story does not have yet, because its context has not come, are kept as they stand. */
function readDays(story: Story, text: string): DaySpan | null {
  const match = DAY.test(text) ? ['', text, text] : TIME.exec(text);
  const [, first = '..', last = '..'] = match ?? [];
  if (first === '..' && last === '..') return null;
  const span: DaySpan = {
    first: first === '..' ? (story.days[0]?.id ?? OPEN.first) : first,
    last: last === '..' ? (story.days.at(-1)?.id ?? OPEN.last) : last,
  };
  return span.first <= span.last ? span : null;
}

function readStatuses(text: string): ReadonlySet<Status> {
  const shown = new Set(text.split(','));
  const known = STATUSES.some((s) => shown.has(s)) || text === 'none';
  return new Set(known ? STATUSES.filter((s) => !shown.has(s)) : []);
}

/** Keys and values of a hash, the first of each key, unescaped; whatever a host hung behind a `?` is cut off. */
export function readPairs(hash: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const text = hash.slice(0, MAX_LENGTH).replace(/^#/, '').split(/#?\?/)[0] ?? '';
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

function readViewport(text: string): Viewport | null {
  const match = MAP.exec(text);
  if (!match) return null;
  const [zoom, lat, lng] = match.slice(1).map(Number) as [number, number, number];
  return zoom <= MAX_ZOOM && inRange([lng, lat]) ? { zoom, center: [lng, lat] } : null;
}
