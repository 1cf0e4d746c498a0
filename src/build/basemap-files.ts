/** The basemap as the build uses it: its shapes for the checks and the poster, its files for the reader, its credits. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { Topology } from 'topojson-specification';
import type { BasemapFile, BasemapIndex, BasemapLabel, BasemapPart, Credit } from '../core/basemap.ts';
import { featuresOf } from '../core/basemap.ts';
import { middleOf } from '../core/geo.ts';
import type { Bounds, SourceMeta, SourcePlace } from '../core/source.ts';
import type { CountryTest } from '../core/validate.ts';
import { countryShape, EVERYWHERE, hasShape, makeWorld, WORLD, WORLD_INDEX } from './world/world.ts';

export interface Basemap {
  readonly id: string;
  /** What readers fetch for the first view. */
  readonly file: BasemapFile;
  /** What a page knows of it before. */
  readonly index: BasemapIndex;
  /** The files that `index` names, to lie beside it. */
  readonly parts: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Ids of the shapes that a place may name as its outline. */
  readonly outlines: ReadonlySet<string>;
  /** One of those shapes, to tell what lies inside it; null for another id. */
  readonly shapeOf: (outline: string) => Shape | null;
}

type Shape = Polygon | MultiPolygon;

/** How close the basemap may be looked at, and from where its parts are worth their weight. */
const ZOOMS = { most: 12, detail: 7, fineRelief: 6, local: 9.5, runway: 15 } as const;
/** Around a runway, the degrees within which the map may go closest. */
const RUNWAY_MARGIN = 0.04;

/** Which part of a basemap each of its files belongs to. */
const PART_OF: { readonly [file: string]: BasemapPart } = {
  'base.topo.json': 'first',
  'water.topo.json': 'first',
  'labels.json': 'first',
  'detail.topo.json': 'detail',
  'relief.json': 'relief',
  'relief-6km.webp': 'relief',
  'relief-3km.webp': 'relief',
  'local.geojson': 'local',
};

interface AttributionFile {
  readonly sources: readonly { readonly files: readonly string[]; readonly attribution: string }[];
}

interface ReliefIndex {
  readonly flat: number;
  readonly deadBand: number;
  readonly images: readonly { readonly file: string; readonly bounds: Bounds }[];
}

const worlds = new Map<string, BasemapFile>();

/**
 * The basemap that a story names: a folder of `data/basemap`, or the world, which is made for its bounds and countries.
 * Null when there is none.
 */
export function basemapFor(
  meta: Pick<SourceMeta, 'id' | 'basemap' | 'bounds' | 'languages'>,
  places: readonly SourcePlace[],
  dataDir: string,
  open = loadBasemap,
): Basemap | null {
  if (meta.basemap !== WORLD) return open(join(dataDir, 'basemap', meta.basemap));
  const countries = [...new Set(places.map((p) => p.country))].sort();
  return worldOf(meta.id, countries, meta.bounds, JSON.stringify([meta.bounds, countries, meta.languages]), () =>
    makeWorld(meta.bounds, countries, meta.languages, dataDir),
  );
}

/** All that maps show of the world: beyond, there are no towns and web mercator is all stretch. */
const ALL: Bounds = [-180, -60, 180, 80];

/** The world for a page that may be about anywhere, its countries named in some languages; null where the data has no lakes for it. */
export function wholeWorld(languages: readonly string[], dataDir: string): Basemap | null {
  if (!existsSync(join(dataDir, 'basemap/kazakhstan/water.topo.json'))) return null;
  return worldOf(WORLD, [], ALL, JSON.stringify([ALL, languages]), () => makeWorld(ALL, [], languages, dataDir, EVERYWHERE));
}

/**
 * A world, made once a run: in development the files change and the world does not. It is made when its lines are asked
 * for, as it takes seconds and a lot of memory: who only checks a story asks for none.
 */
function worldOf(id: string, countries: readonly string[], bounds: Bounds, key: string, make: () => BasemapFile): Basemap {
  const codes = new Map(countries.filter(hasShape).map((code) => [code.toLowerCase(), code]));
  return {
    id,
    index: WORLD_INDEX,
    parts: [],
    outlines: new Set(codes.keys()),
    shapeOf: (outline) => {
      const code = codes.get(outline);
      return code === undefined ? null : countryShape(code, middleOf(bounds));
    },
    get file() {
      const file = worlds.get(key) ?? make();
      worlds.set(key, file);
      return file;
    },
  };
}

