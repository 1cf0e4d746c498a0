/**
 * The basemap of any story anywhere: the world's land and borders, fine where the story is and coarse far away, its
 * towns and its countries' names. Made at build for one story, from packages that ship the data; the same bytes each time.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { geoCentroid } from 'd3-geo';
import type { Feature, MultiPolygon, Position } from 'geojson';
import type { Arc, GeometryObject, Topology } from 'topojson-specification';
import type { BasemapFile, BasemapIndex, BasemapLabel } from '../../core/basemap.ts';
import type { SheetPoint } from '../../core/geo.ts';
import { middleOf, nearTo, project, TILE } from '../../core/geo.ts';
import type { Bounds, LngLat } from '../../core/source.ts';
import { slug } from '../../import/fold.ts';
import { ontoSheet, sheetArea, thinned, toLine } from './rings.ts';
import type { Atlas, Country } from './sources.ts';
import { alpha2, feature, merge, mesh, readAtlas, readCities } from './sources.ts';

/** The name that stands for it in `story.json`. */
export const WORLD = 'world';

/** The zoom beyond which the lines say nothing more: they are drawn for 1:10 million. */
const MAX_ZOOM = 10;
/** What a page knows of the world before it has it. */
export const WORLD_INDEX: BasemapIndex = {
  credits: [
    { part: 'first', text: 'Natural Earth (borders de facto)' },
    { part: 'first', text: 'GeoNames (CC BY 4.0)' },
  ],
  maxZoom: MAX_ZOOM,
  detail: null,
  relief: null,
  local: null,
};
/** Degrees between the whole numbers that lines are written in: those of the source. */
const GRID = { x: 0.0036, y: 0.0018 } as const;
/** How far around the story, in sizes of its bounds, lines are fine and lines are fair; never less than some degrees. */
const FINE = { reach: 0.6, least: 2 } as const;
const FAIR = { reach: 2.5, least: 9 } as const;
/** Degrees that a line may be off: fine, fair, far. */
const OFF = { fine: 0.004, fair: 0.025, far: 0.35 } as const;
/** Parts of the story's width that a line may be off, where the story is wide. */
const WIDE = { fine: 3600, fair: 800, far: 150 } as const;
/** How much of the world one file holds. */
export interface Plenty {
  /** Most bytes of lines, gzip. */
  readonly bytes: number;
  /** How much coarser than above its lines are at best. */
  readonly coarse: number;
  /** Most towns that it names, of how many of the largest, and the zoom by which they stand clear. */
  readonly towns: number;
  readonly of: number;
  readonly zoom: number;
}

/** What a reader's first view has room for. */
const FIRST_VIEW: Plenty = { bytes: 60_000, coarse: 1, towns: 420, of: 1680, zoom: MAX_ZOOM };
/** For an editor's page that may be about anywhere. */
export const EVERYWHERE: Plenty = { bytes: 500_000, coarse: 1 / 8, towns: 6000, of: Number.POSITIVE_INFINITY, zoom: 6.5 };
/** Least area of an island, square degrees. */
const ISLAND = { fine: 0.0001, fair: 0.006, far: 1.2 } as const;
/** Px that a town keeps from a larger one before it is named. */
const APART = 55;
/** Rank of countries by area of the sheet, square degrees: the lowest zoom at which their name may stand. */
const COUNTRY_RANKS = [
  { over: 150, rank: 2 },
  { over: 20, rank: 3.5 },
  { over: 3, rank: 4.5 },
  { over: 0, rank: 6 },
] as const;

/**
 * Borders that somebody disputes, by ISO code or by Natural Earth's name, are not drawn, and a country with one has no
 * tint of its own: the source shows who controls the land, which is not for this map to say.
 */
const DISPUTED: readonly (readonly [string, string])[] = [
  ['IN', 'PK'],
  ['IN', 'CN'],
  ['RU', 'UA'],
  ['IL', 'PS'],
  ['IL', 'SY'],
  ['EH', 'MA'],
  ['EH', 'MR'],
  ['EH', 'DZ'],
  ['SD', 'SS'],
  ['SD', 'EG'],
  ['AM', 'AZ'],
  ['RS', 'Kosovo'],
];
const CONTESTED = new Set(['Somaliland', 'N. Cyprus', 'Kosovo', 'Cyprus U.N. Buffer Zone', 'Siachen Glacier', 'Dhekelia', 'Akrotiri']);
const UNTINTED = new Set([...DISPUTED.flat(), 'CY', 'SO']);

/** Whether the world has a shape for a country that it can show as that country's. */
export function hasShape(code: string): boolean {
  return !UNTINTED.has(code) && readAtlas().countries.some((c) => alpha2(c) === code);
}

