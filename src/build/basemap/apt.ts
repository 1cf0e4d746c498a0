/**
 * Airports from `apt.dat`: X-Plane's list of the world's airports, here in its version 1000 and as FlightGear keeps it. One row a
 * line, a row code first, latitude before longitude. A shape is a header (110 pavement, 130 boundary) and the nodes after it; 113
 * or 114 closes a ring, and the rings after the first are holes. Runways (100) are rows of their own. Painted lines (120) are made
 * of the same nodes and left out, as are signs, lights and frequencies. Buildings are in no row of this version.
 */
import type { Position } from 'geojson';
import { between, distanceKm } from './geometry.ts';

/** What a pavement is made of. */
export type Surface = 'asphalt' | 'concrete' | 'grass' | 'earth' | 'gravel';

/** A runway from end to end, as `[lng, lat]`. */
export interface AptRunway {
  /** E.g. `05R/23L`: the first end is that of `05R`. */
  readonly name: string;
  readonly widthMetres: number;
  readonly ends: readonly [Position, Position];
}

/** Pavement (taxiway, apron, pad, road) or the airport's boundary. Shapes abut, and overlap by a little. */
export interface AptShape {
  readonly kind: 'pavement' | 'boundary';
  /** null for a boundary. */
  readonly surface: Surface | null;
  /** Closed, the outer one first, curves made straight; wound as the source has them. */
  readonly rings: Position[][];
}

/** One airport of the list, shapes and runways in its order. */
export interface Airport {
  readonly name: string;
  readonly runways: readonly AptRunway[];
  readonly shapes: readonly AptShape[];
}

/** A corner of a ring. `handle` points along the curve that leaves it; mirrored, along the one that arrives. */
interface Node {
  readonly at: Position;
  readonly handle: Position | null;
}

const SURFACES: Readonly<Record<string, Surface>> = { 1: 'asphalt', 2: 'concrete', 3: 'grass', 4: 'earth', 5: 'gravel' };

/** How far a curve may leave the straight pieces that stand for it. Well below a pixel at zoom 15, which is 3.5 m at 43 N. */
const CURVE_METRES = 0.3;

/** The rows of one airport, its own (1, or 16 and 17 for sea- and heliports) first. Throws when it is not in the list. */
function rowsOf(text: string, icao: string): string[] {
  const start = text.search(new RegExp(`^(?:1|16|17)\\s+-?\\d+\\s+\\d\\s+\\d\\s+${icao}\\s`, 'm'));
  if (start === -1) throw new Error(`Expected the airport ${icao} in apt.dat, found none.`);
  const rest = text.slice(start);
  const end = rest.search(/\n(?:1|16|17|99)\b/);
  return (end === -1 ? rest : rest.slice(0, end)).split(/\r?\n/);
}

function readRunway(fields: readonly string[]): AptRunway {
  const end = (i: number): Position => [Number(fields[i + 2]), Number(fields[i + 1])];
  return { name: `${fields[8]}/${fields[17]}`, widthMetres: Number(fields[1]), ends: [end(8), end(17)] };
}

function readSurface(code: string | undefined): Surface {
  const surface = SURFACES[code ?? ''];
  if (surface === undefined) throw new Error(`apt.dat: surface ${code} has no name here. Add it to SURFACES.`);
  return surface;
}

const isSame = (a: Position, b: Position) => a[0] === b[0] && a[1] === b[1];
const mirror = (handle: Position, at: Position): Position => between(handle, at, 2);

/** The point of a Bézier curve of any degree at `t` from 0 to 1 (de Casteljau). */
function pointAt(controls: readonly Position[], t: number): Position {
  const [first = [], ...rest] = controls;
  return rest.length === 0
    ? first
    : pointAt(
        rest.map((point, i) => between(controls[i] ?? point, point, t)),
        t,
      );
}

/**
 * The positions after the first that stand for a Bézier curve. With n pieces none is further from it than d (d - 1) / 8 n² times the
 * largest second difference of its controls, d being its degree.
 */
function straighten(controls: readonly Position[]): Position[] {
  const degree = controls.length - 1;
  const bend = Math.max(
    0,
    ...controls.slice(2).map((c, i) => 2000 * distanceKm(between(controls[i] ?? c, c, 0.5), controls[i + 1] ?? c)), // |a - 2b + c| in metres
  );
  const pieces = Math.max(1, Math.ceil(Math.sqrt((degree * (degree - 1) * bend) / 8 / CURVE_METRES)));
  return Array.from({ length: pieces }, (_, i) => (i + 1 === pieces ? (controls[degree] ?? []) : pointAt(controls, (i + 1) / pieces)));
}

/** A closed ring through the nodes; null for one without area, which the source's editor leaves behind here and there. */
function toRing(nodes: readonly Node[]): Position[] | null {
  const ring = nodes.flatMap((to, i) => {
    const from = nodes.at(i - 1) ?? to;
    // Nodes that share a point stand for a corner between two curves: the curve that joins them is no line to draw.
    if (isSame(from.at, to.at)) return [];
    const leaving = from.handle === null ? [] : [from.handle];
    const arriving = to.handle === null ? [] : [mirror(to.handle, to.at)];
    return straighten([from.at, ...leaving, ...arriving, to.at]);
  });
  const [first] = ring;
  return first === undefined || ring.length < 3 ? null : [...ring, first];
}

/**
 * Read one airport by its ICAO code.
 * @param text the whole of apt.dat. Throws when it does not hold the airport, or holds a ring that is never closed.
 */
export function readAirport(text: string, icao: string): Airport {
  const [own = '', ...rows] = rowsOf(text, icao);
  const runways: AptRunway[] = [];
  const shapes: AptShape[] = [];
  let shape: AptShape | null = null;
  let nodes: Node[] = [];
  for (const row of rows) {
    const fields = row.trim().split(/\s+/);
    const [code = '', lat, lng, handleLat, handleLng] = fields;
    if (code === '') continue;
    if (/^11[1-6]$/.test(code)) {
      if (shape === null) continue;
      nodes.push({ at: [Number(lng), Number(lat)], handle: code === '112' || code === '114' ? [Number(handleLng), Number(handleLat)] : null });
      if (code !== '113' && code !== '114') continue;
      const ring = toRing(nodes);
      if (ring !== null) shape.rings.push(ring);
      nodes = [];
      continue;
    }
    if (nodes.length > 0) throw new Error(`apt.dat: a ring of ${icao} is not closed before "${row.trim()}".`);
    shape = null;
    if (code === '100') runways.push(readRunway(fields));
    if (code === '110') shape = { kind: 'pavement', surface: readSurface(fields[1]), rings: [] };
    if (code === '130') shape = { kind: 'boundary', surface: null, rings: [] };
    if (shape !== null) shapes.push(shape);
  }
  if (nodes.length > 0) throw new Error(`apt.dat: the last ring of ${icao} is not closed.`);
  return { name: own.trim().split(/\s+/).slice(5).join(' '), runways, shapes: shapes.filter(({ rings }) => rings.length > 0) };
}
