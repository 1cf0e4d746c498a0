/** What looks wrong with points that can be read: warnings, each with its row and a suggestion. */
import { distanceKm } from '../core/geo.ts';
import type { LngLat } from '../core/source.ts';
import type { Gazetteer } from './gazetteer.ts';
import { exchangedInRange } from './places.ts';
import type { TableIssue } from './table.ts';

export interface RowPoint {
  readonly row: number;
  readonly at: LngLat;
  readonly country: string;
  readonly countryGiven: boolean;
}

/** Beyond a border by less than this may be a coarse point or a town of the other side: no warning. */
const OUTSIDE_KM = 75;
/** A point is far from the others at this many times their median distance from the middle of all, and at no less than FAR_KM. */
const FAR_TIMES = 10;
const FAR_KM = 500;
/** Fewer points than these have no middle to be far from. */
const MIN_POINTS = 5;

/** Points outside the country that their row names, and points far from all others. One warning a row. */
export function checkPoints(points: readonly RowPoint[], column: string | null, gazetteer: Gazetteer | null): TableIssue[] {
  const far = farPoints(points);
  const others = points.filter((p) => !far.has(p)).map((p) => p.at);
  const middle = middleOf(others);
  const reach = 3 * Math.max(50, median(others.map((o) => distanceKm(middle, o))));
  const nearOthers = (at: LngLat) => others.length > 0 && distanceKm(middle, at) <= reach;
  return points.flatMap((point): TableIssue[] => {
    const abroad = point.countryGiven && gazetteer ? strayed(point, gazetteer) : null;
    if (abroad === null && !far.has(point)) return [];
    const other = exchangedInRange(point.at);
    const swapped = other !== null && (abroad !== null ? gazetteer?.nearest(other)?.country === point.country : nearOthers(other));
    return [
      {
        severity: 'warning',
        row: point.row,
        column,
        value: `${point.at[1]}, ${point.at[0]}`,
        expected: abroad === null ? 'a point near the others' : `a point in ${point.country}`,
        found: `latitude ${point.at[1]}, longitude ${point.at[0]}${abroad === null ? `, some ${Math.round((far.get(point) ?? 0) / 10) * 10} km away from them` : `, ${abroad}`}`,
        remedy: swapped
          ? `They look swapped: latitude ${other[1]}, longitude ${other[0]} ${abroad === null ? 'lies among the others' : `lies in ${point.country}`}.`
          : abroad === null
            ? 'Check the numbers; if they are right, nothing needs to be done.'
            : 'Check the numbers and the country.',
      },
    ];
  });
}

/** Where a point is instead of in its country; null while it may be there. Told by towns: no outline of every country ships here. */
function strayed({ at, country }: RowPoint, gazetteer: Gazetteer): string | null {
  const near = gazetteer.nearest(at);
  if (near?.country === country) return null;
  const own = gazetteer.nearest(at, country);
  const ownKm = own ? distanceKm(at, own.at) : Number.POSITIVE_INFINITY;
  const nearKm = near ? distanceKm(at, near.at) : Number.POSITIVE_INFINITY;
  if (ownKm < OUTSIDE_KM || ownKm < 2 * nearKm) return null;
  return near ? `whose nearest town is ${near.name} (${near.country})` : 'with no town for hundreds of kilometres around';
}

/** Far points with their distance in km from the middle of all. */
function farPoints(points: readonly RowPoint[]): ReadonlyMap<RowPoint, number> {
  const distinct = [...new Map(points.map((p) => [p.at.join(), p.at])).values()];
  if (distinct.length < MIN_POINTS) return new Map();
  const middle = middleOf(distinct);
  const reach = Math.max(FAR_TIMES * median(distinct.map((at) => distanceKm(middle, at))), FAR_KM);
  return new Map(points.map((p) => [p, distanceKm(middle, p.at)] as const).filter(([, km]) => km > reach));
}

/** The median direction: on the sphere, so that the antimeridian is nowhere special. */
function middleOf(positions: readonly LngLat[]): LngLat {
  const rad = Math.PI / 180;
  const vectors = positions.map(
    ([lng, lat]) => [Math.cos(lat * rad) * Math.cos(lng * rad), Math.cos(lat * rad) * Math.sin(lng * rad), Math.sin(lat * rad)] as const,
  );
  const [x, y, z] = [median(vectors.map((v) => v[0])), median(vectors.map((v) => v[1])), median(vectors.map((v) => v[2]))];
  return [Math.atan2(y, x) / rad, Math.atan2(z, Math.hypot(x, y)) / rad];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
