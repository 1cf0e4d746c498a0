/** Towns of the world by their names, old and new, and by where they are. Made from GeoNames (CC BY 4.0) by `npm run gazetteer`. */
import { distanceKm } from '../core/geo.ts';
import type { LngLat } from '../core/source.ts';
import { fold } from './fold.ts';

/** How a place's coordinates are credited. */
export const GAZETTEER_CREDIT = 'GeoNames (CC BY 4.0)';

export interface Town {
  /** GeoNames id: https://www.geonames.org/<id> */
  readonly id: number;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly at: LngLat;
  readonly population: number;
  /** IANA time zone. */
  readonly zone: string;
}

export interface Gazetteer {
  /** Every town of that name, however old or in whatever script, the most populous first; in one country, or in all for null. */
  readonly find: (name: string, country: string | null) => readonly Town[];
  readonly byId: (id: number) => Town | null;
  /** The nearest town within some 500 km, in one country or in any; null for none. */
  readonly nearest: (at: LngLat, country?: string) => Town | null;
}

/** Degrees of a cell of the index. */
const CELL = 2;
const RINGS = 3;

/**
 * Read the gazetteer's text: a line per town, tabs between id, name, other names (folded, `|` between), country,
 * longitude, latitude, population and zone. @throws Error for a line of another form: the script makes them
 */
export function readGazetteer(text: string): Gazetteer {
  const towns: Town[] = [];
  const byName = new Map<string, number[]>();
  const cells = new Map<number, number[]>();
  const add = <K>(map: Map<K, number[]>, key: K, i: number) => {
    const list = map.get(key);
    if (list) list.push(i);
    else map.set(key, [i]);
  };
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [id, name, others, country, lng, lat, population, zone] = line.split('\t');
    if (name === undefined || country === undefined || zone === undefined) throw new Error(`The gazetteer has a line of another form: ${line.slice(0, 80)}`);
    const town: Town = { id: Number(id), name, country, at: [Number(lng), Number(lat)], population: Number(population), zone };
    const i = towns.push(town) - 1;
    for (const key of new Set([fold(name), ...(others ? others.split('|') : [])])) add(byName, key, i);
    add(cells, cellOf(town.at), i);
  }
  const byId = new Map(towns.map((t) => [t.id, t]));
  const some = (indices: readonly number[] | undefined): Town[] => (indices ?? []).flatMap((i) => towns[i] ?? []);
  return {
    find: (name, country) =>
      some(byName.get(fold(name)))
        .filter((t) => country === null || t.country === country)
        .sort((a, b) => b.population - a.population),
    byId: (id) => byId.get(id) ?? null,
    nearest: (at, country) => {
      let best: Town | null = null;
      let km = Number.POSITIVE_INFINITY;
      for (let dx = -RINGS; dx <= RINGS; dx++)
        for (let dy = -RINGS; dy <= RINGS; dy++)
          for (const town of some(cells.get(cellOf([at[0] + dx * CELL, at[1] + dy * CELL])))) {
            if (country !== undefined && town.country !== country) continue;
            const d = distanceKm(at, town.at);
            if (d < km) [best, km] = [town, d];
          }
      return best;
    },
  };
}

/** Cells are counted round the globe, so that the antimeridian has neighbours on both sides. */
function cellOf([lng, lat]: LngLat): number {
  const across = 360 / CELL;
  const x = ((Math.floor((lng + 180) / CELL) % across) + across) % across;
  return Math.floor((lat + 90) / CELL) * across + x;
}
