/** What a pack is: everything that differs between the basemap of one country and that of another. */
import type { Bounds } from './geometry.ts';

/** How finely one part of the world is drawn. */
export interface Zone {
  /** Tolerance of mapshaper's weighted Visvalingam simplification, metres on the ground. */
  readonly interval: number;
  /** Islands of a single unit below this area, km², are dropped. */
  readonly minIsland: number;
}

/** A first-level unit of the focus country. */
export interface FocusUnit {
  /** Kebab-case ASCII. Ends in `-region` where a city of the same name has a label of its own. */
  readonly id: string;
  readonly kind: 'region' | 'city';
  /** For a city: the region around it, into which it melts before inner lines are drawn. */
  readonly within?: string;
}

/** Configuration of one pack. Outputs and hand-made inputs live in `data/basemap/<id>/`. */
export interface Pack {
  readonly id: string;
  /** Natural Earth country codes that together are the focus country. */
  readonly focusCountries: readonly string[];
  /** Natural Earth unit code to unit. Two codes may share one id: they are merged. Every unit of the focus must be listed. */
  readonly units: Readonly<Record<string, FocusUnit>>;
  /** How many units must come out. */
  readonly unitCount: number;
  /** Country borders are drawn only between two of these (Natural Earth codes), the focus aside. */
  readonly borderCountries: readonly string[];
  /** How finely the focus country is drawn. */
  readonly focusZone: Zone;
  /** For the rest of the world, from near to far: a unit takes the first zone whose bounds hold its middle. The last must hold all. */
  readonly zones: readonly (Zone & { readonly within: Bounds })[];
  /** Steps per side of the coordinate grid: degrees of longitude per step = 360 / quantization. */
  readonly quantization: number;
  /** Where lakes and rivers are drawn. */
  readonly waterBounds: Bounds;
  /** Rivers that never enter these bounds are left out; the others are drawn to the edge of the water bounds. */
  readonly riverBounds: Bounds;
  /** Lakes from this area, km², are drawn within the water bounds. */
  readonly nearLakeKm2: number;
  /** Lakes from this area, km², are drawn outside them. */
  readonly farLakeKm2: number;
  /** As `quantization`, for water: coarser bends, coarser grid. */
  readonly waterQuantization: number;
  /** What the detail file, drawn from zoom 7, holds. */
  readonly detail: {
    /** Within these bounds the detail file replaces the first view's borders and water; what lies beyond is marked `far` there. */
    readonly bounds: Bounds;
    /** Holds one whole sea that washes the focus country: land and sea within are drawn anew. */
    readonly coast: {
      readonly id: string;
      readonly bounds: Bounds;
      /** Part of the sea that OpenStreetMap maps as a lake. */
      readonly lagoon: Bounds;
    };
    /** Lakes from this area, km², are drawn. */
    readonly lakeKm2: number;
    readonly quantization: number;
  };
  readonly relief: {
    readonly bounds: Bounds;
    /** One image each, from coarse to fine. */
    readonly images: readonly {
      readonly file: string;
      /** Side of a pixel in metres of EPSG:3857. */
      readonly metres: number;
      /** WebP quality, 0 to 100. */
      readonly quality: number;
    }[];
  };
  /** ICAO code of the airport that an operator may add: `extra.ts`. */
  readonly airport: string;
  /** Hard limits in bytes of gzip -9 (images: of the file itself); the run fails above them. */
  readonly limits: Readonly<Record<string, number>>;
}
