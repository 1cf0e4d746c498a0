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
  const others: string[] = [];
  const ofCountry = new Map<string, number[]>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [id, name, names, country, lng, lat, population, zone] = line.split('\t');
    if (name === undefined || names === undefined || country === undefined || zone === undefined)
      throw new Error(`The gazetteer has a line of another form: ${line.slice(0, 80)}`);
    const i = towns.push({ id: Number(id), name, country, at: [Number(lng), Number(lat)], population: Number(population), zone }) - 1;
    others.push(names);
    add(ofCountry, country, i);
  }
  const some = (indices: readonly number[] | undefined): Town[] => (indices ?? []).flatMap((i) => towns[i] ?? []);
  // Half a million names: a country's are put in order when somebody asks for one of them.
  const names = new Map<string, ReadonlyMap<string, number[]>>();
  const namesOf = (country: string): ReadonlyMap<string, number[]> => {
    const known = names.get(country);
    if (known) return known;
    const made = new Map<string, number[]>();
    for (const i of ofCountry.get(country) ?? []) {
      add(made, fold(towns[i]?.name ?? ''), i);
      if (others[i]) for (const name of others[i].split('|')) add(made, name, i);
    }
    names.set(country, made);
    return made;
  };
  let cells: Map<number, Town[]> | null = null;
  const cellsOfTowns = (): ReadonlyMap<number, Town[]> => {
    if (!cells) {
      cells = new Map();
      for (const town of towns) add(cells, cellOf(town.at), town);
    }
    return cells;
  };
  return {
    find: (name, country) => {
      const key = fold(name);
      return (country === null ? [...ofCountry.keys()] : [country]).flatMap((c) => some(namesOf(c).get(key))).sort((a, b) => b.population - a.population);
    },
    byId: (id) => towns.find((t) => t.id === id) ?? null,
    nearest: (at, country) => {
      const all = cellsOfTowns();
      let best: Town | null = null;
      let km = Number.POSITIVE_INFINITY;
      for (let ring = 0; ring <= RINGS && km > atLeastKm(at, ring); ring++)
        for (let dx = -ring; dx <= ring; dx++)
          for (let dy = -ring; dy <= ring; dy += Math.abs(dx) === ring ? 1 : Math.max(1, 2 * ring))
            for (const town of all.get(cellOf([at[0] + dx * CELL, at[1] + dy * CELL])) ?? []) {
              if (country !== undefined && town.country !== country) continue;
              const d = distanceKm(at, town.at);
              if (d < km) [best, km] = [town, d];
            }
      return best;
    },
  };
}

const KM_A_RADIAN = 6371;

/** What lies in a ring of cells around a point's own is at least so far away: as far as the meridian or parallel before it. */
function atLeastKm([lng, lat]: LngLat, ring: number): number {
  if (ring === 0) return 0;
  const inside = (degrees: number) => degrees - CELL * Math.floor(degrees / CELL);
  const edge = (degrees: number) => Math.min(inside(degrees), CELL - inside(degrees));
  const radians = (degrees: number) => ((degrees + (ring - 1) * CELL) * Math.PI) / 180;
  const [east, north] = [radians(edge(lng + 180)), radians(edge(lat + 90))];
  return KM_A_RADIAN * Math.min(north, Math.asin(Math.cos((lat * Math.PI) / 180) * Math.sin(east)));
}

function add<K, T>(map: Map<K, T[]>, key: K, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

/** Cells are counted round the globe, so that the antimeridian has neighbours on both sides. */
function cellOf([lng, lat]: LngLat): number {
  const across = 360 / CELL;
  const x = ((Math.floor((lng + 180) / CELL) % across) + across) % across;
  return Math.floor((lat + 90) / CELL) * across + x;
}
