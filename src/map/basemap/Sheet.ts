/**
 * The basemap as vectors, ready to be painted tile by tile. Each object is cut into tiles by geojson-vt on demand, so
 * a pan pays only for what it uncovers. Detail, relief and local features join when they have been fetched. No Leaflet,
 * no DOM but the canvas that it paints on.
 */
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import GeoJSONVT from 'geojson-vt';
import type { Topology } from 'topojson-specification';
import type { BasemapFile } from '../../core/basemap.ts';
import { featuresOf } from '../../core/basemap.ts';
import type { BasemapObject, GroundPalette } from '../../core/basemap-style.ts';
import { DRAW_STEPS, graticuleStep, OUTLINE_WIDTH, RELIEF_AFTER, reliefStrength, SHADE } from '../../core/basemap-style.ts';
import { project, TILE, unproject } from '../../core/geo.ts';
import type { Relief, ReliefStrength } from './Relief.ts';

/** Units of a tile's side, as geojson-vt counts. */
const EXTENT = 4096;
/** Px of simplification at the tile's own zoom: less than what an eye sees. */
const TOLERANCE = 2.5;
/** Tiles are cut down to this zoom; closer ones are parts of these, drawn larger. */
const MAX_CUT = 14;

/** A tile of the world at a whole zoom: 2^z by 2^z of them. */
export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** A canvas to paint on, in a page or in a worker. */
export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export interface SheetTheme {
  readonly palette: GroundPalette;
  readonly relief: ReliefStrength;
  /** Faint lines of longitude and latitude where the map is sparse. */
  readonly graticule: boolean;
  /** Ids of the areas whose outline is drawn strong: those that events of the story belong to. */
  readonly outlined: readonly string[];
}

type Keep = (f: Feature<Geometry>) => boolean;
const isFocus: Keep = (f) => f.properties?.focus === true;
const isFar: Keep = (f) => f.properties?.far === true;

export class Sheet {
  private readonly file: BasemapFile;
  private readonly detailFrom: number;
  private readonly cut = new Map<string, GeoJSONVT>();
  private readonly reliefs: Relief[] = [];
  private detail: Topology | null = null;
  private runways: FeatureCollection['features'] = [];

  /** @param detailFrom the whole zoom from which detail, once added, takes the place of the first lines */
  constructor(file: BasemapFile, detailFrom: number) {
    this.file = file;
    this.detailFrom = detailFrom;
  }

  addDetail(topology: Topology): void {
    this.detail = topology;
  }

  /** Images may come in any order; the finest that a zoom is worth is painted. */
  addRelief(relief: Relief): void {
    this.reliefs.push(relief);
    this.reliefs.sort((a, b) => b.fromZoom - a.fromZoom);
  }

  addLocal(local: FeatureCollection): void {
    this.runways = local.features.filter((f) => f.geometry.type === 'LineString');
  }

  /**
   * Paint one tile into the square from 0,0 to px,px of a context.
   * @param zoom the zoom that readers see, which may be fractional; widths and ranks follow it
   */
  paint(context: Context, tile: TileAddress, px: number, zoom: number, { palette, relief, graticule, outlined }: SheetTheme): void {
    context.fillStyle = palette.water;
    context.fillRect(0, 0, px, px);
    context.lineJoin = 'round';
    context.lineCap = 'round';
    const detailed = this.detail !== null && Math.round(zoom) >= this.detailFrom;
    for (const step of DRAW_STEPS) {
      const color = palette[step.color];
      // Detail's land is a patch with edges of its own; its sea has a shore among the lakes.
      const patchEdge = detailed && step.object === 'land' && step.paint === 'stroke';
      if (color !== 'transparent' && !patchEdge) {
        for (const index of this.sources(step.object, detailed)) {
          context.beginPath();
          this.trace(context, index, tile, px, step.ranked ? zoom : null);
          if (step.paint === 'fill') {
            context.fillStyle = color;
            context.fill('evenodd');
          } else {
            context.strokeStyle = color;
            context.lineWidth = step.width(zoom);
            context.stroke();
          }
        }
      }
      if (step.object === RELIEF_AFTER) this.paintRelief(context, tile, px, zoom, relief);
    }
    for (const id of outlined) {
      context.beginPath();
      const { index, isRegion } = this.outline(id, detailed);
      this.trace(context, index, tile, px, null);
      if (isRegion) {
        context.globalAlpha = SHADE;
        context.fillStyle = palette.outline;
        context.fill('evenodd');
        context.globalAlpha = 1;
      }
      context.strokeStyle = palette.outline;
      context.lineWidth = OUTLINE_WIDTH;
      context.stroke();
    }
    if (graticule) this.paintGraticule(context, tile, px, zoom, palette);
    this.paintRunways(context, tile, px, zoom, palette);
  }

  private trace(context: Context, index: GeoJSONVT, { z, x, y }: TileAddress, px: number, ranksAt: number | null): void {
    // Beyond the last cut, a tile is a part of its ancestor.
    const over = Math.max(0, z - MAX_CUT);
    const raw = index.getTileRaw(z - over, x >> over, y >> over);
    if (!raw) return;
    const scale = (px * 2 ** over) / EXTENT;
    const left = (x - ((x >> over) << over)) * px;
    const top = (y - ((y >> over) << over)) * px;
    for (const f of raw.features) {
      if (f.type !== 2 && f.type !== 3) continue;
      if (ranksAt !== null && Number(f.tags?.rank ?? 0) > ranksAt) continue;
      for (const ring of f.geometry) traceRing(context, ring, scale, left, top, f.type === 3);
    }
  }

