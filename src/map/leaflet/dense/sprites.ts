/** Marks of many events on a canvas: drawn once each into an atlas, then copied. */
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
/** Room around a mark and a digit for what is drawn of them, px. Only that is copied: on a phone copying is most of a frame. */
const EDGE = 3;
const DIGIT_HEIGHT = 16;
/** Slots in a row of a page, and pages. A browser copies a whole page when it is painted on after it was read. */
const SLOTS_ACROSS = 8;
const PAGE_SLOTS = SLOTS_ACROSS * SLOTS_ACROSS;
const MOST_SLOTS = 9 * PAGE_SLOTS;
/** Slots beyond which none is drawn that is not asked for: a page is 5 MB where pixels are fine. */
const ENOUGH_SLOTS = 4 * PAGE_SLOTS;

export class Sprites {
  private readonly ink: Ink;
  private readonly scale: number;
  /** What is being drawn into now. */
  private paint: CanvasRenderingContext2D | null = null;
  private readonly pages: HTMLCanvasElement[] = [];
  private readonly slots = new Map<string, number>();
  private readonly digits = new Map<string, { readonly slot: number; readonly width: number }>();
  private readonly paths: readonly { readonly shape: Path2D; readonly detail: Path2D }[];

  /** @param scale device pixels per CSS px */
  constructor(ink: Ink, scale: number) {
    this.ink = ink;
    this.scale = scale;
    this.paths = ink.glyphs.map((g) => ({ shape: new Path2D(GLYPHS[g].shape), detail: new Path2D(GLYPHS[g].detail) }));
    for (const sign of `0123456789kM${ink.point}`) this.addDigit(sign);
  }

  /**
   * Have a mark's drawing ready. To be called for all marks of a frame before any is drawn: a browser copies a page when
   * it is painted on after it was read.
   */
  prepare(count: number, mix: readonly number[]): void {
    this.slotOf(count, mix);
  }

  /** Whether marks may be drawn that no frame asks for yet. */
  get hasRoom(): boolean {
    return this.digits.size + this.slots.size < ENOUGH_SLOTS;
  }

  private slotOf(count: number, mix: readonly number[]): number {
    const radius = radiusOf(count);
    const top = mix.reduce((best, part, i) => (part > (mix[best] ?? 0) ? i : best), 0);
    return this.slot(count === 1 ? `1 ${top}` : `${radius} ${mix.join()}`, () => (count === 1 ? this.single(top) : this.bin(radius, mix, top)));
  }

  /** Draw a mark of some events with its middle at a point. @param mix of `mixOf` */
  draw(to: CanvasRenderingContext2D, x: number, y: number, count: number, mix: readonly number[]): void {
    const size = 2 * (radiusOf(count) + EDGE);
    this.copy(to, this.slotOf(count, mix), x, y, size, size);
    if (count > 1) this.number(to, x, y + (radiusOf(count) >= GLYPH_RADIUS ? 5.5 : 0), shortNumber(count, this.ink.point));
  }

  private number(to: CanvasRenderingContext2D, x: number, y: number, text: string): void {
    let width = 0;
    for (const sign of text) width += this.digits.get(sign)?.width ?? 0;
    let left = x - width / 2;
    for (const sign of text) {
      const digit = this.digits.get(sign);
      if (!digit) continue;
      this.copy(to, digit.slot, left + digit.width / 2, y, 2 * Math.ceil(digit.width / 2 + 1), DIGIT_HEIGHT);
      left += digit.width;
    }
  }

  /** Copy the middle of a slot. @param width @param height of it, CSS px */
  private copy(to: CanvasRenderingContext2D, slot: number, x: number, y: number, width: number, height: number): void {
    const { scale } = this;
    const page = this.pages[Math.floor(slot / PAGE_SLOTS)];
    if (!page) return;
    const [column, row] = [slot % SLOTS_ACROSS, Math.floor((slot % PAGE_SLOTS) / SLOTS_ACROSS)];
    const [left, top] = [((column + 0.5) * SLOT - width / 2) * scale, ((row + 0.5) * SLOT - height / 2) * scale];
    // On whole device pixels: sharp, and a copy without smoothing.
    const snap = (at: number) => Math.round(at * scale) / scale;
    to.drawImage(page, left, top, width * scale, height * scale, snap(x - width / 2), snap(y - height / 2), width, height);
  }

  private slot(key: string, draw: () => void): number {
    const known = this.slots.get(key);
    if (known !== undefined) return known;
    if (this.digits.size + this.slots.size >= MOST_SLOTS) {
      this.slots.clear();
      this.pages.length = 0;
      const signs = [...this.digits.keys()];
      this.digits.clear();
      for (const sign of signs) this.addDigit(sign);
    }
    const slot = this.digits.size + this.slots.size;
    this.slots.set(key, slot);
    this.at(slot, draw);
    return slot;
  }

  private at(slot: number, draw: () => void): void {
    const { scale } = this;
    const paint = this.page(Math.floor(slot / PAGE_SLOTS));
    this.paint = paint;
    if (!paint) return;
    const [column, row] = [slot % SLOTS_ACROSS, Math.floor((slot % PAGE_SLOTS) / SLOTS_ACROSS)];
    paint.setTransform(scale, 0, 0, scale, (column + 0.5) * SLOT * scale, (row + 0.5) * SLOT * scale);
    draw();
  }

  private page(n: number): CanvasRenderingContext2D | null {
    const page = this.pages[n] ?? document.createElement('canvas');
    if (!this.pages[n]) {
      page.width = page.height = Math.ceil(SLOT * SLOTS_ACROSS * this.scale);
      this.pages[n] = page;
    }
    return page.getContext('2d');
  }

  private addDigit(sign: string): void {
    const slot = this.digits.size;
    const paint = this.page(Math.floor(slot / PAGE_SLOTS));
    if (!paint) return;
    paint.font = `600 ${DIGIT_PX}px ${this.ink.font}`;
    const { width } = paint.measureText(sign);
    this.digits.set(sign, { slot, width });
    this.at(slot, () => {
      paint.textAlign = 'center';
      paint.textBaseline = 'middle';
      paint.fillStyle = this.ink.ink;
      paint.fillText(sign, 0, 0.5);
    });
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

function disc(paint: CanvasRenderingContext2D, radius: number, fill: string): void {
  paint.beginPath();
  paint.arc(0, 0, radius, 0, 2 * Math.PI);
  paint.fillStyle = fill;
  paint.fill();
}
