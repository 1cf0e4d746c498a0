/** Where a row happened: its point as given, or its name looked up; what the point stands for; and the story's places from all rows. */

import { fingerprint } from '../core/fingerprint.ts';
import { distanceKm, exchanged, inRange, round } from '../core/geo.ts';
import type { LngLat, PlaceKind, Precision, SourcePlace } from '../core/source.ts';
import type { Columns } from './columns.ts';
import { readLngLat, readPair } from './coordinates.ts';
import { countryCode, countryName } from './countries.ts';
import { fold, slug } from './fold.ts';
import type { Town } from './gazetteer.ts';
import { GAZETTEER_CREDIT } from './gazetteer.ts';
import type { ImportOptions } from './options.ts';
import type { PresetName } from './presets.ts';
import { publisherOf } from './presets.ts';
import type { Row, Table } from './table.ts';
import { cellNamed } from './table.ts';
import { importWords } from './words.ts';

/** One feature of places.geojson, as it is written. */
export interface PlaceFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly geometry: { readonly type: 'Point'; readonly coordinates: LngLat } | null;
  readonly properties: Omit<SourcePlace, 'id' | 'at'>;
}

/** Says that something is wrong with a row's cell. */
export type RowReport = (severity: 'error' | 'warning', column: string | null, expected: string, found: string, remedy: string) => void;

/** What a row says of its place. `known` is the id of a place that the story has. */
export type RowPlace =
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly id: string; readonly at: LngLat | null; readonly country: string }
  | {
      readonly kind: 'new';
      /** The id that it had in the story it comes from; null to make one. */
      readonly id: string | null;
      readonly name: string;
      readonly place: PlaceKind;
      readonly precision: Precision;
      readonly at: LngLat | null;
      readonly country: string;
      readonly note: string | null;
      readonly credit: string | null;
      /** Whether the row or a flag named the country: then a point outside it is a warning. */
      readonly countryGiven: boolean;
    };

/** What a code says that the point stands for; `none` for events that are on no land. */
interface Standing {
  readonly precision: Precision | 'none';
  readonly note: string | null;
  /** Whether the region names the place, not the town. */
  readonly wide: boolean;
}

const exact: Standing = { precision: 'city', note: null, wide: false };

const WIDTHS: { readonly [word: string]: Precision | 'none' } = {
  country: 'country',
  national: 'country',
  region: 'region',
  province: 'region',
  approximate: 'region',
  city: 'city',
  town: 'city',
  exact: 'facility',
  facility: 'facility',
  address: 'facility',
  none: 'none',
};

function standingOf(preset: PresetName | null, code: string | undefined, language: string): Standing | null {
  if (code === undefined) return exact;
  const words = importWords(language);
  const of = (name: string): { near: Standing; region: Standing } => ({
    near: { precision: 'region', note: words.near(`${name} ${code}`), wide: false },
    region: { precision: 'region', note: words.region(`${name} ${code}`), wide: true },
  });
  if (preset === 'acled') {
    const { near, region } = of('ACLED geo_precision');
    return { '1': exact, '2': near, '3': region }[code] ?? null;
  }
  if (preset === 'ucdp') {
    const { near, region } = of('UCDP where_prec');
    const country: Standing = { precision: 'country', note: null, wide: true };
    const sea: Standing = { precision: 'none', note: null, wide: false };
    return { '1': exact, '2': near, '3': near, '4': region, '5': near, '6': country, '7': sea }[code] ?? null;
  }
  const precision = WIDTHS[code.toLowerCase()];
  return precision === undefined ? null : { precision, note: null, wide: false };
}

const CODES: { readonly [P in PresetName]?: string } = { acled: '1, 2 or 3, as ACLED’s codebook has it', ucdp: '1 to 7, as UCDP’s codebook has it' };

