/** What must hold for every output. Each check throws, naming the object and the fault; silence means sound. */
import booleanPointInPolygon from '@turf/boolean-point-in-polygon';
import type { Geometry, Position } from 'geojson';
import { areaKm2, polygonsOf } from './geometry.ts';
import type { Label } from './labels.ts';
import { type PackTopology, toFeatures } from './topology.ts';

/** Web Mercator ends at 85.0511 degrees; a hundredth more is room for the coordinate grid. */
const MAX_LAT = 85.06;

function checkPositions(what: string, positions: readonly Position[]): void {
  for (const [x = Number.NaN, y = Number.NaN] of positions) {
    if (!(Math.abs(x) <= 180 && Math.abs(y) <= MAX_LAT)) throw new Error(`${what}: coordinate ${x}, ${y} is out of range.`);
  }
}

function checkRing(what: string, ring: readonly Position[]): void {
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4) throw new Error(`${what}: a ring of ${ring.length} positions has no area.`);
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) throw new Error(`${what}: a ring does not close at ${first}.`);
  checkPositions(what, ring);
}

/** Every coordinate is in range, every ring closes and has area, every line has two positions or more. Throws, naming `what`, otherwise. */
export function checkGeometry(what: string, geometry: Geometry): void {
  switch (geometry.type) {
    case 'Polygon':
    case 'MultiPolygon':
      for (const ring of polygonsOf(geometry).flat()) checkRing(what, ring);
      return;
    case 'LineString':
      if (geometry.coordinates.length < 2) throw new Error(`${what}: a line of ${geometry.coordinates.length} position.`);
      checkPositions(what, geometry.coordinates);
      return;
    case 'MultiLineString':
      for (const coordinates of geometry.coordinates) checkGeometry(what, { type: 'LineString', coordinates });
      return;
    default:
      throw new Error(`${what}: unexpected geometry ${geometry.type}.`);
  }
}

/** `checkGeometry` for all that a topology holds. */
export function checkTopology(file: string, topology: PackTopology): void {
  for (const name of Object.keys(topology.objects)) {
    for (const [i, { geometry }] of toFeatures(topology, name).entries()) checkGeometry(`${file} ${name}[${i}]`, geometry);
  }
}

/** How often each arc bounds a polygon of the object: +1 for each use forwards, -1 for each use backwards, as [forwards, backwards]. */
function arcUses(topology: PackTopology, name: string): Map<number, [number, number]> {
  const uses = new Map<number, [number, number]>();
  const count = (arcs: readonly number[]) => {
    for (const arc of arcs) {
      const key = arc < 0 ? ~arc : arc;
      const use = uses.get(key) ?? [0, 0];
      use[arc < 0 ? 1 : 0]++;
      uses.set(key, use);
    }
  };
  for (const geometry of topology.objects[name]?.geometries ?? []) {
    if (geometry.type === 'Polygon') geometry.arcs.forEach(count);
    else if (geometry.type === 'MultiPolygon') geometry.arcs.flat().forEach(count);
  }
  return uses;
}

/**
 * The units tile the country: each arc bounds one unit, or two from opposite sides; those that bound one are together the
 * outline of the country; and the areas add up.
 */
export function checkTiling(topology: PackTopology, parts: string, whole: string): void {
  const outline = new Set<number>();
  for (const [arc, [forwards, backwards]] of arcUses(topology, parts)) {
    if (forwards > 1 || backwards > 1) throw new Error(`${parts}: arc ${arc} bounds two units from the same side: they overlap.`);
    if (forwards + backwards === 1) outline.add(arc);
  }
  const expected = arcUses(topology, whole);
  for (const arc of expected.keys()) if (!outline.delete(arc)) throw new Error(`${whole}: arc ${arc} is no edge of "${parts}": a gap.`);
  if (outline.size > 0) throw new Error(`${parts}: ${outline.size} outer arcs are not on the outline of "${whole}": a gap or a sliver.`);
  const area = (name: string) =>
    toFeatures(topology, name).reduce(
      (sum, { geometry }) => sum + (geometry.type === 'Polygon' || geometry.type === 'MultiPolygon' ? areaKm2(geometry) : 0),
      0,
    );
  const [sum, total] = [area(parts), area(whole)];
  if (Math.abs(sum - total) > 1) throw new Error(`${parts} cover ${sum.toFixed(0)} km², "${whole}" ${total.toFixed(0)} km².`);
}

/** The name of each unit that has one stands within that unit, and no region is left without a name. */
export function checkRegionLabels(labels: readonly Label[], topology: PackTopology): void {
  for (const { geometry, properties } of toFeatures(topology, 'regions')) {
    const label = labels.find(({ id, kind }) => id === properties?.id && kind === 'region');
    if (label === undefined) {
      if (properties?.kind === 'region') throw new Error(`names.json: region "${properties.id}" has no label.`);
      continue;
    }
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') throw new Error(`regions: "${label.id}" is a ${geometry.type}.`);
    if (!booleanPointInPolygon([...label.at], geometry)) throw new Error(`names.json: label "${label.id}" at ${label.at.join(', ')} is outside its region.`);
  }
}
