/** Where a new story is: a name looked up in GeoNames, offline, or a point that the editor gives. */
import tzLookup from '@photostructure/tz-lookup';
import { frameOf, inRange, MAX_LAT, round, unproject, wrapped } from '../../core/geo.ts';
import type { Bounds, LngLat } from '../../core/source.ts';
import { fold } from '../../import/fold.ts';
import type { Gazetteer, Town } from '../../import/gazetteer.ts';
import { GAZETTEER_CREDIT } from '../../import/gazetteer.ts';

export interface Spot {
  readonly name: string;
  readonly at: LngLat;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Where the point comes from, in words for `coordinateSource`. */
  readonly source: string;
}

/** How many times as many people one place must have as the next of its name, to be the one that is meant. */
const CLEARLY = 20;

/** Half the height of the map that a new story begins with, degrees of longitude on the sheet; its shape is that of a screen. */
const HALF_HEIGHT = 1.1;
const SHAPE = 1.7;

/** Every town of a name, most populous first; where the name is some towns' first one, those that only were called so once are none of them. */
export function townsNamed(name: string, country: string | null, gazetteer: Gazetteer): readonly Town[] {
  const found = gazetteer.find(name, country);
  const first = found.filter((t) => fold(t.name) === fold(name));
  return first.length > 0 ? first : found;
}

/** The one of several that is clearly meant; null when an editor must say. */
export function clearOne(found: readonly Town[]): Town | null {
  const [first, second] = found;
  return first && (!second || first.population >= CLEARLY * Math.max(1, second.population)) ? first : null;
}

export function toSpot({ name, at, country, id }: Town): Spot {
  return { name, at, country, source: `${GAZETTEER_CREDIT}, ${id}` };
}

/** A place in one line, to choose it by: "Aktau, KZ (147,443 people): --at 51.17,43.65". */
export function spotLine({ name, country, population, at }: Town): string {
  return `${name}, ${country} (${population.toLocaleString('en')} people): --at ${at.map((n) => round(n, 4)).join(',')} --country ${country}`;
}

/** The country of a point: that of the nearest town, which near a border may be the wrong one; null far from all. */
export function countryNear(at: LngLat, gazetteer: Gazetteer | null): string | null {
  return at[1] < -60 ? 'AQ' : (gazetteer?.nearest(at)?.country ?? null);
}

/** "77.03,43.24" → a position; null for anything else. */
export function readAt(text: string): LngLat | null {
  const match = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  const at: LngLat = [Number(match?.[1]), Number(match?.[2])];
  return match && inRange(at) ? at : null;
}

/** The IANA zone of a point. */
export function zoneAt([lng, lat]: LngLat): string {
  return tzLookup(lat, lng);
}

/** What a map around one point shows at first: the same ground on the screen at every latitude, and bounds that may cross the antimeridian. */
export function boundsAround(at: LngLat): Bounds {
  const lat = Math.max(-MAX_LAT + 1, Math.min(MAX_LAT - 1, at[1]));
  const half = HALF_HEIGHT / Math.max(0.2, Math.cos((lat * Math.PI) / 180));
  const middle = frameOf([at[0] - 1e-6, lat - 1e-6, at[0] + 1e-6, lat + 1e-6], 0);
  const [west, north] = unproject({ x: middle.x - (half * SHAPE) / 360, y: Math.max(0, middle.y - half / 360) });
  const [east, south] = unproject({ x: middle.x + (half * SHAPE) / 360, y: Math.min(1, middle.y + half / 360) });
  return [round(wrapped(west), 2), round(south, 2), round(wrapped(east), 2), round(north, 2)];
}
