/** Marks of many events on a canvas: drawn once each into an atlas, then copied, and their numbers written over them. */
import type { GlyphName } from '../../../core/glyphs.ts';
import { GLYPHS } from '../../../core/glyphs.ts';
import { DIGIT_PX, GLYPH_RADIUS, PARTS, RING, radiusOf, shortNumber } from '../../../dense/marks.ts';

/** Colours that the marks need, as the page has them now. */
export interface Ink {
  readonly paper: string;
  readonly ink: string;
  readonly rule: string;
  /** By position of the layer. */
  readonly layers: readonly string[];
  readonly glyphs: readonly GlyphName[];
  readonly font: string;
  /** What stands between whole numbers and tenths: "." or ",". */
  readonly point: string;
}

const SLOT = 68;
/** Room around a mark for what is drawn of it, px. Only that is copied: on a phone copying is most of a frame. */
export const EDGE = 3;
/** Slots in a row of a page, and pages, of 5 MB each where pixels are fine. A browser copies a whole page when it is painted on after it was read. */
const SLOTS_ACROSS = 8;
const PAGE_SLOTS = SLOTS_ACROSS * SLOTS_ACROSS;
/** Pages that stay from one frame to the next. */
const MOST_PAGES = 8;
/** Slots beyond which none is drawn that is not asked for. */
const ENOUGH_SLOTS = 4 * PAGE_SLOTS;

/** What a mark looks like. */
export interface Face {
  readonly key: string;
  readonly radius: number;
  readonly count: number;
  readonly mix: readonly number[];
  /** The position of its greatest layer. */
  readonly top: number;
}

/** The face of a mark of some events. @param mix of `mixOf` */
export function faceOf(count: number, mix: readonly number[]): Face {
  const radius = radiusOf(count);
  const top = mix.reduce((best, part, i) => (part > (mix[best] ?? 0) ? i : best), 0);
  return { key: count === 1 ? `1 ${top}` : `${radius} ${mix.join()}`, radius, count, mix, top };
}

export class Sprites {
  private readonly ink: Ink;
  private readonly scale: number;
  /** What is being drawn into now. */
  private paint: CanvasRenderingContext2D | null = null;
  /** By number; the lowest are the oldest. */
  private readonly pages = new Map<number, HTMLCanvasElement>();
  /** Of each face that is there, in the order in which they were drawn; and how many ever were. */
  private readonly slots = new Map<string, number>();
  private drawn = 0;
  private readonly paths: readonly { readonly shape: Path2D; readonly detail: Path2D }[];

  /** @param scale device pixels per CSS px */
  constructor(ink: Ink, scale: number) {
    this.ink = ink;
    this.scale = scale;
    this.paths = ink.glyphs.map((g) => ({ shape: new Path2D(GLYPHS[g].shape), detail: new Path2D(GLYPHS[g].detail) }));
  }

  /**
   * To be called before a frame's marks are prepared. Days that are gone through need other faces all the time: the oldest
   * go, a page at a time, and what a frame needs stays until the next.
   */
  makeRoom(): void {
    for (const page of this.pages.keys()) {
      if (this.pages.size <= MOST_PAGES) return;
      this.pages.delete(page);
      for (const [key, slot] of this.slots) {
        if (pageOf(slot) !== page) break;
        this.slots.delete(key);
      }
    }
  }

  /**
   * Have a mark's drawing ready. To be called for all marks of a frame before any is drawn: a browser copies a page when
   * it is painted on after it was read.
   */
  prepare(face: Face): void {
    this.slotOf(face);
  }

  /** Whether marks may be drawn that no frame asks for yet. */
  get hasRoom(): boolean {
    return this.slots.size < ENOUGH_SLOTS;
  }

  /** To be called before marks are drawn on a canvas, and not again for each. */
  begin(to: CanvasRenderingContext2D): void {
    to.font = `600 ${DIGIT_PX}px ${this.ink.font}`;
    to.textAlign = 'center';
    to.textBaseline = 'middle';
    to.fillStyle = this.ink.ink;
  }

  /** Draw a mark with its middle at a point, on a canvas that was begun. */
  draw(to: CanvasRenderingContext2D, x: number, y: number, face: Face): void {
    const { count, radius } = face;
    this.copy(to, this.slotOf(face), x, y, 2 * (radius + EDGE));
    // Written, and not put together from copied digits: a browser does the first four times faster.
    if (count > 1) to.fillText(shortNumber(count, this.ink.point), x, y + (radius >= GLYPH_RADIUS ? 6 : 0.5));
  }

