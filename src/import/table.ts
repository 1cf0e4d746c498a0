/** A file of rows as the importer works on it, whatever it was: a spreadsheet, GeoJSON, KML or GPX. */
import type { LngLat } from '../core/source.ts';
import { visible } from '../core/text.ts';
import { fold } from './fold.ts';

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

/** The names of a table's columns, and how many lines stand above them. Null names where there are none, with what is wrong. */
export interface Head {
  readonly columns: readonly string[] | null;
  readonly above: number;
  readonly issues: readonly TableIssue[];
}

/**
 * Find the header among a table's first lines. A name that is empty is called by its position, one that is there twice
 * gets a number. Lines above it with one cell alone, such as a title over all columns, and lines without any are no header.
 */
export function headOf(lines: readonly (readonly string[])[]): Head {
  const filled = (line: readonly string[]) => line.filter((cell) => cell.trim() !== '').length;
  const found = lines.findIndex((line) => filled(line) > 1);
  const above = lines.slice(0, found).every((line) => line.length > 1 || filled(line) === 0) ? Math.max(0, found) : 0;
  const none = (...fault: Parameters<typeof fileFault>): Head => ({ columns: null, above, issues: [fileFault(...fault)] });
  const header = lines[above];
  if (!header || header.every((cell) => cell.trim() === ''))
    return none('a first row with the names of the columns', 'none', 'Put the names above the columns.');
  if (header.length > MAX_COLUMNS) return none(`at most ${MAX_COLUMNS} columns`, `${header.length}`, 'Remove those that the map does not need.');
  const columns: string[] = [];
  header.forEach((cell, i) => {
    const name = visible(cell).trim() || `column ${i + 1}`;
    let unique = name;
    for (let n = 2; columns.includes(unique); n++) unique = `${name} (${n})`;
    columns.push(unique);
  });
  return { columns, above, issues: [] };
}

/** Names of a table's columns with where each stands. */
export class Names {
  readonly at: ReadonlyMap<string, number>;
  readonly folded: ReadonlyMap<string, number>;
  readonly columns: readonly string[];

  constructor(columns: readonly string[]) {
    this.columns = columns;
    this.at = new Map(columns.map((c, i) => [c, i]));
    this.folded = new Map(columns.map((c, i) => [fold(c), i] as const).reverse());
  }
}

/** A row's filled cells by column, in the order of the columns. It is no `Map`: to fill one for each of a million rows takes longer than to read them. */
export class Cells implements ReadonlyMap<string, string> {
  private readonly names: Names;
  private readonly texts: readonly (string | undefined)[];

  /** @param texts as many as there are names, or fewer; what is empty counts as not there */
  constructor(names: Names, texts: readonly (string | undefined)[]) {
    this.names = names;
    this.texts = texts;
  }

  get(column: string): string | undefined {
    const at = this.names.at.get(column);
    return at === undefined ? undefined : this.texts[at] || undefined;
  }

  named(folded: string): string | undefined {
    const at = this.names.folded.get(folded);
    return at === undefined ? undefined : this.texts[at] || undefined;
  }

  has(column: string): boolean {
    return this.get(column) !== undefined;
  }

  get size(): number {
    return this.texts.filter(Boolean).length;
  }

  *entries(): MapIterator<[string, string]> {
    for (const [i, text] of this.texts.entries()) if (text) yield [this.names.columns[i] as string, text];
  }

  *keys(): MapIterator<string> {
    for (const [column] of this.entries()) yield column;
  }

  *values(): MapIterator<string> {
    for (const [, text] of this.entries()) yield text;
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries();
  }

  forEach(act: (text: string, column: string, map: ReadonlyMap<string, string>) => void): void {
    for (const [column, text] of this.entries()) act(text, column, this);
  }
}

/**
 * A line below the header as a row; null for an empty line, and for one with more cells than there are names, which is told.
 * @param wanted positions of the columns to read; all of them if left out
 */
export function rowOf(
  cells: readonly string[],
  number: number,
  names: Names,
  issues: TableIssue[],
  wanted: readonly number[] = [...names.columns.keys()],
): Row | null {
  const { columns } = names;
  if (cells.length > columns.length) {
    const extra = cells.slice(columns.length).find((cell) => cell.trim() !== '');
    if (extra !== undefined) {
      issues.push({
        severity: 'error',
        row: number,
        column: null,
        value: extra,
        expected: `${columns.length} cells, one under each name`,
        found: `${cells.length}`,
        remedy: 'Put quotation marks around a cell that holds a comma, or remove what is too much.',
      });
      return null;
    }
  }
  const texts: (string | undefined)[] = columns.map(() => undefined);
  let empty = true;
  for (const i of wanted) {
    const cell = cells[i];
    if (!cell) continue;
    const text = cellText(cell, number, columns[i] as string, issues);
    texts[i] = text;
    if (text !== '') empty = false;
  }
  return empty && cells.every((cell) => cell.trim() === '') ? null : { number, cells: new Cells(names, texts) };
}

/**
 * Header cells and body cells → a table. Empty rows are passed over and still counted.
 * @param start number of the first line
 */
export function tableOf(file: string, lines: readonly (readonly string[])[], start = 1): ReadTable {
  const { columns, above, issues } = headOf(lines);
  if (!columns) return { table: null, issues };
  const names = new Names(columns);
  const told: TableIssue[] = [];
  const rows = lines.slice(above + 1).flatMap((cells, i) => rowOf(cells, start + above + 1 + i, names, told) ?? []);
  return { table: { file, unit: 'row', columns, rows }, issues: told };
}

/** The cell of the column whose name folds to a text, such as `subeventtype`. */
export function cellNamed({ cells }: Row, folded: string): string | undefined {
  if (cells instanceof Cells) return cells.named(folded);
  for (const [column, cell] of cells) if (fold(column) === folded) return cell;
  return undefined;
}
