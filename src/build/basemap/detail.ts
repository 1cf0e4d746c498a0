/**
 * What the map draws from zoom 7 on: borders, coast and lakes of OpenStreetMap, rivers and region lines of Natural Earth.
 * What replaces what is specified in data/basemap/README.md.
 */
import type { Feature, FeatureCollection, LineString, MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';
import type { MergedUnits } from './base.ts';
import { areaKm2, type Bounds, boundsOf, hullOf, isWithin, middleOf, overlaps, polygonsOf, ringAreaKm2 } from './geometry.ts';
import type { PackNames } from './names.ts';
import type { Pack } from './pack.ts';
import { joinToOutline } from './region-lines.ts';
import type { OsmCountry, RiverFeature } from './sources.ts';
import { type Mapshaper, textOf } from './tools.ts';
import { type PackTopology, readTopology, toFeatures } from './topology.ts';
import { chooseRivers, lakeId, lakeRank } from './water.ts';

/** Tolerances in metres on the ground. A pixel at 48 N is about 800 m at zoom 7, 200 m at zoom 9. */
const FOCUS_INTERVAL = 320;
const NEIGHBOUR_INTERVAL = 800;
const LAKE_INTERVAL = 550;
const RIVER_INTERVAL = 1000;
const REGION_INTERVAL = 300;

/** Slits and overlaps up to this size between two countries are mistakes of the source, not land of nobody. */
const GAP_KM2 = 50;

/** OpenStreetMap maps the Caspian both as coast and as a lake of this size or more; only the coast is wanted. */
const SEA_KM2 = 100_000;

/** Blocks of the lakes' grid are missing or jut out: slots and teeth up to twice this width are closed and worn off. */
const SLOT_METRES = 1000;
const TOOTH_METRES = 350;

/** Smaller waters are left out before that, for speed. */
const KEPT_KM2 = 20;

/** Everything detail is made of. `water` is the first view's: a lake keeps its id. */
export interface DetailSources {
  readonly units: MergedUnits;
  readonly countries: readonly OsmCountry[];
  readonly lakes: readonly Position[][][];
  readonly rivers: readonly RiverFeature[];
  readonly names: PackNames;
  readonly water: PackTopology;
}

const box = (bounds: Bounds) => `bbox=${bounds.join(',')}`;
const collect = (features: readonly Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features: [...features] });

function parse<G extends Feature['geometry']>(file: Uint8Array | string | undefined): Feature<G>[] {
  const read = JSON.parse(textOf(file)) as FeatureCollection<G> | { geometries: G[] };
  // Without properties mapshaper writes bare geometries.
  return 'features' in read ? read.features : read.geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry }));
}

function lakesIn(lakes: readonly Position[][][], bounds: Bounds): FeatureCollection {
  return collect(
    lakes
      .filter(([outer = []]) => overlaps(boundsOf(outer), bounds))
      .map((coordinates) => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } })),
  );
}

/** Files `land`, `focus`, `ownBorders` and `borders` (.json), with common edges. `land` is a rectangle with a hole for the sea. */
async function drawCountries({ countries, lakes }: DetailSources, pack: Pack, mapshaper: Mapshaper): Promise<Record<string, Uint8Array | string>> {
  const { bounds, coast } = pack.detail;
  const isFocus = (code: string) => pack.focusCountries.includes(code);
  const isNear = (code: string) => isFocus(code) || pack.borderCountries.includes(code);
  const features = countries
    .filter(({ geometry, properties: { A3 } }) => isNear(A3) || overlaps(boundsOf(polygonsOf(geometry).flat(2)), coast.bounds))
    .map(({ geometry, properties: { A3 } }): Feature => {
      const country = isFocus(A3) ? 'focus' : isNear(A3) ? A3 : '';
      return { type: 'Feature', properties: { country, interval: isFocus(A3) ? FOCUS_INTERVAL : NEIGHBOUR_INTERVAL }, geometry };
    });
  const commands = [
    `-i lagoon.json name=lagoon -clip ${box(coast.lagoon)} -dissolve2`,
    `-i countries.json name=countries -clip ${box(hullOf(bounds, coast.bounds))}`,
    `-clean gap-fill-area=${GAP_KM2}km2`,
    '-erase lagoon',
    "-simplify variable weighted interval='interval'",
    '-clean',
    '-filter-islands min-area=2km2',
    `-filter + target=countries name=focus 'country === "focus"'`,
    '-dissolve target=focus',
    `-each target=focus 'id = "${pack.id}"'`,
    `-innerlines + target=countries name=ownBorders where='!!(A.country && B.country) && (A.country === "focus") !== (B.country === "focus")'`,
    `-innerlines + target=countries name=borders where='!!(A.country && B.country) && A.country !== "focus" && B.country !== "focus"'`,
    `-clip target=borders ${box(bounds)}`,
    '-dissolve + target=countries name=land',
    `-clip target=land ${box(coast.bounds)}`,
    '-o format=geojson target=land,focus,ownBorders,borders',
  ];
  return mapshaper.applyCommands(commands.join(' '), { 'countries.json': collect(features), 'lagoon.json': lakesIn(lakes, coast.lagoon) });
}

/**
 * The sea as a polygon: the one great hole in the land, less its islands. Taken from the rings themselves, so that sea and land
 * share every vertex. Throws unless there is exactly one.
 */
