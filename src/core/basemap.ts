/** The basemap as readers fetch it: one file for the first view, made by the build from `data/basemap/<id>/`. */
import type { Feature, Geometry } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryObject, Topology } from 'topojson-specification';

export const LABEL_KINDS = ['country', 'capital', 'city', 'town', 'region', 'water', 'range'] as const;
export type LabelKind = (typeof LABEL_KINDS)[number];

/** A name on the basemap. */
export interface BasemapLabel {
  readonly id: string;
  readonly kind: LabelKind;
  readonly name: { readonly [language: string]: string };
  readonly at: readonly [lng: number, lat: number];
  /** Lowest zoom at which it may appear. */
  readonly rank: number;
}

/** Objects of `base`: land, focus, regions, borders, regionLines; of `water`: lakes, rivers. Labels: most important first. */
export interface BasemapFile {
  readonly format: 1;
  readonly base: Topology;
  readonly water: Topology;
  readonly labels: readonly BasemapLabel[];
}

/** Take a fetched basemap. @throws Error when it is something else, such as a web page served in its place */
export function readBasemap(data: unknown): BasemapFile {
  if (typeof data !== 'object' || data === null || !('format' in data) || data.format !== 1) throw new Error('Expected a basemap of format 1.');
  return data as BasemapFile;
}

/** An object of a topology as GeoJSON features; none where the topology has no such object. */
export function featuresOf(topology: Topology, name: string): Feature<Geometry>[] {
  const object = topology.objects[name];
  if (!object) return [];
  const result = feature(topology, object as GeometryObject) as unknown as
    | Feature<Geometry>
    | { readonly type: 'FeatureCollection'; readonly features: Feature<Geometry>[] };
  return result.type === 'FeatureCollection' ? result.features : [result];
}
