/** Heights of land from Marble's SRTM tiles, as a grid one can sample anywhere. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Bounds } from './geometry.ts';
import { openDebianPackage, type Say } from './sources.ts';
import type { Sharp } from './tools.ts';

/** Level 3 of the tile pyramid: 16 by 8 tiles of 675 pixels, plate carrée, so 30 pixels to a degree (2 arc-minutes). */
const TILE = 675;
const PER_DEGREE = 30;

/** Heights in metres above the sea, row by row from the north-west. */
export interface Elevation {
  readonly width: number;
  readonly height: number;
  /** The north-western corner, degrees. */
  readonly west: number;
  readonly north: number;
  readonly metres: Float32Array;
}

/**
 * Height for a grey level of the tiles. They are stretched roughly with the logarithm of the height: the constants fit known places
 * from Balkhash (342 m, grey 141) to Karakul (3914 m, grey 217) to within a tenth, which is ample for shading and for nothing else.
 */
function greyToMetres(grey: number): number {
  return 800 * Math.exp((grey - 168) / 28.8);
}

/** The tiles hold JPEG noise of a level or two, which the exponential would turn into ridges: spread each pixel over its neighbours. */
function blur(grey: Float32Array, width: number, height: number): Float32Array {
  const kernel = [0.0625, 0.25, 0.375, 0.25, 0.0625];
  const pass = (from: Float32Array, step: number, count: (i: number) => number, size: number) => {
    const to = new Float32Array(from.length);
    for (let i = 0; i < from.length; i++) {
      const at = count(i);
      let sum = 0;
      for (let k = -2; k <= 2; k++) sum += (kernel[k + 2] ?? 0) * (from[i + (Math.max(0, Math.min(size - 1, at + k)) - at) * step] ?? 0);
      to[i] = sum;
    }
    return to;
  };
  const rows = pass(grey, 1, (i) => i % width, width);
  return pass(rows, width, (i) => Math.floor(i / width), height);
}

/**
 * Read the heights within the bounds.
 * @returns null when the Debian package is not to be had. Throws when a tile is missing from it.
 */
export async function readElevation(bounds: Bounds, sharp: Sharp, say: Say): Promise<Elevation | null> {
  const folder = openDebianPackage('marble-qt-data', say);
  if (folder === null) return null;
  const [w, s, e, n] = bounds;
  const [left, top] = [Math.floor((w + 180) * PER_DEGREE), Math.floor((90 - n) * PER_DEGREE)];
  const [right, bottom] = [Math.ceil((e + 180) * PER_DEGREE), Math.ceil((90 - s) * PER_DEGREE)];
  const [width, height] = [right - left, bottom - top];
  const grey = new Float32Array(width * height);
  for (let row = Math.floor(top / TILE); row * TILE < bottom; row++) {
    for (let column = Math.floor(left / TILE); column * TILE < right; column++) {
      const name = (value: number) => String(value).padStart(6, '0');
      const file = join(folder, 'usr/share/marble/data/maps/earth/srtm/3', name(row), `${name(row)}_${name(column)}.jpg`);
      if (!existsSync(file)) throw new Error(`Expected the elevation tile ${file}, found none. Delete .cache/basemap/debian and run again.`);
      const pixels = await sharp(file).greyscale().raw().toBuffer();
      for (let y = Math.max(top, row * TILE); y < Math.min(bottom, (row + 1) * TILE); y++) {
        for (let x = Math.max(left, column * TILE); x < Math.min(right, (column + 1) * TILE); x++) {
          grey[(y - top) * width + (x - left)] = pixels[(y - row * TILE) * TILE + (x - column * TILE)] ?? 0;
        }
      }
    }
  }
  const metres = blur(grey, width, height).map(greyToMetres);
  return { width, height, west: left / PER_DEGREE - 180, north: 90 - top / PER_DEGREE, metres };
}

/** Weights of the uniform cubic B-spline at fraction t: smoother than bilinear, which shows its grid once shaded. */
function spline(t: number): readonly [number, number, number, number] {
  const u = 1 - t;
  return [u ** 3 / 6, (3 * t ** 3 - 6 * t ** 2 + 4) / 6, (3 * u ** 3 - 6 * u ** 2 + 4) / 6, t ** 3 / 6];
}

/** Height in metres at a point; beyond the edge, that of the nearest cell. */
export function heightAt(elevation: Elevation, lng: number, lat: number): number {
  const { width, height, west, north, metres } = elevation;
  const [x, y] = [(lng - west) * PER_DEGREE - 0.5, (north - lat) * PER_DEGREE - 0.5];
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [wx, wy] = [spline(x - column), spline(y - row)];
  let sum = 0;
  for (let j = 0; j < 4; j++) {
    const line = Math.max(0, Math.min(height - 1, row + j - 1)) * width;
    for (let i = 0; i < 4; i++) {
      sum += (wx[i] ?? 0) * (wy[j] ?? 0) * (metres[line + Math.max(0, Math.min(width - 1, column + i - 1))] ?? 0);
    }
  }
  return sum;
}