  /** Copy the middle of a slot. @param size of it, CSS px */
  private copy(to: CanvasRenderingContext2D, slot: number, x: number, y: number, size: number): void {
    const { scale } = this;
    const page = this.pages.get(pageOf(slot));
    if (!page) return;
    const left = (((slot % SLOTS_ACROSS) + 0.5) * SLOT - size / 2) * scale;
    const top = ((Math.floor((slot % PAGE_SLOTS) / SLOTS_ACROSS) + 0.5) * SLOT - size / 2) * scale;
    // On whole device pixels: sharp, and a copy without smoothing.
    const snap = (at: number) => Math.round(at * scale) / scale;
    to.drawImage(page, left, top, size * scale, size * scale, snap(x - size / 2), snap(y - size / 2), size, size);
  }

  private slotOf({ key, radius, count, mix, top }: Face): number {
    const known = this.slots.get(key);
    if (known !== undefined) return known;
    const { scale } = this;
    const slot = this.drawn++;
    this.slots.set(key, slot);
    const paint = this.page(pageOf(slot));
    this.paint = paint;
    if (!paint) return slot;
    const [column, row] = [slot % SLOTS_ACROSS, Math.floor((slot % PAGE_SLOTS) / SLOTS_ACROSS)];
    paint.setTransform(scale, 0, 0, scale, (column + 0.5) * SLOT * scale, (row + 0.5) * SLOT * scale);
    if (count === 1) this.single(top);
    else this.bin(radius, mix, top);
    return slot;
  }

  private page(n: number): CanvasRenderingContext2D | null {
    const page = this.pages.get(n) ?? document.createElement('canvas');
    if (!this.pages.has(n)) {
      page.width = page.height = Math.ceil(SLOT * SLOTS_ACROSS * this.scale);
      this.pages.set(n, page);
    }
    return page.getContext('2d');
  }

  /** A disc of paper in a ring of the layers' shares, and the glyph of the greatest: shape tells what colour tells. */
  private bin(radius: number, mix: readonly number[], top: number): void {
    const { paint, ink } = this;
    if (!paint) return;
    disc(paint, radius + 1.5, ink.paper);
    let from = -Math.PI / 2;
    mix.forEach((part, layer) => {
      if (part === 0) return;
      const to = from + (part / PARTS) * 2 * Math.PI;
      paint.beginPath();
      paint.arc(0, 0, radius - RING / 2, from, to);
      paint.lineWidth = RING;
      paint.strokeStyle = ink.layers[layer] ?? ink.ink;
      paint.stroke();
      from = to;
    });
    // Neighbouring shares are parted by paper, where colours are alike or have been taken away.
    if (mix.filter((part) => part > 0).length > 1) {
      let at = -Math.PI / 2;
      for (const part of mix) {
        if (part > 0) {
          paint.beginPath();
          paint.moveTo(Math.cos(at) * (radius - RING - 0.5), Math.sin(at) * (radius - RING - 0.5));
          paint.lineTo(Math.cos(at) * (radius + 0.5), Math.sin(at) * (radius + 0.5));
          paint.lineWidth = 1.4;
          paint.strokeStyle = ink.paper;
          paint.stroke();
        }
        at += (part / PARTS) * 2 * Math.PI;
      }
    }
    paint.beginPath();
    paint.arc(0, 0, radius + 1, 0, 2 * Math.PI);
    paint.lineWidth = 0.8;
    paint.strokeStyle = ink.rule;
    paint.stroke();
    if (radius >= GLYPH_RADIUS) this.glyph(top, 0, -6.5, 10);
  }

  /** One event: its layer's glyph on paper, as on a mark's face. */
  private single(layer: number): void {
    const { paint, ink } = this;
    if (!paint) return;
    disc(paint, 11, ink.paper);
    paint.lineWidth = 1;
    paint.strokeStyle = ink.rule;
    paint.stroke();
    this.glyph(layer, 0, 0, 14);
  }

  private glyph(layer: number, x: number, y: number, size: number): void {
    const { paint, ink } = this;
    const path = this.paths[layer];
    if (!paint || !path) return;
    paint.save();
    paint.translate(x - size / 2, y - size / 2);
    paint.scale(size / 24, size / 24);
    paint.fillStyle = ink.layers[layer] ?? ink.ink;
    paint.fill(path.shape);
    paint.lineWidth = 2;
    paint.lineCap = 'round';
    paint.lineJoin = 'round';
    paint.strokeStyle = ink.paper;
    paint.stroke(path.detail);
    paint.restore();
  }
}

function pageOf(slot: number): number {
  return Math.floor(slot / PAGE_SLOTS);
}

function disc(paint: CanvasRenderingContext2D, radius: number, fill: string): void {
  paint.beginPath();
  paint.arc(0, 0, radius, 0, 2 * Math.PI);
  paint.fillStyle = fill;
  paint.fill();
}
