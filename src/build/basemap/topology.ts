/** Reading, checking and writing TopoJSON. */
import type { Feature, FeatureCollection, MultiPolygon } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Objects, Topology } from 'topojson-specification';
import { polygonsOf } from './geometry.ts';
import { textOf } from './tools.ts';

/** A topology whose objects are all collections, as mapshaper writes them. */
export type PackTopology = Topology<Objects> & { readonly objects: Record<string, GeometryCollection<Record<string, unknown>>> };

/**
 * Parse mapshaper's output.
 * @param expected names that must be there, in the order they are to be written. Throws when one is missing or empty.
 */
export function readTopology(file: Uint8Array | string | undefined, expected: readonly string[]): PackTopology {
  const topology = JSON.parse(textOf(file)) as PackTopology;
  const objects: PackTopology['objects'] = {};
  for (const name of expected) {
    const object = topology.objects[name];
    if (object?.type !== 'GeometryCollection' || object.geometries.length === 0) {
      throw new Error(`Expected the topology object "${name}" to be a collection with something in it.`);
    }
    objects[name] = object;
  }
  return { ...topology, objects };
}

/** How many vertices the arcs hold together; shared edges count once. */
export function countVertices(topology: PackTopology): number {
  return topology.arcs.reduce((sum, arc) => sum + arc.length, 0);
}

/** One object of a topology as plain features, in file order. Throws when there is no such object. */
export function toFeatures(topology: PackTopology, name: string): Feature[] {
  const object = topology.objects[name];
  if (object === undefined) throw new Error(`Expected a topology object "${name}", found none.`);
  return (feature(topology, object) as FeatureCollection).features;
}

/** The polygons of an object as one geometry. Throws when it holds anything else. */
export function toGeometry(topology: PackTopology, name: string): MultiPolygon {
  const coordinates = toFeatures(topology, name).flatMap(({ geometry }) => {
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') throw new Error(`Expected polygons in "${name}", found a ${geometry.type}.`);
    return polygonsOf(geometry);
  });
  return { type: 'MultiPolygon', coordinates };
}
