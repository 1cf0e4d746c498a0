/**
 * What a map in a frame and its host page say to each other, version 1; EMBEDDING.md documents it field by field.
 * Both sides read with the functions below: whatever is not well formed, of another version or of an unknown type is
 * ignored, so that older and newer pages get along.
 */

const NAMESPACE = 'unrest-map';
const VERSION = 1;
/** Event, place and claim ids. */
export const ID = /^[\w-]{1,64}$/;
/** Most ids in a list, most keys of a filter, longest text and value. */
const LIMITS = { ids: 200, keys: 16, text: 300, value: 200 } as const;

export type Theme = 'light' | 'dark';

export type FrameMessage =
  /** The map answers from now on. `caps` names the messages that it understands. */
  | { readonly type: 'ready'; readonly caps: readonly string[]; readonly title: string }
  /** Height of the content, whole CSS px. */
  | { readonly type: 'resize'; readonly height: number }
  /** The event or place that is open; null for none. */
  | { readonly type: 'select'; readonly id: string | null }
  /** The reader wants the article's passage for a claim. `keyboard`: by key, so focus should go along. */
  | { readonly type: 'open-claim'; readonly anchor: string; readonly keyboard: boolean }
  | { readonly type: 'error'; readonly code: string };

export type HostMessage =
  /** After `ready`. `claims` are those with a passage in the host page. */
  | { readonly type: 'hello'; readonly theme?: Theme; readonly lang?: string; readonly reducedMotion?: boolean; readonly claims?: readonly string[] }
  | { readonly type: 'focus'; readonly id: string; readonly keyboard: boolean }
  /** Keys and values of the address's hash; null takes a key back. */
  | { readonly type: 'filter'; readonly keys: { readonly [key: string]: string | null } }
  | { readonly type: 'print' };

/** A message with its envelope, fit for `postMessage`. */
export function sealed(message: FrameMessage | HostMessage): object {
  return { ns: NAMESPACE, v: VERSION, ...message };
}

function opened(data: unknown): Record<string, unknown> | null {
  if (typeof data !== 'object' || data === null) return null;
  const fields = data as Record<string, unknown>;
  return fields.ns === NAMESPACE && fields.v === VERSION ? fields : null;
}

const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value);
const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, LIMITS.text) : '');

/** Read what a frame posted. `data` is anything, from anyone; null when not ours or not well formed. Never throws. */
export function readFrameMessage(data: unknown): FrameMessage | null {
  const m = opened(data);
  switch (m?.type) {
    case 'ready':
      return { type: 'ready', caps: ids(m.caps), title: text(m.title) };
    case 'resize':
      return typeof m.height === 'number' && m.height > 0 ? { type: 'resize', height: Math.min(100_000, Math.round(m.height)) } : null;
    case 'select':
      return m.id === null || isId(m.id) ? { type: 'select', id: m.id } : null;
    case 'open-claim':
      return isId(m.anchor) ? { type: 'open-claim', anchor: m.anchor, keyboard: m.keyboard === true } : null;
    case 'error':
      return { type: 'error', code: text(m.code) };
    default:
      return null;
  }
}

/** Read what a host page posted, as above. */
export function readHostMessage(data: unknown): HostMessage | null {
  const m = opened(data);
  switch (m?.type) {
    case 'hello':
      return {
        type: 'hello',
        ...(m.theme === 'light' || m.theme === 'dark' ? { theme: m.theme } : {}),
        ...(typeof m.lang === 'string' && /^[a-z]{2,3}(-\w{2,8})*$/i.test(m.lang) ? { lang: m.lang } : {}),
        ...(typeof m.reducedMotion === 'boolean' ? { reducedMotion: m.reducedMotion } : {}),
        ...(Array.isArray(m.claims) ? { claims: ids(m.claims) } : {}),
      };
    case 'focus':
      return isId(m.id) ? { type: 'focus', id: m.id, keyboard: m.keyboard === true } : null;
    case 'filter':
      return typeof m.keys === 'object' && m.keys !== null && !Array.isArray(m.keys) ? { type: 'filter', keys: keys(m.keys) } : null;
    case 'print':
      return { type: 'print' };
    default:
      return null;
  }
}

/** Walked, not sliced or filtered: this runs on host pages too, whose libraries may have their own arrays. */
function ids(value: unknown): string[] {
  const found = new Set<string>();
  for (let i = 0; Array.isArray(value) && i < value.length && i < LIMITS.ids; i++) if (isId(value[i])) found.add(value[i] as string);
  return [...found];
}

function keys(value: object): { [key: string]: string | null } {
  const entries = Object.entries(value).slice(0, LIMITS.keys);
  const known = entries.filter(([k, v]) => /^[a-z]{1,16}$/.test(k) && (v === null || (typeof v === 'string' && v.length <= LIMITS.value)));
  return Object.fromEntries(known);
}
