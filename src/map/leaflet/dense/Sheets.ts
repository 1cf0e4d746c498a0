/** Canvases side by side that move as one: one over the map's view, four around it. */

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

/**
 * A browser without a graphics processor paints a canvas and copies the whole of it before the next frame. So what is in
 * view and what may come into view by a drag are apart, and the second can be painted later.
 */
export class Sheets {
  readonly element = document.createElement('div');
  /** Size of all sheets together, and how much of it lies left of the view and above it, px. */
  width = 0;
  height = 0;
  marginX = 0;
  marginY = 0;
  private ratio = 1;
  private sheets: readonly Sheet[] = [];

  constructor() {
    this.element.setAttribute('aria-hidden', 'true');
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
    const areas: readonly Area[] = [
      { left: x, top: y, width: across, height: down },
      { left: 0, top: 0, width: this.width, height: y },
      { left: 0, top: y + down, width: this.width, height: y },
      { left: 0, top: y, width: x, height: down },
      { left: x + across, top: y, width: x, height: down },
    ];
    const old = this.sheets;
    this.sheets = areas.map((area, i) => {
      const canvas = old[i]?.canvas ?? this.element.appendChild(document.createElement('canvas'));
      canvas.className = 'dense-canvas';
      const [w, h] = [Math.round(area.width * ratio), Math.round(area.height * ratio)];
      // Giving a canvas a size, even its own, makes it anew.
      if (canvas.width !== w) canvas.width = w;
      if (canvas.height !== h) canvas.height = h;
      Object.assign(canvas.style, { left: `${area.left}px`, top: `${area.top}px`, width: `${area.width}px`, height: `${area.height}px` });
      return { ...area, canvas };
    });
  }

  /** Part them in those that an area touches and the rest. */
  parted(area: Area): [near: Sheet[], far: Sheet[]] {
    return [this.sheets.filter((s) => touches(s, area)), this.sheets.filter((s) => !touches(s, area))];
  }

  /**
   * Begin a sheet anew, in view.
   * @returns what paints on it, in px from the corner of all sheets; null where the browser has no canvas to give
   */
  begin({ canvas, left, top }: Sheet): CanvasRenderingContext2D | null {
    canvas.style.visibility = '';
    const paint = canvas.getContext('2d');
    paint?.setTransform(1, 0, 0, 1, 0, 0);
    paint?.clearRect(0, 0, canvas.width, canvas.height);
    paint?.setTransform(this.ratio, 0, 0, this.ratio, -left * this.ratio, -top * this.ratio);
    return paint;
  }

  /** Keep from view what is on a sheet, as it is no longer right, until it is begun anew. */
  hide({ canvas }: Sheet): void {
    canvas.style.visibility = 'hidden';
  }
}

function touches(a: Area, b: Area): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}
