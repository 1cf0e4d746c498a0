/**
 * What editors write: the shape of the files in `data/<story-id>/`, field by field as `data/README.md` specifies them.
 * The build turns these into the `Story` of `story.ts`, which is all that a reader's browser ever sees.
 */
import type { GlyphName } from './glyphs.ts';
import type { Palette } from './tokens.ts';

/** One text in several languages: BCP 47 tag → words. The story's own language is required, the others fall back to it. */
export interface Text {
  readonly [language: string]: string;
}

/** RFC 7946 §3.1.1 position: longitude first, degrees, WGS 84. */
export type LngLat = readonly [lng: number, lat: number];

/** RFC 7946 §5 bounding box: west, south, east, north, degrees. West is greater than east across the antimeridian. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

export const COLLECTIONS = ['article', 'context'] as const;
/** `article` is what the article says; anything from elsewhere is `context` and is never mixed in silently. */
export type Collection = (typeof COLLECTIONS)[number];

export const PLACE_KINDS = ['country', 'region', 'city', 'facility'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** What a point stands for, widest first. A country has no point at all. */
export const PRECISIONS = ['country', 'region', 'city', 'facility'] as const;
export type Precision = (typeof PRECISIONS)[number];

export const STATUSES = ['announced', 'reported', 'retracted', 'asserted', 'editorial', 'measured', 'documented', 'background'] as const;
/** How sure a claim is; the words that readers see stand in `strings/`. */
export type Status = (typeof STATUSES)[number];

export const CHAIN_ROLES = ['originator', 'carrier', 'publisher'] as const;
/** Who said it first, who passed it on, who printed it. */
export type ChainRole = (typeof CHAIN_ROLES)[number];

export const SPEAKER_KINDS = ['person', 'ministry', 'agency', 'state-media', 'newspaper', 'photo', 'ngo', 'measurement', 'unnamed'] as const;
export type SpeakerKind = (typeof SPEAKER_KINDS)[number];

export const RELATION_KINDS = ['qualifies', 'supersedes', 'conflicts-with', 'rounds'] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

export const TIME_BASES = ['stated', 'inferred', 'outside'] as const;
/** Where a date comes from: the article says it, we infer it from the text, or another source gives it. */
export type TimeBasis = (typeof TIME_BASES)[number];

export const EXACTNESS = ['exact', 'rounded', 'about', 'at-least'] as const;
export type Exactness = (typeof EXACTNESS)[number];

export const NOTE_KINDS = ['misprint', 'name', 'wording', 'reading', 'conflict'] as const;
/** Why a note is there: the article slipped, a name is spelled otherwise, words were lost, we had to choose a reading, others differ. */
export type NoteKind = (typeof NOTE_KINDS)[number];

export const SOURCE_KINDS = [
  'article',
  'agency',
  'newspaper',
  'broadcaster',
  'state-media',
  'official',
  'ngo',
  'measurement',
  'aggregator',
  'gazetteer',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const STATE_VALUES = ['cut', 'partial', 'restored', 'unknown'] as const;
/** How a service stands from a moment on: `restored` ends a state, the others begin or change one. */
export type StateValue = (typeof STATE_VALUES)[number];

export interface SourceLayer {
  readonly id: string;
  readonly label: Text;
  readonly glyph: GlyphName;
  /** `#rrggbb` for each theme; checked for contrast against the basemap at build. */
  readonly color: { readonly light: string; readonly dark: string };
  /** Whether the layer is on when a reader arrives. */
  readonly shown: boolean;
}

/** One link of the chain of attribution; `who` is an id from `speakers.json`. */
export interface SourceLink {
  readonly who: string;
  readonly role: ChainRole;
  readonly disputed?: boolean | undefined;
}

export interface SourceSpeaker {
  readonly name: Text;
  readonly kind: SpeakerKind;
}

export interface SourceFigure {
  readonly value: number;
  /** What one counts: `people`. */
  readonly unit: string;
  /** What is measured: `killed`, `arrested`, `force-size`. Values of unlike measure are never summed or compared. */
  readonly measure: string;
  /** Place id that the count covers; null when it covers no place (then the label says what it covers). */
  readonly scope: string | null;
  /** The words that follow the number: "people arrested". */
  readonly label: Text;
  readonly exactness: Exactness;
}

export interface SourceTime {
  /** EDTF: when the thing happened, if the source says. */
  readonly about: string | null;
  /** EDTF: when it was said. */
  readonly said: string | null;
  readonly basis: TimeBasis;
  /** The source's own date words, in short: "the day before". */
  readonly text?: Text | undefined;
  /** Source ids behind a date from outside the article. */
  readonly evidence?: readonly string[] | undefined;
}

export interface SourceNote {
  readonly kind: NoteKind;
  readonly text: Text;
  readonly sources: readonly string[];
}

export interface SourceRelation {
  readonly kind: RelationKind;
  readonly claim: string;
}

export interface SourceClaim {
  readonly id: string;
  /** Paragraph of the article (an id from `story.json` `paragraphs`), or null for a claim from elsewhere. */
  readonly paragraph: string | null;
  readonly says: Text;
  /** Null when nothing dates the claim. */
  readonly time: SourceTime | null;
  readonly status: Status;
  readonly chain: readonly SourceLink[];
  readonly figures: readonly SourceFigure[];
  readonly sources: readonly string[];
  readonly relations: readonly SourceRelation[];
  readonly notes: readonly SourceNote[];
}

export const MEDIA_KINDS = ['image', 'audio', 'video', 'post'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

interface SourceMediaWords {
  /** What is to be seen or heard, for those who do not see or hear it. */
  readonly alt: Text;
  /** A warning: it is hidden until a reader asks for it. */
  readonly graphic?: Text | undefined;
}

interface SourceMediaFile extends SourceMediaWords {
  /** Path in the story's folder, below `media/`. */
  readonly file: string;
  /** Who made it. */
  readonly credit: Text;
  /** On what terms it may be shown. */
  readonly licence: Text;
}

/** A picture, sound or video of the story's own, or a post elsewhere, which is a link and never more. */
export type SourceMedia =
  | (SourceMediaFile & { readonly kind: 'image' })
  | (SourceMediaFile & {
      readonly kind: 'audio' | 'video';
      /** Every word that is spoken, and the sounds that matter. */
      readonly transcript: Text;
      /** WebVTT by language, by path in the story's folder. */
      readonly captions?: Text | undefined;
    })
  | (SourceMediaWords & {
      readonly kind: 'post';
      /** Id from `sources.json`, with address, date and archived copy. */
      readonly source: string;
    });

export interface SourceEvent {
  readonly id: string;
  readonly collection: Collection;
  readonly layer: string;
  /** Place id, or null for what happened nowhere in particular (a video summit). */
  readonly place: string | null;
  /** What the source named when it is finer than the point: "Republic Square". */
  readonly placeDetail?: Text | undefined;
  readonly title: Text;
  readonly related: readonly string[];
  readonly claims: readonly SourceClaim[];
  /** Still being written: it never reaches a public build. */
  readonly draft?: boolean | undefined;
  /** Day on which an event of the context was checked against its source; null while nobody has. */
  readonly checked?: string | null | undefined;
  /** EDTF day of the event's last change, if it is not the story's. */
  readonly updated?: string | undefined;
  /** What the event tells of a service at its place, such as the internet: drawn as a band, until the next such event there. */
  readonly state?: { readonly of: string; readonly value: StateValue } | undefined;
  /** Two place ids, only where a source names both ends. */
  readonly movement?: { readonly from: string; readonly to: string } | undefined;
  /** Kilometres to within which the positions of its places may be published; the exact ones stay in the source. */
  readonly publishPrecision?: number | undefined;
  readonly media?: readonly SourceMedia[] | undefined;
}

export interface SourceGlossaryEntry {
  readonly id: string;
  readonly term: Text;
  readonly claim: SourceClaim;
}

/** A change that readers see. `from` and `to` are in words; `note` says why. */
export interface SourceChange {
  readonly date: string;
  readonly event: string | null;
  readonly claim?: string | undefined;
  readonly from?: Text | undefined;
  readonly to?: Text | undefined;
  readonly note: Text;
}

/** What is left of an event that was taken back, so that old links explain themselves. Its id is never used again. */
export interface SourceWithdrawn {
  readonly id: string;
  readonly date: string;
  readonly title: Text;
  readonly why: Text;
}

/** A number that was claimed more than once, followed through time: every figure of one measure and one scope. */
export interface SourceSeries {
  readonly id: string;
  readonly label: Text;
  readonly measure: string;
  readonly scope: string;
}

/** One stop of the guided walk: what is on show, and a sentence or two. What it does not say is as on arrival. */
export interface SourceStep {
  readonly id: string;
  readonly title: Text;
  readonly text: Text;
  /** EDTF day or interval of days. */
  readonly days?: string | undefined;
  /** Layers on show; all that are shown at first if left out. */
  readonly layers?: readonly string[] | undefined;
  readonly event?: string | undefined;
  readonly place?: string | undefined;
  /** The story's bounds if left out. */
  readonly view?: { readonly zoom: number; readonly center: LngLat } | undefined;
  readonly context?: boolean | undefined;
}

export const TILE_KINDS = ['raster', 'pmtiles'] as const;

/** A basemap of the operator's own, which readers may choose beside the built-in one. */
export interface SourceTiles {
  readonly kind: (typeof TILE_KINDS)[number];
  /** http(s) address, or a path below the site's root. A raster's has `{z}`, `{x}`, `{y}`. */
  readonly url: string;
  /** What readers choose: "Streets". */
  readonly label: Text;
  /** Required: whose data and whose service it is. */
  readonly attribution: string;
  readonly maxZoom: number;
  /** Whether it is on when a reader arrives. */
  readonly shown: boolean;
}

export const FONT_STYLES = ['normal', 'italic'] as const;

/** Letters of a site's own: a stack of what readers have, perhaps behind a family of font files. */
export interface SourceFont {
  /** CSS stack for readers without the files, and all there is where no files are named. */
  readonly fallback: string;
  readonly family?: string | undefined;
  /** WOFF2, by path below `data/`. */
  readonly files?: readonly { readonly file: string; readonly weight: number; readonly style: (typeof FONT_STYLES)[number] }[] | undefined;
  /** By whose leave the files are passed on. Required with them. */
  readonly licence?: string | undefined;
}

/** Colours of a site's own, `#rrggbb`, by the names of `Palette`; the others are ours. */
export type SourceColors = { readonly [K in keyof Palette]?: string | undefined };

/** `data/site.json`: settings for all stories; a story's own win. */
export interface SourceSite {
  /** Where the site will stand. */
  readonly baseUrl?: string | undefined;
  readonly tiles?: SourceTiles | null | undefined;
  /** Who publishes it. Required with a logo, a home or a credit. */
  readonly name?: Text | undefined;
  /** Address that name and logo lead to. */
  readonly home?: string | undefined;
  /** Stands on pictures, in downloads of the view and among the credits. */
  readonly credit?: Text | undefined;
  /** SVG, PNG or JPEG by path below `data/`; `dark` for dark grounds, else the one for both. */
  readonly logo?: { readonly light: string; readonly dark?: string | undefined } | undefined;
  readonly fonts?: { readonly text?: SourceFont | undefined; readonly title?: SourceFont | undefined } | undefined;
  readonly colors?: { readonly light?: SourceColors | undefined; readonly dark?: SourceColors | undefined } | undefined;
  /** Corners of buttons, panels and cards, px. */
  readonly radius?: number | undefined;
}

export interface SourceMeta {
  readonly format: 1;
  readonly id: string;
  readonly language: string;
  readonly languages: readonly string[];
  /** Words that mark the story as invented, in every view. Such a story is built only when samples are asked for. */
  readonly sample?: Text | undefined;
  readonly title: Text;
  readonly summary: Text;
  readonly timeZone: string;
  /** EDTF interval that article events lie in. */
  readonly extent: string;
  /** EDTF interval of the timeline's days once the context is on; what lies outside stands at its ends. */
  readonly contextExtent?: string | undefined;
  /** EDTF day up to which the account goes. */
  readonly asOf: string;
  /** EDTF day of the last change to the data. */
  readonly updated: string;
  readonly bounds: Bounds;
  /** Folder of `data/basemap/` that is drawn under the story, or `world`. */
  readonly basemap: string;
  /** The operator's tiles for this story; null for none even where the site has some. */
  readonly tiles?: SourceTiles | null | undefined;
  readonly layers: readonly SourceLayer[];
  /** Claims whose first figure stands at the top, most important first. */
  readonly keyFigures: readonly string[];
  /** Source id of the article itself. */
  readonly article: string;
  readonly paragraphs: readonly { readonly id: string; readonly label: Text }[];
  readonly glossary: readonly SourceGlossaryEntry[];
  readonly changes: readonly SourceChange[];
  readonly withdrawn?: readonly SourceWithdrawn[] | undefined;
  readonly series?: readonly SourceSeries[] | undefined;
  readonly steps?: readonly SourceStep[] | undefined;
  readonly licence: Text;
  readonly credits: readonly Text[];
}

export interface SourcePlace {
  readonly id: string;
  readonly name: Text;
  readonly aliases: readonly string[];
  readonly kind: PlaceKind;
  /** What the *point* stands for. */
  readonly precision: Precision;
  readonly note: Text | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly coordinateSource: string | null;
  /** Id of the place's shape in the basemap, for a country or region. */
  readonly outline: string | null;
  readonly at: LngLat | null;
  /** Kilometres to within which its position may be published; the exact one stays in the source. */
  readonly publishPrecision?: number | undefined;
}

export interface SourcePublication {
  readonly publisher: string;
  readonly title: string;
  readonly url: string | null;
  readonly archivedUrl: string | null;
  /** EDTF, or null where the page gives none. */
  readonly published: string | null;
  readonly accessed: string | null;
  readonly kind: SourceKind;
  readonly language: string;
}

/** One story as read from its folder, every shape checked, nothing yet said about its meaning. */
export interface SourceStory {
  readonly meta: SourceMeta;
  readonly places: readonly SourcePlace[];
  /** Both collections: the article's from `events.json`, then those of `context.json`. */
  readonly events: readonly SourceEvent[];
  readonly speakers: ReadonlyMap<string, SourceSpeaker>;
  readonly sources: ReadonlyMap<string, SourcePublication>;
}
