/**
 * From the file of events to an index over them, in a worker: very many take long to read, and the map is to go on
 * answering meanwhile. In the page itself where a browser, a sandbox or a disk has no workers to give.
 */
import { ColumnsError } from '../dense/columns.ts';
import { cellZoom, PointIndex } from '../dense/PointIndex.ts';
import { readEvents } from '../dense/readEvents.ts';

export interface EventsJob {
  readonly bytes: ArrayBuffer;
  /** The grid that the page draws now. */
  readonly level: number;
}

/** An index without its methods, which do not travel; or what is wrong with the file. */
export type EventsRead = { readonly values: object } | { readonly fault: string };

/** How long a worker may take before the page reads by itself, ms. */
const PATIENCE = 20_000;

/**
 * Read the columns of all events.
 * @param bytes the file
 * @param zoom  of the map now
 * @throws ColumnsError for bytes that are no columns
 */
export async function openEvents(bytes: ArrayBuffer, zoom: number): Promise<PointIndex> {
  const read = await inWorker({ bytes, level: cellZoom(zoom) });
  if (!read) return readEvents(bytes);
  if ('fault' in read) throw new ColumnsError(read.fault);
  return PointIndex.revived(read.values);
}

/** Null where there is no worker, or none that answers. */
function inWorker(job: EventsJob): Promise<EventsRead | null> {
  return new Promise((resolve) => {
    let worker: Worker | null = null;
    const timer = setTimeout(() => end(null), PATIENCE);
    const end = (read: EventsRead | null) => {
      clearTimeout(timer);
      worker?.terminate();
      resolve(read);
    };
    try {
      worker = new Worker(new URL('./events.worker.ts', import.meta.url), { type: 'module', name: 'events' });
      worker.onerror = () => end(null);
      worker.onmessage = ({ data }: MessageEvent<EventsRead>) => end(data);
      // A copy goes over, so that the page can still read should the worker never answer.
      worker.postMessage(job);
    } catch {
      end(null); // sandboxed frames may not start any
    }
  });
}
