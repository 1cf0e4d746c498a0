/** Files of every kind that can be imported → tables. Each kind has a library of its own; none of them asks the network for anything. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { kml as fromKml, gpx, kmlWithFolders } from '@tmcw/togeojson';
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import { strFromU8, Unzip, UnzipInflate, unzipSync } from 'fflate';
import type { FeatureCollection } from 'geojson';
import { readSheet } from 'read-excel-file/node';
import { readCsv } from '../../import/csv.ts';
import { fromGeoJson, readGeoJson } from '../../import/geojson.ts';
import { tooLarge, tooMany } from '../../import/limits.ts';
import type { ReadTable } from '../../import/table.ts';
import { fileFault, tableOf } from '../../import/table.ts';

/** Most that a file of XML may be, and a packed one unpacked: as a tree it takes many times as much memory. */
const MAX_XML = 32 * 2 ** 20;
const MAX_UNPACKED = 128 * 2 ** 20;

export const KINDS = ['.csv', '.tsv', '.txt', '.xlsx', '.geojson', '.json', '.umap', '.kml', '.kmz', '.gpx'] as const;

const nothing = (expected: string, found: string, remedy: string): ReadTable => ({ table: null, issues: [fileFault(expected, found, remedy)] });

/**
 * Read a file as its name's ending says. What is wrong with it comes back as issues.
 * @param path  a file, or `-` for CSV from standard input
 * @param sheet name or number of a workbook's sheet; the first one if left out
 */
export async function readTable(path: string, sheet: string | null): Promise<ReadTable> {
  if (path === '-') return readCsv('standard input', readFileSync(0));
  if (!existsSync(path) || !statSync(path).isFile()) return nothing('a file', `"${path}", which there is none`, 'Correct the path.');
  const large = tooLarge(statSync(path).size);
  if (large) return { table: null, issues: [large] };
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return nothing('a file that can be read', why, 'Check its permissions and the disk.');
  }
  const file = basename(path);
  switch (extname(path).toLowerCase()) {
    case '.csv':
    case '.tsv':
    case '.txt':
      return readCsv(file, bytes);
    case '.geojson':
    case '.json':
    case '.umap':
      return readGeoJson(file, bytes);
    case '.xlsx':
      return readWorkbook(file, bytes, sheet);
    case '.kml':
      return readXml(readKml, file, new TextDecoder().decode(bytes));
    case '.kmz':
      return readKmz(file, bytes);
    case '.gpx':
      return readXml(readGpx, file, new TextDecoder().decode(bytes));
    case '.xls':
      return nothing('a workbook of today', 'one of before 2007', 'Save it as .xlsx.');
    default:
      return nothing(`a file that ends with one of ${KINDS.join(', ')}`, JSON.stringify(file), 'Export it in one of these forms.');
  }
}

async function readWorkbook(file: string, bytes: Buffer, sheet: string | null): Promise<ReadTable> {
  try {
    if (unpackedSize(bytes, MAX_UNPACKED) === null) return tooMuch(MAX_UNPACKED);
    const rows = await readSheet(bytes, sheet === null ? 1 : /^\d+$/.test(sheet) ? Number(sheet) : sheet);
    const many = tooMany(rows.length - 1, 'row');
    if (many) return { table: null, issues: [many] };
    const text = rows.map((row) => row.map(cellText));
    const first = text.findIndex((row) => row.some((cell) => cell !== ''));
    return tableOf(file, text.slice(Math.max(0, first)), Math.max(0, first) + 1);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return nothing('a workbook with that sheet', why.slice(0, 200), 'Save it again as .xlsx; --sheet takes a name or a number.');
  }
}

