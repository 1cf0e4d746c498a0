/** A file of rows as the importer works on it, whatever it was: a spreadsheet, GeoJSON, KML or GPX. */
import type { LngLat } from '../core/source.ts';
import { visible } from '../core/text.ts';

export interface Row {
  /** As its own program counts: a sheet's row with the header as 1, a map file's feature from 1. */
  readonly number: number;
  /** Column → text, trimmed; a column that is empty here may be missing. */
  readonly cells: ReadonlyMap<string, string>;
  /** The point that a map file gives beside its columns; undefined for a sheet. Null for a feature without one. */
  readonly at?: LngLat | null;
}

export interface Table {
  /** The file's name, for messages and as the source's title. */
  readonly file: string;
  /** What one counts: `row` of a sheet, `feature` of a map file. */
  readonly unit: 'row' | 'feature';
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** A fault of the table or of one of its rows, in the grammar of `core/issue.ts`. Values, never thrown. */
export interface TableIssue {
  readonly severity: 'error' | 'warning';
  /** Null where the fault is the whole table's. */
  readonly row: number | null;
  readonly column: string | null;
  /** The cell as written. */
  readonly value: string | null;
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
}

/** What reading a file gives: a table, and what could not be read of it. Null where nothing could. */
export interface ReadTable {
  readonly table: Table | null;
  readonly issues: readonly TableIssue[];
}

/** More are no sheet that somebody has filled in. */
const MAX_COLUMNS = 1000;

/** A fault of a whole file. */
export function fileFault(expected: string, found: string, remedy: string): TableIssue {
  return { severity: 'error', row: null, column: null, value: null, expected, found, remedy };
}

/** A cell's text, trimmed and without what cannot be seen in it, which is told. */
export function cellText(cell: string, row: number, column: string, issues: TableIssue[]): string {
  const whole = cell.trim();
  const text = visible(whole);
  if (text.length < whole.length)
    issues.push({
      severity: 'warning',
      row,
      column,
      value: null,
      expected: 'text that can be seen',
      found: 'controls, or characters that turn text round',
      remedy: 'They are left out.',
    });
  return text.trim();
}

/**
 * Header cells and body cells → a table. Empty rows are passed over and still counted. A header that is empty is called
 * by its position, one that is there twice gets a number. Lines above it with one cell alone, such as a title over all
 * columns, and lines without any are no header.
 * @param start number of the first line
 */
export function tableOf(file: string, lines: readonly (readonly string[])[], start = 1): ReadTable {
  const filled = (line: readonly string[]) => line.filter((cell) => cell.trim() !== '').length;
  const above = lines.findIndex((line) => filled(line) > 1);
  const top = lines.slice(0, above).every((line) => line.length > 1 || filled(line) === 0) ? Math.max(0, above) : 0;
  const first = start + top;
  const [header, ...body] = lines.slice(top);
  if (!header || header.every((cell) => cell.trim() === ''))
    return { table: null, issues: [fileFault('a first row with the names of the columns', 'none', 'Put the names above the columns.')] };
  if (header.length > MAX_COLUMNS)
    return { table: null, issues: [fileFault(`at most ${MAX_COLUMNS} columns`, `${header.length}`, 'Remove those that the map does not need.')] };
  const columns: string[] = [];
  header.forEach((cell, i) => {
    const name = visible(cell).trim() || `column ${i + 1}`;
    let unique = name;
    for (let n = 2; columns.includes(unique); n++) unique = `${name} (${n})`;
    columns.push(unique);
  });
  const issues: TableIssue[] = [];
  const rows = body.flatMap((cells, i): Row[] => {
    const number = first + 1 + i;
    if (cells.every((cell) => cell.trim() === '')) return [];
    const extra = cells.slice(columns.length).filter((cell) => cell.trim() !== '');
    if (extra.length > 0) {
      issues.push({
        severity: 'error',
        row: number,
        column: null,
        value: extra[0] ?? null,
        expected: `${columns.length} cells, one under each name`,
        found: `${cells.length}`,
        remedy: 'Put quotation marks around a cell that holds a comma, or remove what is too much.',
      });
      return [];
    }
    const texts = columns.map((column, k) => [column, cellText(cells[k] ?? '', number, column, issues)] as const);
    return [{ number, cells: new Map(texts.filter(([, text]) => text !== '')) }];
  });
  return { table: { file, unit: 'row', columns, rows }, issues };
}
