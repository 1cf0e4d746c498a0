/** The first view: land of the whole world, the focus country, its units, and borders, from one topology so that no edge is drawn twice. */
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { boundsOf, isWithin, middleOf, polygonsOf, ringAreaKm2 } from './geometry.ts';
import type { Pack, Zone } from './pack.ts';
import type { AdminUnit } from './sources.ts';
import { type Mapshaper, textOf } from './tools.ts';
import { type PackTopology, readTopology } from './topology.ts';

/** Web Mercator ends at 85.0511 degrees; what lies beyond would project to infinity. */
const WORLD = '-180,-85.05,180,85.05';

interface UnitProperties {
  /** Unit id within the focus country, else ''. */
  readonly unit: string;
  readonly kind: string;
  /** The unit, or for a city the region around it. */
  readonly region: string;
  /** 'focus', a code of the border countries, or '' for countries whose borders are not drawn. */
  readonly country: string;
  readonly zone: number;
}

/** The world's land in as few pieces as its lines and zones allow, islands too small to draw left out; nothing simplified yet. */
export type MergedUnits = FeatureCollection<MultiPolygon, UnitProperties>;

/** The zones in one list; the number of a zone is its place there. */
function zonesOf(pack: Pack): readonly Zone[] {
  return [pack.focusZone, ...pack.zones];
}

function zoneNumber(geometry: Polygon | MultiPolygon, pack: Pack): number {
  const middle = middleOf(boundsOf(polygonsOf(geometry).flatMap(([outer = []]) => outer)));
  return 1 + pack.zones.findIndex((zone) => isWithin(middle, zone.within));
}

/**
 * Tag each unit with what the simplification needs to know.
 * @returns features in input order. Throws when a unit of the focus country is not listed in the pack.
 */
function tagUnits(units: readonly AdminUnit[], pack: Pack): Feature<Polygon | MultiPolygon, UnitProperties>[] {
  return units.map((source) => {
    const isFocus = pack.focusCountries.includes(source.country);
    const known = pack.units[source.code];
    if (isFocus && known === undefined) throw new Error(`Unit ${source.code} of ${source.country} is not listed in the pack "${pack.id}".`);
    return {
      type: 'Feature',
      properties: {
        unit: isFocus ? (known?.id ?? '') : '',
        kind: isFocus ? (known?.kind ?? '') : '',
        region: isFocus ? (known?.within ?? known?.id ?? '') : '',
        country: isFocus ? 'focus' : pack.borderCountries.includes(source.country) ? source.country : '',
        zone: isFocus ? 0 : zoneNumber(source.geometry, pack),
      },
      geometry: source.geometry,
    };
  });
}

/**
 * Melt units that need no line between them, and drop islands too small for their zone. Boundaries that are never drawn go
 * before the simplification, or their ends would stay behind as corners on the coast.
 */
export async function mergeUnits(units: readonly AdminUnit[], pack: Pack, mapshaper: Mapshaper): Promise<MergedUnits> {
  const out = await mapshaper.applyCommands(
    ['-i units.json', `-clip bbox=${WORLD}`, '-dissolve2 unit,kind,region,country,zone', '-o parts.json format=geojson'].join(' '),
    { 'units.json': { type: 'FeatureCollection', features: tagUnits(units, pack) } },
  );
  const parts = JSON.parse(textOf(out['parts.json'])) as FeatureCollection<Polygon | MultiPolygon, UnitProperties>;
  return { type: 'FeatureCollection', features: dropSmallIslands(parts.features, zonesOf(pack)) };
}

/**
 * An island is a polygon that shares no vertex with any other: the source is exact, so equal coordinates mean a common edge,
 * and exclaves are never mistaken for islands.
 */
function dropSmallIslands(
  features: readonly Feature<Polygon | MultiPolygon, UnitProperties>[],
  zones: readonly Zone[],
): Feature<MultiPolygon, UnitProperties>[] {
  const owner = new Map<string, number>();
  const attached = new Set<number>();
  let next = 0;
  const parts = features.map((feature) =>
    polygonsOf(feature.geometry).map((rings) => {
      const id = next++;
      for (const [x, y] of rings.flat()) {
        const key = `${x},${y}`;
        const other = owner.get(key);
        if (other === undefined) owner.set(key, id);
        else if (other !== id) attached.add(other).add(id);
      }
      return { id, rings };
    }),
  );
  return features.flatMap((feature, i) => {
    const least = zones[feature.properties.zone]?.minIsland ?? 0;
    const coordinates = (parts[i] ?? []).filter(({ id, rings: [outer = []] }) => attached.has(id) || ringAreaKm2(outer) >= least).map(({ rings }) => rings);
    return coordinates.length === 0 ? [] : [{ ...feature, geometry: { type: 'MultiPolygon', coordinates } }];
  });
}

/**
 * Make `base.topo.json`.
 * @returns objects `land`, `focus`, `regions` (properties id, kind), `borders` (focus: true where they bound the focus country,
 * far: true beyond the detail bounds) and `regionLines`, all on the same arcs. Throws when the number of units is not the pack's.
 */
export async function makeBase(units: MergedUnits, pack: Pack, mapshaper: Mapshaper): Promise<PackTopology> {
  const near = `bbox=${pack.detail.bounds.join(',')}`;
  const intervals = JSON.stringify(zonesOf(pack).map((zone) => zone.interval));
  const out = await mapshaper.applyCommands(
    [
      '-i parts.json name=parts',
      `-simplify variable weighted interval='${intervals}[zone]'`,
      // Simplification may shrink an island that was large enough to a speck.
      `-filter-islands min-area=${pack.focusZone.minIsland}km2`,
      '-clean',
      '-dissolve2 + target=parts name=land',
      '-filter + target=parts name=regions \'country === "focus"\'',
      "-each target=regions 'id = unit'",
      '-filter-fields target=regions id,kind,region',
      '-sort target=regions id',
      '-dissolve + target=regions name=focus',
      `-each target=focus 'id = "${pack.id}"'`,
      '-dissolve region + target=regions name=wholeRegions',
      '-innerlines + target=wholeRegions name=regionLines',
      '-filter-fields target=regions id,kind',
      '-dissolve country + target=parts name=countries',
      `-innerlines + target=countries name=ownBorders where='!!(A.country && B.country) && (A.country === "focus") !== (B.country === "focus")'`,
      `-each target=ownBorders 'focus = true'`,
      `-innerlines + target=countries name=borders where='!!(A.country && B.country) && A.country !== "focus" && B.country !== "focus"'`,
      '-filter-fields target=ownBorders focus',
      '-filter-fields target=borders,regionLines',
      `-erase + target=borders name=farBorders ${near}`,
      `-clip target=borders ${near}`,
      "-each target=farBorders 'far = true'",
      '-merge-layers target=ownBorders,borders,farBorders name=borders force',
      `-o base.json format=topojson quantization=${pack.quantization} target=land,focus,regions,borders,regionLines`,
    ].join(' '),
    { 'parts.json': units },
  );
  const topology = readTopology(out['base.json'], ['land', 'focus', 'regions', 'borders', 'regionLines']);
  const count = topology.objects.regions?.geometries.length;
  if (count !== pack.unitCount) throw new Error(`Expected ${pack.unitCount} units in "${pack.id}", got ${count}. Has the source changed its divisions?`);
  return topology;
}
