/** Reads the many events beside the page, and gives back an index over them that is ready to be drawn. */
import { ColumnsError, readColumns } from '../dense/columns.ts';
import { PointIndex } from '../dense/PointIndex.ts';
import { markSpots } from '../dense/spots.ts';
import type { EventsJob, EventsRead } from './openEvents.ts';

addEventListener('message', ({ data: { bytes, level } }: MessageEvent<EventsJob>) => {
  const say = (message: EventsRead, transfer: Transferable[] = []) => postMessage(message, { transfer });
  try {
    const index = new PointIndex(readColumns(new Uint8Array(bytes)));
    index.cellsAt(level);
    index.count(new Uint32Array(0), null);
    index.spots = markSpots(index);
    say({ values: index }, index.buffers());
  } catch (error) {
    if (!(error instanceof ColumnsError)) throw error;
    say({ fault: error.message });
  }
});
