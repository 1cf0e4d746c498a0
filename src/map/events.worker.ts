/** Reads the many events beside the page, and gives back an index over them that is ready to be drawn. */
import { ColumnsError } from '../dense/columns.ts';
import { readEvents } from '../dense/readEvents.ts';
import type { EventsJob, EventsRead } from './openEvents.ts';

addEventListener('message', ({ data: { bytes, level } }: MessageEvent<EventsJob>) => {
  const say = (message: EventsRead, transfer: Transferable[] = []) => postMessage(message, { transfer });
  try {
    const index = readEvents(bytes);
    index.cellsAt(level);
    index.count(new Uint32Array(0), null);
    say({ values: index }, index.buffers());
  } catch (error) {
    if (!(error instanceof ColumnsError)) throw error;
    say({ fault: error.message });
  }
});
