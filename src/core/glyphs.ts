/**
 * The marks of layers and of statuses, as paths on a 24 × 24 grid. One table for the legend, the markers, the list, the
 * poster and the card: shape comes first, colour second, so that none of them needs colour to be told apart.
 */
import type { Status } from './source.ts';

export interface Glyph {
  /** Filled with the layer's colour. */
  readonly shape: string;
  /** Stroked on top in the colour of the paper, 2 units wide, round. */
  readonly detail: string;
}

export const GLYPHS = {
  /** A circle with three raised strokes. */
  raised: { shape: 'M12 1.5a10.5 10.5 0 1 1 0 21a10.5 10.5 0 1 1 0-21z', detail: 'M7.5 16.5v-6M12 16.5V6.5M16.5 16.5v-6' },
  /** A square with a chevron. */
  chevron: { shape: 'M4 2h16a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2z', detail: 'M7 11.5l5-4.5l5 4.5M7 17l5-4.5l5 4.5' },
  /** A rounded triangle with two arcs. */
  arcs: {
    shape: 'M10.2 2.6a2.1 2.1 0 0 1 3.6 0l9 16.4a2.1 2.1 0 0 1-1.8 3.2H3a2.1 2.1 0 0 1-1.8-3.2z',
    detail: 'M8 14.2a5.8 5.8 0 0 1 8 0M10.4 17.6a2.3 2.3 0 0 1 3.2 0',
  },
  /** A diamond with a bar. */
  bar: { shape: 'M10.7 1a1.9 1.9 0 0 1 2.6 0L23 10.7a1.9 1.9 0 0 1 0 2.6L13.3 23a1.9 1.9 0 0 1-2.6 0L1 13.3a1.9 1.9 0 0 1 0-2.6z', detail: 'M7 12h10' },
  /** A speech balloon. */
  speech: {
    shape: 'M4.5 2h15A2.5 2.5 0 0 1 22 4.5v10a2.5 2.5 0 0 1-2.5 2.5H12l-5.4 5V17H4.5A2.5 2.5 0 0 1 2 14.5v-10A2.5 2.5 0 0 1 4.5 2z',
    detail: 'M6.5 7.5h11M6.5 11.5h7',
  },
} as const satisfies Record<string, Glyph>;

export type GlyphName = keyof typeof GLYPHS;
export const GLYPH_NAMES = Object.keys(GLYPHS) as GlyphName[];

/** How a status mark is drawn: a ring, what fills it, and what is struck over it. Read in one colour, on paper too. */
export interface StatusMark {
  readonly fill: 'none' | 'half' | 'full' | 'dot';
  readonly strike: boolean;
  readonly dashed: boolean;
}

export const STATUS_MARKS: { readonly [K in Status]: StatusMark } = {
  announced: { fill: 'full', strike: false, dashed: false },
  reported: { fill: 'dot', strike: false, dashed: false },
  retracted: { fill: 'none', strike: true, dashed: false },
  asserted: { fill: 'half', strike: false, dashed: false },
  editorial: { fill: 'none', strike: false, dashed: false },
  measured: { fill: 'full', strike: false, dashed: true },
  documented: { fill: 'dot', strike: false, dashed: true },
  background: { fill: 'none', strike: false, dashed: true },
};
