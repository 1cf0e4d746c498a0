/**
 * Places on the sphere and on the sheet. Data is always `lng, lat`; Leaflet wants `lat, lng`, and this is the only file
 * that swaps them. The sheet is web mercator (EPSG:3857) as a unit square: x and y from 0 to 1, y down.
 */
import type { Bounds, LngLat } from './source.ts';

export interface SheetPoint {
  readonly x: number;
  readonly y: number;
}

/** A rectangle on the sheet. `x` may lie outside 0..1 for a story across the antimeridian. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the reader's map shows: Leaflet's zoom (256 px for the world at 0) and the centre. */
export interface Viewport {
  readonly zoom: number;
  readonly center: LngLat;
}

/** CSS px of the world's width at zoom 0, as every web map counts. */
export const TILE = 256;

/** Beyond this latitude web mercator has no sheet. */
export const MAX_LAT = 85.0511287798;

const RAD = Math.PI / 180;

/** Position → point of the unit square (spherical mercator, EPSG:3857). Latitudes beyond the sheet are held at its edge. */
export function project([lng, lat]: LngLat): SheetPoint {
  const sin = Math.sin(Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)) * RAD);
  return { x: lng / 360 + 0.5, y: 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI) };
}

/** Point of the unit square → position. */
export function unproject({ x, y }: SheetPoint): LngLat {
  return [(x - 0.5) * 360, Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) / RAD];
}

/** A longitude as the copy of the world nearest to a middle has it: within 180 degrees of `middle`, perhaps outside -180..180. */
export function nearTo(lng: number, middle: number): number {
  return lng - 360 * Math.round((lng - middle) / 360);
}

/** A longitude as RFC 7946 §3.1.9 wants it, from -180 to 180. */
export function wrapped(lng: number): number {
  return Math.abs(lng) <= 180 ? lng : lng - 360 * Math.round(lng / 360);
}

/** The longitude in the middle of bounds; beyond 180 where they cross the antimeridian. */
export function middleOf([west, , east]: Bounds): number {
  return (west + (east < west ? east + 360 : east)) / 2;
}

/** `lng, lat` → Leaflet's `lat, lng`. */
export function toLeaflet([lng, lat]: LngLat): [number, number] {
  return [lat, lng];
}

/** Leaflet's object → `lng, lat`. */
export function fromLeaflet({ lat, lng }: { readonly lat: number; readonly lng: number }): LngLat {
  return [lng, lat];
}

/** The sheet's rectangle around bounds, wider by `margin` of its size on each side. */
export function frameOf([west, south, east, north]: Bounds, margin: number): Frame {
  const nw = project([west, north]);
  const se = project([east < west ? east + 360 : east, south]);
  const width = se.x - nw.x;
  const height = se.y - nw.y;
  return { x: nw.x - width * margin, y: nw.y - height * margin, width: width * (1 + 2 * margin), height: height * (1 + 2 * margin) };
}

/**
 * The view in which a frame just fits a box of CSS px, centred: what `preserveAspectRatio="xMidYMid meet"` does to a
 * picture whose viewBox is the frame. The static picture and the live map agree because both follow this rule.
 */
export function viewOfFrame(frame: Frame, widthPx: number, heightPx: number): Viewport {
  const scale = Math.min(widthPx / frame.width, heightPx / frame.height);
  return { zoom: Math.log2(scale / TILE), center: unproject({ x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 }) };
}

/** Margin between a story's bounds and the frame that is shown first, as a share of the bounds' size. */
export const FRAME_MARGIN = 0.05;

/** The position with its two numbers exchanged: to tell an editor that they were. */
export function exchanged([a, b]: LngLat): LngLat {
  return [b, a];
}

/** Round a position to `digits` decimals; five are about a metre. */
export function roundPosition([lng, lat]: LngLat, digits: number): LngLat {
  return [round(lng, digits), round(lat, digits)];
}

export function round(value: number, digits: number): number {
  const f = 10 ** digits;
  return Math.round(value * f) / f;
}

/** The middle of the cell that a position lies in, of a grid whose cells are `km` wide and high. */
export function coarse([lng, lat]: LngLat, km: number): LngLat {
  const kmPerDegree = 6371.0088 * RAD;
  const middle = (value: number, step: number) => (Math.floor(value / step) + 0.5) * step;
  const y = Math.max(-90, Math.min(90, middle(lat, km / kmPerDegree)));
  // Near the poles a cell goes all the way round.
  const step = Math.min(360, km / (kmPerDegree * Math.max(Math.cos(y * RAD), 1e-6)));
  const x = middle(lng, step);
  return [Math.max(-180, Math.min(180, x)), y];
}

/** Great-circle distance in kilometres (haversine, mean radius 6371.0088 km). */
export function distanceKm(a: LngLat, b: LngLat): number {
  const dLat = (b[1] - a[1]) * RAD;
  const dLng = (b[0] - a[0]) * RAD;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a[1] * RAD) * Math.cos(b[1] * RAD) * Math.sin(dLng / 2) ** 2;
  return 2 * 6371.0088 * Math.asin(Math.sqrt(h));
}

/** True for a finite position on the globe. */
export function inRange([lng, lat]: LngLat): boolean {
  return Number.isFinite(lng) && Number.isFinite(lat) && Math.abs(lng) <= 180 && Math.abs(lat) <= 90;
}

/** The least and the most of numbers, however many: as arguments of `Math.min` they would overflow the stack. */
export function leastAndMost(numbers: readonly number[]): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const n of numbers) [least, most] = [Math.min(least, n), Math.max(most, n)];
  return [least, most];
}
