/**
 * What readers get: one story in one language, every date and number already in words.
 * Made by `core/compile.ts`, read by the page, the map and the exports. Same source files, same bytes.
 */

import type { BasemapIndex } from './basemap.ts';
import type { Viewport } from './geo.ts';
import type { GlyphName } from './glyphs.ts';
import type { DenseFiles, ManyEvents } from './many.ts';
import type {
  Bounds,
  Collection,
  Exactness,
  LngLat,
  MediaKind,
  NoteKind,
  PlaceKind,
  Precision,
  RelationKind,
  SourceKind,
  StateValue,
  Status,
  TimeBasis,
} from './source.ts';
import type { TimeRange } from './time.ts';

/** Words in the story's language, or, where no translation exists, the words with the tag of the language they are in. */
export type Words = string | { readonly text: string; readonly lang: string };

export interface Layer {
  readonly id: string;
  readonly label: Words;
  readonly glyph: GlyphName;
  readonly shown: boolean;
}

export interface Place {
  readonly id: string;
  readonly name: Words;
  /** Its names in other languages and spellings, for finding it. */
  readonly aliases: readonly string[];
  readonly kind: PlaceKind;
  readonly precision: Precision;
  readonly note: Words | null;
  /** On the copy of the world that the story stands on: beyond 180 where its bounds cross the antimeridian. */
  readonly at: LngLat | null;
  readonly outline: string | null;
  /** Kilometres to within which `at` is right, where an editor keeps the exact position back. */
  readonly coarseKm?: number | undefined;
}

export interface Figure {
  readonly value: number;
  /** The value in the language's digits and grouping: "7,989". */
  readonly number: string;
  readonly label: Words;
  readonly measure: string;
  readonly scope: string | null;
  readonly exactness: Exactness;
}

/** A date in words and where it comes from. `said` is given when the claim was made at another time than it is about. */
export interface When {
  readonly words: string;
  readonly said: string | null;
  readonly basis: TimeBasis;
  readonly text: Words | null;
  readonly evidence: readonly string[];
}

export interface Note {
  readonly kind: NoteKind;
  readonly text: Words;
  readonly sources: readonly string[];
}

export interface Relation {
  readonly kind: RelationKind;
  readonly claim: string;
}

export interface Claim {
  readonly id: string;
  readonly paragraph: string | null;
  readonly says: Words;
  readonly when: When | null;
  readonly status: Status;
  /** Who said it and through whom: "Interior ministry of Kazakhstan, through Reuters and AFP". */
  readonly by: string;
  /** Whoever said it first, as ids: values of one speaker can replace one another. */
  readonly speaker: string;
  /** The day on which it became known, else the last day that it is about: `YYYY-MM-DD` and, short, in words. Null when undated. */
  readonly day: { readonly id: string; readonly label: string } | null;
  readonly figures: readonly Figure[];
  readonly sources: readonly string[];
  readonly relations: readonly Relation[];
  readonly notes: readonly Note[];
}

/** Something to be seen or heard of an event. */
export interface Media {
  readonly kind: MediaKind;
  readonly alt: Words;
  /** The warning behind which it is hidden at first. */
  readonly graphic: Words | null;
  /** The files, smallest first, by path below the site's root. None of a post. */
  readonly files: readonly { readonly path: string; readonly type: string; readonly width: number }[];
  /** Of an image or a video, px. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly credit: Words | null;
  readonly licence: Words | null;
  readonly transcript: Words | null;
  readonly captions: readonly { readonly language: string; readonly name: string; readonly path: string }[];
  /** A post's id among the sources. */
  readonly source: string | null;
}

export interface StoryEvent {
  readonly id: string;
  readonly collection: Collection;
  readonly layer: string;
  readonly place: string | null;
  readonly placeDetail: Words | null;
  readonly title: Words;
  readonly related: readonly string[];
  readonly claims: readonly Claim[];
  /** Spans the dated claims, half-open, UTC milliseconds; null when nothing dates the event. */
  readonly time: TimeRange | null;
  /** The same span in words; where it comes from; whether any of them says "about". Null when undated. */
  readonly when: { readonly words: string; readonly basis: TimeBasis; readonly about: boolean } | null;
  /** For the context: the day on which it was checked against its source, in words; null while nobody has. */
  readonly checked: string | null;
  /** The day of its own last change, in words; null where that is the story's. */
  readonly updated: string | null;
  readonly state: { readonly of: string; readonly value: StateValue } | null;
  readonly movement: { readonly from: string; readonly to: string } | null;
  /** Left out where there is none. */
  readonly media?: readonly Media[];
}

/** A civil day of the story's zone. The browser computes none: these are the story's, whatever the reader's clock says. */
export interface Day {
  /** `YYYY-MM-DD`. For the bins of what lies before and after the timeline, the day next to it. */
  readonly id: string;
  /** UTC milliseconds, half-open. */
  readonly start: number;
  readonly end: number;
  /** What stands under it on an axis, such as "5", "Mar" or "2021"; empty for most days of a long run. */
  readonly label: string;
  /** In words: "5 January", with the year where the days lie in several. */
  readonly words: string;
  /** Everything before, or after, the days that are shown one by one. */
  readonly bin: 'day' | 'before' | 'after';
}

export interface Series {
  readonly id: string;
  readonly label: Words;
  readonly measure: string;
  readonly scope: string;
}

export interface Step {
  readonly id: string;
  readonly title: Words;
  readonly text: Words;
  readonly days: { readonly first: string; readonly last: string } | null;
  readonly layers: readonly string[] | null;
  readonly selection: { readonly kind: 'event' | 'place'; readonly id: string } | null;
  readonly view: Viewport | null;
  readonly context: boolean;
}

