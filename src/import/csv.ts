/** Text of a spreadsheet (RFC 4180 and its relatives) → a table. */
import Papa from 'papaparse';
import { MAX_ROWS, tooLarge, tooMany } from './limits.ts';
import type { ReadTable, TableIssue } from './table.ts';
import { fileFault, tableOf } from './table.ts';

/**
 * Read CSV or TSV: comma, semicolon, tab or bar, whichever the file uses. Never throws.
 * @param bytes UTF-8, with or without a byte order mark, or UTF-16 with one, as Excel's "Unicode text" has it
 */
export function readCsv(file: string, bytes: Uint8Array): ReadTable {
  const large = tooLarge(bytes.length);
  if (large) return { table: null, issues: [large] };
  const text = decode(bytes);
  if (text === null)
    return {
      table: null,
      issues: [fileFault('UTF-8 text', 'bytes that are not UTF-8', 'In Excel: Save as, "CSV UTF-8 (Comma delimited)"; in Google Sheets: File, Download, CSV.')],
    };
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
    preview: MAX_ROWS + 2,
  });
  const many = tooMany(data.length - 1, 'row');
  if (many) return { table: null, issues: [many] };
  const quotes = errors
    .filter((e) => e.type === 'Quotes')
    .map(
      (e): TableIssue => ({
        severity: 'error',
        row: (e.row ?? 0) + 1,
        column: null,
        value: null,
        expected: 'a quotation mark at both ends of a cell, and doubled inside it',
        found: 'one that is left open or stands alone',
        remedy: 'Correct the cell; all rows behind it may be affected.',
      }),
    );
  const read = tableOf(file, data);
  return { table: read.table, issues: [...quotes, ...read.issues] };
}

/** The mark that parts the header's names: the most frequent one outside quotation marks. */
function delimiterOf(text: string): string {
  const header = /^.*\S.*$/m.exec(text)?.[0].replace(/"[^"]*"/g, '') ?? '';
  const count = (mark: string) => header.split(mark).length;
  return [',', ';', '\t', '|'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** Text, or null where the bytes are in no encoding that can be told for certain. */
function decode(bytes: Uint8Array): string | null {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  try {
    return new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
