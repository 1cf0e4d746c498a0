/** A CSV file of any length, row by row, as `readCsv` reads a short one: the same encodings, marks between cells, numbers of rows and faults. */
import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import Papa from 'papaparse';
import { delimiterOf, encodingOf, NOT_UTF8, openQuote } from '../../import/csv.ts';
import type { Issues } from '../../import/issues.ts';
import type { Row, TableIssue } from '../../import/table.ts';
import { headOf, Names, rowOf } from '../../import/table.ts';

/** Bytes that are read at a time. Longer texts live where only the slow kind of clearing up comes, again and again. */
const PIECE = 2 ** 16;
/** Characters without the end of a row in them: a quotation mark was left open, and would take the rest of the file along. */
const MOST_ROW = 2 ** 22;

/**
 * Read rows. What is wrong with one is added to the issues.
 * @param wanted  positions of the columns to read, once their names are known
 * @param onRow   called for each row in order
 * @param onShare told how much of the file is read, from 0 to 1
 * @param piece   bytes that are read at a time; the rows are the same whatever their number
 * @throws Error as the file system does
 */
export async function eachCsvRow(
  path: string,
  wanted: readonly number[],
  issues: Issues,
  onRow: (row: Row) => void,
  onShare: (share: number) => void,
  piece = PIECE,
): Promise<void> {
  const { size } = statSync(path);
  let read = 0;
  let fed = 0;
  async function* pieces(): AsyncGenerator<string> {
    let decoder: TextDecoder | null = null;
    let held = '';
    for await (const bytes of createReadStream(path, { highWaterMark: piece }) as AsyncIterable<Buffer>) {
      decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true });
      read += bytes.length;
      // Files that several programs have written to mix their line ends.
      const text = held + decoder.decode(bytes, { stream: true });
      held = text.endsWith('\r') ? '\r' : '';
      const lines = held === '' ? text : text.slice(0, -1);
      const whole = lines.includes('\r') ? lines.replace(/\r\n?/g, '\n') : lines;
      fed += whole.length;
      if (whole !== '') yield whole;
    }
    const rest = held + (decoder?.decode() ?? '');
    if (rest !== '') yield rest.replace(/\r\n?/g, '\n');
  }
  const source = pieces();
  const first = await source.next().catch(asUndecoded);
  if (first === null) return issues.add(NOT_UTF8);
  async function* all(): AsyncGenerator<string> {
    if (!first?.done) yield first?.value ?? '';
    yield* source;
  }
  const delimiter = delimiterOf(first.done ? '' : first.value);
  let names: Names | null = null;
  let number = 0;
  const told: TableIssue[] = [];
  await new Promise<void>((resolve, reject) => {
    Papa.parse<string[]>(Readable.from(all()), {
      skipEmptyLines: false,
      newline: '\n',
      delimiter,
      chunk: ({ data, errors, meta }, parser) => {
        for (const e of errors) if (e.type === 'Quotes') issues.add(openQuote(number + (e.row ?? 0) + 1));
        let from = 0;
        if (!names && data.length > 0) {
          const head = headOf(data);
          from = head.above + 1;
          if (!head.columns) return parser.abort();
          names = new Names(head.columns);
        }
        for (let i = from; i < data.length && names; i++) {
          const row = rowOf(data[i] as string[], number + i + 1, names, told, wanted);
          if (row) onRow(row);
        }
        for (const issue of told.splice(0)) issues.add(issue);
        number += data.length;
        onShare(size === 0 ? 1 : read / size);
        if (fed - meta.cursor > MOST_ROW) {
          issues.add(openQuote(number + 1));
          parser.abort();
        }
      },
      complete: () => resolve(),
      error: reject,
    });
  }).catch((error: unknown) => {
    if (asUndecoded(error) === null) issues.add(NOT_UTF8);
  });
}

/** Null for bytes that are no text. @throws any other error */
function asUndecoded(error: unknown): null {
  if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return null;
  throw error;
}
