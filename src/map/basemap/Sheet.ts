/**
 * The basemap as vectors, ready to be painted tile by tile. Each object is cut into tiles by geojson-vt on demand, so
 * a pan pays only for what it uncovers. No Leaflet, no DOM but the canvas that it paints on.
 */

import type { Feature, Geometry } from 'geojson';
import GeoJSONVT from 'geojson-vt';
import type { Topology } from 'topojson-specification';
import type { BasemapFile } from '../../core/basemap.ts';
import { featuresOf } from '../../core/basemap.ts';
import type { BasemapObject } from '../../core/basemap-style.ts';
import { DRAW_STEPS } from '../../core/basemap-style.ts';
import type { Palette } from '../../core/tokens.ts';

/** Units of a tile's side, as geojson-vt counts. */
const EXTENT = 4096;
/** Px of simplification at the tile's own zoom: less than what an eye sees. */
const TOLERANCE = 1.5;
const MAX_ZOOM = 14;

/** A tile of the world at a whole zoom: 2^z by 2^z of them. */
export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

export class Sheet {
  private readonly shapes: ReadonlyMap<BasemapObject, () => Feature<Geometry>[]>;
  private readonly cut = new Map<BasemapObject, GeoJSONVT>();

  constructor(file: BasemapFile) {
    const from =
      (topology: Topology, name: string, keep: (f: Feature<Geometry>) => boolean = () => true) =>
      () =>
        featuresOf(topology, name).filter(keep);
    const isFocus = (f: Feature<Geometry>) => f.properties?.focus === true;
    this.shapes = new Map<BasemapObject, () => Feature<Geometry>[]>([
      ['land', from(file.base, 'land')],
      ['focus', from(file.base, 'focus')],
      ['regionLines', from(file.base, 'regionLines')],
      ['borders', from(file.base, 'borders', (f) => !isFocus(f))],
      ['focusLine', from(file.base, 'borders', isFocus)],
      ['lakes', from(file.water, 'lakes')],
      ['rivers', from(file.water, 'rivers')],
    ]);
  }

  /**
   * Paint one tile into the square from 0,0 to px,px of a context.
   * @param zoom the zoom that readers see, which may be fractional; widths and ranks follow it
   */
  paint(context: CanvasRenderingContext2D, tile: TileAddress, px: number, zoom: number, palette: Palette): void {
    context.fillStyle = palette.water;
    context.fillRect(0, 0, px, px);
    context.lineJoin = 'round';
    context.lineCap = 'round';
    const scale = px / EXTENT;
    for (const step of DRAW_STEPS) {
      const raw = this.index(step.object).getTileRaw(tile.z, tile.x, tile.y);
      if (!raw) continue;
      context.beginPath();
      for (const f of raw.features) {
        if (f.type !== 2 && f.type !== 3) continue;
        if (step.ranked && Number(f.tags?.rank ?? 0) > zoom) continue;
        for (const ring of f.geometry) trace(context, ring, scale, f.type === 3);
      }
      if (step.paint === 'fill') {
        context.fillStyle = palette[step.color];
        context.fill('evenodd');
      } else {
        context.strokeStyle = palette[step.color];
        context.lineWidth = step.width(zoom);
        context.stroke();
      }
    }
  }

  private index(object: BasemapObject): GeoJSONVT {
    let index = this.cut.get(object);
    if (!index) {
      const features = this.shapes.get(object)?.() ?? [];
      index = new GeoJSONVT({ type: 'FeatureCollection', features }, { maxZoom: MAX_ZOOM, indexMaxZoom: 2, tolerance: TOLERANCE, extent: EXTENT, buffer: 48 });
      this.cut.set(object, index);
    }
    return index;
  }
}

function trace(context: CanvasRenderingContext2D, ring: Int16Array | Int32Array, scale: number, close: boolean): void {
  for (let i = 0; i < ring.length; i += 2) {
    const x = (ring[i] ?? 0) * scale;
    const y = (ring[i + 1] ?? 0) * scale;
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  if (close) context.closePath();
}
