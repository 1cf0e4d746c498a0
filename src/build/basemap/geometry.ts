/** Small planar and spherical measures. Coordinates are [lng, lat] in degrees, as in every file here. */
import type { LineString, MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';

/** [west, south, east, north] in degrees. Never crosses the antimeridian. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

const EARTH_RADIUS_KM = 6371.0088;
const RADIANS = Math.PI / 180;

/** The polygons of a geometry, each a list of rings, the outer one first. */
export function polygonsOf(geometry: Polygon | MultiPolygon): Position[][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** All positions of a line or of its parts. */
export function positionsOf(geometry: LineString | MultiLineString): Position[] {
  return geometry.type === 'LineString' ? geometry.coordinates : geometry.coordinates.flat();
}

/** The smallest bounds that hold all positions. Throws on an empty list. */
export function boundsOf(positions: Iterable<Position>): Bounds {
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = Number.NaN, y = Number.NaN] of positions) {
    if (x < w) w = x;
    if (x > e) e = x;
    if (y < s) s = y;
    if (y > n) n = y;
  }
  if (w === Infinity) throw new Error('Expected at least one position, got none.');
  return [w, s, e, n];
}

/** True when the point lies inside the bounds or on their edge. */
export function isWithin([x, y]: readonly [number, number], [w, s, e, n]: Bounds): boolean {
  return x >= w && x <= e && y >= s && y <= n;
}

/** True when the two bounds share a point. */
export function overlaps(a: Bounds, b: Bounds): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

/** The smallest bounds that hold both. */
export function hullOf(a: Bounds, b: Bounds): Bounds {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** The middle of the bounds in degrees: a cheap stand-in for "where this thing is". */
export function middleOf([w, s, e, n]: Bounds): readonly [lng: number, lat: number] {
  return [(w + e) / 2, (s + n) / 2];
}

/** Area of a closed ring on the sphere in km², always positive. Formula: Chamberlain and Duquette, JPL 07-03 (2007), eq. 5. */
export function ringAreaKm2(ring: readonly Position[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x0 = 0, y0 = 0] = ring[i - 1] ?? [];
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    sum += (x1 - x0) * RADIANS * (2 + Math.sin(y0 * RADIANS) + Math.sin(y1 * RADIANS));
  }
  return Math.abs((sum * EARTH_RADIUS_KM * EARTH_RADIUS_KM) / 2);
}

/** Area of a polygon on the sphere in km²: outer rings less their holes. */
export function areaKm2(geometry: Polygon | MultiPolygon): number {
  return polygonsOf(geometry).reduce(
    (total, [outer = [], ...holes]) => total + ringAreaKm2(outer) - holes.reduce((sum, hole) => sum + ringAreaKm2(hole), 0),
    0,
  );
}

/** Great-circle distance in km between two [lng, lat] points (haversine). */
export function distanceKm(a: Position, b: Position): number {
  const [x0 = 0, y0 = 0] = a;
  const [x1 = 0, y1 = 0] = b;
  const h = Math.sin(((y1 - y0) * RADIANS) / 2) ** 2 + Math.cos(y0 * RADIANS) * Math.cos(y1 * RADIANS) * Math.sin(((x1 - x0) * RADIANS) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(h));
}

/** The point at `t` on the straight line from `a` (0) to `b` (1), in degrees; beyond either when `t` is. */
export function between(a: Position, b: Position, t: number): Position {
  return a.map((value, i) => value + ((b[i] ?? 0) - value) * t);
}

/** The point of segment a-b nearest to `point`, on the plane that is true at the point's latitude: fine over some 100 km. */
export function nearestOnSegment(point: Position, a: Position, b: Position): Position {
  const [px = 0, py = 0] = point;
  const [ax = 0, ay = 0] = a;
  const [bx = 0, by = 0] = b;
  const squash = Math.cos(py * RADIANS) ** 2;
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx * squash + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * dx * squash + (py - ay) * dy) / length));
  return [ax + t * dx, ay + t * dy];
}
