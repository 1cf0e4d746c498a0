/**
 * Many events on canvas. What is drawn is larger than the map by a part on each side and moves with it, so that a drag draws
 * nothing until that is used up. A filter draws again from counts by cell: what is in view in the next frame, the rest when
 * the browser has time.
 */
import type { LeafletEventHandlerFn, LeafletMouseEvent, ZoomAnimEvent } from 'leaflet';
import { DomUtil, Layer, point } from 'leaflet';
import { TILE } from '../../../core/geo.ts';
import type { Filter } from '../../../core/view.ts';
import { SHEET_UNITS } from '../../../dense/columns.ts';
import type { Many } from '../../../dense/Many.ts';
import { mixOf, radiusOf } from '../../../dense/marks.ts';
import type { PointIndex } from '../../../dense/PointIndex.ts';
import { cellZoom, countsByLayer, nearX } from '../../../dense/PointIndex.ts';
import { whenIdle } from '../../rest.ts';
import type { Area, Sheet } from './Sheets.ts';
import { Sheets } from './Sheets.ts';
import type { Ink } from './sprites.ts';
import { EDGE, Sprites } from './sprites.ts';

/** Longest that what is not in view, and the page around the map, wait for the browser to have time, ms. */
const MOST_WAIT = 200;
/** Device pixels to a CSS px at most: more is not seen, and costs memory. */
const MOST_SCALE = 2;
/** How far beside a mark a press still means it, px. */
const REACH = 6;

/** A mark as it is drawn. */
export interface Bin {
  readonly cell: number;
  /** For the address: `9-341-170`. */
  readonly id: string;
  /** In sheet units. */
  readonly x: number;
  readonly y: number;
  readonly count: number;
  /** By position of the layer. */
  readonly layers: readonly number[];
  /** Places: from one to the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Whether all its places are one point. */
  readonly isPoint: boolean;
}

interface Scene {
  readonly many: Many;
  readonly filter: Filter;
  readonly layers: number;
}

/** Cells in view: asked for again only when the view, the zoom or the index is another. */
interface Seen {
  readonly index: PointIndex;
  readonly level: number;
  readonly ids: Uint32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly isPoint: Uint8Array;
}

export class DenseLayer extends Layer {
  private sheets: Sheets | null = null;
  private scene: Scene | null = null;
  private sprites: Sprites | null = null;
  private seen: Seen | null = null;
  private bins: Bin[] = [];
  /** Where the sheets stand: their top left corner in world px of `zoom`, and their size. */
  private frame = { zoom: Number.NaN, left: 0, top: 0, width: 0, height: 0 };
  private pending = 0;
  /** Keeps what was put off from being done. */
  private dropRest: () => void = () => undefined;
  /** Marks of these cells are drawn by others. */
  private left: ReadonlySet<number> = new Set();
  private readonly onDrawn: (bins: readonly Bin[]) => void;
  private readonly onPress: (bin: Bin | null) => void;
  private readonly onPoint: (bin: Bin | null) => void;

  /**
   * @param onDrawn told of the marks some time after each drawing @param onPress of a press on one, or beside all
   * @param onPoint of the mark under the pointer, or null
   */
  constructor(onDrawn: (bins: readonly Bin[]) => void, onPress: (bin: Bin | null) => void, onPoint: (bin: Bin | null) => void) {
    super();
    this.onDrawn = onDrawn;
    this.onPress = onPress;
    this.onPoint = onPoint;
  }

  override getEvents(): { [name: string]: LeafletEventHandlerFn } {
    const handlers = {
      moveend: this.afterMove,
      zoomanim: this.animate,
      zoom: this.scale,
      viewreset: this.reset,
      resize: this.reset,
      click: this.press,
      mousemove: this.point,
    };
    return handlers as unknown as { [name: string]: LeafletEventHandlerFn };
  }