/** A workbook keeps days as instants of UTC; a time of day has no zone: the story's decides. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell).trim();
  const text = cell.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 16);
}

function readKmz(file: string, bytes: Uint8Array): ReadTable {
  try {
    if (unpackedSize(bytes, MAX_UNPACKED) === null) return tooMuch(MAX_UNPACKED);
    const names: string[] = [];
    const entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => /\.kml$/i.test(name) && originalSize <= MAX_XML && names.push(name) === 1,
    });
    const [kml] = Object.values(entries);
    return kml ? readXml(readKml, file, strFromU8(kml)) : nothing('a .kml file in the archive', 'none', 'Export it again.');
  } catch {
    return nothing('a KMZ archive', 'something else', 'Export it again, or as .kml.');
  }
}

const tooMuch = (most: number) => nothing(`at most ${most / 2 ** 20} MB unpacked`, 'more', 'Cut the file into parts.');

/** What an archive holds unpacked, bytes, as far as can be told from what it says and from what comes out of it; null above a limit. */
function unpackedSize(bytes: Uint8Array, most: number): number | null {
  let [said, size] = [0, 0];
  unzipSync(bytes, {
    filter: ({ originalSize }) => {
      said += originalSize;
      return false;
    },
  });
  const unzip = new Unzip((file) => {
    file.ondata = (_, chunk) => {
      size += chunk?.length ?? 0;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  // Piece by piece: a thousand times its size may come out of each.
  const PIECE = 16 * 1024;
  for (let at = 0; at < bytes.length && said <= most && size <= most; at += PIECE) unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
  return said > most || size > most ? null : Math.max(said, size);
}

function parseXml(text: string): Document | null {
  try {
    // A subset of the DOM, which is all that the converter uses.
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'text/xml') as unknown as Document;
  } catch {
    return null;
  }
}

/** Trees are walked level by level of calls: one too deep for that is nobody's map. */
function readXml(read: (file: string, text: string) => ReadTable, file: string, text: string): ReadTable {
  if (text.length > MAX_XML) return nothing(`at most ${MAX_XML / 2 ** 20} MB of XML`, 'more', 'Cut the file into parts.');
  try {
    return read(file, text);
  } catch (error) {
    const why = error instanceof RangeError ? 'one nested too deeply' : 'one that cannot be read';
    return nothing('a sound file', why, 'Export it again.');
  }
}

function readKml(file: string, text: string): ReadTable {
  const document = parseXml(text);
  if (document?.documentElement?.nodeName.replace(/^.*:/, '') !== 'kml') return nothing('KML', 'something else', 'Export the map again.');
  const folders = new Map<unknown, string>();
  const walk = (node: ReturnType<typeof kmlWithFolders> | ReturnType<typeof kmlWithFolders>['children'][number], folder: string | null): void => {
    if (node.type === 'Feature') {
      if (folder !== null) folders.set(keyOf(node.properties), folder);
    } else if ('children' in node) for (const child of node.children) walk(child, node.type === 'folder' ? String(node.meta.name ?? '') || folder : folder);
  };
  walk(kmlWithFolders(document), null);
  const collection = fromKml(document) as FeatureCollection;
  return fromGeoJson(file, {
    ...collection,
    features: collection.features.map((f) => {
      const { timestamp, timespan, description, styleUrl: _, ...rest } = f.properties ?? {};
      const span = (typeof timespan === 'object' && timespan !== null ? timespan : {}) as { begin?: string; end?: string };
      const folder = folders.get(keyOf(f.properties));
      const own = Object.fromEntries(Object.entries(rest).filter(([key]) => !/^(stroke|fill|icon|label|marker|@)/.test(key)));
      // Our own download: what KML has members of its own for is called as in the other forms.
      if ('record' in own) {
        const { name, ...others } = own;
        return { ...f, properties: { placeId: '', ...others, title: name, text: description, start: span.begin ?? '', end: span.end ?? '' } };
      }
      return {
        ...f,
        geometry: f.geometry,
        properties: {
          ...own,
          ...(description === undefined ? {} : { description }),
          ...(timestamp === undefined ? {} : { date: timestamp }),
          ...(span.begin ? { date: span.begin } : {}),
          ...(span.end ? { end: span.end } : {}),
          ...(folder === undefined || 'layer' in own || 'category' in own ? {} : { folder }),
        },
      };
    }),
  });
}

const keyOf = (properties: unknown): string => JSON.stringify(properties);

function readGpx(file: string, text: string): ReadTable {
  const document = parseXml(text);
  if (document?.documentElement?.nodeName.replace(/^.*:/, '') !== 'gpx') return nothing('GPX', 'something else', 'Export the points again.');
  const collection = gpx(document) as FeatureCollection;
  return fromGeoJson(file, {
    ...collection,
    features: collection.features.map((f) => {
      const { time, coordinateProperties: _, ...rest } = f.properties ?? {};
      return { ...f, properties: { ...rest, ...(time === undefined ? {} : { date: time }) } };
    }),
  });
}
