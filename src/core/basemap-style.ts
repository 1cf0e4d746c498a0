/**
 * How the basemap is drawn, once for the live canvas and once more for the static picture: the same steps in the same
 * order with the same widths, so that one can stand in for the other.
 */
import type { Palette } from './tokens.ts';

export type BasemapObject = 'land' | 'focus' | 'regionLines' | 'borders' | 'focusLine' | 'lakes' | 'rivers';

export interface DrawStep {
  readonly object: BasemapObject;
  readonly paint: 'fill' | 'stroke';
  readonly color: keyof Palette;
  /** Line width in CSS px at a zoom; 0 leaves the step out. */
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
  { object: 'regionLines', paint: 'stroke', color: 'regionLine', width: ramp(3.5, 0.5, 7, 1.2), ranked: false },
  { object: 'rivers', paint: 'stroke', color: 'waterLine', width: ramp(3, 0.5, 8, 1.6), ranked: true },
  { object: 'lakes', paint: 'fill', color: 'water', width: fill, ranked: true },
  { object: 'lakes', paint: 'stroke', color: 'waterLine', width: ramp(3, 0.4, 8, 1), ranked: true },
  { object: 'borders', paint: 'stroke', color: 'border', width: ramp(3, 0.6, 8, 1.4), ranked: false },
  { object: 'focusLine', paint: 'stroke', color: 'borderFocus', width: ramp(3, 1, 8, 2), ranked: false },
];
