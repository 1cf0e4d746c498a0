/** How an operator's vector tiles are drawn: layers of the Protomaps basemap schema (version 4), in the map's own colours. */
import type { GroundPalette } from './basemap-style.ts';

export interface StreetStep {
  /** Layer of the tile. */
  readonly layer: string;
  /** Values of the features' `kind` that this step draws; null for all. */
  readonly kinds: readonly string[] | null;
  readonly paint: 'fill' | 'stroke';
  readonly color: keyof GroundPalette;
  readonly fromZoom: number;
  /** Line width in CSS px at a zoom; ignored for fills. */
  readonly width: (zoom: number) => number;
}

/** Doubles every so many zooms, from a width at zoom 12: roads grow with the map, but less. */
function grows(at12: number, zoomsToDouble: number): (zoom: number) => number {
  return (zoom) => at12 * 2 ** ((zoom - 12) / zoomsToDouble);
}

const GREEN = [
  'park',
  'wood',
  'forest',
  'grass',
  'grassland',
  'meadow',
  'scrub',
  'nature_reserve',
  'cemetery',
  'garden',
  'recreation_ground',
  'golf_course',
  'pitch',
  'village_green',
];
const none = (): number => 0;

/** Painted in this order over the map's own land. */
export const STREET_STEPS: readonly StreetStep[] = [
  { layer: 'landcover', kinds: GREEN, paint: 'fill', color: 'green', fromZoom: 8, width: none },
  { layer: 'landuse', kinds: GREEN, paint: 'fill', color: 'green', fromZoom: 9, width: none },
  { layer: 'water', kinds: null, paint: 'fill', color: 'water', fromZoom: 6, width: none },
  { layer: 'buildings', kinds: null, paint: 'fill', color: 'building', fromZoom: 13, width: none },
  { layer: 'roads', kinds: ['rail'], paint: 'stroke', color: 'regionLine', fromZoom: 10, width: grows(0.8, 4) },
  { layer: 'roads', kinds: ['path', 'other'], paint: 'stroke', color: 'road', fromZoom: 14, width: grows(0.4, 2) },
  { layer: 'roads', kinds: ['minor_road'], paint: 'stroke', color: 'road', fromZoom: 11.5, width: grows(0.9, 1.3) },
  { layer: 'roads', kinds: ['medium_road'], paint: 'stroke', color: 'road', fromZoom: 10, width: grows(1.3, 1.4) },
  { layer: 'roads', kinds: ['major_road'], paint: 'stroke', color: 'roadMajor', fromZoom: 8, width: grows(1.8, 1.6) },
  { layer: 'roads', kinds: ['highway'], paint: 'stroke', color: 'roadMajor', fromZoom: 6, width: grows(2.4, 1.8) },
];
