/** The ground of an airport as the map draws it below its runways. What the file holds is specified in data/basemap/README.md. */
import type { Feature, FeatureCollection, LineString, MultiPolygon, Polygon, Position } from 'geojson';
import type { Airport, AptRunway, Surface } from './apt.ts';
import { checkGeometry } from './checks.ts';
import { between, distanceKm, nearestOnSegment } from './geometry.ts';
import { type Mapshaper, textOf } from './tools.ts';

/** What is known of a piece of ground. */
export interface Ground {
  readonly id: string;
  readonly kind: 'pavement' | 'boundary';
  /** null for the boundary. */
  readonly surface: Surface | null;
}

type GroundCollection = FeatureCollection<Polygon | MultiPolygon, Ground>;

/** Tolerance of the outline in metres on the ground. A pixel at zoom 15 is 3.5 m at 43 N. */
const INTERVAL = 0.7;

/** Slits up to this size between two pavements are where they were not drawn to meet. The smallest true island has 800 m². */
const SLIT_M2 = 50;

/**
 * The source draws runways with shoulders, or wider than ours, and ends its taxiways at their edge. An edge of a pavement no further
 * than the first of these from a runway's middle line, metres, is drawn on to the second, under the runway, so that no gap is left.
 */
const RUNWAY_EDGE = 35;
const UNDER_RUNWAY = 15;

/** Pavement beside the last metres of a runway may reach beyond its end by this much. */
const BEYOND_END = 20;

/** Our runway ends may be this far from the source's, metres, before pavement and runways no longer fit. */
const END_TOLERANCE = 15;

/** What fills the ground between a ring and the runways that it ends at: one small polygon for each edge near a runway. */
function fillToRunways(ring: readonly Position[], runways: readonly AptRunway[]): Position[][] {
  return runways.flatMap(({ ends: [from, to] }) => {
    const beyond = BEYOND_END / 1000 / distanceKm(from, to);
    const corners = ring.map((at) => {
      const foot = nearestOnSegment(at, between(to, from, 1 + beyond), between(from, to, 1 + beyond));
      const metres = 1000 * distanceKm(foot, at);
      return { at, metres, under: metres > UNDER_RUNWAY ? between(foot, at, UNDER_RUNWAY / metres) : at };
    });
    return corners.slice(1).flatMap((b, i) => {
      const a = corners[i] ?? b;
      const [near, far] = [Math.min(a.metres, b.metres), Math.max(a.metres, b.metres)];
      return far > RUNWAY_EDGE || near <= UNDER_RUNWAY ? [] : [[a.at, b.at, b.under, a.under, a.at]];
    });
  });
}

/**
 * How far our runways end from the source's, both ends of each, in the order of `ours`.
 * @param ours the runways of `local.geojson`, known by `properties.name`. Throws when one is missing there or too far off to fit.
 */
export function compareRunways(ours: readonly Feature<LineString>[], { runways }: Airport): { readonly name: string; readonly metres: readonly number[] }[] {
  return ours.map(({ properties, geometry }) => {
    const name = String(properties?.name);
    const ends = runways.find((runway) => runway.name === name)?.ends;
    if (ends === undefined) throw new Error(`Expected runway ${name} in apt.dat, found ${runways.map((runway) => runway.name).join(', ') || 'none'}.`);
    const metres = ends.map((end, i) => 1000 * distanceKm(end, geometry.coordinates[i] ?? []));
    const most = Math.max(...metres);
    if (!(most <= END_TOLERANCE)) {
      throw new Error(`Runway ${name} of local.geojson ends ${most.toFixed(0)} m from where apt.dat ends it: use its ends, or do without the extra.`);
    }
    return { name, metres };
  });
}

/**
 * Boundary first, then pavement, one feature a surface: joined, outlines simplified. Surfaces meet edge to edge; a slit that is open
 * to one side stays.
 * @param icao what the ids begin with
 */
export async function makeAirport({ shapes, runways }: Airport, icao: string, mapshaper: Mapshaper): Promise<GroundCollection> {
  const features = shapes.flatMap(({ kind, surface, rings }) => {
    const fills = kind === 'boundary' ? [] : rings.flatMap((ring) => fillToRunways(ring, runways));
    return [rings, ...fills.map((fill) => [fill])].map(
      (coordinates): Feature => ({ type: 'Feature', properties: { kind, surface }, geometry: { type: 'Polygon', coordinates } }),
    );
  });
  const commands = [
    '-i shapes.json name=shapes',
    `-filter + name=boundary 'kind === "boundary"'`,
    `-filter target=shapes 'kind === "pavement"'`,
    `-clean gap-fill-area=${SLIT_M2}m2`,
    '-dissolve surface copy-fields=kind',
    '-merge-layers target=boundary,shapes name=airport',
    `-simplify dp interval=${INTERVAL}`,
    '-o airport.json format=geojson gj2008 precision=0.000001', // gj2008: outer rings clockwise, as in the other files,
  ];
  const out = await mapshaper.applyCommands(commands.join(' '), { 'shapes.json': { type: 'FeatureCollection', features } });
  const made = JSON.parse(textOf(out['airport.json'])) as FeatureCollection<Polygon | MultiPolygon, Omit<Ground, 'id'>>;
  return {
    type: 'FeatureCollection',
    features: made.features.map(({ properties: { kind, surface }, geometry }) => {
      const id = [icao.toLowerCase(), kind, surface].filter((part) => part !== null).join('-');
      checkGeometry(id, geometry);
      return { type: 'Feature' as const, properties: { id, kind, surface }, geometry };
    }),
  };
}