export interface Withdrawn {
  readonly id: string;
  readonly date: string;
  readonly title: Words;
  readonly why: Words;
}

export interface Publication {
  readonly publisher: string;
  readonly title: string;
  readonly url: string | null;
  readonly archivedUrl: string | null;
  readonly published: string | null;
  readonly accessed: string | null;
  readonly kind: SourceKind;
  readonly language: string;
}

export interface GlossaryEntry {
  readonly id: string;
  readonly term: Words;
  readonly claim: Claim;
}

export interface Change {
  readonly date: string;
  readonly event: string | null;
  readonly from: Words | null;
  readonly to: Words | null;
  readonly note: Words;
}

/** The operator's own basemap for a story. */
export interface Tiles {
  readonly kind: 'raster' | 'pmtiles';
  readonly url: string;
  readonly label: Words;
  readonly attribution: string;
  readonly maxZoom: number;
  readonly shown: boolean;
}

export const STORY_FORMAT = 1;

export interface Story {
  readonly format: typeof STORY_FORMAT;
  readonly id: string;
  /** First 12 hexadecimal digits of the SHA-256 of the compiled content. */
  readonly version: string;
  readonly language: string;
  /** The language that the story was written in. */
  readonly ownLanguage: string;
  /** All languages that it has pages in, by their own names. */
  readonly languages: readonly { readonly id: string; readonly name: string }[];
  /** The words that mark an invented story; its title begins with them. Null for a true one. */
  readonly sample: Words | null;
  readonly title: Words;
  readonly summary: Words;
  readonly timeZone: string;
  readonly asOf: string;
  readonly updated: string;
  /** `updated` as `YYYY-MM-DD`, for machines. */
  readonly updatedDay: string;
  readonly bounds: Bounds;
  readonly basemap: BasemapIndex;
  readonly tiles: Tiles | null;
  readonly layers: readonly Layer[];
  readonly places: readonly Place[];
  /** The days that the story covers, in words: "2–10 January 2022". */
  readonly span: string;
  /** The days of the timeline, in order. */
  readonly days: readonly Day[];
  /** By start, then end, then id; undated ones last. */
  readonly events: readonly StoryEvent[];
  /** Events too many to be listed above, and where they are. */
  readonly dense?: DenseFiles;
  /** They themselves, where they have been fetched: no part of the file. */
  readonly many?: ManyEvents;
  /** How many events the context holds; they are in a file of their own. */
  readonly contextEvents: number;
  readonly sources: { readonly [id: string]: Publication };
  readonly keyFigures: readonly { readonly event: string; readonly claim: string }[];
  readonly article: string;
  readonly paragraphs: readonly { readonly id: string; readonly label: Words }[];
  readonly glossary: readonly GlossaryEntry[];
  readonly changes: readonly Change[];
  readonly withdrawn: readonly Withdrawn[];
  readonly series: readonly Series[];
  readonly steps: readonly Step[];
  readonly licence: Words;
  readonly credits: readonly Words[];
  /** Events left out of this build because their data has errors. Zero in anything fit to publish. */
  readonly leftOut: number;
}

/** The second collection, fetched when a reader asks for it: what else was reported, and what that needs of places and sources. */
export interface Context {
  readonly format: typeof STORY_FORMAT;
  readonly days: readonly Day[];
  readonly events: readonly StoryEvent[];
  readonly places: readonly Place[];
  readonly sources: { readonly [id: string]: Publication };
}

/** Raised when a data file and the page that reads it were not built together. */
export class StoryFormatError extends Error {}

/**
 * Take a fetched story. The build made it, so only what a mixed-up deployment can break is checked: that it is a story
 * and of the format that this page understands.
 * @throws StoryFormatError naming what was found and what to do
 */
export function readStory(data: unknown): Story {
  if (typeof data !== 'object' || data === null || !('format' in data)) {
    throw new StoryFormatError('Expected a story, got something else. The address may serve a web page in its place.');
  }
  if (data.format !== STORY_FORMAT) {
    throw new StoryFormatError(`Expected story format ${STORY_FORMAT}, got ${String(data.format)}. Reload the page to fetch matching files.`);
  }
  return data as Story;
}

/** Take a fetched context. @throws StoryFormatError as `readStory` does */
export function readContext(data: unknown): Context {
  if (typeof data !== 'object' || data === null || !('format' in data) || data.format !== STORY_FORMAT)
    throw new StoryFormatError(`Expected a context of format ${STORY_FORMAT}. Reload the page to fetch matching files.`);
  return data as Context;
}

/** The context of a story whose events from elsewhere are all among its many. */
export function emptyContext({ days }: Story): Context {
  return { format: STORY_FORMAT, days, events: [], places: [], sources: {} };
}

/** Events by start, then end, then id; undated ones last. */
export function byTime(a: StoryEvent, b: StoryEvent): number {
  if (a.time && b.time) return a.time.start - b.time.start || a.time.end - b.time.end || (a.id < b.id ? -1 : 1);
  if (a.time || b.time) return a.time ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** A story with its context: more events, places and sources, and more days. What the article says is as it was. */
export function withContext(story: Story, context: Context): Story {
  const known = new Set(story.places.map((p) => p.id));
  return {
    ...story,
    days: context.days,
    events: [...story.events, ...context.events].sort(byTime),
    places: [...story.places, ...context.places.filter((p) => !known.has(p.id))],
    sources: { ...story.sources, ...context.sources },
  };
}