/** Degrees that a country's shape may be off where nobody looks at it. */
const OFF_UNSEEN = 0.01;

/**
 * A country's shape without the rest of the world, to tell what lies inside it.
 * @param code   ISO 3166-1 alpha-2, one that `hasShape`
 * @param middle longitude on whose copy of the world the shape is to lie
 * @throws Error for a country that has no shape
 */
export function countryShape(code: string, middle: number): MultiPolygon {
  const { topology, countries } = readAtlas();
  const shape = countries.find((c) => alpha2(c) === code);
  if (!shape || !hasShape(code)) throw new Error(`The world has no shape for ${code}.`);
  const coordinates = ontoSheet(ringsOf(topology, shape), middle).map((rings) => rings.map((ring) => thinned(toLine(ring), () => OFF_UNSEEN)));
  return { type: 'MultiPolygon', coordinates };
}

const codeOf = (c: Country) => alpha2(c) ?? c.properties.name;

function isDisputed(a: string, b: string): boolean {
  return CONTESTED.has(a) || CONTESTED.has(b) || DISPUTED.some(([x, y]) => (x === a && y === b) || (x === b && y === a));
}

/**
 * Make the world for one story.
 * @param bounds    the story's, west greater than east across the antimeridian
 * @param countries ISO 3166-1 alpha-2 codes of the countries that it names, for tint and outlines
 * @param languages BCP 47 tags that countries are named in, beside English
 * @param dataDir   the folder that holds `basemap/`, for the great lakes
 */
export function makeWorld(bounds: Bounds, countries: readonly string[], languages: readonly string[], dataDir: string, plenty = FIRST_VIEW): BasemapFile {
  const zone = zonesOf(bounds, 1);
  const onCopy = (label: BasemapLabel): BasemapLabel => ({ ...label, at: [thousandth(nearTo(label.at[0], middleOf(bounds))), label.at[1]] });
  return {
    format: 1,
    base: lightBase(bounds, countries, plenty),
    water: greatLakes(dataDir),
    labels: [...countryLabels(zone, languages), ...cityLabels(zone, plenty)].map(onCopy),
  };
}

/** The finest lines that a first view can afford: a country of ten thousand islands has coarser ones. */
function lightBase(bounds: Bounds, countries: readonly string[], { bytes, coarse: best }: Plenty): Topology {
  let made = makeBase(bounds, best, countries);
  for (let coarse = 2 * best; coarse <= 16 && gzipSync(JSON.stringify(made)).length > bytes; coarse *= 2) made = makeBase(bounds, coarse, countries);
  return made;
}

function makeBase(bounds: Bounds, coarse: number, countries: readonly string[]): Topology {
  const zone = zonesOf(bounds, coarse);
  const middle = middleOf(bounds);
  const atlas = readAtlas();
  const { countries: all } = atlas;
  const lines = thinnedTopology(atlas, zone);
  const polygons = all.map((shape) => ({ code: codeOf(shape), shape }));
  const land = ontoSheet(merge(lines, polygons.map((p) => p.shape) as never).coordinates, middle).filter((p) => isLarge(p, zone));
  const focus = polygons
    .filter((p) => countries.includes(p.code) && hasShape(p.code))
    .map((p) => ({ properties: { id: p.code.toLowerCase() }, polygons: ontoSheet(ringsOf(lines, p.shape), middle).filter((q) => isLarge(q, zone)) }));
  const codes = new Map(polygons.map((p) => [p.shape as unknown, p.code]));
  const code = (shape: unknown) => codes.get(shape) ?? '';
  const isOwn = (a: string, b: string) => countries.includes(a) || countries.includes(b);
  const borders = (own: boolean) =>
    mesh(lines, lines.objects.countries as never, (a, b) => a !== b && !isDisputed(code(a), code(b)) && isOwn(code(a), code(b)) === own).coordinates.filter(
      (l) => l.some((at) => zone.isFair(at)),
    );
  const writer = new TopologyWriter();
  writer.polygons('land', [{ properties: {}, polygons: land }]);
  writer.polygons('focus', focus);
  writer.lines('borders', [
    { properties: { focus: true }, lines: borders(true) },
    { properties: {}, lines: borders(false) },
  ]);
  return writer.topology();
}

/** A country's polygons, as the topology has them. */
function ringsOf(topology: Topology, shape: Country): Position[][][] {
  const { geometry } = feature(topology, shape as GeometryObject) as unknown as Feature;
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
}

