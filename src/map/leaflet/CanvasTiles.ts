/**
 * A Leaflet layer of canvas tiles that stays sharp at fractional zooms and never uncovers a blank edge. Leaflet's own
 * GridLayer draws at whole zooms and stretches; here each tile of the whole zoom next to the map's is drawn at the
 * map's exact scale. Tiles are painted elsewhere and asked for a few at a time, centre first, so that what a reader has
 * left behind is never painted.
 */
import type { LatLng, LeafletEvent, LeafletEventHandlerFn, Map as LeafletMap, Point, ZoomAnimEvent } from 'leaflet';
import { DomUtil, Layer, point, Util } from 'leaflet';
import { TILE } from '../../core/geo.ts';
import type { TileJob } from '../basemap/protocol.ts';

/** World px of a tile at its own zoom, near which it is drawn: as many as a slow machine can put on the screen in one frame. */
const TILE_PX = 512;
/** CSS px around the view that are kept ready, and how long after the last move they are painted, ms: in a run of zooms they would be for nothing. */
const MARGIN = 200;
const MARGIN_AFTER = 250;
/** CSS px beyond the view at which a tile is given up. */
const FAR = 700;
/** Tiles asked for at once: some on the way while one is painted and one waits for its frame. */
const AT_ONCE = 4;

/** Paints one tile; null when it cannot. */
export type TilePainter = (job: TileJob) => Promise<ImageBitmap | null>;

interface Tile {
  readonly job: TileJob;
  readonly canvas: HTMLCanvasElement;
}

/** All tiles of one zoom, placed relative to the level's origin, which moves with the map as a whole. */
interface Level {
  readonly zoom: number;
  readonly z: number;
  /** CSS px of a tile's side, before rounding. */
  readonly side: number;
  readonly origin: Point;
  readonly element: HTMLElement;
  readonly tiles: Map<string, Tile>;
}

export class CanvasTiles extends Layer {
  private readonly painter: TilePainter;
  private readonly onReady: () => void;
  private map: LeafletMap | null = null;
  private container: HTMLElement | null = null;
  private level: Level | null = null;
  /** Levels before, kept in sight until the new one has covered the view. */
  private readonly leaving = new Set<Level>();
  private queue: Tile[] = [];
  private asked = 0;
  private turn: Promise<unknown> = Promise.resolve();
  private margin: ReturnType<typeof setTimeout> | undefined;
  private wasReady = false;

  /** @param onReady called once, when the first view has been painted */
  constructor(painter: TilePainter, onReady: () => void = () => undefined) {
    super();
    Util.setOptions(this, { pane: 'tilePane' }); // Layer's own constructor takes none
    this.painter = painter;
    this.onReady = onReady;
  }

  override onAdd(map: LeafletMap): this {
    this.map = map;
    this.container = DomUtil.create('div', 'leaflet-layer canvas-tiles', this.getPane());
    this.reset();
    return this;
  }

  override onRemove(): this {
    clearTimeout(this.margin);
    this.queue = [];
    this.leaving.clear();
    this.container?.remove();
    this.container = null;
    this.level = null;
    this.map = null;
    return this;
  }

  override getEvents(): { [name: string]: LeafletEventHandlerFn } {
    return {
      viewreset: () => this.reset(),
      zoomanim: (e: LeafletEvent) => {
        const { center, zoom } = e as ZoomAnimEvent;
        this.place(center, zoom);
      },
      zoom: () => {
        if (this.map) this.place(this.map.getCenter(), this.map.getZoom());
      },
      zoomend: () => this.settle(),
      move: () => this.fill(),
      moveend: () => this.settle(),
    };
  }

  /** Paint every tile again in place: after a change of colours or of what is on the sheet. */
  repaint(): void {
    if (!this.level) return;
    this.queue = [...this.level.tiles.values()];
    this.work();
  }

  private reset(): void {
    this.container?.replaceChildren();
    this.leaving.clear();
    this.level = null;
    this.queue = [];
    this.settle();
  }

  /** Make the level of the map's zoom the current one, put all levels in their places and order the tiles of the view. */
  private settle(): void {
    const { map, container } = this;
    if (!map || !container) return;
    const zoom = map.getZoom();
    if (!this.level || Math.abs(this.level.zoom - zoom) > 1e-6) {
      if (this.level) this.leaving.add(this.level);
      const z = Math.max(0, Math.round(zoom) - Math.log2(TILE_PX / TILE));
      const element = DomUtil.create('div', 'canvas-level leaflet-zoom-animated', container);
      this.level = { zoom, z, side: TILE * 2 ** (zoom - z), origin: map.project(map.getCenter(), zoom).floor(), element, tiles: new Map() };
      this.queue = [];
    }
    this.place(map.getCenter(), zoom);
    this.fill();
  }

