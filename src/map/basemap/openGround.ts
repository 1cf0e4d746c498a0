/**
 * Who paints the basemap: a worker, so that no painting ever holds up a gesture; in the page itself where a browser or a
 * sandbox has no workers to give.
 */
import type { Feature, Geometry } from 'geojson';
import type { Bounds } from '../../core/source.ts';
import type { Spots } from '../../dense/marks.ts';
import type { FromWorker, Ground, GroundNews, GroundSource, GroundState, OutlineGrade, TileJob, ToWorker } from './protocol.ts';

/** Workers whose script could not be had, which may be known before anybody speaks to them. */
const broken = new WeakSet<Worker>();

/** Start the worker early, while the page still loads its data; null where there can be none. */
export function startWorker(): Worker | null {
  try {
    if (typeof OffscreenCanvas === 'undefined') return null;
    const worker = new Worker(new URL('./ground.worker.ts', import.meta.url), { type: 'module', name: 'ground' });
    worker.addEventListener('error', () => broken.add(worker));
    return worker;
  } catch {
    return null; // sandboxed frames may not start any
  }
}

/** How long a worker may take to answer at all before the page paints by itself, ms. */
const PATIENCE = 8000;

/**
 * Open a basemap.
 * @param worker a started worker, or null; it is the ground's from now on
 * @throws Error when the file is no basemap, or nothing here can paint
 */
export async function openGround(source: GroundSource, worker: Worker | null): Promise<Ground> {
  if (worker && !broken.has(worker)) {
    const ground = new WorkerGround(worker);
    // A copy goes over, so that the page can still paint should the worker never answer.
    if (await ground.open({ ...source, bytes: source.bytes.slice(0) })) return ground;
    worker.terminate();
  }
  const { PatientGround } = await import('./PatientGround.ts');
  return new PatientGround(source);
}

class WorkerGround implements Ground {
  onNews: (news: GroundNews) => void = () => undefined;
  private readonly worker: Worker;
  private readonly asked = new Map<number, (value: never) => void>();
  private last = 0;

  constructor(worker: Worker) {
    this.worker = worker;
  }

  /** Whether the worker took the file: false for a worker that is none, or is silent. */
  open(source: GroundSource): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), PATIENCE);
      this.worker.onerror = () => resolve(false);
      this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.type === 'opened' || data.type === 'failed') {
          clearTimeout(timer);
          resolve(data.type === 'opened');
        } else if (data.type === 'news') this.onNews(data.news);
        else {
          this.asked.get(data.ask)?.(data.value as never);
          this.asked.delete(data.ask);
        }
      };
      this.say({ type: 'open', source }, [source.bytes]);
    });
  }

  setState(state: GroundState): void {
    this.say({ type: 'state', state });
  }

  setSpots(spots: readonly Spots[]): void {
    this.say({ type: 'spots', spots });
  }

  look(zoom: number, view: Bounds): void {
    this.say({ type: 'look', zoom, view });
  }

  paint(job: TileJob): Promise<ImageBitmap | null> {
    return this.ask((ask) => ({ type: 'paint', ask, job }));
  }

  outline(id: string, grade: OutlineGrade): Promise<Feature<Geometry> | null> {
    return this.ask((ask) => ({ type: 'outline', ask, id, grade }));
  }

  private ask<T>(message: (ask: number) => ToWorker): Promise<T> {
    this.last += 1;
    const ask = this.last;
    return new Promise((resolve) => {
      this.asked.set(ask, resolve);
      this.say(message(ask));
    });
  }

  private say(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }
}