function seaWithin(land: readonly Feature<Polygon | MultiPolygon>[]): Feature<Polygon> {
  const polygons = land.flatMap(({ geometry }) => polygonsOf(geometry));
  const seas = polygons.flatMap(([, ...holes]) => holes).filter((hole) => ringAreaKm2(hole) >= SEA_KM2);
  const [shore] = seas;
  if (shore === undefined || seas.length > 1) throw new Error(`Expected one sea within the bounds of the coast, got ${seas.length}.`);
  const bounds = boundsOf(shore);
  const islands = polygons.flatMap(([outer = []]) => (isWithin(middleOf(boundsOf(outer)), bounds) && ringAreaKm2(outer) < SEA_KM2 ? [outer] : []));
  const turned = [shore, ...islands].map((ring) => [...ring].reverse());
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: turned } };
}

/** Melt, choose and rank the lakes; those of the first view keep their id. `sea` comes first, as a lake of rank 0. */
async function drawLakes({ lakes, water, names }: DetailSources, sea: Feature, pack: Pack, mapshaper: Mapshaper): Promise<FeatureCollection> {
  const out = await mapshaper.applyCommands(
    [
      '-i lakes.json -dissolve2 -explode',
      `-filter 'this.area > ${KEPT_KM2}e6 && this.area < ${SEA_KM2}e6'`,
      `-buffer ${SLOT_METRES}m -buffer -${SLOT_METRES + TOOTH_METRES}m -buffer ${TOOTH_METRES}m`,
      `-explode -simplify weighted interval=${LAKE_INTERVAL} -filter-islands min-area=3km2`,
      '-o lakes.json format=geojson',
    ].join(' '),
    { 'lakes.json': lakesIn(lakes, pack.detail.bounds) },
  );
  const known = toFeatures(water, 'lakes').flatMap(({ geometry, properties }) =>
    geometry.type === 'Polygon' || geometry.type === 'MultiPolygon' ? [{ id: String(properties?.id), bounds: boundsOf(polygonsOf(geometry).flat(2)) }] : [],
  );
  const used = new Set<string>();
  const drawn = parse<Polygon>(out['lakes.json'])
    .map(({ geometry }) => ({ geometry, km2: areaKm2(geometry), middle: middleOf(boundsOf(geometry.coordinates.flat())) }))
    .filter(({ km2, middle }) => km2 < SEA_KM2 && km2 >= pack.detail.lakeKm2 && isWithin(middle, pack.detail.bounds))
    .sort((a, b) => b.km2 - a.km2)
    .map(({ geometry, km2, middle }): Feature => {
      const same = known.find(({ id, bounds }) => !used.has(id) && isWithin(middle, bounds));
      const id = same?.id ?? lakeId(geometry, null, names.fixed);
      used.add(id);
      return { type: 'Feature', properties: { id, rank: lakeRank(km2) }, geometry };
    });
  return collect([{ ...sea, properties: { id: pack.detail.coast.id, rank: 0 } }, ...drawn]);
}

/** Region lines of Natural Earth, finer than in the first view, clipped to OpenStreetMap's outline and joined to it. */
async function drawRegionLines({ units }: DetailSources, focus: Feature, mapshaper: Mapshaper): Promise<FeatureCollection> {
  const commands = [
    '-i focus.json',
    `-i units.json -filter 'country === "focus"' -dissolve2 region`,
    `-simplify weighted interval=${REGION_INTERVAL}`,
    '-innerlines',
    '-clip focus',
    '-o lines.json format=geojson',
  ];
  const out = await mapshaper.applyCommands(commands.join(' '), { 'units.json': units, 'focus.json': collect([focus]) });
  const rings = focus.geometry.type === 'Polygon' || focus.geometry.type === 'MultiPolygon' ? polygonsOf(focus.geometry).flat() : [];
  return collect(joinToOutline(parse<LineString | MultiLineString>(out['lines.json']), rings));
}

/**
 * Make `detail.topo.json`.
 * @returns objects `land`, `focus`, `borders`, `regionLines`, `lakes` (the sea among them) and `rivers`, all on the same arcs.
 * Throws unless the coast holds exactly one sea.
 */
export async function makeDetail(sources: DetailSources, pack: Pack, mapshaper: Mapshaper): Promise<PackTopology> {
  const drawn = await drawCountries(sources, pack, mapshaper);
  const sea = seaWithin(parse(drawn['land.json']));
  const [focus] = parse(drawn['focus.json']);
  if (focus === undefined) throw new Error(`Expected the country "${pack.id}" among OpenStreetMap's, found none.`);
  const rivers = await mapshaper.applyCommands(
    `-i rivers.json -clip ${box(pack.detail.bounds)} -simplify weighted interval=${RIVER_INTERVAL} -o rivers.json format=geojson`,
    { 'rivers.json': await chooseRivers(sources.rivers, sources.names.rivers, pack, mapshaper) },
  );
  const inputs = {
    ...drawn,
    ...rivers,
    'ownBorders.json': collect(parse(drawn['ownBorders.json']).map((line) => ({ ...line, properties: { focus: true } }))),
    'lakes.json': await drawLakes(sources, sea, pack, mapshaper),
    'regionLines.json': await drawRegionLines(sources, focus, mapshaper),
  };
  const commands = [
    '-i land.json focus.json ownBorders.json borders.json regionLines.json lakes.json rivers.json combine-files',
    '-merge-layers target=ownBorders,borders name=borders force',
    `-o detail.json format=topojson quantization=${pack.detail.quantization} target=land,focus,borders,regionLines,lakes,rivers`,
  ];
  const out = await mapshaper.applyCommands(commands.join(' '), inputs);
  return readTopology(out['detail.json'], ['land', 'focus', 'borders', 'regionLines', 'lakes', 'rivers']);
}
