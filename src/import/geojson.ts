/** GeoJSON (RFC 7946) and uMap's own file, which holds several of them → a table with points. */
import { exchanged, inRange } from '../core/geo.ts';
import { show } from '../core/issue.ts';
import { beyondLimits } from '../core/json-limits.ts';
import type { LngLat } from '../core/source.ts';
import { visible } from '../core/text.ts';
import { tooLarge, tooMany } from './limits.ts';
import { repeatedKeys } from './repeated-keys.ts';
import type { ReadTable, Row, TableIssue } from './table.ts';
import { cellText, fileFault } from './table.ts';

/** The column that a uMap layer's name goes to. */
export const UMAP_LAYER = 'uMap layer';
/** The column that a Feature's own `id` goes to. */
export const FEATURE_ID = 'id';

interface Feature {
  readonly value: unknown;
  readonly layer: string | null;
}

/** Read the text of a file. Never throws. */
export function readGeoJson(file: string, bytes: Uint8Array): ReadTable {
  const refuse = (fault: TableIssue): ReadTable => ({ table: null, issues: [fault] });
  const large = tooLarge(bytes.length);
  if (large) return refuse(large);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes); // strips a byte order mark
  } catch {
    return refuse(fileFault('UTF-8 text', 'bytes that are not UTF-8', 'Export the file again, as UTF-8.'));
  }
  const beyond = beyondLimits(text, LIMITS);
  if (beyond) {
    const line = text.slice(0, beyond.at).split('\n').length;
    const expected = beyond.limit === 'depth' ? `at most ${LIMITS.depth} levels of nesting` : `at most ${LIMITS.values} values`;
    return refuse(fileFault(expected, `more, in line ${line}`, 'Export the points alone.'));
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(fileFault('GeoJSON', `text that is none (${error instanceof Error ? error.message : String(error)})`, 'Export the file again.'));
  }
  const read = fromGeoJson(file, value);
  const twice = repeatedKeys(text).map(
    ({ key, line }): TableIssue => ({
      ...fileFault('each key once', `${show(key)} again, in line ${line}`, 'The second is taken: remove or rename one of the two.'),
      severity: 'warning',
    }),
  );
  return { table: read.table, issues: [...twice, ...read.issues] };
}

/** Deeper than any map of points, and more values than the most rows have. */
const LIMITS = { depth: 32, values: 10_000_000 } as const;

/** Take parsed GeoJSON: a FeatureCollection, a Feature, or a uMap file. */
export function fromGeoJson(file: string, value: unknown): ReadTable {
  const features = featuresOf(value);
  if (!features) return { table: null, issues: [fileFault('a FeatureCollection', show(value), 'Export the layer as GeoJSON, with its features.')] };
  const many = tooMany(features.length, 'feature');
  if (many) return { table: null, issues: [many] };
  const issues: TableIssue[] = [];
  if (isObject(value) && value.crs !== undefined && value.crs !== null)
    issues.push({
      ...fileFault('longitude and latitude in degrees of WGS 84, and no "crs"', 'a coordinate reference system of its own', 'Export the layer in EPSG:4326.'),
      severity: 'warning',
    });
  const columns = new Set<string>();
  const rows = features.flatMap(({ value: feature, layer }, i): Row[] => {
    const number = i + 1;
    if (!isObject(feature)) {
      issues.push({ severity: 'error', row: number, column: null, value: null, expected: 'a Feature', found: show(feature), remedy: 'Export the file again.' });
      return [];
    }
    const cells = new Map<string, string>();
    const put = (name: string, cell: unknown) => {
      const column = visible(name).trim();
      columns.add(column);
      const text = cellText(textOf(cell), number, column, issues);
      if (text !== '') cells.set(column, text);
    };
    for (const [key, cell] of Object.entries(isObject(feature.properties) ? feature.properties : {})) if (!key.startsWith('_')) put(key, cell);
    if (feature.id !== undefined && !cells.has(FEATURE_ID)) put(FEATURE_ID, feature.id);
    if (layer !== null) put(UMAP_LAYER, layer);
    const at = pointOf(feature.geometry, number, issues);
    return at === undefined ? [] : [{ number, cells, at }];
  });
  return { table: { file, unit: 'feature', columns: [...columns], rows }, issues };
}

function featuresOf(value: unknown): Feature[] | null {
  if (!isObject(value)) return null;
  if (value.type === 'umap' && Array.isArray(value.layers))
    return value.layers.flatMap((layer: unknown) => {
      const options = isObject(layer) && isObject(layer._umap_options) ? layer._umap_options : {};
      const name = typeof options.name === 'string' && options.name !== '' ? options.name : null;
      return (featuresOf(layer) ?? []).map((f) => ({ ...f, layer: name }));
    });
  if (value.type === 'Feature') return [{ value, layer: null }];
  return value.type === 'FeatureCollection' && Array.isArray(value.features) ? value.features.map((f: unknown) => ({ value: f, layer: null })) : null;
}

/** A Point's position, null for none; undefined for what is told as an issue. Lines and areas are not reduced to a point that nobody named. */
function pointOf(geometry: unknown, row: number, issues: TableIssue[]): LngLat | null | undefined {
  if (geometry === null || geometry === undefined) return null;
  const fault = (expected: string, found: string, remedy: string): undefined => {
    issues.push({ severity: 'error', row, column: 'geometry', value: null, expected, found, remedy });
    return undefined;
  };
  if (!isObject(geometry)) return fault('a geometry or null', show(geometry), 'Export the file again.');
  const [lng, lat] = Array.isArray(geometry.coordinates) ? (geometry.coordinates as unknown[]) : [];
  if (geometry.type !== 'Point')
    return fault('a point', show(geometry.type), 'Replace it by a point, or by no geometry: an event that is nowhere in particular.');
  if (typeof lng !== 'number' || typeof lat !== 'number') return fault('longitude and latitude as numbers', show(geometry.coordinates), 'Correct the numbers.');
  if (!inRange([lng, lat]))
    return fault(
      'longitude in -180..180, then latitude in -90..90',
      `${lng}, ${lat}`,
      inRange(exchanged([lng, lat])) ? 'They look swapped: GeoJSON puts longitude first.' : 'Correct the numbers.',
    );
  return [lng, lat];
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object') return 'value' in cell && typeof cell.value === 'string' ? cell.value : JSON.stringify(cell);
  return String(cell);
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
