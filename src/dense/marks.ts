/** What a mark of many events looks like, the same on the reader's canvas and in the build's pictures. */
import { TILE } from '../core/geo.ts';
import type { Box } from '../core/labels.ts';

/** Radii of marks, px, by how many events they stand for: the least number of each. */
const SIZES = [
  [1_000_000, 31],
  [100_000, 28],
  [10_000, 25],
  [1_000, 22],
  [100, 19],
  [10, 16],
  [2, 13],
  [0, 11],
] as const;
/** Width of the ring that shows the mix of layers. */
export const RING = 4;
/** The mix is shown in this many parts, so that few marks are different. */
export const PARTS = 10;
export const DIGIT_PX = 11.5;
/** Radius from which a mark has room for the glyph of its greatest layer. */
export const GLYPH_RADIUS = 16;

/** The radius of a mark, px. */
export function radiusOf(count: number): number {
  for (const size of SIZES) if (count >= size[0]) return size[1];
  return SIZES[7][1];
}

/** The room that a mark takes for names to avoid. @param x,y in the px of the box @param radius px */
export function markBox(x: number, y: number, radius: number): Box {
  const r = radius + 2;
  return { left: x - r, right: x + r, top: y - r, bottom: y + r };
}

/** Marks of one grid. */
export interface Spots {
  /** The least zoom of a map that shows them so. */
  readonly fromZoom: number;
  /** Mark after mark: x and y as shares of the world (Web Mercator), and the radius in px. */
  readonly marks: Float32Array;
}

/**
 * The room that the marks of a zoom take on the sheet.
 * @param spots of all grids, coarse ones first
 * @param zoom  of the map, which says which grid it shows
 * @param scale the zoom whose px the boxes are in
 */
export function spotBoxes(spots: readonly Spots[], zoom: number, scale: number): Box[] {
  const world = TILE * 2 ** scale;
  const marks = spots.findLast((s) => s.fromZoom <= zoom)?.marks ?? new Float32Array(0);
  return Array.from({ length: marks.length / 3 }, (_, i) =>
    markBox((marks[i * 3] as number) * world, (marks[i * 3 + 1] as number) * world, marks[i * 3 + 2] as number),
  );
}

/** A number as short as a mark has room for: 950, 1.2k, 34k, 2.1M. */
export function shortNumber(n: number, point: string): string {
  if (n < 1000) return String(n);
  const [value, unit] = n < 999_500 ? [n / 1000, 'k'] : [n / 1_000_000, 'M'];
  return `${value < 9.95 ? value.toFixed(1).replace('.', point) : Math.round(value)}${unit}`;
}

/** Shares of layers in whole parts: each layer that is there has one at least, and together they are all. */
export function mixOf(counts: readonly number[], all: number): number[] {
  const parts = counts.map((n) => (n === 0 ? 0 : Math.max(1, Math.round((n / all) * PARTS))));
  const sum = parts.reduce((a, b) => a + b, 0);
  const most = counts.indexOf(Math.max(...counts));
  parts[most] = Math.max(1, (parts[most] ?? 0) + PARTS - sum);
  return parts;
}