  override onAdd(): this {
    this.sheets = new Sheets();
    this.sheets.element.className = 'dense-sheets leaflet-zoom-animated';
    this.getPane('overlayPane')?.append(this.sheets.element);
    this.reset();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.pending);
    this.dropRest();
    this.sheets?.element.remove();
    this.sheets = null;
    return this;
  }

  /** Show other events or another filter, in the next frame. */
  show(scene: Scene): void {
    this.scene = scene;
    this.soon();
  }

  /** Draw in other colours. */
  dress(ink: Ink): void {
    this.sprites = new Sprites(ink, this.ratio());
    this.soon();
  }

  /** Leave the marks of some cells to others. */
  leaveOut(cells: ReadonlySet<number>): void {
    if (cells.size === this.left.size && [...cells].every((c) => this.left.has(c))) return;
    this.left = cells;
    this.paint();
  }

  private ratio(): number {
    return Math.min(MOST_SCALE, window.devicePixelRatio || 1);
  }

  private soon(): void {
    cancelAnimationFrame(this.pending);
    this.pending = requestAnimationFrame(() => this.draw());
  }

  private afterMove(): void {
    const map = this._map;
    const { zoom, width, height } = this.frame;
    const view = this.view();
    const isInside = zoom === map.getZoom() && view.left >= 0 && view.top >= 0 && view.left + view.width <= width && view.top + view.height <= height;
    if (!isInside) this.reset();
  }

  /** The map's view, px from the sheets' corner. */
  private view(): Area {
    const { x: width, y: height } = this._map.getSize();
    const min = this._map.getPixelBounds().min ?? point(0, 0);
    return { left: Math.round(min.x) - this.frame.left, top: Math.round(min.y) - this.frame.top, width, height };
  }

  /** Put the sheets around the map's view and draw them. */
  private reset(): void {
    const { sheets } = this;
    const map = this._map;
    if (!sheets || !map) return;
    const size = map.getSize();
    sheets.lay(size.x, size.y, this.ratio());
    const min = map.getPixelBounds().min ?? point(0, 0);
    const { width, height, marginX, marginY } = sheets;
    this.frame = { zoom: map.getZoom(), left: Math.round(min.x) - marginX, top: Math.round(min.y) - marginY, width, height };
    this.seen = null;
    DomUtil.setTransform(sheets.element, point(this.frame.left, this.frame.top).subtract(map.getPixelOrigin()), 1);
    cancelAnimationFrame(this.pending);
    this.draw();
  }

  /** While the map zooms, what is drawn is only stretched. */
  private animate({ center, zoom }: ZoomAnimEvent): void {
    const map = this._map;
    const scale = map.getZoomScale(zoom, this.frame.zoom);
    const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2));
    this.stretch(scale, origin);
  }

  private scale(): void {
    const map = this._map;
    if (map.getZoom() === this.frame.zoom) return;
    this.stretch(map.getZoomScale(map.getZoom(), this.frame.zoom), map.getPixelBounds().min ?? point(0, 0));
  }

  private stretch(scale: number, viewMin: { readonly x: number; readonly y: number }): void {
    const map = this._map;
    if (!this.sheets) return;
    const offset = map.containerPointToLayerPoint([0, 0]);
    DomUtil.setTransform(this.sheets.element, point(this.frame.left * scale - viewMin.x + offset.x, this.frame.top * scale - viewMin.y + offset.y), scale);
  }

  private draw(): void {
    const { scene } = this;
    if (!scene || !this.sheets || !this._map) return;
    const index = scene.many.drawn(scene.filter);
    const window = scene.many.window(scene.filter);
    const seen = this.look(index, scene.many.middle);
    const byLayer = countsByLayer(index.count(seen.ids, window), scene.many.mask(scene.filter), scene.layers);
    const cells = index.cellsAt(seen.level);
    const shift = 23 - seen.level;
    const bins: Bin[] = [];
    for (let n = 0; n < seen.ids.length; n++) {
      let count = 0;
      for (let l = 0; l < scene.layers; l++) count += byLayer[n * scene.layers + l] as number;
      if (count === 0) continue;
      const cell = seen.ids[n] as number;
      const from = cells.start[cell] as number;
      bins.push({
        cell,
        id: `${seen.level}-${(index.columns.placeX[from] as number) >>> shift}-${(index.columns.placeY[from] as number) >>> shift}`,
        x: seen.x[n] as number,
        y: seen.y[n] as number,
        count,
        layers: [...byLayer.subarray(n * scene.layers, (n + 1) * scene.layers)],
        from,
        to: cells.start[cell + 1] as number,
        isPoint: seen.isPoint[n] === 1,
      });
    }
    // Small ones lie on top of large ones.
    this.bins = bins.sort((a, b) => b.count - a.count);
    this.paint();
  }

  /**
   * At rest, have the marks ready that a reader sees who hides a layer: new ones are most of what the first such press would
   * cost. One layer at a time, and not more than there is room for.
   */
  private foresee(layers: number): void {
    const { bins, sprites } = this;
    const ready = (layer: number) => {
      if (layer === layers || !sprites?.hasRoom) return;
      for (const bin of bins) {
        const count = bin.count - (bin.layers[layer] as number);
        if (count > 0 && count < bin.count) sprites.prepare(count, mixOf(bin.layers.with(layer, 0), count));
      }
      this.next(() => ready(layer + 1));
    };
    // Not in every browser; without it a press costs a little more.
    if ('requestIdleCallback' in window) this.next(() => ready(0));
  }

  private next(act: () => void): void {
    const idle = requestIdleCallback(act);
    this.dropRest = () => cancelIdleCallback(idle);
  }

  /** The cells that the sheets cover, each on the copy of the world nearest to a middle. */
  private look(index: PointIndex, middle: number): Seen {
    const level = cellZoom(this.frame.zoom);
    if (this.seen?.index === index && this.seen.level === level) return this.seen;
    index.cellsAt(level);
    const units = this.units();
    const { left, top, width, height } = this.frame;
    const area = { left: left * units, top: top * units, right: (left + width) * units, bottom: (top + height) * units };
    const cells: { id: number; x: number; y: number; isPoint: boolean }[] = [];
    for (let start = Math.floor(area.left / SHEET_UNITS) * SHEET_UNITS; start < area.right; start += SHEET_UNITS)
      for (const id of index.cellsIn({ ...area, left: area.left - start, right: area.right - start })) {
        const centre = index.centreOf(id);
        const x = centre.x + start;
        if (nearX(x, middle) === x) cells.push({ ...centre, id, x });
      }
    this.seen = {
      index,
      level,
      ids: Uint32Array.from(cells, (c) => c.id),
      x: Float64Array.from(cells, (c) => c.x),
      y: Float64Array.from(cells, (c) => c.y),
      isPoint: Uint8Array.from(cells, (c) => (c.isPoint ? 1 : 0)),
    };
    return this.seen;
  }

  /** Units of the world's sheet to a px of the canvas. */
  private units(): number {
    return SHEET_UNITS / (TILE * 2 ** this.frame.zoom);
  }

  /** Paint what is in view now, and put off the rest. */
  private paint(): void {
    const { sheets } = this;
    if (!sheets) return;
    this.dropRest();
    const [near, far] = sheets.parted(this.view());
    this.fill(near);
    for (const sheet of far) sheets.hide(sheet);
    this.dropRest = whenIdle(() => {
      this.fill(far);
      this.onDrawn(this.bins);
      if (this.scene) this.foresee(this.scene.layers);
    }, MOST_WAIT);
  }

  private fill(wanted: readonly Sheet[]): void {
    const { sheets, sprites, frame } = this;
    if (!sheets || !sprites) return;
    const units = this.units();
    const marks = this.bins.flatMap((bin) => {
      const [x, y, reach] = [bin.x / units - frame.left, bin.y / units - frame.top, radiusOf(bin.count) + EDGE];
      const on = wanted.filter((s) => x + reach > s.left && x - reach < s.left + s.width && y + reach > s.top && y - reach < s.top + s.height);
      return on.length === 0 || this.left.has(bin.cell) ? [] : { on, x, y, count: bin.count, mix: mixOf(bin.layers, bin.count) };
    });
    for (const { count, mix } of marks) sprites.prepare(count, mix);
    const paints = new Map(wanted.map((sheet) => [sheet, sheets.begin(sheet)]));
    for (const paint of paints.values()) if (paint) sprites.begin(paint);
    for (const { on, x, y, count, mix } of marks)
      for (const sheet of on) {
        const paint = paints.get(sheet);
        if (paint) sprites.draw(paint, x, y, count, mix);
      }
  }

  /** The mark at a point of the map's container; the one on top where several are. */
  private at({ x, y }: { readonly x: number; readonly y: number }): Bin | null {
    const min = this._map.getPixelBounds().min ?? point(0, 0);
    const units = this.units();
    const hit = (bin: Bin) => Math.hypot(bin.x / units - min.x - x, bin.y / units - min.y - y) - radiusOf(bin.count);
    return (
      this.bins.findLast((bin) => !this.left.has(bin.cell) && hit(bin) <= 0) ??
      this.bins.findLast((bin) => !this.left.has(bin.cell) && hit(bin) <= REACH) ??
      null
    );
  }

  private press({ containerPoint, originalEvent }: LeafletMouseEvent): void {
    const { target } = originalEvent;
    // What was pressed may have gone with the card that it stood in: then the press was not the map's.
    if (target instanceof Element && (!target.isConnected || target.closest('.place-mark, .dense-focus, .leaflet-popup'))) return;
    this.onPress(this.at(containerPoint));
  }

  private point({ containerPoint }: LeafletMouseEvent): void {
    this.onPoint(this.at(containerPoint));
  }
}
