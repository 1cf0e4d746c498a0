/** Names on the map: those set by hand and those of places, whose points come from GeoNames. */
import { distanceKm } from './geometry.ts';
import type { LocalName, PackNames } from './names.ts';
import type { Place } from './sources.ts';

export interface Label {
  readonly id: string;
  readonly kind: 'country' | 'region' | 'capital' | 'city' | 'town' | 'water' | 'range';
  readonly name: LocalName;
  /** [lng, lat] in degrees. */
  readonly at: readonly [lng: number, lat: number];
  /** Lowest zoom at which the label may appear. */
  readonly rank: number;
}

/** Of namesakes, the one nearest to `near` is meant, and no other than this close. */
const NEAR_KM = 60;

/** About 100 m: finer than any of these labels needs to stand. */
const DECIMALS = 3;

/** GeoNames' point of one listed place. Throws when no place answers, or several do and `near` does not say which. */
function findPlace(wanted: PackNames['places'][number], places: readonly Place[]): Place {
  const { name, country, near } = wanted.source;
  const namesakes = places.filter((place) => place.name === name && place.country === country);
  const found =
    near === undefined
      ? namesakes
      : namesakes
          .map((place) => ({ place, km: distanceKm(near, [...place.at]) }))
          .filter(({ km }) => km < NEAR_KM)
          .sort((a, b) => a.km - b.km)
          .slice(0, 1)
          .map(({ place }) => place);
  const [place] = found;
  if (place === undefined || found.length > 1) {
    const where = namesakes.map(({ at }) => `[${at.join(', ')}]`).join(' or ');
    throw new Error(
      `Label "${wanted.id}": expected one place "${name}" in ${country}, got ${found.length}. ${where ? `Set "near": ${where}.` : 'Check "source.name".'}`,
    );
  }
  return place;
}

/**
 * Make `labels.json`.
 * @returns labels by rank, the most important first; equal ranks keep the order of `names.json`. Throws on an id used twice.
 */
export function makeLabels(names: PackNames, places: readonly Place[]): Label[] {
  const round = (value: number) => Number(value.toFixed(DECIMALS));
  const fixed: Label[] = names.fixed.map(({ id, kind, name, at, rank }) => ({ id, kind, name, at, rank }));
  const found: Label[] = names.places.map((wanted) => {
    const [lng, lat] = findPlace(wanted, places).at;
    return { id: wanted.id, kind: wanted.kind, name: wanted.name, at: [round(lng), round(lat)], rank: wanted.rank };
  });
  const all = [...fixed, ...found];
  const ids = new Set<string>();
  for (const { id } of all) {
    if (ids.has(id)) throw new Error(`Label id "${id}" is used twice.`);
    ids.add(id);
  }
  return all.sort((a, b) => a.rank - b.rank);
}
