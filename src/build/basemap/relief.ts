/** Shaded relief in Web Mercator: 128 is flat, lighter faces north-west, darker away from it. */
import type { MultiPolygon } from 'geojson';
import { type Elevation, heightAt } from './elevation.ts';
import { type Bounds, polygonsOf } from './geometry.ts';
import type { Pack } from './pack.ts';
import type { Sharp } from './tools.ts';

/** Radius of the sphere of EPSG:3857, metres. */
const RADIUS = 6378137;
const RADIANS = Math.PI / 180;

const mercatorX = (lng: number) => RADIUS * lng * RADIANS;
const mercatorY = (lat: number) => RADIUS * Math.log(Math.tan(Math.PI / 4 + (lat * RADIANS) / 2));
const lngOf = (x: number) => x / RADIUS / RADIANS;
const latOf = (y: number) => (2 * Math.atan(Math.exp(y / RADIUS)) - Math.PI / 2) / RADIANS;

/** Grey for level ground. */
const FLAT = 128;

/** Greys this near to flat are made flat: the steppe stays clean. Readers of the image should do the same after decoding. */
const DEAD_BAND = 2;

/** Slope, height over distance, at which shading is half way to black or white. Low, because two arc-minutes wear peaks down. */
const HALF_SLOPE = 0.045;

/** Shades of gentle slopes are lifted by this power, those of steep ones pressed: uplands show beside the Tian Shan. */
const GAMMA = 0.8;

/** Width of the soft edge, as a share of the smaller side. */
const FEATHER = 0.12;

/** Where an image of relief lies. */
interface ReliefFrame {
  readonly bounds: Bounds;
  readonly width: number;
  readonly height: number;
  /** Side of a pixel in metres of EPSG:3857; at 48 N a third shorter on the ground. */
  readonly metres: number;
}

/** The frame that covers the bounds with pixels of a given size. Its bounds are widened to whole pixels, east and south. */
function reliefFrame([w, s, e, n]: Bounds, metres: number): ReliefFrame {
  const width = Math.ceil((mercatorX(e) - mercatorX(w)) / metres);
  const height = Math.ceil((mercatorY(n) - mercatorY(s)) / metres);
  const round = (degrees: number) => Number(degrees.toFixed(5));
  const bounds: Bounds = [w, round(latOf(mercatorY(n) - height * metres)), round(lngOf(mercatorX(w) + width * metres)), n];
  return { bounds, width, height, metres };
}

/** 1 on land, 0 on water, in between at the shore. Even-odd scan of the polygons, three lines to a pixel. */
function landShare(land: MultiPolygon, { bounds, width, height, metres }: ReliefFrame): Float32Array {
  const lines = 3;
  const share = new Float32Array(width * height);
  const crossings: number[][] = Array.from({ length: height * lines }, () => []);
  const [left, top] = [mercatorX(bounds[0]), mercatorY(bounds[3])];
  for (const ring of polygonsOf(land).flat()) {
    for (let i = 1; i < ring.length; i++) {
      const [x0, y0, x1, y1] = [...(ring[i - 1] ?? []), ...(ring[i] ?? [])].map((v, k) =>
        k % 2 === 0 ? (mercatorX(v) - left) / metres : ((top - mercatorY(v)) / metres) * lines - 0.5,
      );
      if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined || y0 === y1) continue;
      const [from, to] = [Math.max(0, Math.ceil(Math.min(y0, y1))), Math.min(height * lines, Math.ceil(Math.max(y0, y1)))];
      for (let y = from; y < to; y++) crossings[y]?.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    }
  }
  crossings.forEach((xs, line) => {
    xs.sort((a, b) => a - b);
    const row = Math.floor(line / lines) * width;
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const [from, to] = [Math.max(0, xs[i] ?? 0), Math.min(width, xs[i + 1] ?? 0)];
      for (let x = Math.floor(from); x < to; x++) share[row + x] = (share[row + x] ?? 0) + (Math.min(to, x + 1) - Math.max(from, x)) / lines;
    }
  });
  return share;
}

/** 0 at the edge of the frame, 1 from `FEATHER` inwards, smooth in between. */
function feather(x: number, y: number, { width, height }: ReliefFrame): number {
  const t = Math.min(1, Math.min(x + 1, y + 1, width - x, height - y) / (FEATHER * Math.min(width, height)));
  return t * t * (3 - 2 * t);
}

/**
 * Shade the heights within the frame.
 * @param land what is to be shaded; elsewhere the image is flat   @returns one byte per pixel, row by row from the north-west.
 */
function shade(elevation: Elevation, land: MultiPolygon, frame: ReliefFrame): Uint8Array {
  const { bounds, width, height, metres } = frame;
  const [left, top] = [mercatorX(bounds[0]), mercatorY(bounds[3])];
  const share = landShare(land, frame);
  const heights = new Float32Array((width + 2) * (height + 2));
  for (let y = -1; y <= height; y++) {
    const lat = latOf(top - (y + 0.5) * metres);
    for (let x = -1; x <= width; x++) heights[(y + 1) * (width + 2) + x + 1] = heightAt(elevation, lngOf(left + (x + 0.5) * metres), lat);
  }
  const at = (x: number, y: number) => heights[(y + 1) * (width + 2) + x + 1] ?? 0;
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const ground = metres * Math.cos(latOf(top - (y + 0.5) * metres) * RADIANS);
    // Rise towards the south-east, that is, how much the ground faces a light in the north-west.
    const rise = (at(x + 1, y) - at(x - 1, y) + at(x, y + 1) - at(x, y - 1)) / (2 * ground * Math.SQRT2);
    const tone = Math.sign(rise) * Math.tanh(0.55 * (Math.abs(rise) / HALF_SLOPE) ** GAMMA);
    const grey = Math.round(tone * 127 * (share[i] ?? 0) * feather(x, y, frame));
    return FLAT + (Math.abs(grey) <= DEAD_BAND ? 0 : grey);
  });
}

/** What a page must know to draw the images; written as `relief.json`. */
export interface ReliefIndex {
  readonly projection: 'EPSG:3857';
  /** Grey of level ground, and the distance from it below which a grey counts as level: apply it after decoding. */
  readonly flat: number;
  readonly deadBand: number;
  /** From coarse to fine. `bounds` are those of the image's outer edge, degrees; `metres` the side of a pixel in EPSG:3857. */
  readonly images: readonly ({ readonly file: string } & ReliefFrame)[];
}

/**
 * Make the pack's images of relief and their index. The same bytes for the same heights, as the encoder's version is pinned.
 * @param land what is to be shaded; water stays flat
 */
export async function makeRelief(
  elevation: Elevation,
  land: MultiPolygon,
  pack: Pack,
  sharp: Sharp,
): Promise<{
  readonly images: readonly { readonly file: string; readonly content: Uint8Array }[];
  readonly index: ReliefIndex;
}> {
  const images = [];
  const frames = [];
  for (const { file, metres, quality } of pack.relief.images) {
    const frame = reliefFrame(pack.relief.bounds, metres);
    const raw = { width: frame.width, height: frame.height, channels: 1 } as const;
    images.push({
      file,
      content: await sharp(shade(elevation, land, frame), { raw })
        .webp({ quality, effort: 6 })
        .toBuffer(),
    });
    frames.push({ file, ...frame });
  }
  return { images, index: { projection: 'EPSG:3857', flat: FLAT, deadBand: DEAD_BAND, images: frames } };
}