interface Zones {
  /** Degrees at the equator that a line may be off at a point of the sheet, which is measured in them too. */
  readonly offOnSheet: (x: number, y: number) => number;
  readonly island: (at: Position) => number;
  readonly isFair: (at: Position) => boolean;
}

/** How near a point is to the story: measured in degrees of the sheet from its bounds, the short way round the world. */
function zonesOf(bounds: Bounds, coarse: number): Zones {
  const [west, south, east, north] = bounds;
  const half = ((east < west ? east + 360 : east) - west) / 2;
  const middle = middleOf(bounds);
  const top = project([0, north]).y * 360;
  const bottom = project([0, south]).y * 360;
  const size = Math.max(half * 2, bottom - top);
  const fine = Math.max(FINE.least, size * FINE.reach);
  const fair = Math.max(FAIR.least, size * FAIR.reach);
  const away = (x: number, y: number) => Math.max(Math.abs(nearTo(x - 180, middle) - middle) - half, top - y, y - bottom, 0);
  const pick = (least: { readonly fine: number; readonly fair: number; readonly far: number }) => (x: number, y: number) => {
    const d = away(x, y);
    return d <= fine ? least.fine : d <= fair ? least.fair : least.far;
  };
  const off = {
    fine: Math.max(OFF.fine, size / WIDE.fine) * coarse,
    fair: Math.max(OFF.fair, size / WIDE.fair) * coarse,
    far: Math.max(OFF.far, size / WIDE.far),
  };
  const island = pick({ fine: Math.max(ISLAND.fine, off.fine ** 2 * 6), fair: Math.max(ISLAND.fair, off.fair ** 2 * 6), far: ISLAND.far });
  const onSheet =
    <T>(act: (x: number, y: number) => T) =>
    ([lng = 0, lat = 0]: Position) => {
      const { x, y } = project([lng, lat]);
      return act(x * 360, y * 360);
    };
  return { offOnSheet: pick(off), island: onSheet(island), isFair: onSheet((x, y) => away(x, y) <= fair) };
}

function isLarge([outer = []]: readonly (readonly Position[])[], zone: Zones): boolean {
  const area = sheetArea(outer);
  return outer.length > 3 && area > 0 && outer.some((at) => area >= zone.island(at));
}

/** The topology with whole coordinates and fewer points; lines that two countries share stay shared. */
function thinnedTopology({ topology, lines }: Atlas, zone: Zones): Topology {
  return { type: 'Topology', objects: topology.objects, arcs: lines.map((line) => thinned(line, zone.offOnSheet)) as Arc[] };
}

/** Polygons and lines as a topology whose arcs nobody shares: readers' pages know no other form. */
class TopologyWriter {
  private readonly arcs: Arc[] = [];
  private readonly objects: { [name: string]: GeometryObject } = {};

  polygons(name: string, items: readonly { readonly properties: object; readonly polygons: readonly (readonly Position[][])[] }[]): void {
    this.objects[name] = {
      type: 'GeometryCollection',
      geometries: items.map(({ properties, polygons }) => ({
        type: 'MultiPolygon',
        properties,
        arcs: polygons.flatMap((rings) => {
          // Canvases take any winding; the globe's sphere wants outer rings clockwise.
          const written = rings.flatMap((ring, i) => this.add(wound(ring, i === 0), 4));
          return written.length > 0 ? [written.map((arc) => [arc])] : [];
        }),
      })),
    } as GeometryObject;
  }

  lines(name: string, items: readonly { readonly properties: object; readonly lines: readonly (readonly Position[])[] }[]): void {
    this.objects[name] = {
      type: 'GeometryCollection',
      geometries: items
        .filter((i) => i.lines.length > 0)
        .map(({ properties, lines }) => ({ type: 'MultiLineString', properties, arcs: lines.flatMap((l) => this.add(l, 2).map((arc) => [arc])) })),
    } as GeometryObject;
  }

  topology(): Topology {
    return { type: 'Topology', transform: { scale: [GRID.x, GRID.y], translate: [-180, -90] }, objects: this.objects, arcs: this.arcs };
  }

  /** The arc's number; none for a line that falls together on the grid. */
  private add(line: readonly Position[], least: number): number[] {
    let [x, y] = [0, 0];
    const steps: [number, number][] = [];
    for (const [lng = 0, lat = 0] of line) {
      const [nx, ny] = [Math.round((lng + 180) / GRID.x), Math.round((lat + 90) / GRID.y)];
      if (steps.length > 0 && nx === x && ny === y) continue;
      steps.push(steps.length === 0 ? [nx, ny] : [nx - x, ny - y]);
      [x, y] = [nx, ny];
    }
    if (steps.length < least) return [];
    this.arcs.push(steps as Arc);
    return [this.arcs.length - 1];
  }
}

