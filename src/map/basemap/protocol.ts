/** What the page and whoever paints its basemap say to one another. Everything here can be cloned into a worker. */
import type { Feature, Geometry } from 'geojson';
import type { BasemapIndex, BasemapPart } from '../../core/basemap.ts';
import type { MarkSource } from '../../core/marks.ts';
import type { Bounds } from '../../core/source.ts';
import type { Spots } from '../../dense/marks.ts';
import type { Look } from '../theme.ts';
import type { TileAddress } from './Sheet.ts';

/** A basemap to be painted. */
export interface GroundSource {
  readonly index: BasemapIndex;
  /** Absolute address of the basemap's file: its parts lie beside it. */
  readonly url: string;
  /** The file itself, as fetched. */
  readonly bytes: ArrayBuffer;
  readonly language: string;
}

/** What a painting depends on beside its place. */
export interface GroundState {
  readonly look: Look;
  readonly marks: readonly MarkSource[];
  /** The story's bounds, within which marks keep their faces. */
  readonly bounds: Bounds;
  /** Ids of the areas that events on show belong to. */
  readonly outlined: readonly string[];
  /** Absolute address of an operator's PMTiles archive, while it is chosen. */
  readonly streets: string | null;
  /** False while an operator's raster, which has names of its own, lies over the ground. */
  readonly named: boolean;
}

export interface TileJob extends TileAddress {
  /** Column before wrapping around the world: what the sheet's copies to the east and west are told apart by. */
  readonly column: number;
  /** CSS px of the tile's side, before rounding. */
  readonly px: number;
  /** The map's zoom at which it is painted. */
  readonly zoom: number;
  /** Device px of the bitmap. */
  readonly width: number;
  readonly height: number;
}

export type StreetsState = 'off' | 'waiting' | 'here' | 'missing';

/** What has come about since: parts on show, and how the operator's archive fares. */
export interface GroundNews {
  readonly parts: readonly BasemapPart[];
  readonly streets: StreetsState;
  /** Whether what was painted before is out of date. */
  readonly repaint: boolean;
}

/** Paints a basemap's tiles, here or elsewhere. */
export interface Ground {
  /** Told of news; one listener. */
  onNews: (news: GroundNews) => void;
  setState: (state: GroundState) => void;
  /** Have names give way to the marks of very many events. */
  setSpots: (spots: readonly Spots[]) => void;
  /** Say what is in view, so that its parts are fetched. */
  look: (zoom: number, view: Bounds) => void;
  /** Null when it could not be painted, or is no longer wanted. */
  paint: (job: TileJob) => Promise<ImageBitmap | null>;
  outline: (id: string, grade: OutlineGrade) => Promise<Feature<Geometry> | null>;
}

/** How closely an area's shape follows its line: from detail, as first drawn, or just near enough to be pointed at. */
export type OutlineGrade = 'fine' | 'coarse' | 'rough';

export type ToWorker =
  | { readonly type: 'open'; readonly source: GroundSource }
  | { readonly type: 'state'; readonly state: GroundState }
  | { readonly type: 'spots'; readonly spots: readonly Spots[] }
  | { readonly type: 'look'; readonly zoom: number; readonly view: Bounds }
  | { readonly type: 'paint'; readonly ask: number; readonly job: TileJob }
  | { readonly type: 'outline'; readonly ask: number; readonly id: string; readonly grade: OutlineGrade };

export type FromWorker =
  | { readonly type: 'opened' }
  | { readonly type: 'failed' }
  | { readonly type: 'news'; readonly news: GroundNews }
  | { readonly type: 'answer'; readonly ask: number; readonly value: ImageBitmap | Feature<Geometry> | null };
