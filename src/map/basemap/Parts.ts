/** The parts of a basemap that are fetched when a reader gets to where they show. */

import type { Topology } from 'topojson-specification';
import type { BasemapIndex, BasemapLabel, BasemapPart } from '../../core/basemap.ts';
import { localLabels, readDetail, readLocal } from '../../core/basemap.ts';
import { reliefStrength } from '../../core/basemap-style.ts';
import type { Bounds } from '../../core/source.ts';
import { fetchJson } from '../fetchJson.ts';
import type { ReliefStrength } from './Relief.ts';
import { Relief } from './Relief.ts';
import type { Sheet } from './Sheet.ts';

/** How far ahead of its zoom a part is fetched. */
const AHEAD = 0.7;

export class Parts {
  /** Names that came with a part. */
  labels: readonly BasemapLabel[] = [];
  /** The finer lines, once they are here. */
  detail: Topology | null = null;
  private readonly index: BasemapIndex;
  private readonly url: string;
  private readonly sheet: Sheet;
  private readonly strength: () => ReliefStrength;
  private readonly onArrival: () => void;
  /** By file; a failed fetch is forgotten, so that the next look tries again. */
  private readonly fetches = new Map<string, 'under way' | 'here'>();

  /**
   * @param url       address of the basemap's own file: the parts lie beside it
   * @param strength  of relief in the theme that is on show
   * @param onArrival called when a part has joined the sheet and should be painted
   */
  constructor(index: BasemapIndex, url: string, sheet: Sheet, strength: () => ReliefStrength, onArrival: () => void) {
    this.index = index;
    this.url = url;
    this.sheet = sheet;
    this.strength = strength;
    this.onArrival = onArrival;
  }

  /** Fetch what a view needs and is not there yet. Failures leave the map as it is: every part only adds to it. */
  want(zoom: number, view: Bounds): void {
    const { detail, relief, local } = this.index;
    if (detail && zoom >= detail.fromZoom - AHEAD)
      this.fetch(detail.file, async (url) => {
        this.detail = readDetail(await fetchJson(url));
        this.sheet.addDetail(this.detail);
      });
    if (local && zoom >= local.fromZoom - AHEAD && intersects(local.bounds, view)) {
      this.fetch(local.file, async (url) => {
        const features = readLocal(await fetchJson(url));
        this.sheet.addLocal(features);
        this.labels = localLabels(features);
      });
    }
    if (!relief || reliefStrength(zoom) === 0) return;
    const image = relief.images.findLast((i) => i.fromZoom <= zoom) ?? relief.images[0];
    if (image)
      this.fetch(image.file, async (url) => {
        this.sheet.addRelief(await Relief.load(image, url, relief, this.strength(), this.onArrival));
      });
  }

  /** The parts that are on show in a view: whose makers are to be named. */
  shown(zoom: number): BasemapPart[] {
    const { detail, relief, local } = this.index;
    const here = (file: string) => this.fetches.get(file) === 'here';
    const parts: BasemapPart[] = ['first'];
    // Named before it has come, so that the line of credits does not grow under the reader's eyes.
    if (relief && reliefStrength(zoom) > 0) parts.push('relief');
    if (detail && Math.round(zoom) >= detail.fromZoom && here(detail.file)) parts.push('detail');
    if (local && zoom >= local.fromZoom && here(local.file)) parts.push('local');
    return parts;
  }

  private fetch(file: string, take: (url: string) => Promise<void>): void {
    if (this.fetches.has(file)) return;
    this.fetches.set(file, 'under way');
    take(new URL(file, this.url).href).then(
      () => {
        this.fetches.set(file, 'here');
        this.onArrival();
      },
      () => {
        this.fetches.delete(file);
      },
    );
  }
}

/** Whether two boxes share a point; neither crosses the antimeridian. */
export function intersects([w, s, e, n]: Bounds, [west, south, east, north]: Bounds): boolean {
  return w <= east && west <= e && s <= north && south <= n;
}
