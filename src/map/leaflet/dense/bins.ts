/** What the marks of a canvas are: the cells that it covers, and what a filter shows in each. */
import { TILE } from '../../../core/geo.ts';
import type { Day } from '../../../core/story.ts';
import type { Filter } from '../../../core/view.ts';
import { SHEET_UNITS } from '../../../dense/columns.ts';
import type { Many } from '../../../dense/Many.ts';
import type { PointIndex } from '../../../dense/PointIndex.ts';
import { cellZoom, countsByLayer, MOST_LEVEL, nearX } from '../../../dense/PointIndex.ts';

/** A mark as it is drawn. */
export interface Bin {
  readonly cell: number;
  /** For the address: `9-341-170`. */
  readonly id: string;
  /** In sheet units. */
  readonly x: number;
  readonly y: number;
  readonly count: number;
  /** By position of the layer. */
  readonly layers: readonly number[];
  /** Places: from one to the one behind the last. */
  readonly from: number;
  readonly to: number;
}

/** What is to be seen: events, and which of them. */
export interface Scene {
  readonly many: Many;
  readonly filter: Filter;
  readonly layers: number;
  readonly days: readonly Day[];
}

/** What is drawn of it; small marks last, as they lie on top of large ones. */
export interface Picture {
  readonly scene: Scene;
  readonly bins: readonly Bin[];
}

/** Where canvases stand: their top left corner in world px of `zoom`, and their size. */
export interface Frame {
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Cells in a frame: asked for again only when the frame or the index is another. */
export interface Seen {
  readonly index: PointIndex;
  readonly level: number;
  readonly ids: Uint32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Units of the world's sheet to a px of a map at some zoom. */
export function unitsAt(zoom: number): number {
  return SHEET_UNITS / (TILE * 2 ** zoom);
}

/** The cells that a frame covers, each on the copy of the world nearest to a middle. */
export function look(index: PointIndex, { zoom, left, top, width, height }: Frame, middle: number): Seen {
  const level = cellZoom(zoom);
  index.cellsAt(level);
  const units = unitsAt(zoom);
  const area = { left: left * units, top: top * units, right: (left + width) * units, bottom: (top + height) * units };
  const cells: { id: number; x: number; y: number }[] = [];
  for (let start = Math.floor(area.left / SHEET_UNITS) * SHEET_UNITS; start < area.right; start += SHEET_UNITS)
    for (const id of index.cellsIn({ ...area, left: area.left - start, right: area.right - start })) {
      const centre = index.centreOf(id);
      const x = centre.x + start;
      if (nearX(x, middle) === x) cells.push({ id, x, y: centre.y });
    }
  return {
    index,
    level,
    ids: Uint32Array.from(cells, (c) => c.id),
    x: Float64Array.from(cells, (c) => c.x),
    y: Float64Array.from(cells, (c) => c.y),
  };
}

/** What a filter shows in the cells of a `look`; small ones last, as they lie on top of large ones. */
export function binsOf({ many, filter, layers }: Scene, { index, level, ids, x, y }: Seen): Bin[] {
  // Before the count, which is of the cells that were asked for last.
  const { start } = index.cellsAt(level);
  const byLayer = countsByLayer(index.count(ids, many.window(filter)), many.mask(filter), layers);
  const { placeX, placeY } = index.columns;
  const shift = MOST_LEVEL - level;
  const bins: Bin[] = [];
  for (let n = 0; n < ids.length; n++) {
    let count = 0;
    for (let l = 0; l < layers; l++) count += byLayer[n * layers + l] as number;
    if (count === 0) continue;
    const cell = ids[n] as number;
    const from = start[cell] as number;
    bins.push({
      cell,
      id: `${level}-${(placeX[from] as number) >>> shift}-${(placeY[from] as number) >>> shift}`,
      x: x[n] as number,
      y: y[n] as number,
      count,
      layers: [...byLayer.subarray(n * layers, (n + 1) * layers)],
      from,
      to: start[cell + 1] as number,
    });
  }
  return bins.sort((a, b) => b.count - a.count);
}