/** The point of a row, if it gives one; undefined where its cells are at fault and that has been told. */
export function pointOf(row: Row, columns: Columns, report: RowReport): LngLat | null | undefined {
  const cell = (role: 'lng' | 'lat' | 'coordinates') => row.cells.get(columns.get(role) ?? '');
  if (row.at) return row.at;
  const [lng, lat, pair] = [cell('lng'), cell('lat'), cell('coordinates')];
  if (lng !== undefined && lat !== undefined) {
    const read = readLngLat(lng, lat);
    if (read.ok) return read.at;
    report('error', columns.get('lat') ?? null, read.expected, `latitude ${JSON.stringify(lat)}, longitude ${JSON.stringify(lng)}`, read.remedy);
    return undefined;
  }
  if (lng !== undefined || lat !== undefined) {
    const missing = lng === undefined ? 'lng' : 'lat';
    report(
      'error',
      columns.get(missing) ?? null,
      'a latitude and a longitude',
      'only one of them',
      'Fill in the other cell, or empty both for an event without a place.',
    );
    return undefined;
  }
  if (pair === undefined) return null;
  const read = readPair(pair);
  if (read.ok) return read.at;
  report('error', columns.get('coordinates') ?? null, read.expected, JSON.stringify(pair), read.remedy);
  return undefined;
}

/** The place of a row; null where it is at fault and that has been told. */
export function placeOf(row: Row, table: Table, columns: Columns, preset: PresetName | null, options: ImportOptions, report: RowReport): RowPlace | null {
  const cell = (role: 'place' | 'region' | 'country' | 'precision' | 'title') => row.cells.get(columns.get(role) ?? '');
  const at = pointOf(row, columns, report);
  if (at === undefined) return null;
  const code = cell('precision');
  const standing = standingOf(preset, code, options.language);
  if (!standing) {
    const expected = (preset && CODES[preset]) ?? `one of ${Object.keys(WIDTHS).join(', ')}`;
    report('error', columns.get('precision') ?? null, expected, JSON.stringify(code), 'Correct the code; it says what the point stands for.');
    return null;
  }
  const named = cell('country');
  const given = named === undefined ? options.country : countryCode(named);
  if (named !== undefined && given === null) {
    report('error', columns.get('country') ?? null, 'a country’s name or its two letters, such as KZ', JSON.stringify(named), 'Correct the name.');
    return null;
  }
  if (standing.precision === 'none') return { kind: 'none' };
  if (preset === 'unrest-map') return fromDownload(row, at, cell('place'), standing.precision, given, options, report);
  const country = (code2: string): RowPlace => {
    const id = options.known.find((k) => k.at === null && k.country === code2 && k.names.some((n) => countryCode(n) === code2));
    if (id) return { kind: 'known', id: id.id, at: null, country: code2 };
    return {
      kind: 'new',
      id: null,
      name: countryName(code2, options.language),
      place: 'country',
      precision: 'country',
      at: null,
      country: code2,
      note: null,
      credit: null,
      countryGiven: true,
    };
  };
  const place = cell('place');
  const region = cell('region');
  if (standing.precision === 'country' && given !== null) return country(given);
  const name = (standing.wide ? region : undefined) ?? place ?? (at ? (region ?? cell('title')) : region);
  if (at) return fromPoint(at, name, given, standing, publisherOf(preset, options.publisher, table.file), options, report, columns);
  if (place === undefined && region !== undefined && given !== null) return areaOf(region, given, options);
  if (place === undefined && region === undefined) return given !== null && named !== undefined ? country(given) : { kind: 'none' };
  return fromName(place ?? region ?? '', given, country, options, columns.get(place === undefined ? 'region' : 'place') ?? null, report);
}

/** A place as a download of a story has it: nothing is looked up, and it keeps its id. */
function fromDownload(
  row: Row,
  at: LngLat | null,
  name: string | undefined,
  precision: Precision,
  given: string | null,
  options: ImportOptions,
  report: RowReport,
): RowPlace | null {
  const id = cellNamed(row, 'placeid') ?? null;
  const known = options.known.find((k) => k.id === id);
  if (known) return { kind: 'known', id: known.id, at: known.at, country: known.country };
  const country = given ?? (at && options.gazetteer?.nearest(at)?.country) ?? (name === undefined ? null : countryCode(name)) ?? countryOfAll(options);
  if (name !== undefined && id !== null && country !== null && /^[\w-]{1,64}$/.test(id))
    return { kind: 'new', id, name, place: precision, precision, at, country, note: null, credit: 'As given in the download', countryGiven: false };
  report(
    'error',
    'place',
    'a name, an id and a country',
    `${JSON.stringify(name ?? '')}, "${id ?? ''}", ${country ?? 'no country'}`,
    'Say --country with its two letters; or export the story again.',
  );
  return null;
}

