/** Where the marks of a story's places stand on the sheet, the same for the live map and the picture. */
import type { MarkSpace } from './basemap-labels.ts';
import { FRAME_MARGIN, frameOf, project, TILE } from './geo.ts';
import type { Box, MarkPlace, MarkRequest } from './labels.ts';
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

/** What placing needs to know of a mark; small and plain, so that it can be sent to a worker. */
export interface MarkSource {
  readonly id: string;
  readonly at: LngLat;
  readonly glyphs: number;
  readonly name: string;
}

export function markSources(points: readonly PointShown[]): MarkSource[] {
  return points.map(({ place, at, layers }) => ({ id: place.id, at, glyphs: layers.length, name: plain(place.name) }));
}

/** Where each mark's face stands at a zoom; within the frame of the story's bounds where that is possible. */
export function markPlaces(marks: readonly MarkSource[], bounds: Bounds, zoom: number): Map<string, MarkPlace> {
  const step = placementZoom(zoom);
  const world = TILE * 2 ** step;
  const { x, y, width, height } = frameOf(bounds, FRAME_MARGIN);
  return placeMarks(requests(marks, step), { left: x * world, top: y * world, right: (x + width) * world, bottom: (y + height) * world });
}

/** Half the room kept free around a mark's dot, px. */
const DOT_ROOM = 9;
/** Room kept free around a mark's face, px: its width is an estimate, and names have halos. */
const FACE_ROOM = 6;

/** The space that the marks take at a zoom, for names to avoid. */
export function markSpace(marks: readonly MarkSource[], bounds: Bounds, zoom: number, places = markPlaces(marks, bounds, zoom)): MarkSpace {
  const points = requests(marks, zoom);
  const boxes = points.flatMap((m) => [
    grown(boxAt(m.x, m.y, places.get(m.id)?.bare ? m.bareWidth : m.width, m.height, places.get(m.id)?.side ?? 'e', MARK_GAP), FACE_ROOM),
    { left: m.x - DOT_ROOM, top: m.y - DOT_ROOM, right: m.x + DOT_ROOM, bottom: m.y + DOT_ROOM },
  ]);
  return { boxes, points };
}

function grown({ left, top, right, bottom }: Box, by: number): Box {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

function requests(marks: readonly MarkSource[], zoom: number): MarkRequest[] {
  const world = TILE * 2 ** zoom;
  return marks.map(({ id, at, glyphs, name }) => {
    const { x, y } = project(at);
    return { id, x: x * world, y: y * world, width: markWidth(glyphs, name), bareWidth: markWidth(glyphs, ''), height: MARK_HEIGHT };
  });
}
