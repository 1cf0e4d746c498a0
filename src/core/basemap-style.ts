/**
 * How the basemap is drawn, once for the live canvas and once more for the static picture: the same steps in the same
 * order with the same widths, so that one can stand in for the other.
 */
import type { Palette, Theme } from './tokens.ts';

/** The colours that the basemap is painted in, streets and names included. */
export const GROUND_COLORS = [
  'land',
  'landFocus',
  'water',
  'waterLine',
  'border',
  'borderFocus',
  'regionLine',
  'label',
  'labelSoft',
  'labelWater',
  'labelHalo',
  'place',
  'outline',
  'coast',
  'runway',
  'graticule',
  'green',
  'building',
  'road',
  'roadMajor',
] as const satisfies readonly (keyof Palette)[];
export type GroundPalette = Pick<Palette, (typeof GROUND_COLORS)[number]>;

export type BasemapObject = 'land' | 'focus' | 'regionLines' | 'borders' | 'focusLine' | 'lakes' | 'rivers';

export interface DrawStep {
  readonly object: BasemapObject;
  readonly paint: 'fill' | 'stroke';
  readonly color: keyof GroundPalette;
  /** Line width in CSS px at a zoom. */
  readonly width: (zoom: number) => number;
  /** Lowest zoom of the single features of this step, by their `rank`; false draws them all. */
  readonly ranked: boolean;
}

/** Grows with zoom between two zooms, flat outside. */
function ramp(fromZoom: number, from: number, toZoom: number, to: number): (zoom: number) => number {
  return (zoom) => from + (to - from) * Math.max(0, Math.min(1, (zoom - fromZoom) / (toZoom - fromZoom)));
}

const fill = (): number => 1;

/** Painted in this order over a sheet of `water`. Region lines lie under lakes; borders lie on top. */
export const DRAW_STEPS: readonly DrawStep[] = [
  { object: 'land', paint: 'fill', color: 'land', width: fill, ranked: false },
  { object: 'focus', paint: 'fill', color: 'landFocus', width: fill, ranked: false },
  { object: 'land', paint: 'stroke', color: 'coast', width: ramp(3, 0.6, 8, 1.2), ranked: false },
  { object: 'regionLines', paint: 'stroke', color: 'regionLine', width: ramp(3.5, 0.5, 7, 1.2), ranked: false },
  { object: 'rivers', paint: 'stroke', color: 'waterLine', width: ramp(3, 0.5, 8, 1.6), ranked: true },
  { object: 'lakes', paint: 'fill', color: 'water', width: fill, ranked: true },
  { object: 'lakes', paint: 'stroke', color: 'waterLine', width: ramp(3, 0.4, 8, 1), ranked: true },
  { object: 'borders', paint: 'stroke', color: 'border', width: ramp(3, 0.6, 8, 1.4), ranked: false },
  { object: 'focusLine', paint: 'stroke', color: 'borderFocus', width: ramp(3, 1, 8, 2), ranked: false },
];

/** Width in px of the outline of an area that events belong to. */
export const OUTLINE_WIDTH = 1.6;
/** How strongly a region that events belong to is shaded in the colour of its outline. A country is not: it is the sheet itself. */
export const SHADE = 0.13;

/** After the tints and before the lines. */
export const RELIEF_AFTER: BasemapObject = 'focus';

/** How far relief darkens and lightens what is under it, as the greatest opacity of black and white; 0 leaves it out. */
export const RELIEF: { readonly [K in Theme]: { readonly shade: number; readonly light: number } } = {
  light: { shade: 0.3, light: 0.5 },
  dark: { shade: 0.5, light: 0.16 },
  lightContrast: { shade: 0, light: 0 },
  darkContrast: { shade: 0, light: 0 },
  forced: { shade: 0, light: 0 },
};

/** Strength of relief at a zoom, 0 to 1: its data is too coarse to be looked at closely. */
export function reliefStrength(zoom: number): number {
  return Math.max(0, Math.min(1, (8.6 - zoom) / 2));
}

/** Degrees between the lines of the graticule at a zoom; null where the map has enough of its own to hold on to. */
export function graticuleStep(zoom: number): number | null {
  if (zoom < 9.5) return null;
  return zoom < 11 ? 0.25 : zoom < 13 ? 0.1 : 0.02;
}
