/**
 * Many events on canvas. What is drawn is larger than the map by a part on each side and moves with it, so that a drag draws
 * nothing until that is used up. A filter draws again from counts by cell: what is in view in the next frame, the rest when
 * the browser has time. Then also what a reader will likely see next is painted, out of sight: the press that asks for it
 * only brings it forward.
 */
import type { LeafletEventHandlerFn, LeafletMouseEvent, ZoomAnimEvent } from 'leaflet';
import { DomUtil, Layer, point } from 'leaflet';
import type { Filter } from '../../../core/view.ts';
import { goingOn, isSameFilter } from '../../../dense/ahead.ts';
import { mixOf, radiusOf } from '../../../dense/marks.ts';
import { whenIdle } from '../../rest.ts';
import type { Bin, Frame, Picture, Scene, Seen } from './bins.ts';
import { binsOf, look, unitsAt } from './bins.ts';
import type { Area, Sheet } from './Sheets.ts';
import { Sheets } from './Sheets.ts';
import type { Face, Ink } from './sprites.ts';
import { EDGE, faceOf, Sprites } from './sprites.ts';

/** Longest that each thing that was put off waits for the browser to have time, ms. */
const MOST_WAIT = 200;
/** Device pixels to a CSS px at most: more is not seen, and costs memory. */
const MOST_SCALE = 2;
/** How far beside a mark a press still means it, px. */
const REACH = 6;

export class DenseLayer extends Layer {
  private sheets: Sheets | null = null;
  private scene: Scene | null = null;
  private sprites: Sprites | null = null;
  private seen: Seen | null = null;
  /** What the view's sheet shows, null until it is painted, and what its spare has ready. */
  private shown: Picture | null = null;
  private spare: Picture | null = null;
  /** What a reader is about to ask for. */
  private expected: Filter | null = null;
  /** With what the marks of pictures were made ready. */
  private readonly readied = new WeakMap<Picture, Sprites>();
  private frame: Frame = { zoom: Number.NaN, left: 0, top: 0, width: 0, height: 0 };
  private pending = 0;
  /** Keeps what was put off from being done. */
  private dropRest: () => void = () => undefined;
  private dropExpected: () => void = () => undefined;
  /** Marks of these cells are drawn by others. */
  private left: ReadonlySet<number> = new Set();
  private readonly onDrawn: (picture: Picture) => void;
  private readonly onPress: (bin: Bin | null) => void;
  private readonly onPoint: (bin: Bin | null) => void;

  /**
   * @param onDrawn told of the marks some time after each drawing @param onPress of a press on one, or beside all
   * @param onPoint of the mark under the pointer, or null
   */
  constructor(onDrawn: (picture: Picture) => void, onPress: (bin: Bin | null) => void, onPoint: (bin: Bin | null) => void) {
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
    this.dropExpected();
    this.sheets?.element.remove();
    this.sheets = null;
    return this;
  }

  /** Show other events or another filter, in the next frame. */
  show(scene: Scene): void {
    this.scene = scene;
    this.soon();
  }

  /** Have it painted by the time that the reader asks for it. */
  expect(filter: Filter): void {
    this.expected = filter;
    this.dropExpected();
    if ('requestIdleCallback' in window) this.dropExpected = whenIdle(() => this.foresee(), MOST_WAIT);
  }

  /** Draw in other colours. */
  dress(ink: Ink): void {
    this.sprites = new Sprites(ink, this.ratio());
    this.forget();
    this.soon();
  }

  /** Leave the marks of some cells to others. */
  leaveOut(cells: ReadonlySet<number>): void {
    if (cells.size === this.left.size && [...cells].every((c) => this.left.has(c))) return;
    this.left = cells;
    this.repaint();
  }

  /** What is painted is not as it is to be painted now. */
  private forget(): void {
    this.shown = null;
    this.spare = null;
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
    this.forget();
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
    const { scene, sheets } = this;
    if (!scene || !sheets || !this._map) return;
    let next = this.spare;
    if (!next || !isSame(next.scene, scene)) {
      next = this.picture(scene);
      this.fill([sheets.spare], next.bins);
    }
    sheets.flip();
    this.expected = null;
    this.dropExpected();
    // Other events than before: what was shown of those is no use any more, and would keep their tables.
    this.spare = this.shown?.scene.many === scene.many ? this.shown : null;
    this.shown = next;
    const [near, far] = sheets.parted(this.view());
    this.bringUp(
      next,
      near.filter((sheet) => sheet !== sheets.middle),
    );
    this.later(next, far);
  }

  private picture(scene: Scene): Picture {
    const index = scene.many.drawn(scene.filter);
    if (this.seen?.index !== index) this.seen = look(index, this.frame, scene.many.middle);
    return { scene, bins: binsOf(scene, this.seen) };
  }

