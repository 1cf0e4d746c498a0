/** Shaded relief, decoded once to black and white with opacity, so that any theme's colours show through unchanged. */
import type { ReliefImage } from '../../core/basemap.ts';
import { project } from '../../core/geo.ts';
import type { Context, TileAddress } from './Sheet.ts';

/** Rows decoded in one go: about two milliseconds, so that no gesture waits for the rest. */
const ROWS = 96;

export class Relief {
  readonly fromZoom: number;
  private readonly shade: OffscreenCanvas;
  private readonly light: OffscreenCanvas;
  private readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

  private constructor(image: ReliefImage, shade: OffscreenCanvas, light: OffscreenCanvas) {
    const [w, s, e, n] = image.bounds;
    const nw = project([w, n]);
    const se = project([e, s]);
    this.fromZoom = image.fromZoom;
    this.box = { x: nw.x, y: nw.y, width: se.x - nw.x, height: se.y - nw.y };
    this.shade = shade;
    this.light = light;
  }

  /**
   * Fetch and decode.
   * @param url address of the image
   * @throws Error when it cannot be had or is no image
   */
  static async load(image: ReliefImage, url: string, flat: number, deadBand: number): Promise<Relief> {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
    const bitmap = await createImageBitmap(await response.blob());
    const { width, height } = bitmap;
    const [source, shade, light] = [0, 1, 2].map(() => new OffscreenCanvas(width, height)) as [OffscreenCanvas, OffscreenCanvas, OffscreenCanvas];
    const [from, toShade, toLight] = [source, shade, light].map((c) => c.getContext('2d', { willReadFrequently: c === source }));
    if (!from || !toShade || !toLight) throw new Error('No canvas to decode on.');
    from.drawImage(bitmap, 0, 0);
    bitmap.close();
    for (let y = 0; y < height; y += ROWS) {
      const rows = Math.min(ROWS, height - y);
      const { data } = from.getImageData(0, y, width, rows);
      const dark = toShade.createImageData(width, rows);
      const bright = toLight.createImageData(width, rows);
      bright.data.fill(255);
      for (let i = 0; i < data.length; i += 4) {
        const off = (data[i] ?? flat) - flat;
        // Within the dead band an image's own noise would show as patches.
        const lift = Math.max(0, Math.abs(off) - deadBand) / (127 - deadBand);
        dark.data[i + 3] = off < 0 ? lift * 255 : 0;
        bright.data[i + 3] = off > 0 ? lift * 255 : 0;
      }
      toShade.putImageData(dark, 0, y);
      toLight.putImageData(bright, 0, y);
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
    }
    return new Relief(image, shade, light);
  }

  /** Paint the part that a tile holds into the square from 0,0 to px,px. */
  paint(context: Context, { z, x, y }: TileAddress, px: number, strength: { readonly shade: number; readonly light: number }): void {
    const count = 2 ** z;
    const { box } = this;
    const left = (box.x * count - x) * px;
    const top = (box.y * count - y) * px;
    const width = box.width * count * px;
    const height = box.height * count * px;
    if (left > px || top > px || left + width < 0 || top + height < 0) return;
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    for (const [canvas, alpha] of [
      [this.shade, strength.shade],
      [this.light, strength.light],
    ] as const) {
      if (alpha === 0) continue;
      context.globalAlpha = alpha;
      drawPart(context, canvas, left, top, width, height, px);
    }
    context.globalAlpha = 1;
  }
}

/** Draw only the source pixels that the square shows, and one around them to smooth with: the whole image stretched over a town is slow. */
function drawPart(context: Context, image: OffscreenCanvas, left: number, top: number, width: number, height: number, px: number): void {
  const sx = image.width / width;
  const sy = image.height / height;
  const x0 = Math.max(0, Math.floor(-left * sx) - 1);
  const y0 = Math.max(0, Math.floor(-top * sy) - 1);
  const x1 = Math.min(image.width, Math.ceil((px - left) * sx) + 1);
  const y1 = Math.min(image.height, Math.ceil((px - top) * sy) + 1);
  if (x1 <= x0 || y1 <= y0) return;
  context.drawImage(image, x0, y0, x1 - x0, y1 - y0, left + x0 / sx, top + y0 / sy, (x1 - x0) / sx, (y1 - y0) / sy);
}
