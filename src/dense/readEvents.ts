import { readColumns } from './columns.ts';
import { PointIndex } from './PointIndex.ts';
import { markSpots } from './spots.ts';

/** From the file of all events to an index over them, with the room that their marks want. @throws ColumnsError for bytes that are no columns */
export function readEvents(bytes: ArrayBuffer): PointIndex {
  const index = new PointIndex(readColumns(new Uint8Array(bytes)));
  index.spots = markSpots(index);
  return index;
}
