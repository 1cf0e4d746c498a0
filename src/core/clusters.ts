/**
 * Places that stand too close to be told apart, as one mark. Pure, so that the build's picture and the reader's map draw
 * the same places together.
 */
import { project, TILE } from './geo.ts';
import { total } from './many.ts';
import type { PointShown } from './marks.ts';
import type { Layer, Place } from './story.ts';
import type { LayerAt } from './view.ts';

/** Up to this many places each has its own mark, whose face finds a side of its own. */
export const MOST_MARKS = 40;
/** Places nearer to a mark's than this join it, px: about a face with its glyphs and the number of its places. */
const REACH = { x: 112, y: 48 };

/** A mark: of one place, or of several that are near one another at this zoom. */
export interface Cluster extends PointShown {
  /** Its places, most events first; none given where it is the one place. */
  readonly members?: readonly PointShown[];
}

/**
 * Draw places together where many are close. A mark stands at that of its places which has most events, never between
 * places where nothing happened.
 * @param apart  a place that keeps a mark of its own
 * @param layers the story's, in its order
 * @param name   what so many places are called
 */
export function clustered(
  points: readonly PointShown[],
  zoom: number,
  apart: string | null,
  layers: readonly Layer[],
  name: (places: number) => string,
): Cluster[] {
  if (points.length <= MOST_MARKS) return [...points];
  const world = TILE * 2 ** zoom;
  const anchors = new Map<string, { x: number; y: number; members: PointShown[] }[]>();
  const all: { x: number; y: number; members: PointShown[] }[] = [];
  const bySize = [...points].sort((a, b) => b.events.length - a.events.length);
  for (const point of bySize) {
    const unit = project(point.at);
    const [x, y] = [unit.x * world, unit.y * world];
    const [column, row] = [Math.floor(x / REACH.x), Math.floor(y / REACH.y)];
    const near = [-1, 0, 1].flatMap((i) => [-1, 0, 1].flatMap((j) => anchors.get(`${column + i} ${row + j}`) ?? []));
    const reached = near.filter((a) => Math.abs(a.x - x) < REACH.x && Math.abs(a.y - y) < REACH.y);
    const nearest = reached.sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y))[0];
    if (nearest && point.place.id !== apart) {
      nearest.members.push(point);
      continue;
    }
    const anchor = { x, y, members: [point] };
    all.push(anchor);
    // Nothing joins a place that is to stay by itself.
    if (point.place.id !== apart) anchors.set(`${column} ${row}`, [...(anchors.get(`${column} ${row}`) ?? []), anchor]);
  }
  const order = new Map(points.map((p, i) => [p, i]));
  const rank = ({ members: [first] }: { readonly members: readonly PointShown[] }) => (first && order.get(first)) ?? 0;
  return all.sort((a, b) => rank(a) - rank(b)).map(({ members }) => together(members, layers, name));
}

function together(members: readonly PointShown[], layers: readonly Layer[], name: (places: number) => string): Cluster {
  const [first] = members;
  if (!first) throw new RangeError('A mark has a place.');
  if (members.length === 1) return first;
  const place: Place = { ...first.place, id: `near--${first.place.id}`, name: name(members.length), aliases: [], precision: 'region', note: null };
  return { place, at: first.at, events: members.flatMap((m) => m.events), layers: layersOf(members, layers), members };
}

/** What is on show at several places, each layer once. */
function layersOf(members: readonly PointShown[], layers: readonly Layer[]): LayerAt[] {
  const all = members.flatMap((m) => m.layers);
  return layers.flatMap((layer): LayerAt[] => {
    const own = all.filter((l) => l.layer === layer);
    return own.length === 0 ? [] : [{ layer, count: total(own.map((l) => l.count)), outside: own.every((l) => l.outside) }];
  });
}
