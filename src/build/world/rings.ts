/** Rings on a sphere, laid flat: whole across the antimeridian, closed round the pole, thinned by how near the story is. Pure. */
import type { Position } from 'geojson';
import { MAX_LAT, nearTo, project, wrapped } from '../../core/geo.ts';

/** Where the sheet ends, a little beyond what is shown of it. */
const EDGE = MAX_LAT + 0.05;

/** The same line with steps of less than half the world: it may leave -180..180 where the story of the line does. */
export function unwrapped(line: readonly Position[]): Position[] {
  let turn = 0;
  return line.map(([lng = 0, lat = 0], i) => {
    const before = (line[i - 1]?.[0] ?? lng) as number;
    if (lng - before > 180) turn -= 360;
    else if (lng - before < -180) turn += 360;
    return [lng + turn, lat];
  });
}

/** A ring laid flat: one that goes round the pole begins on the far side of the story and is led along the sheet's edge. */
function flat(ring: readonly Position[], middle: number): Position[] {
  const line = unwrapped(ring);
  const round = (line.at(-1)?.[0] ?? 0) - (line[0]?.[0] ?? 0);
  if (Math.abs(round) < 180) return line;
  const open = ring.slice(0, -1);
  const away = (at: Position | undefined) => Math.abs(nearTo(at?.[0] ?? 0, middle) - middle);
  const start = open.reduce((best, at, i) => (away(at) > away(open[best]) ? i : best), 0);
  const turned = unwrapped([...open.slice(start), ...open.slice(0, start), open[start] ?? [0, 0]]);
  const [first = [0, 0], last = [0, 0]] = [turned[0], turned.at(-1)];
  const pole = (first[1] ?? 0) < 0 ? -EDGE : EDGE;
  return [...turned, [last[0] ?? 0, pole], [first[0] ?? 0, pole], first];
}

/**
 * Polygons of a sphere → polygons of the sheet, none of them cut at the antimeridian: each lies on the copy of the world next to `middle`, so
 * that longitudes may leave -180..180. Holes stay with the ring that holds them.
 */
export function ontoSheet(polygons: readonly (readonly (readonly Position[])[])[], middle: number): Position[][][] {
  const laid = polygons.map((rings) => {
    const [outer = [], ...holes] = rings.map((ring) => flat(ring, middle));
    const { west, east } = extent(outer);
    const turn = nearTo((west + east) / 2, middle) - (west + east) / 2;
    return [
      shifted(outer, turn),
      ...holes.map((hole) => {
        const inside = extent(hole);
        const own = [0, 360, -360].find((t) => inside.west + t >= west - 0.01 && inside.east + t <= east + 0.01) ?? 0;
        return shifted(hole, own + turn);
      }),
    ];
  });
  return sewn(laid);
}

/** Longitude of the source's cut, on any copy of the world; and degrees within which two edges on it are the same. */
const isSeam = (lng: number) => Math.abs(Math.abs(wrapped(lng)) - 180) < 1e-6;
const SAME = 0.01;

/** Polygons that the source cut along the antimeridian, sewn together again: the cut is no coast. */
function sewn(polygons: readonly Position[][][]): Position[][][] {
  const open = polygons.map((p) => p.map((ring, i) => (i === 0 ? withoutSeamPoints(ring) : ring)));
  const done: Position[][][] = [];
  for (let polygon = open.shift(); polygon; polygon = open.shift()) {
    const [outer = [], ...holes] = polygon;
    const match = seamsOf(outer).flatMap((own) =>
      open.flatMap(([other = []], k) => seamsOf(other).flatMap((theirs) => (fits(outer, own, other, theirs) ? [{ own, theirs, other, k }] : []))),
    )[0];
    if (!match) {
      done.push(polygon);
      continue;
    }
    const [[, ...otherHoles] = []] = open.splice(match.k, 1);
    const ring = [...rotated(outer, match.own + 1), ...rotated(match.other, match.theirs + 1).slice(1, -1)];
    open.unshift([[...ring, ring[0] ?? [0, 0]], ...holes, ...otherHoles]);
  }
  return done;
}