function wound(ring: readonly Position[], clockwise: boolean): readonly Position[] {
  let twice = 0;
  for (const [i, [x = 0, y = 0]] of ring.entries()) {
    const [nx = 0, ny = 0] = ring[(i + 1) % ring.length] ?? [];
    twice += x * ny - nx * y;
  }
  return twice < 0 === clockwise ? ring : [...ring].reverse();
}

/** Lakes of the whole world, coarse, as another pack of Natural Earth has them; rivers there are none. */
function greatLakes(dataDir: string): Topology {
  const water = JSON.parse(readFileSync(join(dataDir, 'basemap/kazakhstan/water.topo.json'), 'utf8')) as Topology;
  const { lakes } = water.objects;
  return lakes ? { ...water, objects: { lakes } } : { type: 'Topology', objects: {}, arcs: [] };
}

/** Countries around the story by the names that CLDR has for them; a name that it has not is left out. */
function countryLabels(zone: Zones, languages: readonly string[]): BasemapLabel[] {
  const { topology, countries } = readAtlas();
  const names = [...new Set(['en', ...languages])].map((l) => ({ language: l, names: new Intl.DisplayNames([l], { type: 'region', fallback: 'none' }) }));
  return countries
    .flatMap((shape): { label: BasemapLabel; area: number }[] => {
      const code = alpha2(shape);
      if (code === null) return [];
      const [largest] = ringsOf(topology, shape)
        .map((rings) => ({ rings, area: sheetArea(rings[0] ?? []) }))
        .sort((a, b) => b.area - a.area);
      if (!largest) return [];
      const [lng, lat] = geoCentroid({ type: 'Polygon', coordinates: largest.rings });
      if (!Number.isFinite(lng) || !zone.isFair([lng, lat])) return [];
      const name = Object.fromEntries(names.flatMap((n) => (n.names.of(code) ? [[n.language, n.names.of(code) ?? '']] : [])));
      const rank = COUNTRY_RANKS.find((r) => largest.area > r.over)?.rank ?? 6;
      return [{ label: { id: code.toLowerCase(), kind: 'country', name, at: [thousandth(lng), thousandth(lat)], rank }, area: largest.area }];
    })
    .sort((a, b) => b.area - a.area)
    .map(({ label }) => label);
}

/** Towns around the story. A town's rank is the zoom at which it stands clear of every larger one: sparse country names its villages. */
function cityLabels(zone: Zones, { towns, of, zoom }: Plenty): BasemapLabel[] {
  const near = readCities().filter((c) => zone.isFair([...c.loc.coordinates]));
  const placed: SheetPoint[] = [];
  const crowd = crowdOf(APART / (TILE * 2 ** zoom));
  const ids = new Map<string, number>();
  const labels: BasemapLabel[] = [];
  for (const city of near.slice(0, of)) {
    const at: LngLat = [thousandth(city.loc.coordinates[0]), thousandth(city.loc.coordinates[1])];
    const { x, y } = project(at);
    if (!crowd(x, y)) continue;
    let gap = 0.25;
    for (const p of placed) gap = Math.min(gap, Math.hypot(p.x - x, p.y - y));
    placed.push({ x, y });
    const id = slug(city.name) || `town-${city.country.toLowerCase()}`;
    const count = ids.get(id) ?? 0;
    ids.set(id, count + 1);
    labels.push({
      id: count === 0 ? id : `${id}-${count + 1}`,
      kind: city.featureCode === 'PPLC' ? 'capital' : city.population >= 300_000 ? 'city' : 'town',
      name: { en: city.name },
      at,
      rank: Math.round(Math.max(2, Math.log2(APART / (TILE * gap))) * 10) / 10,
    });
    if (labels.length === towns) break;
  }
  return labels;
}

/** Takes a point of the sheet in, unless one that it took before is nearer than `least`: then false. */
function crowdOf(least: number): (x: number, y: number) => boolean {
  const cells = new Map<number, SheetPoint[]>();
  const rows = Math.ceil(1 / least) + 2;
  const steps = [-rows - 1, -rows, -rows + 1, -1, 0, 1, rows - 1, rows, rows + 1];
  return (x, y) => {
    const cell = Math.floor(x / least) * rows + Math.floor(y / least);
    if (steps.some((step) => cells.get(cell + step)?.some((p) => Math.hypot(p.x - x, p.y - y) < least))) return false;
    cells.set(cell, [...(cells.get(cell) ?? []), { x, y }]);
    return true;
  };
}

function thousandth(value: number): number {
  return Math.round(value * 1000) / 1000;
}
