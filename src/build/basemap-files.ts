/** The basemap as the build uses it: its shapes for the checks and the poster, its files for the reader, its credits. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import type { Topology } from 'topojson-specification';
import type { BasemapFile, BasemapLabel } from '../core/basemap.ts';
import { featuresOf } from '../core/basemap.ts';
import type { SourcePlace } from '../core/source.ts';
import type { CountryTest } from '../core/validate.ts';

export interface Basemap {
  readonly id: string;
  /** What readers fetch for the first view. */
  readonly file: BasemapFile;
  /** Ids of the shapes that a place may name as its outline. */
  readonly outlines: ReadonlySet<string>;
  readonly attribution: readonly string[];
}

interface AttributionFile {
  readonly sources: readonly { readonly files: readonly string[]; readonly attribution: string }[];
}

/** Read a basemap's folder; null when there is none. @throws SyntaxError for a damaged file: the script makes them, not an editor */
export function loadBasemap(folder: string): Basemap | null {
  if (!existsSync(join(folder, 'base.topo.json'))) return null;
  const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const base = json('base.topo.json') as Topology;
  const credits = JSON.parse(readFileSync(join(dirname(folder), 'attribution.json'), 'utf8')) as AttributionFile;
  return {
    id: basename(folder),
    file: { format: 1, base, water: json('water.topo.json') as Topology, labels: json('labels.json') as BasemapLabel[] },
    outlines: new Set(outlineShapes(base).map((f) => f.id)),
    attribution: [...new Set(credits.sources.map((s) => s.attribution))],
  };
}

interface Outline {
  readonly id: string;
  readonly shape: Feature<Polygon | MultiPolygon>;
}

/** The shapes that outlines name: the country in focus and its regions, by `properties.id`. */
function outlineShapes(base: Topology): Outline[] {
  return ['focus', 'regions'].flatMap((name) =>
    featuresOf(base, name).flatMap((f): Outline[] => {
      const { geometry } = f;
      if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return [];
      return [{ id: String(f.properties?.id), shape: { ...f, geometry } }];
    }),
  );
}

/** The outlines are generalised for a small map: a port may stand some kilometres off the drawn coast. */
const TOLERANCE_DEGREES = 0.06;

/** Answers by the outline that the story's own country place names; null for a country without one. */
export function countryTest(places: readonly SourcePlace[], basemap: Basemap): CountryTest {
  const shapes = outlineShapes(basemap.file.base);
  const around = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [x * TOLERANCE_DEGREES, y * TOLERANCE_DEGREES] as const));
  return (country, [lng, lat]) => {
    const outline = places.find((p) => p.kind === 'country' && p.country === country)?.outline;
    const found = shapes.find((s) => s.id === outline);
    return found ? around.some(([dx, dy]) => booleanPointInPolygon([lng + dx, lat + dy], found.shape)) : null;
  };
}