function fromPoint(
  at: LngLat,
  name: string | undefined,
  given: string | null,
  standing: Standing,
  publisher: string,
  options: ImportOptions,
  report: RowReport,
  columns: Columns,
): RowPlace | null {
  const label = name ?? `${round(at[1], 4)}, ${round(at[0], 4)}`;
  const known = options.known.find((k) => k.at && distanceKm(k.at, at) < 1 && k.names.some((n) => fold(n) === fold(label)));
  if (known) return { kind: 'known', id: known.id, at, country: known.country };
  const country = given ?? options.gazetteer?.nearest(at)?.country ?? countryOfAll(options);
  if (country === null) {
    report(
      'error',
      columns.get('country') ?? null,
      'the country of the point',
      'none given, and no town near it',
      'Add a column with the country, or say --country with its two letters.',
    );
    return null;
  }
  const precision = standing.precision === 'region' ? 'region' : standing.precision === 'facility' ? 'facility' : 'city';
  return {
    kind: 'new',
    id: null,
    name: label,
    place: precision,
    precision,
    at: [round(at[0], 5), round(at[1], 5)],
    country,
    note: standing.note,
    credit: `As given by ${publisher}`,
    countryGiven: given !== null,
  };
}

/** A region by its name alone: it has no point, and is listed, not drawn. */
function areaOf(name: string, country: string, options: ImportOptions): RowPlace {
  const known = options.known.find((k) => k.names.some((n) => fold(n) === fold(name)));
  if (known) return { kind: 'known', id: known.id, at: known.at, country: known.country };
  return { kind: 'new', id: null, name, place: 'region', precision: 'region', at: null, country, note: null, credit: null, countryGiven: true };
}

function fromName(
  name: string,
  given: string | null,
  country: (code: string) => RowPlace,
  options: ImportOptions,
  column: string | null,
  report: RowReport,
): RowPlace | null {
  const wanted = fold(name);
  const known = options.known.filter((k) => k.names.some((n) => fold(n) === wanted));
  const [one] = known;
  if (one && known.length === 1) return { kind: 'known', id: one.id, at: one.at, country: one.country };
  const whole = countryCode(name);
  if (whole !== null && name.length > 2) return country(whole);
  const { gazetteer } = options;
  const chosen = [...options.places].find(([n]) => fold(n) === wanted)?.[1];
  const towns = chosen !== undefined ? [gazetteer?.byId(chosen) ?? null].flatMap((t) => t ?? []) : (gazetteer?.find(name, given) ?? []);
  const [town] = towns;
  if (!town) {
    report(
      'error',
      column,
      `a place that the gazetteer knows${given === null ? '' : ` in ${given}`}`,
      JSON.stringify(name),
      'Correct the spelling, or give latitude and longitude; empty the cell for an event without a place.',
    );
    return null;
  }
  if (towns.length > 1) {
    report(
      'error',
      column,
      'a name that one place has',
      `${JSON.stringify(name)}, which ${towns.length} have: ${towns.slice(0, 5).map(townText).join('; ')}${towns.length > 5 ? '; …' : ''}`,
      `Give latitude and longitude in the row${given === null ? ', or the country' : ''}, or say --place "${name}=${town.id}" with the number of the one that is meant.`,
    );
    return null;
  }
  if (!soundsLike(name, town.name))
    report(
      'warning',
      column,
      'the name that the gazetteer has first',
      `${JSON.stringify(name)}, another or an older name of ${town.name}`,
      `Check that ${townText(town)} is meant.`,
    );
  return {
    kind: 'new',
    id: null,
    name,
    place: 'city',
    precision: 'city',
    at: town.at,
    country: town.country,
    note: null,
    credit: `${GAZETTEER_CREDIT}, ${town.id}`,
    countryGiven: given !== null,
  };
}

