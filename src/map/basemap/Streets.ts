/**
 * An operator's own vector tiles from one PMTiles file, drawn in the map's colours on the map's own tiles. Only this
 * file knows the archive and the tile formats; it is fetched only where an operator has set one.
 */
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { PMTiles } from 'pmtiles';
import type { BasemapLabel } from '../../core/basemap.ts';
import type { GroundPalette } from '../../core/basemap-style.ts';
import { unproject } from '../../core/geo.ts';
import type { StreetStep } from '../../core/streets-style.ts';
import { STREET_STEPS } from '../../core/streets-style.ts';
import type { Context, TileAddress } from './Sheet.ts';

/** Tiles kept parsed: a screen and its surroundings at two zooms. */
const KEPT = 160;
const LOWEST = 6;

/** What is drawn of a tile, in its own units, and its names. */
interface Parsed {
  readonly extent: number;
  readonly paths: ReadonlyMap<StreetStep, Path2D>;
  readonly labels: readonly BasemapLabel[];
}

export class Streets {
  /** The archive's own deepest zoom; closer tiles are parts of those. */
  readonly maxZoom: number;
  /** Told of every tile that has come and should be painted. */
  onArrival: () => void = () => undefined;
  private readonly archive: PMTiles;
  private readonly minZoom: number;
  /** By address; null while under way or where the archive has none. Oldest first. */
  private readonly tiles = new Map<string, Parsed | null>();

  private constructor(archive: PMTiles, minZoom: number, maxZoom: number) {
    this.archive = archive;
    this.minZoom = Math.max(LOWEST, minZoom);
    this.maxZoom = maxZoom;
  }

  /**
   * Open an archive.
   * @throws Error when it cannot be had or is no PMTiles archive of vector tiles
   */
  static async open(url: string): Promise<Streets> {
    const archive = new PMTiles(url);
    const { minZoom, maxZoom, tileType } = await archive.getHeader();
    if (tileType !== 1) throw new Error(`${url} holds no vector tiles.`); // 1 is MVT in the PMTiles specification, version 3
    return new Streets(archive, minZoom, maxZoom);
  }

  /** Paint what has come of one tile into the square from 0,0 to px,px, and ask for what has not. */
  paint(context: Context, { z, x, y }: TileAddress, px: number, zoom: number, palette: GroundPalette): void {
    if (z < this.minZoom) return;
    const over = Math.max(0, z - this.maxZoom);
    const parsed = this.tile(z - over, x >> over, y >> over);
    if (!parsed) return;
    const scale = (px * 2 ** over) / parsed.extent;
    context.save();
    context.beginPath();
    context.rect(0, 0, px, px);
    context.clip();
    context.translate(-(x - ((x >> over) << over)) * px, -(y - ((y >> over) << over)) * px);
    context.scale(scale, scale);
    for (const step of STREET_STEPS) {
      const path = parsed.paths.get(step);
      const color = palette[step.color];
      if (!path || zoom < step.fromZoom || color === 'transparent') continue;
      if (step.paint === 'fill') {
        context.fillStyle = color;
        context.fill(path, 'evenodd');
      } else {
        context.strokeStyle = color;
        context.lineWidth = step.width(zoom) / scale;
        context.stroke(path);
      }
    }
    context.restore();
  }

  /** Names of the tiles at hand, each once. */
  labels(): BasemapLabel[] {
    const byId = new Map<string, BasemapLabel>();
    for (const tile of this.tiles.values()) for (const label of tile?.labels ?? []) byId.set(label.id, label);
    return [...byId.values()].sort((a, b) => a.rank - b.rank);
  }

  private tile(z: number, x: number, y: number): Parsed | null {
    const key = `${z}/${x}/${y}`;
    const known = this.tiles.get(key);
    if (known !== undefined) return known;
    this.tiles.set(key, null);
    for (const oldest of this.tiles.keys()) {
      if (this.tiles.size <= KEPT) break;
      this.tiles.delete(oldest);
    }
    this.archive.getZxy(z, x, y).then(
      (response) => {
        if (!response) return;
        this.tiles.set(key, parse(new Uint8Array(response.data), z, x, y));
        this.onArrival();
      },
      () => {
        // Ask again when the tile is next painted; until then the map's own drawing stands.
        this.tiles.delete(key);
      },
    );
    return null;
  }
}

function parse(bytes: Uint8Array, z: number, x: number, y: number): Parsed {
  const tile = new VectorTile(new PbfReader(bytes));
  const paths = new Map<StreetStep, Path2D>();
  let extent = 4096;
  for (const [name, layer] of Object.entries(tile.layers)) {
    extent = layer.extent;
    const steps = STREET_STEPS.filter((s) => s.layer === name);
    if (steps.length === 0) continue;
    for (let i = 0; i < layer.length; i++) {
      const feature = layer.feature(i);
      const kind = String(feature.properties.kind ?? '');
      const step = steps.find((s) => s.kinds === null || s.kinds.includes(kind));
      if (!step || feature.type !== (step.paint === 'fill' ? 3 : 2)) continue;
      const path = paths.get(step) ?? new Path2D();
      paths.set(step, path);
      for (const ring of feature.loadGeometry()) {
        ring.forEach((p, k) => {
          if (k === 0) path.moveTo(p.x, p.y);
          else path.lineTo(p.x, p.y);
        });
        if (step.paint === 'fill') path.closePath();
      }
    }
  }
  return { extent, paths, labels: placeNames(tile, z, x, y) };
}

/** Names of neighbourhoods and localities; cities are named by the map itself. */
function placeNames(tile: VectorTile, z: number, x: number, y: number): BasemapLabel[] {
  const places = tile.layers.places;
  if (!places) return [];
  const labels: BasemapLabel[] = [];
  for (let i = 0; i < places.length; i++) {
    const feature = places.feature(i);
    const { properties } = feature;
    const point = feature.loadGeometry()[0]?.[0];
    if (!point || feature.type !== 1 || properties.kind === 'country' || properties.kind === 'region') continue;
    const names = Object.entries(properties).flatMap(([key, value]): [string, string][] => {
      const language = key === 'name' ? 'und' : /^name:([a-z]{2,3})$/.exec(key)?.[1];
      return language && typeof value === 'string' ? [[language, value]] : [];
    });
    const name = Object.fromEntries(names);
    const en = name.en ?? name.und;
    if (!en) continue;
    const count = 2 ** z;
    const at = unproject({ x: (x + point.x / places.extent) / count, y: (y + point.y / places.extent) / count });
    labels.push({ id: `street ${en} ${at.map((v) => v.toFixed(3)).join()}`, kind: 'town', name: { ...name, en }, at, rank: Number(properties.min_zoom ?? z) });
  }
  return labels;
}
