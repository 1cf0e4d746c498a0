/**
 * Rows of `events.csv` or `events.ndjson` beside a story.json: one event each, with one claim. Read block by block, so
 * that a file of any length takes the same memory.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import Papa from 'papaparse';

/** A row as written: the values of known columns, trimmed; missing ones are empty. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly layer: string;
  /** EDTF; empty for undated. */
  readonly date: string;
  readonly lng: string;
  readonly lat: string;
  /** Name of the place. */
  readonly place: string;
  readonly precision: string;
  readonly says: string;
  readonly status: string;
  /** Who says so; the source's publisher where it is empty. */
  readonly who: string;
  /** Id of sources.json. */
  readonly source: string;
  readonly collection: string;
}

export const ROW_COLUMNS = [
  'id',
  'title',
  'layer',
  'date',
  'lng',
  'lat',
  'place',
  'precision',
  'says',
  'status',
  'who',
  'source',
  'collection',
] as const satisfies readonly (keyof Row)[];
export const REQUIRED_COLUMNS = ['id', 'title', 'layer', 'source'] as const satisfies readonly (keyof Row)[];

/** Bytes that are read at once. */
const BLOCK = 8 * 2 ** 20;

/** A row with the line that it starts on, or what is wrong with that line. */
export type ReadRow = { readonly line: number; readonly row: Row } | { readonly line: number; readonly fault: string };

/**
 * All rows of a file, one after the other.
 * @param onBytes told how many bytes have been read so far
 * @throws Error when the file cannot be read or has not the columns that are needed
 */
export function* readRows(path: string, onBytes: (bytes: number) => void = () => undefined): Generator<ReadRow> {
  const parse = path.endsWith('.csv') ? csvRows() : jsonRows;
  let line = 1;
  for (const text of blocks(path, path.endsWith('.csv'), onBytes)) {
    yield* parse(text, line);
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) line++;
  }
}

/** Text in blocks of whole rows. A line break inside quotes ends no row of a CSV file. */
function* blocks(path: string, quotes: boolean, onBytes: (bytes: number) => void): Generator<string> {
  const file = openSync(path, 'r');
  try {
    let rest: Buffer<ArrayBufferLike> = Buffer.alloc(0);
    let total = 0;
    const decoder = new TextDecoder();
    for (;;) {
      const buffer = Buffer.allocUnsafe(rest.length + BLOCK);
      rest.copy(buffer);
      const read = readSync(file, buffer, rest.length, BLOCK, null);
      total += read;
      const filled = buffer.subarray(0, rest.length + read);
      const end = read === 0 ? filled.length : lastRowEnd(filled, quotes);
      if (end > 0) yield decoder.decode(filled.subarray(0, end));
      onBytes(total);
      if (read === 0) return;
      rest = filled.subarray(end);
    }
  } finally {
    closeSync(file);
  }
}

const NEWLINE = 10;
const QUOTE = 34;

/** Where the last whole row ends; 0 where there is none. */
function lastRowEnd(bytes: Uint8Array, quotes: boolean): number {
  if (!quotes || bytes.indexOf(QUOTE) < 0) return bytes.lastIndexOf(NEWLINE) + 1;
  let end = 0;
  let inside = false;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === QUOTE) inside = !inside;
    else if (bytes[i] === NEWLINE && !inside) end = i + 1;
  }
  return end;
}

function csvRows(): (text: string, line: number) => Generator<ReadRow> {
  let head: readonly string[] | null = null;
  /** Where each known column stands. */
  let at: readonly number[] = [];
  return function* (text, firstLine) {
    const { data } = Papa.parse<string[]>(text, { header: false });
    let line = firstLine;
    for (const cells of data) {
      const start = line;
      line += 1 + breaksIn(cells);
      if (cells.length === 1 && cells[0]?.trim() === '') continue;
      if (!head) {
        head = cells.map((c) => c.replace(/^\uFEFF/, '').trim());
        const names = head;
        at = ROW_COLUMNS.map((name) => names.indexOf(name));
        const missing = REQUIRED_COLUMNS.filter((c) => !head?.includes(c));
        if (missing.length > 0)
          throw new Error(`The first line names the columns. Expected ${REQUIRED_COLUMNS.join(', ')} among them, and there is no ${missing.join(', no ')}.`);
        continue;
      }
      if (cells.length !== head.length) yield { line: start, fault: `Expected ${head.length} cells as in the first line, got ${cells.length}.` };
      else yield { line: start, row: toRow((i) => cells[at[i] ?? -1] ?? '') };
    }
  };
}

function* jsonRows(text: string, firstLine: number): Generator<ReadRow> {
  let line = firstLine;
  for (const source of text.split('\n')) {
    const at = line++;
    if (source.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(source);
    } catch {
      yield { line: at, fault: 'Expected one JSON object on the line, got something else.' };
      continue;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) yield { line: at, fault: 'Expected an object, got something else.' };
    else {
      const fields = value as Readonly<Record<string, unknown>>;
      yield { line: at, row: toRow((i) => String(fields[ROW_COLUMNS[i] ?? ''] ?? '')) };
    }
  }
}

function toRow(cell: (column: number) => string): Row {
  const row: { [name: string]: string } = {};
  for (let i = 0; i < ROW_COLUMNS.length; i++) row[ROW_COLUMNS[i] as string] = cell(i).trim();
  return row as unknown as Row;
}

/** Line breaks inside the cells of a row. */
function breaksIn(cells: readonly string[]): number {
  let n = 0;
  for (const cell of cells) for (let i = cell.indexOf('\n'); i >= 0; i = cell.indexOf('\n', i + 1)) n++;
  return n;
}