/** A closed ring without its closing point, begun at another of its points. */
function rotated(ring: readonly Position[], start: number): Position[] {
  const points = ring.slice(0, -1);
  const at = start % points.length;
  return [...points.slice(at), ...points.slice(0, at)];
}

/** Numbers of the points at which an edge along the seam begins. */
function seamsOf(ring: readonly Position[]): number[] {
  return ring.flatMap(([lng = 0], i) => {
    const next = ring[i + 1];
    return next && isSeam(lng) && Math.abs((next[0] ?? 0) - lng) < 1e-6 ? [i] : [];
  });
}

function fits(a: readonly Position[], i: number, b: readonly Position[], k: number): boolean {
  const near = (p: Position | undefined, q: Position | undefined) => Math.hypot((p?.[0] ?? 0) - (q?.[0] ?? 0), (p?.[1] ?? 0) - (q?.[1] ?? 0)) < SAME;
  return near(a[i], b[k + 1]) && near(a[i + 1], b[k]);
}

/** A ring without the points that stand between two others on the seam. */
function withoutSeamPoints(ring: readonly Position[]): Position[] {
  const points = ring.slice(0, -1);
  const on = (i: number) => isSeam(points[(i + points.length) % points.length]?.[0] ?? 0);
  const kept = points.filter((_, i) => !(on(i - 1) && on(i) && on(i + 1)));
  return [...kept, kept[0] ?? [0, 0]];
}

function shifted(ring: readonly Position[], turn: number): Position[] {
  return ring.map(([lng = 0, lat = 0]) => [lng + turn, lat]);
}

function extent(ring: readonly Position[]): { west: number; east: number } {
  let [west, east] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [lng = 0] of ring) {
    west = Math.min(west, lng);
    east = Math.max(east, lng);
  }
  return { west, east };
}

/** Area of a ring in square degrees at the equator, as the sheet shows it. */
export function sheetArea(ring: readonly Position[]): number {
  let twice = 0;
  const points = unwrapped(ring).map(([lng = 0, lat = 0]) => project([lng, lat]));
  for (const [i, p] of points.entries()) {
    const q = points[(i + 1) % points.length] ?? p;
    twice += p.x * q.y - q.x * p.y;
  }
  return Math.abs(twice / 2) * 360 * 360;
}

/** A line with its points on the sheet, in degrees at the equator: made once, thinned often. */
export interface Line {
  readonly points: readonly Position[];
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export function toLine(points: readonly Position[]): Line {
  const sheet = unwrapped(points).map(([lng = 0, lat = 0]) => project([lng, lat]));
  return { points, x: Float64Array.from(sheet, (p) => p.x * 360), y: Float64Array.from(sheet, (p) => p.y * 360) };
}

/**
 * Douglas and Peucker's simplification with a tolerance that may differ from point to point; both ends stay.
 * @param tolerance how far off a line may pass a point of the sheet, all in degrees at the equator
 */
export function thinned({ points, x, y }: Line, tolerance: (x: number, y: number) => number): Position[] {
  const last = points.length - 1;
  if (last < 2) return [...points];
  const kept = new Uint8Array(points.length);
  kept[0] = 1;
  kept[last] = 1;
  // The ends of the source's cut must still meet when it is sewn together.
  const allowed = Float64Array.from(points, (at, i) => (isSeam(at[0] ?? 0) ? 1e-9 : tolerance(x[i] ?? 0, y[i] ?? 0)));
  const spans: [number, number][] = [[0, last]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    const [ax, ay] = [x[from] ?? 0, y[from] ?? 0];
    const [dx, dy] = [(x[to] ?? 0) - ax, (y[to] ?? 0) - ay];
    const length = dx * dx + dy * dy;
    let worst = 1;
    let at = -1;
    for (let i = from + 1; i < to; i++) {
      const [px, py] = [(x[i] ?? 0) - ax, (y[i] ?? 0) - ay];
      const t = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
      const [ox, oy] = [px - t * dx, py - t * dy];
      const most = allowed[i] ?? 1;
      const off = (ox * ox + oy * oy) / (most * most);
      if (off > worst) {
        worst = off;
        at = i;
      }
    }
    if (at === -1) continue;
    kept[at] = 1;
    spans.push([from, at], [at, to]);
  }
  return points.filter((_, i) => kept[i] === 1);
}
