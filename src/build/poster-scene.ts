/** What every part of a poster needs to know: its layout, its story, its palette, and where the frame stands on it. */
import type { BasemapFile } from '../core/basemap.ts';
import type { Frame } from '../core/geo.ts';
import type { Story } from '../core/story.ts';
import type { Strings } from '../core/strings/make.ts';
import type { Palette } from '../core/tokens.ts';
import type { PlaceShown } from '../core/view.ts';
import type { PosterLook } from './theme/make.ts';

/** Where things stand on a picture, px; the map has its whole width. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly map: { readonly top: number; readonly height: number };
  readonly title: number;
  /** Whether there is room for the story's summary. */
  readonly lead: boolean;
  /** Lines for a figure's speaker. */
  readonly speaker: number;
}

/** For pages without frames, for print and for downloads. */
export const POSTER: Layout = { width: 1200, height: 900, map: { top: 164, height: 490 }, title: 32, lead: true, speaker: 3 };
/** For cards of shared links, which are shown small. */
export const CARD: Layout = { width: 1200, height: 630, map: { top: 104, height: 304 }, title: 40, lead: false, speaker: 2 };
export const MARGIN = 36;
export const TEXT = 'Noto Sans';
export const TITLE = 'Noto Serif';
export type PosterTheme = 'light' | 'dark';
/** `#rrggbb` of each layer by id, in one theme. */
export type LayerColors = ReadonlyMap<string, string>;

export interface Scene {
  readonly layout: Layout;
  readonly story: Story;
  readonly basemap: BasemapFile;
  readonly t: Strings;
  readonly colors: LayerColors;
  readonly palette: Palette;
  readonly theme: PosterTheme;
  /** The site's own look. */
  readonly look: PosterLook;
  readonly shown: readonly PlaceShown[];
  readonly frame: Frame;
  /** Zoom at which the frame just fits the map's place. */
  readonly zoom: number;
  /** Top left corner of the frame on the poster, px. */
  readonly origin: { readonly x: number; readonly y: number };
}

/** Px of a poster to a tenth: finer than any printer needs, and short. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
