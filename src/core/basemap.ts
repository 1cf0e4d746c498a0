/** The basemap as readers fetch it: one file for the first view, and parts that are fetched when a reader gets there. */
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryObject, Topology } from 'topojson-specification';
import type { Side } from './labels.ts';
import type { Bounds } from './source.ts';

export const LABEL_KINDS = ['country', 'capital', 'city', 'town', 'region', 'water', 'range', 'station', 'runway'] as const;
export type LabelKind = (typeof LABEL_KINDS)[number];

/** A name on the basemap. */
export interface BasemapLabel {
  readonly id: string;
  readonly kind: LabelKind;
  readonly name: { readonly [language: string]: string };
  readonly at: readonly [lng: number, lat: number];
  /** Lowest zoom at which it may appear. */
  readonly rank: number;
  /** Sides of its point to try, where the usual order does not fit. */
  readonly sides?: readonly Side[];
}

/** `first` is there from the start; the others are fetched when the zoom asks for them. */
export type BasemapPart = 'first' | 'relief' | 'detail' | 'local';

/** Who is to be named while a part is on the map. */
export interface Credit {
  readonly part: BasemapPart;
  readonly text: string;
}

/** One image of shaded relief, EPSG:3857: grey, `flat` is level ground. */
export interface ReliefImage {
  /** Address relative to the basemap's own file. */
  readonly file: string;
  readonly bounds: Bounds;
  /** Lowest zoom that is worth its weight. */
  readonly fromZoom: number;
}

/** What a page must know of its basemap before any of it is there. */
export interface BasemapIndex {
  readonly credits: readonly Credit[];
  /** The zoom beyond which the data says nothing more. */
  readonly maxZoom: number;
  /** Finer lines, from a zoom; the file is a topology with the objects of `base` and `water`. */
  readonly detail: { readonly file: string; readonly fromZoom: number } | null;
  /** Coarse to fine. Greys within `deadBand` of `flat` count as level. */
  readonly relief: { readonly flat: number; readonly deadBand: number; readonly images: readonly ReliefImage[] } | null;
  /** Runways and stations: a GeoJSON file. With the middle of the map inside `close.bounds` it may go as near as `close.maxZoom`. */
  readonly local: {
    readonly file: string;
    readonly fromZoom: number;
    readonly bounds: Bounds;
    readonly close: { readonly bounds: Bounds; readonly maxZoom: number };
  } | null;
}

/** What is drawn first. Objects of `base`: land, focus, regions, borders, regionLines; of `water`: lakes, rivers. Labels: most important first. */
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

/** Take fetched detail. @throws Error for anything but a topology */
export function readDetail(data: unknown): Topology {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'Topology') throw new Error('Expected a TopoJSON topology.');
  return data as Topology;
}

/** Take fetched local features. @throws Error for anything but a FeatureCollection */
export function readLocal(data: unknown): FeatureCollection {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'FeatureCollection') throw new Error('Expected a FeatureCollection.');
  return data as FeatureCollection;
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

/** Names of stations and runways, for the same placing as all other names. */
export function localLabels(local: FeatureCollection): BasemapLabel[] {
  return local.features.flatMap(({ geometry, properties }): BasemapLabel[] => {
    const id = String(properties?.id ?? '');
    if (geometry.type === 'Point') {
      return [{ id, kind: 'station', name: properties?.name as BasemapLabel['name'], at: geometry.coordinates as [number, number], rank: 12 }];
    }
    if (geometry.type !== 'LineString') return [];
    // A runway is named at each end, as pilots do: "05R/23L" is 05R at its first point and 23L at its last.
    const first = geometry.coordinates[0] as [number, number] | undefined;
    const last = geometry.coordinates.at(-1) as [number, number] | undefined;
    const [start = '', end = ''] = String(properties?.name ?? '').split('/');
    if (!first || !last) return [];
    const named = (part: string, name: string, at: [number, number], away: [number, number]): BasemapLabel => ({
      id: `${id}-${part}`,
      kind: 'runway',
      name: { en: name },
      at,
      rank: 13,
      sides: [sideAwayFrom(at, away)],
    });
    return [named('start', start, first, last), named('end', end, last, first)];
  });
}

/** The side of a point that looks away from another. */
function sideAwayFrom([lng, lat]: readonly [number, number], [otherLng, otherLat]: readonly [number, number]): Side {
  const h = lng > otherLng ? 'e' : 'w';
  const v = lat > otherLat ? 'n' : 's';
  return `${v}${h}`;
}
