/** The basemap's painter: sheet, parts, names and an operator's streets, onto any canvas. Runs in a worker or in the page. */
import type { Feature, Geometry, Position } from 'geojson';
import type { BasemapFile, BasemapLabel } from '../../core/basemap.ts';
import { featuresOf, readBasemap } from '../../core/basemap.ts';
import { labelsAt } from '../../core/basemap-labels.ts';
import { RELIEF } from '../../core/basemap-style.ts';
import type { PlacedLabel } from '../../core/labels.ts';
import { markSpace } from '../../core/marks.ts';
import type { Bounds } from '../../core/source.ts';
import type { Spots } from '../../dense/marks.ts';
import { spotBoxes } from '../../dense/marks.ts';
import { Parts } from './Parts.ts';
import { paintLabels } from './paintLabels.ts';
import type { Ground, GroundNews, GroundSource, GroundState, OutlineGrade, StreetsState, TileJob } from './protocol.ts';
import { Sheet } from './Sheet.ts';
import type { Streets } from './Streets.ts';

/** News come in bursts; one telling for all of a moment, ms. */
const GATHER = 16;

export class GroundPainter implements Ground {
  onNews: (news: GroundNews) => void = () => undefined;
  private readonly source: GroundSource;
  private readonly file: BasemapFile;
  private readonly sheet: Sheet;
  private readonly parts: Parts;
  private state: GroundState | null = null;
  private spots: readonly Spots[] = [];
  private zoom = 0;
  private placed: { readonly zoom: number; readonly labels: readonly PlacedLabel<BasemapLabel>[] } | null = null;
  private streets: Streets | null = null;
  private streetsState: StreetsState = 'off';
  private telling: ReturnType<typeof setTimeout> | undefined;
  private stale = false;

  /** @throws Error when the bytes are no basemap */
  constructor(source: GroundSource) {
    this.source = source;
    this.file = readBasemap(JSON.parse(new TextDecoder().decode(source.bytes)));
    this.sheet = new Sheet(this.file, source.index.detail?.fromZoom ?? Number.POSITIVE_INFINITY);
    this.parts = new Parts(
      source.index,
      source.url,
      this.sheet,
      () => RELIEF[this.state?.look.theme ?? 'light'],
      () => this.tell(true),
    );
  }

  setState(state: GroundState): void {
    const before = this.state;
    this.state = state;
    this.placed = null;
    // Nothing was painted before there was a state: where no streets are wanted, none have gone.
    if ((before?.streets ?? null) !== state.streets) void this.openStreets(state.streets);
  }

  setSpots(spots: readonly Spots[]): void {
    this.spots = spots;
    this.tell(true);
  }

  look(zoom: number, view: Bounds): void {
    this.zoom = zoom;
    this.parts.want(zoom, view);
    this.tell(false);
  }

  paint(job: TileJob): Promise<ImageBitmap | null> {
    const canvas = new OffscreenCanvas(job.width, job.height);
    const context = canvas.getContext('2d');
    const { state } = this;
    if (!context || !state) return Promise.resolve(null);
    context.setTransform(job.width / job.px, 0, 0, job.height / job.px, 0, 0);
    const { theme, colors: palette } = state.look;
    this.sheet.paint(context, job, job.px, job.zoom, { palette, relief: RELIEF[theme], graticule: this.streets === null, outlined: state.outlined });
    this.streets?.paint(context, job, job.px, job.zoom, palette);
    // Names stand once, on the copy of the world that the story is on.
    if (state.named) {
      paintLabels(context, this.labelsAt(job.zoom, state), { left: job.column * job.px, top: job.y * job.px, px: job.px }, this.source.language, state.look);
    }
    return Promise.resolve(canvas.transferToImageBitmap());
  }

  outline(id: string, grade: OutlineGrade): Promise<Feature<Geometry> | null> {
    const topologies = [...(grade === 'fine' && this.parts.detail ? [this.parts.detail] : []), this.file.base];
    const shapes = topologies.flatMap((topology) => ['focus', 'regions'].flatMap((name) => featuresOf(topology, name)));
    const shape = shapes.find((f) => f.properties?.id === id) ?? null;
    return Promise.resolve(shape && grade === 'rough' ? roughened(shape) : shape);
  }

  private labelsAt(zoom: number, state: GroundState): readonly PlacedLabel<BasemapLabel>[] {
    if (this.placed?.zoom !== zoom) {
      const labels = [...this.file.labels, ...this.parts.labels, ...(this.streets?.labels() ?? [])];
      const space = (scale: number) => {
        const { boxes, points } = markSpace(state.marks, state.bounds, scale);
        return { boxes: [...boxes, ...spotBoxes(this.spots, zoom, scale)], points };
      };
      this.placed = { zoom, labels: labelsAt(labels, zoom, this.source.language, space) };
    }
    return this.placed.labels;
  }

  private async openStreets(url: string | null): Promise<void> {
    this.streets = null;
    this.streetsState = url === null ? 'off' : 'waiting';
    this.tell(true);
    if (url === null) return;
    const wanted = () => this.state?.streets === url;
    try {
      const { Streets } = await import('./Streets.ts');
      const streets = await Streets.open(url);
      if (!wanted()) return;
      streets.onArrival = () => this.tell(true);
      this.streets = streets;
      this.streetsState = 'here';
    } catch {
      if (wanted()) this.streetsState = 'missing';
    }
    this.tell(true);
  }

  /** Tell the listener how things stand, once for all that happens within a moment. */
  private tell(stale: boolean): void {
    this.stale ||= stale;
    if (stale) this.placed = null;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const repaint = this.stale;
      this.stale = false;
      this.onNews({ parts: this.parts.shown(this.zoom), streets: this.streetsState, repaint });
    }, GATHER);
  }
}

/** Degrees between the points of a rough outline. */
const ROUGH = 0.15;

/** A polygon with only as many points as it takes to be pointed at. */
function roughened(shape: Feature<Geometry>): Feature<Geometry> {
  const { geometry } = shape;
  const thin = (ring: readonly Position[]): Position[] => {
    const kept: Position[] = [];
    for (const [i, at] of ring.entries()) {
      const last = kept.at(-1);
      if (!last || i === ring.length - 1 || Math.hypot((at[0] ?? 0) - (last[0] ?? 0), (at[1] ?? 0) - (last[1] ?? 0)) > ROUGH) kept.push(at);
    }
    return kept;
  };
  if (geometry.type === 'Polygon') return { ...shape, geometry: { ...geometry, coordinates: geometry.coordinates.map(thin) } };
  if (geometry.type === 'MultiPolygon') return { ...shape, geometry: { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map(thin)) } };
  return shape;
}