  /** Paint all anew where marks are left to others, or are not any more. */
  private repaint(): void {
    const { sheets, shown } = this;
    if (!sheets || !shown) return;
    this.spare = null;
    const [near, far] = sheets.parted(this.view());
    this.bringUp(shown, near);
    this.later(shown, far);
  }

  /** Paint a picture's marks on sheets, in sight. */
  private bringUp({ bins }: Picture, sheets: readonly Sheet[]): void {
    this.fill(sheets, bins);
    for (const sheet of sheets) this.sheets?.show(sheet);
  }

  /** Put off what is not in view, and what no one has asked for yet. */
  private later(picture: Picture, far: readonly Sheet[]): void {
    for (const sheet of far) this.sheets?.hide(sheet);
    const acts = [() => this.onDrawn(picture), ...far.map((sheet) => () => this.bringUp(picture, [sheet]))];
    // Not in every browser; without it a press costs more. What comes next is first: who steps does so at once again.
    if ('requestIdleCallback' in window) {
      acts.unshift(() => this.foresee());
      acts.push(...Array.from({ length: picture.scene.layers }, (_, l) => () => this.ready(picture, l)));
    }
    this.work(acts);
  }

  /** Do one thing after the other when the browser has time, so that a press need not wait for all of them. */
  private work([act, ...others]: readonly (() => void)[]): void {
    this.dropRest();
    if (act)
      this.dropRest = whenIdle(() => {
        this.work(others);
        act();
      }, MOST_WAIT);
  }

  /**
   * At rest, have painted what a reader will likely see next: what the control under the pointer or the focus would do.
   * Else days that moved move on by as much; and after any other change the spare sheet still has what was there before,
   * and so what switching back brings.
   */
  private foresee(): void {
    const { shown, spare, sheets } = this;
    const filter = this.expected ?? (shown && spare && goingOn(shown.scene.days, spare.scene.filter, shown.scene.filter));
    if (!filter || !shown || !sheets) return;
    const scene = { ...shown.scene, filter };
    if (isSame(scene, shown.scene) || (spare && isSame(scene, spare.scene))) return;
    const next = this.picture(scene);
    this.fill([sheets.spare], next.bins);
    this.spare = next;
  }

  /**
   * Have the marks ready that a reader sees who hides a layer: new ones are most of what the first such press would cost.
   * Not more than there is room for.
   */
  private ready(picture: Picture, layer: number): void {
    const { sprites } = this;
    if (!sprites?.hasRoom || this.readied.get(picture) === sprites) return;
    // The last of its layers: who switches back and forth comes back to pictures whose marks are all ready.
    if (layer === picture.scene.layers - 1) this.readied.set(picture, sprites);
    for (const bin of picture.bins) {
      const count = bin.count - (bin.layers[layer] as number);
      if (count > 0 && count < bin.count) sprites.prepare(faceOf(count, mixOf(bin.layers.with(layer, 0), count)));
    }
  }

  /** Paint marks on sheets. */
  private fill(wanted: readonly Sheet[], bins: readonly Bin[]): void {
    const { sheets, sprites, frame } = this;
    if (!sheets || !sprites || wanted.length === 0) return;
    const units = unitsAt(frame.zoom);
    sprites.makeRoom();
    const marks: { readonly x: number; readonly y: number; readonly reach: number; readonly face: Face }[] = [];
    for (const bin of bins) {
      const x = bin.x / units - frame.left;
      const y = bin.y / units - frame.top;
      const reach = radiusOf(bin.count) + EDGE;
      if (this.left.has(bin.cell) || !wanted.some((sheet) => isOn(sheet, x, y, reach))) continue;
      const face = faceOf(bin.count, mixOf(bin.layers, bin.count));
      sprites.prepare(face);
      marks.push({ x, y, reach, face });
    }
    for (const sheet of wanted) {
      const paint = sheets.begin(sheet);
      if (!paint) continue;
      sprites.begin(paint);
      for (const { x, y, reach, face } of marks) if (isOn(sheet, x, y, reach)) sprites.draw(paint, x, y, face);
    }
  }

  /** The mark at a point of the map's container; the one on top where several are. */
  private at({ x, y }: { readonly x: number; readonly y: number }): Bin | null {
    const min = this._map.getPixelBounds().min ?? point(0, 0);
    const units = unitsAt(this.frame.zoom);
    const hit = (bin: Bin) => Math.hypot(bin.x / units - min.x - x, bin.y / units - min.y - y) - radiusOf(bin.count);
    const marks = (this.shown?.bins ?? []).filter((bin) => !this.left.has(bin.cell));
    return marks.findLast((bin) => hit(bin) <= 0) ?? marks.findLast((bin) => hit(bin) <= REACH) ?? null;
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

function isOn({ left, top, width, height }: Sheet, x: number, y: number, reach: number): boolean {
  return x + reach > left && x - reach < left + width && y + reach > top && y - reach < top + height;
}

function isSame(a: Scene, b: Scene): boolean {
  return a.many === b.many && isSameFilter(a.filter, b.filter);
}
