/** The beginning of a table: all of a short one, and of a long one as much as tells what it is. */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { readCsv } from '../../import/csv.ts';
import { MOST_LISTED } from '../../import/limits.ts';
import type { ReadTable } from '../../import/table.ts';
import { fileFault } from '../../import/table.ts';
import { Duck, literal } from '../dense/duck.ts';
import { readTable } from './read.ts';

/** Of a longer file this is its beginning: more than `MOST_LISTED` rows of common length. */
const BEGINNING = 32 * 2 ** 20;

export interface Begun extends ReadTable {
  /** A CSV file that is to be read row by row, since the table holds its beginning alone; null where it holds all rows. */
  readonly rest: string | null;
}

/**
 * Read a table's beginning.
 * @param path  a file, or `-` for CSV from standard input
 * @param spill folder for what is made of a Parquet file; it must exist
 */
export async function beginTable(path: string, sheet: string | null, spill: string): Promise<Begun> {
  const kind = path === '-' ? '' : extname(path).toLowerCase();
  if (!['.csv', '.tsv', '.txt', '.parquet'].includes(kind) || !existsSync(path) || !statSync(path).isFile())
    return { ...(await readTable(path, sheet)), rest: null };
  let csv = path;
  if (kind === '.parquet') {
    csv = join(spill, 'parquet.csv');
    try {
      await fromParquet(path, csv, spill);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { table: null, issues: [fileFault('a Parquet file', why.slice(0, 200), 'Write it again, or save it as CSV.')], rest: null };
    }
  }
  const long = statSync(csv).size > BEGINNING;
  const read = readCsv(basename(path), beginning(csv, long), MOST_LISTED);
  if (!read.table || (!long && read.table.rows.length <= MOST_LISTED)) return { ...read, rest: null };
  // What is wrong with its rows is told when all of them are read.
  return { table: read.table, issues: [], rest: csv };
}

/** A file's bytes, of a long one those of its first lines. */
function beginning(path: string, long: boolean): Uint8Array {
  const bytes = Buffer.alloc(long ? BEGINNING : statSync(path).size);
  const from = openSync(path, 'r');
  const length = readSync(from, bytes);
  closeSync(from);
  const read = bytes.subarray(0, length);
  return long && read.includes(10) ? read.subarray(0, read.lastIndexOf(10)) : read;
}

/** Every value as an editor would write it: days without a time of day, moments with their offset from UTC. */
async function fromParquet(path: string, csv: string, spill: string): Promise<void> {
  const duck = await Duck.open(spill);
  try {
    const from = `read_parquet(${literal(path)})`;
    const columns = await duck.rows<{ column_name: string; column_type: string }>(`DESCRIBE SELECT * FROM ${from}`);
    const texts = columns.map(({ column_name, column_type }) => {
      const name = `"${column_name.replaceAll('"', '""')}"`;
      if (column_type === 'TIMESTAMP WITH TIME ZONE') return `strftime(epoch_ms(epoch_ms(${name})), '%Y-%m-%dT%H:%MZ') AS ${name}`;
      if (column_type.startsWith('TIMESTAMP'))
        return `strftime(${name}, CASE WHEN ${name} = date_trunc('day', ${name}) THEN '%Y-%m-%d' ELSE '%Y-%m-%dT%H:%M' END) AS ${name}`;
      return `CAST(${name} AS VARCHAR) AS ${name}`;
    });
    await duck.run(`COPY (SELECT ${texts.join(', ')} FROM ${from}) TO ${literal(csv)} (FORMAT csv, HEADER true, QUOTE '"', ESCAPE '"', DELIMITER ',')`);
  } finally {
    duck.close();
  }
}
