/**
 * The rows that a story keeps beside its story.json, one event each with one claim: `events.csv`, `events.ndjson` or
 * `events.parquet`. They become the view `given` of the database, every cell a text without space around it.
 */
import { closeSync, copyFileSync, existsSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { Duck } from './duck.ts';
import { literal } from './duck.ts';
import { firstBreak, linesAt, offsetsOf } from './lines.ts';

/** Columns of a row that readers get; `date` is EDTF, `place` a name, `source` an id of sources.json. An empty cell and a missing column are one. */
export const PUBLISHED_COLUMNS = ['id', 'title', 'layer', 'date', 'lng', 'lat', 'place', 'precision', 'says', 'status', 'who', 'source', 'collection'] as const;

/** All columns. The last two are known for safety alone: a row that asks not to be published as it is, is not published. */
export const ROW_COLUMNS = [...PUBLISHED_COLUMNS, 'draft', 'publishPrecision'] as const;
export type RowColumn = (typeof ROW_COLUMNS)[number];
const REQUIRED: readonly RowColumn[] = ['id', 'title', 'layer', 'source'];

/** The files in which a story may keep many events, beside its story.json. */
export const ROW_FILES = ['events.csv', 'events.ndjson', 'events.parquet'] as const;

/** Bytes of a file's beginning that must hold all names of columns. */
const HEAD_BYTES = 2 ** 20;
/** Bytes of a row at most; what is longer has a quote that nobody closed. */
const MOST_LINE = 1_000_000;
/** Rows with an open quote that are taken out one by one; a file with more is left as it is from there on. */
const MOST_MENDED = 20;

/** A row that is none. */
export interface Rejected {
  /** 1-based. */
  readonly line: number;
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
}

export interface Given {
  /** The first few that are no rows, in order, and how many there are of them. */
  readonly rejected: readonly Rejected[];
  readonly rejectedCount: number;
  /** What the table `given_rows` behind the view calls the number of a row. */
  readonly numbered: 'n' | 'rowid';
  /** Lines on which rows of `given` start, 1-based, for their numbers `n` in rising order; in a Parquet file the rows' own numbers. */
  linesOf(numbers: readonly number[]): readonly number[];
}

/** The story's file of rows, if it has one. */
export function rowsFile(folder: string): string | null {
  return ROW_FILES.map((name) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/**
 * Read a file of rows into the view `given(n, id, title, …)`.
 * @param folder  for a mended copy, where one is needed
 * @param most    rejected rows that are described one by one
 * @throws Error when the file cannot be read or has not the columns that are needed
 */
export async function readRows(duck: Duck, file: string, folder: string, most: number, onShare?: (share: number) => void): Promise<Given> {
  if (file.endsWith('.parquet')) return readParquet(duck, file, onShare);
  return file.endsWith('.csv') ? readCsv(duck, file, folder, most, onShare) : readJsonLines(duck, file, most, onShare);
}

function checkNames(names: readonly string[], where: string): void {
  const missing = REQUIRED.filter((c) => !names.includes(c));
  if (missing.length > 0) throw new Error(`${where} Expected ${REQUIRED.join(', ')} among them, and there is no ${missing.join(', no ')}.`);
  const twice = ROW_COLUMNS.find((c) => names.filter((n) => n === c).length > 1);
  if (twice) throw new Error(`${where} There are two of the name ${twice}.`);
}

/** What gives each known column. @param from SQL for one that the file has */
function selected(names: readonly string[], from: (position: number) => string): string {
  return ROW_COLUMNS.map((name) => `${names.includes(name) ? `cell(${from(names.indexOf(name))})` : "''"} AS ${name}`).join(', ');
}

interface Reject {
  /** Offset of the row's first byte; DuckDB counts from 1. */
  readonly at: number;
  readonly type: string;
  readonly text: string;
}

async function readCsv(duck: Duck, file: string, folder: string, most: number, onShare?: (share: number) => void): Promise<Given> {
  const names = csvNames(file);
  const columns = names.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  const copy = join(folder, 'mended.csv');
  const mended: Reject[] = [];
  let [strict, from] = [true, file];
  for (;;) {
    const options = `columns = {${columns}}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', strict_mode = ${strict}, max_line_size = ${MOST_LINE}, store_rejects = true, rejects_limit = 0`;
    for (const table of ['given_rows', 'reject_errors', 'reject_scans']) await duck.run(`DROP TABLE IF EXISTS ${table}`);
    try {
      await duck.run(`CREATE TABLE given_rows AS SELECT ${selected(names, (i) => `c${i}`)} FROM read_csv(${literal(from)}, ${options})`, [], onShare);
    } catch (error) {
      // Ends of lines of two kinds in one file are read, but only by less strict rules.
      if (!strict || !String(error).includes('state machine')) throw error;
      strict = false;
      continue;
    }
    // A quote that is opened and not closed takes the lines behind it along: its first line is emptied, and the rest read again.
    const [open] = await duck.rows<Reject>(
      `SELECT line_byte_position - 1 AS at, error_type AS type, left(csv_line, 200) AS text FROM reject_errors
       WHERE contains(rtrim(csv_line, chr(10) || chr(13)), chr(10)) AND error_type IN ('UNQUOTED VALUE', 'LINE SIZE OVER MAXIMUM', 'MISSING COLUMNS') ORDER BY 1 LIMIT 1`,
    );
    if (!open || mended.length === MOST_MENDED) break;
    if (from === file) copyFileSync(file, copy);
    from = copy;
    blank(copy, open.at);
    mended.push({ ...open, type: 'UNQUOTED VALUE' });
  }
  await duck.run('CREATE VIEW given AS SELECT rowid AS n, * FROM given_rows');
  const all = `SELECT line_byte_position - 1 AS at, min(error_type) AS type, arg_min(error_message, column_idx) AS text FROM reject_errors GROUP BY 1`;
  const { count } = await duck.row<{ count: number }>(`SELECT count(*) AS count FROM (${all})`);
  const first = [...mended, ...(await duck.rows<Reject>(`${all} ORDER BY 1 LIMIT ${most}`))].sort((a, b) => a.at - b.at).slice(0, most);
  const lines = linesAt(
    file,
    first.map((r) => r.at),
  );
  const skipped = (await duck.rows<Reject>(all)).map((r) => r.at);
  return {
    rejected: first.map((r, i) => ({ line: lines[i] as number, ...rejectWords(r, names.length) })),
    rejectedCount: count + mended.length,
    numbered: 'rowid',
    linesOf: (numbers) => linesAt(file, offsetsOf(from, numbers, new Set(skipped))),
  };
}

function rejectWords({ type, text }: Reject, cells: number): Omit<Rejected, 'line'> {
  switch (type) {
    case 'UNQUOTED VALUE':
      return { expected: 'each quotation mark to be closed', found: 'one that is not', remedy: 'Close it, and write a mark inside quotes twice.' };
    case 'INVALID ENCODING':
      return { expected: 'UTF-8', found: 'bytes that are none', remedy: 'Save the file as UTF-8.' };
    case 'LINE SIZE OVER MAXIMUM':
      return { expected: `at most ${MOST_LINE} bytes in a row`, found: 'more', remedy: 'Shorten it.' };
    default:
      return { expected: `${cells} cells as in the first line`, found: /Found: (\d+)/.exec(text)?.[1] ?? 'another number', remedy: 'Correct the line.' };
  }
}

function csvNames(file: string): readonly string[] {
  const bytes = Buffer.alloc(HEAD_BYTES);
  const from = openSync(file, 'r');
  const length = readSync(from, bytes);
  closeSync(from);
  const { data } = Papa.parse<string[]>(bytes.toString('utf8', 0, length), { header: false, delimiter: ',', preview: 1 });
  const names = (data[0] ?? []).map((c) => c.replace(/^\uFEFF/, '').trim());
  checkNames(names, 'The first line names the columns.');
  return names;
}

/** Overwrite a line with empty ones: what stands before and behind keeps its place. */
function blank(file: string, at: number): void {
  const length = firstBreak(file, at) - at;
  const to = openSync(file, 'r+');
  writeSync(to, Buffer.alloc(length, '\n'), 0, length, at);
  closeSync(to);
}

async function readJsonLines(duck: Duck, file: string, most: number, onShare?: (share: number) => void): Promise<Given> {
  const whole = `columns = {'text': 'VARCHAR'}, auto_detect = false, header = false, delim = chr(1), quote = '', escape = '', strict_mode = false`;
  await duck.run(
    `CREATE TABLE lines AS SELECT trim(text, ' ' || chr(9) || chr(13) || chr(65279)) AS text FROM read_csv(${literal(file)}, ${whole})`,
    [],
    onShare,
  );
  const paths = ROW_COLUMNS.map((name) => `'$.${name}'`).join(', ');
  await duck.run(
    `CREATE TABLE given_rows AS SELECT n, ${selected(ROW_COLUMNS, (i) => `parts[${i + 1}]`)}
     FROM (SELECT rowid AS n, json_extract_string(text, [${paths}]) AS parts FROM lines WHERE CASE WHEN json_valid(text) THEN json_type(text) = 'OBJECT' ELSE FALSE END)`,
  );
  await duck.run('CREATE VIEW given AS SELECT * FROM given_rows');
  const none = `FROM lines WHERE text <> '' AND CASE WHEN json_valid(text) THEN json_type(text) <> 'OBJECT' ELSE TRUE END`;
  const { count } = await duck.row<{ count: number }>(`SELECT count(*) AS count ${none}`);
  const first = await duck.rows<{ line: number }>(`SELECT rowid + 1 AS line ${none} ORDER BY 1 LIMIT ${most}`);
  return {
    rejected: first.map(({ line }) => ({ line, expected: 'one JSON object on the line', found: 'something else', remedy: 'Correct the line.' })),
    rejectedCount: count,
    numbered: 'n',
    linesOf: (numbers) => numbers.map((n) => n + 1),
  };
}

async function readParquet(duck: Duck, file: string, onShare?: (share: number) => void): Promise<Given> {
  const table = `read_parquet(${literal(file)})`;
  const described = await duck.rows<{ column_name: string; column_type: string }>(`DESCRIBE SELECT * FROM ${table}`);
  const names = described.map((d) => d.column_name);
  checkNames(names, 'The file has columns of its own names.');
  const text = (i: number) => {
    const name = `"${(names[i] ?? '').replaceAll('"', '""')}"`;
    const type = described[i]?.column_type ?? '';
    // A moment has its offset from UTC; a time of day without one is no EDTF, and counts as its day.
    if (type === 'TIMESTAMP WITH TIME ZONE') return `strftime(epoch_ms(epoch_ms(${name})), '%Y-%m-%dT%H:%M:%SZ')`;
    if (type.startsWith('TIMESTAMP')) return `strftime(${name}, '%Y-%m-%d')`;
    return `CAST(${name} AS VARCHAR)`;
  };
  await duck.run(`CREATE TABLE given_rows AS SELECT ${selected(names, text)} FROM ${table}`, [], onShare);
  await duck.run('CREATE VIEW given AS SELECT rowid AS n, * FROM given_rows');
  return { rejected: [], rejectedCount: 0, numbered: 'rowid', linesOf: (numbers) => numbers.map((n) => n + 1) };
}