  /** The indexes to draw an object from: where detail is at hand it replaces what lies in its bounds. */
  private sources(object: BasemapObject, detailed: boolean): GeoJSONVT[] {
    const { base, water } = this.file;
    const { detail } = this;
    const home = object === 'lakes' || object === 'rivers' ? water : base;
    const name = object === 'focusLine' ? 'borders' : object;
    const wanted: Keep = object === 'focusLine' ? isFocus : object === 'borders' ? (f) => !isFocus(f) : () => true;
    if (!detailed || !detail) return [this.index(object, home, name, wanted)];
    const fine = this.index(`detail ${object}`, detail, name, wanted);
    if (object === 'focus' || object === 'regionLines') return [fine];
    // Detail has land only around its sea, to be painted over the rest.
    const rest = object === 'land' ? this.index(object, home, name, wanted) : this.index(`far ${object}`, home, name, (f) => wanted(f) && isFar(f));
    return [rest, fine];
  }

  private index(key: string, topology: Topology, name: string, keep: Keep): GeoJSONVT {
    let index = this.cut.get(key);
    if (!index) {
      const features = featuresOf(topology, name).filter(keep);
      index = new GeoJSONVT({ type: 'FeatureCollection', features }, { maxZoom: MAX_CUT, indexMaxZoom: 2, tolerance: TOLERANCE, extent: EXTENT, buffer: 32 });
      this.cut.set(key, index);
    }
    return index;
  }

  /** The edge of an area; from detail where that has it. */
  private outline(id: string, detailed: boolean): { readonly index: GeoJSONVT; readonly isRegion: boolean } {
    const isIt: Keep = (f) => f.properties?.id === id;
    const { detail } = this;
    const fine = detailed && detail && featuresOf(detail, 'focus').some(isIt) ? detail : null;
    const home = fine ?? this.file.base;
    const name = featuresOf(home, 'focus').some(isIt) ? 'focus' : 'regions';
    return { index: this.index(`outline ${fine ? 'fine' : 'coarse'} ${id}`, home, name, isIt), isRegion: name === 'regions' };
  }

  private paintRelief(context: Context, tile: TileAddress, px: number, zoom: number, relief: SheetTheme['relief']): void {
    const strength = reliefStrength(zoom);
    const image = this.reliefs.find((r) => r.fromZoom <= zoom) ?? this.reliefs.at(-1);
    if (image && strength > 0) image.paint(context, tile, px, { shade: relief.shade * strength, light: relief.light * strength });
  }

  private paintGraticule(context: Context, { z, x, y }: TileAddress, px: number, zoom: number, palette: GroundPalette): void {
    const step = graticuleStep(zoom);
    if (step === null || palette.graticule === 'transparent') return;
    const count = 2 ** z;
    const [west, north] = unproject({ x: x / count, y: y / count });
    const [east, south] = unproject({ x: (x + 1) / count, y: (y + 1) / count });
    context.beginPath();
    for (let n = Math.ceil(west / step); n * step <= east; n++) {
      const at = (project([n * step, 0]).x * count - x) * px;
      context.moveTo(at, 0);
      context.lineTo(at, px);
    }
    for (let n = Math.ceil(south / step); n * step <= north; n++) {
      const at = (project([0, n * step]).y * count - y) * px;
      context.moveTo(0, at);
      context.lineTo(px, at);
    }
    context.strokeStyle = palette.graticule;
    context.lineWidth = 1;
    context.stroke();
  }

  /** Runways at their true width, and never thinner than a line that can be seen. */
  private paintRunways(context: Context, { z, x, y }: TileAddress, px: number, zoom: number, palette: GroundPalette): void {
    const count = 2 ** z;
    for (const { geometry, properties } of this.runways) {
      if (geometry.type !== 'LineString') continue;
      const points = geometry.coordinates.map(([lng, lat]) => {
        const p = project([lng ?? 0, lat ?? 0]);
        return { x: (p.x * count - x) * px, y: (p.y * count - y) * px };
      });
      if (points.every((p) => p.x < -px || p.x > 2 * px || p.y < -px || p.y > 2 * px)) continue;
      const metresPerPx = (EARTH_EQUATOR * Math.cos(((geometry.coordinates[0]?.[1] ?? 0) * Math.PI) / 180)) / (TILE * 2 ** zoom);
      context.beginPath();
      for (const [i, p] of points.entries()) {
        if (i === 0) context.moveTo(p.x, p.y);
        else context.lineTo(p.x, p.y);
      }
      context.lineCap = 'butt';
      context.strokeStyle = palette.runway;
      context.lineWidth = Math.max(2, Number(properties?.widthMetres ?? 0) / metresPerPx);
      context.stroke();
      context.lineCap = 'round';
    }
  }
}

/** Metres around the equator of the sphere that web mercator is drawn on. */
const EARTH_EQUATOR = 40_075_016.686;

function traceRing(context: Context, ring: Int16Array | Int32Array, scale: number, left: number, top: number, close: boolean): void {
  for (let i = 0; i < ring.length; i += 2) {
    const x = (ring[i] ?? 0) * scale - left;
    const y = (ring[i + 1] ?? 0) * scale - top;
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  if (close) context.closePath();
}
