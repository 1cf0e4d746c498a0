/** The files of details: events and places by position, ids by their hash. What is as usual is left out of them. */
import type { Claim, Place, StoryEvent } from '../core/story.ts';

/** Rows in a file of events, and places in a file of places. */
export const EVENTS_A_FILE = 256;
export const PLACES_A_FILE = 512;

/** An event as its file has it, with its place and that place's position; null and -1 for none. */
export interface EventDetail {
  readonly event: StoryEvent;
  readonly place: Place | null;
  readonly at: number;
}

const USUAL_EVENT = {
  collection: 'article',
  placeDetail: null,
  related: [],
  time: null,
  when: null,
  checked: null,
  updated: null,
  state: null,
  movement: null,
};
const USUAL_CLAIM = { paragraph: null, when: null, day: null, figures: [], relations: [], notes: [] };
const USUAL_PLACE = { aliases: [], kind: 'city', precision: 'city', note: null, outline: null };

type Thin = { readonly [key: string]: unknown };

/** An event and its place for the file: what is as usual is left out. The place stands with each of its events, so that a card needs one file. */
export function thinEvent(event: StoryEvent, place: Place | null, at: number): Thin {
  const { place: _, ...rest } = event;
  return { ...thin(rest, USUAL_EVENT), claims: event.claims.map((c) => thin(c, USUAL_CLAIM)), ...(place ? { place: thinPlace(place), at } : {}) };
}

/** The event again. */
export function fullEvent({ place: there, at = -1, ...data }: Thin): EventDetail {
  const claims = Array.isArray(data.claims) ? (data.claims as Thin[]) : [];
  const place = typeof there === 'object' && there !== null ? fullPlace(there as Thin) : null;
  const full = { ...USUAL_EVENT, ...data, claims: claims.map((c) => ({ ...USUAL_CLAIM, ...c }) as unknown as Claim), place: place?.id ?? null };
  return { event: full as unknown as StoryEvent, place, at: Number(at) };
}

export function thinPlace(place: Place): Thin {
  return thin(place, USUAL_PLACE);
}

export function fullPlace(data: Thin): Place {
  return { ...USUAL_PLACE, ...data } as unknown as Place;
}

function thin(data: object, usual: Thin): Thin {
  return Object.fromEntries(Object.entries(data).filter(([key, value]) => !(key in usual) || !same(value, usual[key])));
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (Array.isArray(a) && Array.isArray(b) && a.length === 0 && b.length === 0);
}

const [BREAK, COMMA, OPEN, CLOSE] = [0x0a, 0x2c, 0x5b, 0x5d];

/**
 * A file of events as it came: JSON, each event on a line of its own. One is read when somebody looks at it, as a list
 * shows a dozen of them; objects of all of them would be most of what a page leaves behind with each press.
 */
export class EventLines {
  private readonly bytes: Uint8Array;
  private readonly starts: readonly number[];

  /** @throws Error for bytes that are no such list */
  constructor(buffer: ArrayBuffer) {
    const bytes = new Uint8Array(buffer);
    const starts = [1];
    let whole = bytes[0] === OPEN && bytes.at(-1) === CLOSE;
    for (let at = bytes.indexOf(BREAK); at >= 0; at = bytes.indexOf(BREAK, at + 1)) {
      starts.push(at + 1);
      whole &&= bytes[at - 1] === COMMA;
    }
    if (!whole) throw new Error('Expected a list of events, each on a line.');
    this.bytes = bytes;
    this.starts = starts;
  }

  /** @throws Error where there is no event that can be read */
  at(i: number): EventDetail {
    // Before the next line stand a comma and a line break, and after the last event a bracket.
    const end = (this.starts[i + 1] ?? this.bytes.length + 1) - 2;
    return fullEvent(JSON.parse(new TextDecoder().decode(this.bytes.subarray(this.starts[i] ?? end, end))) as Thin);
  }
}

/** Which of the files of ids names an id (FNV-1a, 32 bits). Place ids stand there with a slash before them, which no id has. */
export function idFile(id: string, files: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % files;
}

/** How many files of ids a number of ids is spread over. */
export function idFilesFor(ids: number): number {
  return Math.max(1, Math.ceil(ids / 2048));
}
