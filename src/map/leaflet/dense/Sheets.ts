/** Canvases side by side that move as one: one over the map's view with a spare behind it, and four around it. */

/** Share of the map's size that lies around its view on each side. */
const MARGIN = 0.25;
/** Sheets begin and end at multiples of this, px: at whole device pixels, also where a CSS px is one and a half of them. */
const STEP = 4;

/** A rectangle, px from the top left corner of all sheets. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Sheet extends Area {
  readonly canvas: HTMLCanvasElement;
}

const NOTHING: Area = { left: 0, top: 0, width: 0, height: 0 };

/**
 * A browser without a graphics processor paints a canvas and copies the whole of it before the next frame. So what is in
 * view and what may come into view by a drag are apart, and the second can be painted later; and what is painted ahead of
 * its time lies on a sheet of its own.
 */
export class Sheets {
  readonly element = document.createElement('div');
  /** Over the view. */
  middle: Sheet = this.made();
  /** Where the view is too, and out of sight until the two change places. */
  spare: Sheet = this.made();
  private around: readonly Sheet[] = Array.from({ length: 4 }, () => this.made());
  /** Size of all sheets together, and how much of it lies left of the view and above it, px. */
  width = 0;
  height = 0;
  marginX = 0;
  marginY = 0;
  private ratio = 1;

  constructor() {
    this.element.setAttribute('aria-hidden', 'true');
    this.hide(this.spare);
  }

  private made(): Sheet {
    const canvas = document.createElement('canvas');
    canvas.className = 'dense-canvas';
    this.element.append(canvas);
    return { ...NOTHING, canvas };
  }

  /** Lay them around a view. @param width @param height of it, CSS px @param ratio device px per CSS px */
  lay(width: number, height: number, ratio: number): void {
    const whole = (px: number) => Math.ceil(px / STEP) * STEP;
    const [across, down, x, y] = [whole(width), whole(height), whole(width * MARGIN), whole(height * MARGIN)];
    this.width = across + 2 * x;
    this.height = down + 2 * y;
    this.marginX = x;
    this.marginY = y;
    this.ratio = ratio;
    const view = { left: x, top: y, width: across, height: down };
    this.middle = this.laid(this.middle, view);
    this.spare = this.laid(this.spare, view);
    const areas: readonly Area[] = [
      { left: 0, top: 0, width: this.width, height: y },
      { left: 0, top: y + down, width: this.width, height: y },
      { left: 0, top: y, width: x, height: down },
      { left: x + across, top: y, width: x, height: down },
    ];
    this.around = this.around.map((sheet, i) => this.laid(sheet, areas[i] ?? NOTHING));
  }

  private laid({ canvas }: Sheet, area: Area): Sheet {
    const [w, h] = [Math.round(area.width * this.ratio), Math.round(area.height * this.ratio)];
    // Giving a canvas a size, even its own, makes it anew.
    if (canvas.width !== w) canvas.width = w;
    if (canvas.height !== h) canvas.height = h;
    Object.assign(canvas.style, { left: `${area.left}px`, top: `${area.top}px`, width: `${area.width}px`, height: `${area.height}px` });
    return { ...area, canvas };
  }

  /** Part those in sight in them that an area touches and the rest. */
  parted(area: Area): [near: Sheet[], far: Sheet[]] {
    const sheets = [this.middle, ...this.around];
    return [sheets.filter((s) => touches(s, area)), sheets.filter((s) => !touches(s, area))];
  }

  /**
   * Begin a sheet anew.
   * @returns what paints on it, in px from the corner of all sheets; null where the browser has no canvas to give
   */
  begin({ canvas, left, top }: Sheet): CanvasRenderingContext2D | null {
    const paint = canvas.getContext('2d');
    paint?.setTransform(1, 0, 0, 1, 0, 0);
    paint?.clearRect(0, 0, canvas.width, canvas.height);
    paint?.setTransform(this.ratio, 0, 0, this.ratio, -left * this.ratio, -top * this.ratio);
    return paint;
  }

  /** Bring what is painted on the spare sheet into sight; what lay over the view is the spare then. */
  flip(): void {
    [this.middle, this.spare] = [this.spare, this.middle];
    this.show(this.middle);
    this.hide(this.spare);
  }

  show({ canvas }: Sheet): void {
    canvas.style.visibility = '';
  }

  /** Keep from view what is on a sheet: it is not right any more, or not yet. */
  hide({ canvas }: Sheet): void {
    canvas.style.visibility = 'hidden';
  }
}

function touches(a: Area, b: Area): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}
