/** The basemap as SVG paths, for the picture in the page and for posters: the live map's own steps, in the same order. */
import { bboxClip } from '@turf/bbox-clip';
import type { Feature, Geometry, LineString, MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';
import type { BasemapFile } from '../core/basemap.ts';
import { featuresOf } from '../core/basemap.ts';
import type { BasemapObject, DrawStep } from '../core/basemap-style.ts';
import { DRAW_STEPS } from '../core/basemap-style.ts';
import type { Frame } from '../core/geo.ts';
import { project, unproject } from '../core/geo.ts';

export interface GroundOptions {
  readonly frame: Frame;
  /** The zoom whose ranks hold. */
  readonly zoom: number;
  /** Whole units across the frame. */
  readonly units: number;
  /** How much of the world beside the frame is drawn, as shares of the frame's width. */
  readonly beside: { readonly x: number; readonly y: number };
  /** Shortest step inside the frame, in units; outside it three times that, and five times where only tall boxes show it. */
  readonly finest: number;
}

export interface Ground {
  readonly steps: readonly { readonly step: DrawStep; readonly d: string }[];
  /** The shape of an area by id; null for one that the basemap has not. */
  readonly outline: (id: string | null) => string | null;
}

/** Paths in units of the frame: its top left corner is 0,0. Steps with nothing to draw are left out. */
export function groundPaths(basemap: BasemapFile, options: GroundOptions): Ground {
  const box = boundsAround(options);
  const steps = DRAW_STEPS.flatMap((step) => {
    const features = shapesOf(basemap, step.object).filter((f) => !step.ranked || Number(f.properties?.rank ?? 0) <= options.zoom);
    const d = pathOf(features, options, box);
    return d === '' ? [] : [{ step, d }];
  });
  const outline = (id: string | null) => {
    const shape = ['focus', 'regions'].flatMap((name) => featuresOf(basemap.base, name)).find((f) => f.properties?.id === id);
    return shape ? pathOf([shape], options, box) : null;
  };
  return { steps, outline };
}

function shapesOf(basemap: BasemapFile, object: BasemapObject): Feature<Geometry>[] {
  const isFocus = (f: Feature<Geometry>) => f.properties?.focus === true;
  if (object === 'focusLine') return featuresOf(basemap.base, 'borders').filter(isFocus);
  if (object === 'borders') return featuresOf(basemap.base, 'borders').filter((f) => !isFocus(f));
  return featuresOf(object === 'lakes' || object === 'rivers' ? basemap.water : basemap.base, object);
}

/** The part of the world that is drawn, as bounds. */
function boundsAround({ frame, beside }: GroundOptions): [number, number, number, number] {
  const nw = unproject({ x: frame.x - frame.width * beside.x, y: Math.max(0.001, frame.y - frame.width * beside.y) });
  const se = unproject({ x: frame.x + frame.width * (1 + beside.x), y: Math.min(0.999, frame.y + frame.height + frame.width * beside.y) });
  return [nw[0], se[1], se[0], nw[1]];
}

/** Features as one SVG path in whole units, relative, clipped to the box. */
function pathOf(features: readonly Feature<Geometry>[], options: GroundOptions, box: [number, number, number, number]): string {
  return features
    .flatMap((f) => {
      const { geometry } = f;
      if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon' && geometry.type !== 'LineString' && geometry.type !== 'MultiLineString') return [];
      return copiesOf(geometry, box).flatMap((copy) => {
        const clipped = bboxClip({ type: 'Feature', properties: null, geometry: copy }, box).geometry;
        const rings: Position[][] =
          clipped.type === 'MultiPolygon' ? clipped.coordinates.flat() : clipped.type === 'LineString' ? [clipped.coordinates] : clipped.coordinates;
        const closed = clipped.type === 'Polygon' || clipped.type === 'MultiPolygon';
        return rings.map((ring) => ringPath(ring, options, closed));
      });
    })
    .join('');
}

type Shape = Polygon | MultiPolygon | LineString | MultiLineString;

/** The shape as often as the drawn part of the world shows it: a box across the antimeridian sees two copies of the world. */
function copiesOf(geometry: Shape, [west, , east]: readonly [number, number, number, number]): Shape[] {
  const lines: readonly (readonly Position[])[] =
    geometry.type === 'LineString' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : geometry.coordinates;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [lng = 0] of lines.flat()) {
    least = Math.min(least, lng);
    most = Math.max(most, lng);
  }
  return [-360, 0, 360].flatMap((turn) => (least + turn < east && most + turn > west ? [turn === 0 ? geometry : moved(geometry, turn)] : []));
}

function moved(geometry: Shape, turn: number): Shape {
  const line = (points: readonly Position[]): Position[] => points.map(([lng = 0, lat = 0]) => [lng + turn, lat]);
  switch (geometry.type) {
    case 'LineString':
      return { ...geometry, coordinates: line(geometry.coordinates) };
    case 'MultiPolygon':
      return { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map(line)) };
    default:
      return { ...geometry, coordinates: geometry.coordinates.map(line) };
  }
}

function ringPath(ring: readonly Position[], { frame, units, finest }: GroundOptions, closed: boolean): string {
  const points: [number, number][] = [];
  ring.forEach(([lng, lat], i) => {
    const p = project([lng ?? 0, lat ?? 0]);
    const x = ((p.x - frame.x) / frame.width) * units;
    const y = ((p.y - frame.y) / frame.width) * units;
    const beyond = Math.max(-x, x - units, -y, y - (units * frame.height) / frame.width);
    const before = points.at(-1);
    const isEnd = i === 0 || i === ring.length - 1;
    if (before && !isEnd && Math.hypot(x - before[0], y - before[1]) < finest * (beyond < 40 ? 1 : beyond < units * 0.3 ? 3 : 5)) return;
    points.push([Math.round(x), Math.round(y)]);
  });
  if (closed) points.pop(); // the path closes itself
  if (points.length < (closed ? 3 : 2)) return '';
  return (
    points
      .map(([x, y], i) => {
        const before = points[i - 1];
        return before ? `${i === 1 ? 'l' : ' '}${x - before[0]} ${y - before[1]}` : `M${x} ${y}`;
      })
      .join('')
      .replace(/ -/g, '-') + (closed ? 'z' : '')
  );
}
