/** Lakes and rivers of the first view, both from Natural Earth 1:10m. */
import booleanPointInPolygon from '@turf/boolean-point-in-polygon';
import type { FeatureCollection, LineString, MultiLineString, MultiPolygon, Polygon } from 'geojson';
import { areaKm2, boundsOf, isWithin, middleOf, polygonsOf, positionsOf } from './geometry.ts';
import type { PackNames, RiverName } from './names.ts';
import type { Pack } from './pack.ts';
import type { LakeFeature, RiverFeature } from './sources.ts';
import { type Mapshaper, textOf } from './tools.ts';
import { type PackTopology, readTopology } from './topology.ts';

interface LakeProperties {
  /** As of its label where it has one, else kebab-case ASCII of the source's name, else by its middle, e.g. `lake-90.20-33.51`. */
  readonly id: string;
  /** Lowest zoom at which the lake should be drawn. */
  readonly rank: number;
  /** True outside the detail bounds: the detail file does not replace it. */
  readonly far?: true;
}

interface RiverProperties {
  readonly far?: true;
  /** English name, only where the pack's names list it. */
  readonly name?: string;
  readonly rank: number;
}

type Rivers = FeatureCollection<LineString | MultiLineString, RiverProperties>;

/** Metres on the ground below which a bend is not worth its bytes here: a pixel at zoom 6 is about 1600 m at 48 N. */
const LAKE_INTERVAL = 1100;
const FAR_LAKE_INTERVAL = 12_000;
const RIVER_INTERVAL = 1900;

/** The detail file takes over at zoom 7: rivers that come no earlier are left to it. */
const LAST_RIVER_RANK = 5;

/** Lowest zoom for a lake of this area, km²: large enough there to be some ten pixels across. */
export function lakeRank(km2: number): number {
  const steps: readonly (readonly [km2: number, rank: number])[] = [
    [10_000, 2],
    [3000, 3],
    [1200, 4],
    [500, 5],
    [200, 6],
    [60, 7],
  ];
  return steps.find(([least]) => km2 >= least)?.[1] ?? 8;
}

/** Lowest zoom for a river of this Natural Earth scale rank (0, largest, to 9). */
function riverRank(scalerank: number): number {
  if (scalerank <= 3) return 3;
  return scalerank <= 5 ? 4 : scalerank - 1;
}

/** `Alaköl` to `alakol`. */
function toId(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The id of a lake: that of the label that stands in it, else from its name in the source, else from its middle. */
export function lakeId(geometry: Polygon | MultiPolygon, name: string | null, labels: PackNames['fixed']): string {
  const label = labels.find(({ kind, at }) => kind === 'water' && booleanPointInPolygon([...at], geometry));
  if (label !== undefined) return label.id;
  return name
    ? toId(name)
    : `lake-${middleOf(boundsOf(polygonsOf(geometry).flat(2)))
        .map((degrees) => degrees.toFixed(2))
        .join('-')}`;
}

/** Choose, name and rank the lakes. Duplicates of the source go by equal id; order is from large to small. */
function chooseLakes(lakes: readonly LakeFeature[], labels: PackNames['fixed'], pack: Pack): FeatureCollection {
  const seen = new Set<string>();
  const features = lakes
    .map((lake) => {
      const middle = middleOf(boundsOf(polygonsOf(lake.geometry).flat(2)));
      const distant = !isWithin(middle, pack.waterBounds);
      return { lake, km2: areaKm2(lake.geometry), distant, far: !isWithin(middle, pack.detail.bounds) };
    })
    .filter(({ km2, distant }) => km2 >= (distant ? pack.farLakeKm2 : pack.nearLakeKm2))
    .sort((a, b) => b.km2 - a.km2)
    .flatMap(({ lake, km2, distant, far }) => {
      const id = lakeId(lake.geometry, lake.properties.name, labels);
      if (seen.has(id)) return [];
      seen.add(id);
      const properties: LakeProperties = { id, rank: lakeRank(km2), ...(far ? { far } : {}) };
      return [{ type: 'Feature' as const, properties: { ...properties, interval: distant ? FAR_LAKE_INTERVAL : LAKE_INTERVAL }, geometry: lake.geometry }];
    });
  return { type: 'FeatureCollection', features };
}

/**
 * Clip, name and rank the rivers; the parts of one river become one feature.
 * @param names one entry per river that has an English name; a river not listed keeps its line and loses its name.
 */
export async function chooseRivers(rivers: readonly RiverFeature[], names: readonly RiverName[], pack: Pack, mapshaper: Mapshaper): Promise<Rivers> {
  const near = rivers.filter(({ geometry }) => positionsOf(geometry).some(([x = 0, y = 0]) => isWithin([x, y], pack.riverBounds)));
  const features = near.map((river) => {
    const known = names.find((entry) => entry.source.includes(river.properties.name ?? ''));
    return {
      ...river,
      properties: { name: known?.name ?? '', rank: known?.rank ?? riverRank(river.properties.scalerank) },
    };
  });
  const out = await mapshaper.applyCommands(
    `-i rivers.json -clip bbox=${pack.waterBounds.join(',')} -dissolve name,rank -sort 'rank + name' -o rivers.json format=geojson`,
    { 'rivers.json': { type: 'FeatureCollection', features } },
  );
  const parsed = JSON.parse(textOf(out['rivers.json'])) as Rivers;
  return {
    ...parsed,
    features: parsed.features.map(({ properties: { name, rank }, ...rest }) => ({ ...rest, properties: name ? { name, rank } : { rank } })),
  };
}

/**
 * Make `water.topo.json`: objects `lakes` and `rivers`. The Caspian is not among the lakes: it is a hole in the land.
 * Rivers run on through lakes, so that none is cut where its lake comes at a later zoom: draw lakes over rivers.
 */
export async function makeWater(
  lakes: readonly LakeFeature[],
  rivers: readonly RiverFeature[],
  names: PackNames,
  pack: Pack,
  mapshaper: Mapshaper,
): Promise<PackTopology> {
  const near = `bbox=${pack.detail.bounds.join(',')}`;
  const chosen = {
    'lakes.json': chooseLakes(lakes, names.fixed, pack),
    'rivers.json': await chooseRivers(rivers, names.rivers, pack, mapshaper),
  };
  const fine = await mapshaper.applyCommands(
    ["-i lakes.json -simplify variable weighted interval='interval' keep-shapes", '-filter-fields id,rank,far -o lakes.json format=geojson'].join(' '),
    chosen,
  );
  const lines = await mapshaper.applyCommands(
    `-i rivers.json -filter 'rank <= ${LAST_RIVER_RANK}' -simplify weighted interval=${RIVER_INTERVAL} -o rivers.json format=geojson`,
    chosen,
  );
  const out = await mapshaper.applyCommands(
    [
      '-i lakes.json rivers.json combine-files',
      `-erase + target=rivers name=farRivers ${near}`,
      `-clip target=rivers ${near}`,
      "-each target=farRivers 'far = true'",
      '-merge-layers target=rivers,farRivers name=rivers force',
      `-o water.json format=topojson quantization=${pack.waterQuantization} target=lakes,rivers`,
    ].join(' '),
    { ...fine, ...lines },
  );
  return readTopology(out['water.json'], ['lakes', 'rivers']);
}
