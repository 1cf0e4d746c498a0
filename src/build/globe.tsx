import type { GeoContext } from 'd3-geo';
import { geoOrthographic, geoPath } from 'd3-geo';
import type { Feature, Geometry } from 'geojson';
import type { BasemapFile } from '../core/basemap.ts';
import { featuresOf } from '../core/basemap.ts';
import type { Frame } from '../core/geo.ts';
import { unproject } from '../core/geo.ts';
import { PICTURE_IDS } from '../core/picture-ids.ts';

/** Radius of the globe in its own units, about the px of its size on a page. */
const RADIUS = 48;
/** Shortest step that is drawn, and least extent of an island: what an eye still sees at this size. */
const STEP = 1.3;
const ISLAND = 2.5;

/** Colours for a picture that stands by itself; in a page the stylesheet has them. */
interface GlobeColors {
  readonly sea: string;
  readonly land: string;
  readonly focus: string;
  readonly edge: string;
}

/** The half of the globe that faces the frame's middle, with the country in focus: where in the world is this? */
export function Globe({ basemap, frame, colors }: { basemap: BasemapFile; frame: Frame; colors?: GlobeColors }) {
  const [lng, lat] = unproject({ x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 });
  const projection = geoOrthographic().rotate([-lng, -lat]).translate([0, 0]).scale(RADIUS).clipAngle(90);
  const draw = (features: readonly Feature<Geometry>[]) => {
    const pen = new Pen();
    const path = geoPath(projection, pen);
    for (const f of features) path(f); // the basemap winds outer rings clockwise, as a sphere wants them
    return pen.d;
  };
  const land = draw(featuresOf(basemap.base, 'land'));
  const focus = draw(featuresOf(basemap.base, 'focus'));
  return (
    <g id={colors ? undefined : PICTURE_IDS.globe}>
      <circle className="globe-sea" r={RADIUS} fill={colors?.sea} />
      <path className="globe-land" d={land} fill={colors?.land} />
      <path className="globe-focus" d={focus} fill={colors?.focus} />
      <circle className="globe-edge" r={RADIUS} fill="none" stroke={colors?.edge} />
    </g>
  );
}

/** Takes down a path, relative and in tenths, leaving out steps and islands too small to see. */
class Pen implements GeoContext {
  d = '';
  private ring: (readonly [number, number])[] = [];

  beginPath(): void {
    this.ring = [];
  }

  moveTo(x: number, y: number): void {
    this.ring = [[tenth(x), tenth(y)]];
  }

  lineTo(x: number, y: number): void {
    const [lx, ly] = this.ring.at(-1) ?? [x, y];
    if (Math.hypot(x - lx, y - ly) >= STEP) this.ring.push([tenth(x), tenth(y)]);
  }

  closePath(): void {
    const extent = (axis: 0 | 1) => Math.max(...this.ring.map((p) => p[axis])) - Math.min(...this.ring.map((p) => p[axis]));
    if (this.ring.length < 3 || Math.max(extent(0), extent(1)) < ISLAND) return;
    this.d += this.ring
      .map(([x, y], i) => {
        const before = this.ring[i - 1];
        return before ? `${i === 1 ? 'l' : ' '}${tenth(x - before[0])} ${tenth(y - before[1])}` : `M${x} ${y}`;
      })
      .join('')
      .replace(/ -/g, '-');
    this.d += 'z';
  }

  arc(): void {}
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