/** Whether two names are one name spelled otherwise; true where the letters of one of them cannot be compared. */
function soundsLike(a: string, b: string): boolean {
  const [x, y] = [slug(a), slug(b)];
  if (x === '' || y === '') return true;
  let row = Array.from({ length: y.length + 1 }, (_, i) => i);
  for (const [i, c] of [...x].entries()) {
    const next = [i + 1];
    for (const [k, d] of [...y].entries()) next.push(Math.min((row[k] ?? 0) + (c === d ? 0 : 1), (row[k + 1] ?? 0) + 1, (next[k] ?? 0) + 1));
    row = next;
  }
  return (row.at(-1) ?? 0) <= Math.max(2, Math.ceil(y.length / 4));
}

/** "Aktau in KZ at 50.235, 73.067, 9,500 people (1526269)". */
function townText({ name, country, at, population, id }: Town): string {
  return `${name} in ${country} at ${round(at[1], 3)}, ${round(at[0], 3)}, ${population.toLocaleString('en')} people (${id})`;
}

function countryOfAll(options: ImportOptions): string | null {
  const all = new Set(options.known.map((k) => k.country));
  const [only] = all;
  return all.size === 1 && only !== undefined ? only : null;
}

/**
 * Ids for the new places of all rows: the name's own letters where one place has the name, else with a mark of its
 * point, so that the order of rows changes nothing.
 * @returns the features by key of `placeKey`
 */
export function placeFeatures(places: readonly RowPlace[], options: ImportOptions): ReadonlyMap<string, PlaceFeature> {
  const byKey = new Map<string, Extract<RowPlace, { kind: 'new' }>>();
  for (const place of places) if (place.kind === 'new' && !byKey.has(placeKey(place))) byKey.set(placeKey(place), place);
  const bases = [...byKey.values()].map((p) => slug(p.name) || 'place');
  const counts = new Map<string, number>();
  for (const base of bases) counts.set(base, (counts.get(base) ?? 0) + 1);
  const taken = new Set([...options.known.map((k) => k.id), ...options.placeIds.values()]);
  return new Map(
    [...byKey].map(([key, p], i): [string, PlaceFeature] => {
      const base = bases[i] ?? 'place';
      const alone = counts.get(base) === 1 && !taken.has(base) && base !== 'place';
      return [
        key,
        {
          type: 'Feature',
          id: p.id ?? options.placeIds.get(key) ?? (alone ? base : `${base}-${fingerprint(key).slice(0, 6)}`),
          geometry: p.at && { type: 'Point', coordinates: p.at },
          properties: {
            name: { [options.language]: p.name },
            aliases: [],
            kind: p.place,
            precision: p.precision,
            note: p.note === null ? null : { [options.language]: p.note },
            country: p.country,
            coordinateSource: p.at ? p.credit : null,
            outline: outlineOf(p.place, p.country, options),
          },
        },
      ];
    }),
  );
}

/** The world's shape of a country goes by the country's code. */
export function outlineOf(kind: PlaceKind, country: string, { hasShape }: ImportOptions): string | null {
  const code = country.toLowerCase();
  return kind === 'country' && hasShape(code) ? code : null;
}

/** What makes two rows' places one. */
export function placeKey(place: Pick<Extract<RowPlace, { kind: 'new' }>, 'id' | 'name' | 'at' | 'precision' | 'country'>): string {
  return [place.id ?? fold(place.name), place.at ? `${round(place.at[0], 4)},${round(place.at[1], 4)}` : '', place.precision, place.country].join('|');
}

/** The key of a place that stands in places.geojson. */
export function featureKey({ geometry, properties }: PlaceFeature, language: string): string {
  const { name, precision, country } = properties;
  return placeKey({ id: null, name: name[language] ?? '', at: geometry?.coordinates ?? null, precision, country });
}

/** The position with its numbers exchanged, if that is on the globe. */
export function exchangedInRange(at: LngLat): LngLat | null {
  const other = exchanged(at);
  return inRange(other) ? other : null;
}