/** Read a basemap's folder; null when there is none. @throws SyntaxError for a damaged file: the script makes them, not an editor */
export function loadBasemap(folder: string): Basemap | null {
  if (!existsSync(join(folder, 'base.topo.json'))) return null;
  const id = basename(folder);
  const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const parts: { name: string; bytes: Uint8Array }[] = [];
  const publish = (file: string): string => {
    const bytes = readFileSync(join(folder, file));
    const dot = file.indexOf('.');
    const name = `${id}-${file.slice(0, dot)}-${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}${file.slice(dot)}`;
    parts.push({ name, bytes });
    return name;
  };
  const base = json('base.topo.json') as Topology;
  const relief = json('relief.json') as ReliefIndex;
  const local = json('local.geojson') as FeatureCollection;
  const file: BasemapFile = { format: 1, base, water: json('water.topo.json') as Topology, labels: json('labels.json') as BasemapLabel[] };
  const index: BasemapIndex = {
    credits: credits(id, JSON.parse(readFileSync(join(dirname(folder), 'attribution.json'), 'utf8')) as AttributionFile),
    maxZoom: ZOOMS.most,
    detail: { file: publish('detail.topo.json'), fromZoom: ZOOMS.detail },
    relief: {
      flat: relief.flat,
      deadBand: relief.deadBand,
      images: relief.images.map(({ file: image, bounds }, i) => ({ file: publish(image), bounds, fromZoom: i === 0 ? 0 : ZOOMS.fineRelief })),
    },
    local: {
      file: publish('local.geojson'),
      fromZoom: ZOOMS.local,
      bounds: boundsAround(local.features, 0),
      close: {
        bounds: boundsAround(
          local.features.filter((f) => f.geometry.type === 'LineString'),
          RUNWAY_MARGIN,
        ),
        maxZoom: ZOOMS.runway,
      },
    },
  };
  const shapes = outlineShapes(base);
  return { id, file, index, parts, outlines: new Set(shapes.keys()), shapeOf: (outline) => shapes.get(outline) ?? null };
}

/** Each source's credit, once, with the earliest part that it is in. */
function credits(id: string, { sources }: AttributionFile): Credit[] {
  const order: readonly BasemapPart[] = ['first', 'relief', 'detail', 'local'];
  return sources.flatMap(({ files, attribution }): Credit[] => {
    const parts = files.flatMap((f) => (f.startsWith(`${id}/`) ? (PART_OF[f.slice(id.length + 1)] ?? []) : []));
    const part = order.find((p) => parts.includes(p));
    return part ? [{ part, text: attribution }] : [];
  });
}

function boundsAround(features: FeatureCollection['features'], margin: number): Bounds {
  const positions = features.flatMap(({ geometry }) =>
    geometry.type === 'Point' ? [geometry.coordinates] : geometry.type === 'LineString' ? geometry.coordinates : [],
  );
  const axis = (i: number) => positions.map((p) => p[i] ?? 0);
  return [Math.min(...axis(0)) - margin, Math.min(...axis(1)) - margin, Math.max(...axis(0)) + margin, Math.max(...axis(1)) + margin];
}

/** The shapes that outlines name: the country in focus and its regions, by `properties.id`. */
function outlineShapes(base: Topology): Map<string, Shape> {
  const features = ['focus', 'regions'].flatMap((name) => featuresOf(base, name));
  return new Map(
    features.flatMap(({ geometry, properties }) =>
      geometry.type === 'Polygon' || geometry.type === 'MultiPolygon' ? [[String(properties?.id), geometry] as const] : [],
    ),
  );
}

/** The outlines are generalised for a small map: a port may stand some kilometres off the drawn coast. */
const TOLERANCE_DEGREES = 0.06;

/** Answers by the outline that the story's own country place names; null for a country without one. */
export function countryTest(places: readonly SourcePlace[], basemap: Basemap): CountryTest {
  const shapes = new Map<string, Shape | null>();
  const around = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [x * TOLERANCE_DEGREES, y * TOLERANCE_DEGREES] as const));
  return (country, [lng, lat]) => {
    const outline = places.find((p) => p.kind === 'country' && p.country === country)?.outline;
    if (outline === undefined || outline === null) return null;
    const shape = shapes.get(outline) ?? basemap.shapeOf(outline);
    shapes.set(outline, shape);
    return shape && [0, -360, 360].some((turn) => around.some(([dx, dy]) => booleanPointInPolygon([lng + dx + turn, lat + dy], shape)));
  };
}
