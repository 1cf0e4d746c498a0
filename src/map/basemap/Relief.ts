/** Shaded relief, decoded to black and white with opacity, so that any theme's colours show through unchanged. */
import type { ReliefImage } from '../../core/basemap.ts';
import { project } from '../../core/geo.ts';
import type { Context, TileAddress } from './Sheet.ts';

/** Rows decoded in one go: about two milliseconds, so that no gesture waits for the rest. */
const ROWS = 96;

/** Greatest opacity of the black and the white that darken and lighten what is under them, 0 to 1. */
export interface ReliefStrength {
  readonly shade: number;
  readonly light: number;
}

/** How an image's greys are meant. */
export interface ReliefGreys {
  /** The grey of flat land, 0 to 255. */
  readonly flat: number;
  /** Within so many greys of it an image's own noise would show as patches. */
  readonly deadBand: number;
}

export class Relief {
  readonly fromZoom: number;
  private readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** As it came: a twentieth of what it is when decoded. */
  private readonly file: Blob;
  private readonly greys: ReliefGreys;
  private readonly onChange: () => void;
  /** One picture of both: no pixel is darkened and lightened. So it holds for one balance of black and white. */
  private picture: ImageBitmap | null = null;
  private balance = Number.NaN;

  private constructor({ bounds: [w, s, e, n], fromZoom }: ReliefImage, file: Blob, greys: ReliefGreys, onChange: () => void) {
    const nw = project([w, n]);
    const se = project([e, s]);
    this.fromZoom = fromZoom;
    this.box = { x: nw.x, y: nw.y, width: se.x - nw.x, height: se.y - nw.y };
    this.file = file;
    this.greys = greys;
    this.onChange = onChange;
  }

  /**
   * Fetch and decode.
   * @param url      address of the image
   * @param strength in which it will be painted first
   * @param onChange called when it has been decoded for a theme that balances black and white otherwise, and should be painted again
   * @throws Error when it cannot be had or is no image
   */
  static async load(image: ReliefImage, url: string, greys: ReliefGreys, strength: ReliefStrength, onChange: () => void): Promise<Relief> {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
    const relief = new Relief(image, await response.blob(), greys, onChange);
    await relief.decode(strength);
    return relief;
  }

  /** @throws Error when the file is no image, or there is no canvas to decode on */
  private async decode({ shade, light }: ReliefStrength): Promise<void> {
    const most = Math.max(shade, light);
    const balance = balanceOf({ shade, light });
    if (most === 0) return;
    this.balance = balance;
    const bitmap = await createImageBitmap(this.file);
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('No canvas to decode on.');
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    const { flat, deadBand } = this.greys;
    const [dark, bright] = [(255 * shade) / most, (255 * light) / most];
    for (let y = 0; y < height; y += ROWS) {
      const rows = context.getImageData(0, y, width, Math.min(ROWS, height - y));
      const { data } = rows;
      for (let i = 0; i < data.length; i += 4) {
        const off = (data[i] ?? flat) - flat;
        const lift = Math.max(0, Math.abs(off) - deadBand) / (127 - deadBand);
        data[i] = data[i + 1] = data[i + 2] = off < 0 ? 0 : 255;
        data[i + 3] = lift * (off < 0 ? dark : bright);
      }
      context.putImageData(rows, 0, y);
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
    }
    if (this.balance !== balance) return; // the theme has changed again
    this.picture?.close();
    this.picture = canvas.transferToImageBitmap();
  }

  /** Paint the part that a tile holds into the square from 0,0 to px,px. */
  paint(context: Context, { z, x, y }: TileAddress, px: number, { shade, light }: ReliefStrength): void {
    const count = 2 ** z;
    const { box, picture } = this;
    if (shade === 0 && light === 0) return;
    if (balanceOf({ shade, light }) !== this.balance) this.decode({ shade, light }).then(this.onChange, () => undefined);
    const left = (box.x * count - x) * px;
    const top = (box.y * count - y) * px;
    const width = box.width * count * px;
    const height = box.height * count * px;
    if (!picture || left > px || top > px || left + width < 0 || top + height < 0) return;
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    context.globalAlpha = Math.max(shade, light);
    drawPart(context, picture, left, top, width, height, px);
    context.globalAlpha = 1;
  }
}

/** Share of white in hundredths, which a zoom's strength does not change. */
function balanceOf({ shade, light }: ReliefStrength): number {
  return Math.round((light / (shade + light)) * 100);
}

/** Draw only the source pixels that the square shows, and one around them to smooth with: the whole image stretched over a town is slow. */
function drawPart(context: Context, image: ImageBitmap, left: number, top: number, width: number, height: number, px: number): void {
  const sx = image.width / width;
  const sy = image.height / height;
  const x0 = Math.max(0, Math.floor(-left * sx) - 1);
  const y0 = Math.max(0, Math.floor(-top * sy) - 1);
  const x1 = Math.min(image.width, Math.ceil((px - left) * sx) + 1);
  const y1 = Math.min(image.height, Math.ceil((px - top) * sy) + 1);
  if (x1 <= x0 || y1 <= y0) return;
  context.drawImage(image, x0, y0, x1 - x0, y1 - y0, left + x0 / sx, top + y0 / sy, (x1 - x0) / sx, (y1 - y0) / sy);
}
