/** Where the marks of a story's places stand on the sheet, the same for the live map and the picture. */
import type { MarkSpace } from './basemap-labels.ts';
import { FRAME_MARGIN, frameOf, project, TILE } from './geo.ts';
import type { MarkRequest, Side } from './labels.ts';
import { boxAt, MARK_GAP, MARK_HEIGHT, markWidth, placeMarks, placementZoom } from './labels.ts';
import type { Bounds, LngLat } from './source.ts';
import { plain } from './text.ts';
import type { PlaceShown } from './view.ts';

/** A place that has a point, with what is on show there. */
export type PointShown = PlaceShown & { readonly at: LngLat };

/** The places that have a point. */
export function pointsOf(shown: readonly PlaceShown[]): PointShown[] {
  return shown.flatMap((s): PointShown[] => (s.place.at ? [{ ...s, at: s.place.at }] : []));
}

/** The side of its point on which each mark's face stands at a zoom; within the frame of the story's bounds where that is possible. */
export function markSides(points: readonly PointShown[], bounds: Bounds, zoom: number): Map<string, Side> {
  const step = placementZoom(zoom);
  const world = TILE * 2 ** step;
  const { x, y, width, height } = frameOf(bounds, FRAME_MARGIN);
  return placeMarks(requests(points, step), { left: x * world, top: y * world, right: (x + width) * world, bottom: (y + height) * world });
}

/** Half the room kept free around a mark's dot, px. */
const DOT_ROOM = 9;

/** The space that the marks take at a zoom, for names to avoid. */
export function markSpace(points: readonly PointShown[], bounds: Bounds, zoom: number): MarkSpace {
  const marks = requests(points, zoom);
  const sides = markSides(points, bounds, zoom);
  const boxes = marks.flatMap((m) => [
    boxAt(m.x, m.y, m.width, m.height, sides.get(m.id) ?? 'e', MARK_GAP),
    { left: m.x - DOT_ROOM, top: m.y - DOT_ROOM, right: m.x + DOT_ROOM, bottom: m.y + DOT_ROOM },
  ]);
  return { boxes, points: marks };
}

function requests(points: readonly PointShown[], zoom: number): MarkRequest[] {
  const world = TILE * 2 ** zoom;
  return points.map(({ place, at, layers }) => {
    const { x, y } = project(at);
    return { id: place.id, x: x * world, y: y * world, width: markWidth(layers.length, plain(place.name)), height: MARK_HEIGHT };
  });
}
