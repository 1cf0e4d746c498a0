import type { Feature, Geometry } from 'geojson';
import type { Bounds } from '../../core/source.ts';
import type { Spots } from '../../dense/marks.ts';
import { GroundPainter } from './GroundPainter.ts';
import type { Ground, GroundNews, GroundSource, GroundState, OutlineGrade, TileJob } from './protocol.ts';

/** Where there is no worker: paints in the page, one tile a frame, so that a gesture waits for no more than one. */
export class PatientGround implements Ground {
  private readonly ground: GroundPainter;
  private turn: Promise<unknown> = Promise.resolve();

  /** @throws Error when the file is no basemap, or nothing here can paint */
  constructor(source: GroundSource) {
    this.ground = new GroundPainter(source);
  }

  set onNews(listener: (news: GroundNews) => void) {
    this.ground.onNews = listener;
  }

  setState(state: GroundState): void {
    this.ground.setState(state);
  }

  setSpots(spots: readonly Spots[]): void {
    this.ground.setSpots(spots);
  }

  look(zoom: number, view: Bounds): void {
    this.ground.look(zoom, view);
  }

  paint(job: TileJob): Promise<ImageBitmap | null> {
    const painted = this.turn.then(() => new Promise((resolve) => requestAnimationFrame(resolve))).then(() => this.ground.paint(job));
    this.turn = painted.catch(() => undefined);
    return painted;
  }

  outline(id: string, grade: OutlineGrade): Promise<Feature<Geometry> | null> {
    return this.ground.outline(id, grade);
  }
}
