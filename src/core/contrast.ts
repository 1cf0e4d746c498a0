/** Contrast of two colours after WCAG 2.2, and the nearest colour that has enough of it. Colours are `#rrggbb`. */
import type { Palette } from './tokens.ts';

/** WCAG 2.2, 1.4.3 and 1.4.11: text, and marks, edges of controls and large letters. */
export const TEXT_CONTRAST = 4.5;
export const MARK_CONTRAST = 3;

/** What stands on what in the pages, the map and the pictures. */
export const TEXT_PAIRS: readonly (readonly [text: keyof Palette, ground: keyof Palette])[] = [
  ['ink', 'paper'],
  ['ink', 'page'],
  ['ink', 'sunk'],
  ['ink', 'warn'],
  ['inkSoft', 'paper'],
  ['inkSoft', 'page'],
  ['inkSoft', 'sunk'],
  ['inkSoft', 'warn'],
  ['link', 'paper'],
  ['link', 'page'],
  ['link', 'sunk'],
  ['warnInk', 'warn'],
  ['warnInk', 'paper'],
  ['label', 'landFocus'],
  ['label', 'land'],
  ['label', 'labelHalo'],
  ['labelSoft', 'land'],
  ['labelWater', 'water'],
];
export const MARK_PAIRS: readonly (readonly [mark: keyof Palette, ground: keyof Palette])[] = [
  ['focus', 'paper'],
  ['focus', 'page'],
  ['ruleStrong', 'paper'],
  ['ruleStrong', 'page'],
  ['ink', 'water'],
  ['ink', 'land'],
  ['ink', 'landFocus'],
  ['outline', 'landFocus'],
];
/** What the glyphs of layers stand on. */
export const LAYER_GROUNDS = ['paper', 'page', 'land', 'landFocus', 'water'] as const satisfies readonly (keyof Palette)[];

type Rgb = readonly [r: number, g: number, b: number];

function rgbOf(hex: string): Rgb {
  const at = (i: number) => Number.parseInt(hex.slice(i, i + 2), 16) / 255;
  return [at(1), at(3), at(5)];
}

function hexOf(rgb: Rgb): string {
  const two = (c: number) =>
    Math.round(Math.max(0, Math.min(1, c)) * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${rgb.map(two).join('')}`;
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = rgbOf(hex).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
  return (x + 0.05) / (y + 0.05);
}

/** What a colour stands on, or what stands on it, and how much contrast that takes. */
export interface Against {
  readonly color: string;
  readonly needed: number;
}

/** Steps between a colour and black or white. */
const STEPS = 256;

/**
 * The colour nearest to one that has enough contrast with all others: the same hue, mixed with as little black or white
 * as that takes. Null where neither is enough.
 */
export function nearestWith(color: string, others: readonly Against[]): string | null {
  const from = rgbOf(color);
  for (let step = 0; step <= STEPS; step++) {
    for (const end of [0, 1]) {
      const [r, g, b] = from.map((c) => c + ((end - c) * step) / STEPS) as [number, number, number];
      const mixed = hexOf([r, g, b]);
      if (others.every((other) => contrast(mixed, other.color) >= other.needed)) return mixed;
    }
  }
  return null;
}

/** Two colours of a palette too near to one another. */
export interface FaintPair {
  readonly top: keyof Palette;
  readonly ground: keyof Palette;
  readonly found: number;
  readonly needed: number;
}

const PAIRS = [...TEXT_PAIRS.map((p) => [...p, TEXT_CONTRAST] as const), ...MARK_PAIRS.map((p) => [...p, MARK_CONTRAST] as const)];

/** The pairs of a palette that have too little contrast. */
export function faintPairs(palette: Palette): FaintPair[] {
  return PAIRS.map(([top, ground, needed]) => ({ top, ground, needed, found: contrast(palette[top], palette[ground]) })).filter((p) => p.found < p.needed);
}

/** A colour near to a palette's own that would be sound wherever it stands; null where there is none. */
export function nearestSound(palette: Palette, name: keyof Palette): string | null {
  const others = PAIRS.flatMap(([top, ground, needed]): Against[] =>
    top === name ? [{ color: palette[ground], needed }] : ground === name ? [{ color: palette[top], needed }] : [],
  );
  return nearestWith(palette[name], others);
}