  /** Move and scale every level to where it belongs for a centre and zoom; Leaflet's own stylesheet animates it. */
  private place(center: LatLng, zoom: number): void {
    const { map } = this;
    const pane = map?.getPane('mapPane');
    if (!map || !pane) return;
    const topLeft = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(DomUtil.getPosition(pane)).round();
    for (const level of [...this.leaving, this.level]) {
      if (!level) continue;
      const scale = map.getZoomScale(zoom, level.zoom);
      DomUtil.setTransform(level.element, level.origin.multiplyBy(scale).subtract(topLeft).round(), scale);
    }
  }

  /** Order the tiles of the view now and those around it when the map has come to rest; drop those far outside. */
  private fill(margin = 0): void {
    const { map, level } = this;
    if (!map || !level || map.getZoom() !== level.zoom) return;
    clearTimeout(this.margin);
    if (margin === 0 && this.wasReady) this.margin = setTimeout(() => this.fill(MARGIN), MARGIN_AFTER);
    const { side } = level;
    const topLeft = map.project(map.getCenter(), level.zoom).subtract(map.getSize().divideBy(2));
    const within = (reach: number) => {
      const first = topLeft.subtract([reach, reach]).divideBy(side).floor();
      const last = topLeft.add(map.getSize()).add([reach, reach]).divideBy(side).floor();
      return { first, last, holds: ({ column, y }: TileJob) => column >= first.x && column <= last.x && y >= first.y && y <= last.y };
    };
    const count = 2 ** level.z;
    const wanted = within(margin);
    const fresh: HTMLCanvasElement[] = [];
    for (let y = Math.max(0, wanted.first.y); y <= Math.min(count - 1, wanted.last.y); y++) {
      for (let column = wanted.first.x; column <= wanted.last.x; column++) {
        const key = `${column} ${y}`;
        if (level.tiles.has(key)) continue;
        const tile = create(level, column, y, count);
        level.tiles.set(key, tile);
        this.queue.push(tile);
        fresh.push(tile.canvas);
      }
    }
    level.element.append(...fresh); // empty still, and all at once: the page is laid out once
    const near = within(FAR);
    for (const [key, tile] of level.tiles) {
      if (near.holds(tile.job)) continue;
      tile.canvas.remove();
      level.tiles.delete(key);
      this.queue = this.queue.filter((t) => t !== tile);
    }
    this.work();
  }

  /** Ask for what is nearest to the middle, a few at a time. */
  private work(): void {
    const { map, level } = this;
    if (!map || !level) return;
    const middle = map.project(map.getCenter(), level.zoom).divideBy(level.side);
    const far = ({ job }: Tile) => point(job.column + 0.5, job.y + 0.5).distanceTo(middle);
    this.queue.sort((a, b) => far(a) - far(b));
    while (this.asked < AT_ONCE) {
      const tile = this.queue.shift();
      if (!tile) break;
      this.asked += 1;
      this.painter(tile.job)
        .catch(() => null)
        .then(async (bitmap) => {
          await this.frame();
          this.asked -= 1;
          this.show(tile, bitmap);
          this.work();
        });
    }
    if (this.queue.length === 0 && this.asked === 0) this.settled();
  }

  /** One tile a frame, because showing is the page's own work; the first view is not kept waiting. */
  private frame(): Promise<unknown> {
    if (!this.wasReady) return Promise.resolve();
    const next = this.turn.then(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    this.turn = next;
    return next;
  }

  private show(tile: Tile, bitmap: ImageBitmap | null): void {
    if (!bitmap) return;
    const { level } = this;
    if (level?.tiles.get(`${tile.job.column} ${tile.job.y}`) !== tile) {
      bitmap.close(); // the reader has moved on
      return;
    }
    tile.canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  }

  /** The view is covered: the levels before may go, and whoever waits for the first picture is told. */
  private settled(): void {
    for (const level of this.leaving) level.element.remove();
    this.leaving.clear();
    if (!this.wasReady && this.level && this.level.tiles.size > 0) {
      this.wasReady = true;
      this.onReady();
      this.fill();
    }
  }
}

function create(level: Level, column: number, y: number, count: number): Tile {
  const { side, origin } = level;
  // Edges are rounded, not sizes: neighbours share an edge exactly, whatever the fraction.
  const left = Math.round(column * side - origin.x);
  const top = Math.round(y * side - origin.y);
  const width = Math.round((column + 1) * side - origin.x) - left;
  const height = Math.round((y + 1) * side - origin.y) - top;
  const ratio = Math.min(3, Math.max(1, window.devicePixelRatio));
  const canvas = document.createElement('canvas');
  canvas.className = 'canvas-tile';
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px`, left: `${left}px`, top: `${top}px` });
  const x = ((column % count) + count) % count;
  return { canvas, job: { z: level.z, x, y, column, px: side, zoom: level.zoom, width: canvas.width, height: canvas.height } };
}
