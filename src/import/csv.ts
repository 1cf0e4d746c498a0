/** Text of a spreadsheet (RFC 4180 and its relatives) → a table. */
import Papa from 'papaparse';
import { MAX_ROWS, tooLarge, tooMany } from './limits.ts';
import type { ReadTable, TableIssue } from './table.ts';
import { fileFault, tableOf } from './table.ts';

/**
 * Read CSV or TSV: comma, semicolon, tab or bar, whichever the file uses. Never throws.
 * @param bytes UTF-8, with or without a byte order mark, or UTF-16 with one, as Excel's "Unicode text" has it
 * @param most  rows that are wanted: of a longer table one more is read, and the rest passed over
 */
export function readCsv(file: string, bytes: Uint8Array, most?: number): ReadTable {
  const large = tooLarge(bytes.length);
  if (large) return { table: null, issues: [large] };
  const text = decode(bytes);
  if (text === null) return { table: null, issues: [NOT_UTF8] };
  if (text.trim() === '') return { table: null, issues: [fileFault('a table', 'an empty file', 'Save the sheet again.')] };
  if (/^\s*<(!doctype|html)/i.test(text))
    return {
      table: null,
      issues: [
        fileFault(
          'CSV',
          'a web page',
          'A Google Sheet must be published as CSV: File, Share, Publish to web, then "Comma-separated values". Then download that.',
        ),
      ],
    };
  // Files that several programs have written to mix their line ends.
  const { data, errors } = Papa.parse<string[]>(text.replace(/\r\n?/g, '\n'), {
    skipEmptyLines: false,
    newline: '\n',
    delimiter: delimiterOf(text),
    preview: (most ?? MAX_ROWS) + 2,
  });
  const many = most === undefined ? tooMany(data.length - 1, 'row') : null;
  if (many) return { table: null, issues: [many] };
  const quotes = errors.filter((e) => e.type === 'Quotes').map((e) => openQuote((e.row ?? 0) + 1));
  const read = tableOf(file, data);
  return { table: read.table, issues: [...quotes, ...read.issues] };
}

export const NOT_UTF8 = fileFault(
  'UTF-8 text',
  'bytes that are not UTF-8',
  'In Excel: Save as, "CSV UTF-8 (Comma delimited)"; in Google Sheets: File, Download, CSV.',
);

export function openQuote(row: number): TableIssue {
  return {
    severity: 'error',
    row,
    column: null,
    value: null,
    expected: 'a quotation mark at both ends of a cell, and doubled inside it',
    found: 'one that is left open or stands alone',
    remedy: 'Correct the cell; all rows behind it may be affected.',
  };
}

/** The mark that parts the header's names: the most frequent one outside quotation marks. */
export function delimiterOf(text: string): string {
  const header = /^.*\S.*$/m.exec(text)?.[0].replace(/"[^"]*"/g, '') ?? '';
  const count = (mark: string) => header.split(mark).length;
  return [',', ';', '\t', '|'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** Text, or null where the bytes are in no encoding that can be told for certain. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The encoding of a file that begins so. */
export function encodingOf([a, b]: Uint8Array): string {
  return a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
}
