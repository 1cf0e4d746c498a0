/**
 * A story whose events were counted elsewhere: beside its story.json lie the two tables that `sql/pyramid-*.sql` make, as a
 * warehouse gives them, and no rows. Counts of which some are wrong are wrong as a whole: what does not add up is told with
 * the first row of its kind, and then nothing of the tables is shown.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LocatedIssue } from '../../core/issue.ts';
import type { SourceStory } from '../../core/source.ts';
import { STATUSES } from '../../core/source.ts';
import { DATINGS } from '../../core/timeline.ts';
import { SHEET_UNITS } from '../../dense/columns.ts';
import { MOST_LEVEL } from '../../dense/PointIndex.ts';
import { kindsOf } from './columns.ts';
import { FAR_YEARS, isoDay, reachOf } from './dates.ts';
import type { Duck } from './duck.ts';
import { literal } from './duck.ts';
import type { Made } from './make.ts';
import { countsFrom, LEAST_ZOOM } from './pyramid.ts';

const COLUMNS = {
  pyramid_cells: ['zoom', 'cell_x', 'cell_y', 'x', 'y'],
  pyramid_counts: ['zoom', 'by_day', 'cell_x', 'cell_y', 'first_day', 'last_day', 'layer', 'statuses', 'context', 'dating', 'events'],
} as const;
type Table = keyof typeof COLUMNS;
const ENDINGS = ['parquet', 'csv'] as const;
/** A count is kept in 32 bits. */
const MOST_EVENTS = 2 ** 32 - 1;

export type CountedFiles = { readonly [K in Table]: string };

/** Those of the two tables that a story's folder has. */
export function tablesIn(folder: string): Partial<CountedFiles> {
  const of = (table: Table) => {
    const path = ENDINGS.map((ending) => join(folder, `${table}.${ending}`)).find((file) => existsSync(file));
    return path ? { [table]: path } : {};
  };
  return { ...of('pyramid_cells'), ...of('pyramid_counts') };
}

/** The two tables of a story's folder, null where it has neither. @throws Error where it has one of them */
export function countedFiles(folder: string): CountedFiles | null {
  const { pyramid_cells: cells, pyramid_counts: counts } = tablesIn(folder);
  if (cells && counts) return { pyramid_cells: cells, pyramid_counts: counts };
  if (!cells && !counts) return null;
  throw new Error(`Expected pyramid_cells and pyramid_counts, and there is no ${cells ? 'pyramid_counts' : 'pyramid_cells'} as .parquet or .csv.`);
}

/** A rule of the tables: what breaks it, as SQL that is true of a faulty row. */
interface Rule {
  readonly table: Table;
  readonly column: string;
  readonly broken: string;
  readonly expected: string;
  readonly remedy: string;
}

const REMEDY = 'Make both tables anew with src/build/dense/sql/pyramid-*.sql, as SCALE.md says.';

function rulesFor({ meta }: SourceStory): readonly Rule[] {
  const cells = (column: string, broken: string, expected: string): Rule => ({ table: 'pyramid_cells', column, broken, expected, remedy: REMEDY });
  const counts = (column: string, broken: string, expected: string, remedy = REMEDY): Rule => ({ table: 'pyramid_counts', column, broken, expected, remedy });
  const size = `(1 << (${MOST_LEVEL} - zoom))`;
  const corner = (c: string) => `${c} IS NULL OR ${c} < 0 OR ${c} >= ${SHEET_UNITS} OR ${c} % ${size} <> 0`;
  const zoom = `zoom IS NULL OR zoom < ${LEAST_ZOOM} OR zoom > ${MOST_LEVEL}`;
  const whole = (column: string, most: number) => `${column} IS NULL OR ${column} < 0 OR ${column} > ${most}`;
  const reach = reachOf(meta);
  return [
    cells('zoom', zoom, `a whole number from ${LEAST_ZOOM} to ${MOST_LEVEL}`),
    cells('cell_x', corner('cell_x'), 'the corner of a cell, in units of 1/2^25 of the world'),
    cells('cell_y', corner('cell_y'), 'the corner of a cell, in units of 1/2^25 of the world'),
    cells('x', `x IS NULL OR x < cell_x OR x >= cell_x + ${size}`, 'a point within the cell'),
    cells('y', `y IS NULL OR y < cell_y OR y >= cell_y + ${size}`, 'a point within the cell'),
    counts('zoom', zoom, `a whole number from ${LEAST_ZOOM} to ${MOST_LEVEL}`),
    counts('by_day', whole('by_day', 1), '0 or 1'),
    counts(
      'cell_x',
      `(cell_x IS NULL) <> (cell_y IS NULL) OR (cell_x IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pyramid_cells c WHERE c.zoom = t.zoom AND c.cell_x = t.cell_x AND c.cell_y = t.cell_y))`,
      'a cell that pyramid_cells has, or none',
    ),
    counts('first_day', '(first_day IS NULL) <> (last_day IS NULL) OR (by_day = 0 AND first_day IS NOT NULL)', 'two days where by_day is 1, or none'),
    counts('last_day', 'last_day < first_day', 'a day that is not before the first'),
    counts(
      'first_day',
      `first_day < ${reach.first} OR last_day > ${reach.last}`,
      `days within ${FAR_YEARS} years of the story's extent, ${meta.extent}, counted from 1970-01-01`,
      'Correct the days, or widen the extent in story.json.',
    ),
    counts(
      'layer',
      whole('layer', meta.layers.length - 1),
      `a position in the layers of story.json, from 0 to ${meta.layers.length - 1}`,
      'Correct it, or add the layer to story.json.',
    ),
    counts('statuses', `${whole('statuses', 2 ** STATUSES.length - 1)} OR statuses = 0`, 'a sum of the bits of src/dense/FORMAT.md'),
    counts('context', whole('context', 1), '0 or 1'),
    counts('dating', whole('dating', DATINGS.length - 1), `a whole number from 0 to ${DATINGS.length - 1}`),
    counts('events', `events IS NULL OR events < 1 OR events > ${MOST_EVENTS}`, `a whole number from 1 to ${MOST_EVENTS}`),
  ];
}

/**
 * Read both tables into an empty database and judge them.
 * @returns what is wrong with them, nothing where they are sound
 * @throws Error when a file cannot be read or has not the columns that are needed
 */
export async function checkCounted(duck: Duck, files: CountedFiles, source: SourceStory): Promise<readonly LocatedIssue[]> {
  for (const table of ['pyramid_cells', 'pyramid_counts'] as const) await readTable(duck, table, files[table]);
  const issue = (table: Table, path: readonly string[], expected: string, found: string, remedy: string): LocatedIssue => ({
    severity: 'error',
    file: basename(files[table]),
    path,
    expected,
    found,
    remedy,
    line: null,
    column: null,
  });
  const issues: LocatedIssue[] = [];
  for (const { table, column, broken, expected, remedy } of rulesFor(source)) {
    const { count } = await duck.row<{ count: number }>(`SELECT count(*) AS count FROM ${table} t WHERE ${broken}`);
    if (count === 0) continue;
    const [first] = await duck.rows<{ row: string }>(`SELECT CAST(t AS VARCHAR) AS row FROM ${table} t WHERE ${broken} ORDER BY ALL LIMIT 1`);
    issues.push(issue(table, [column], expected, `${count} ${count === 1 ? 'row' : 'rows'} without, the first of them ${first?.row ?? ''}`, remedy));
  }
  if (issues.length > 0) return issues;
  const [twice] = await duck.rows<{ cell: string }>(
    `SELECT concat_ws(' ', zoom, cell_x, cell_y) AS cell FROM pyramid_cells GROUP BY zoom, cell_x, cell_y HAVING count(*) > 1 ORDER BY 1 LIMIT 1`,
  );
  if (twice) issues.push(issue('pyramid_cells', ['cell_x'], 'each cell of a zoom once', `one twice: ${twice.cell}`, REMEDY));
  const sums = await duck.rows<{ zoom: number; by_day: number; events: number }>(
    'SELECT zoom, by_day, CAST(sum(events) AS DOUBLE) AS events FROM pyramid_counts GROUP BY zoom, by_day ORDER BY zoom, by_day',
  );
  // Of every zoom from the first on both kinds of counts, and the same events in each.
  sums.forEach(({ zoom, by_day, events }, i) => {
    const [expectedZoom, expectedKind] = [LEAST_ZOOM + Math.floor(i / 2), i % 2];
    if (issues.length > 0) return;
    if (zoom !== expectedZoom || by_day !== expectedKind)
      issues.push(issue('pyramid_counts', ['zoom'], `rows of zoom ${expectedZoom} with by_day ${expectedKind}`, 'none', REMEDY));
    else if (events !== sums[0]?.events)
      issues.push(issue('pyramid_counts', ['events'], `${sums[0]?.events} events at every zoom`, `${events} at zoom ${zoom} with by_day ${by_day}`, REMEDY));
  });
  if (issues.length === 0 && sums.length % 2 !== 0)
    issues.push(issue('pyramid_counts', ['by_day'], `rows of zoom ${sums.at(-1)?.zoom} with by_day 1`, 'none', REMEDY));
  const { events = 0 } = sums[0] ?? {};
  if (events > MOST_EVENTS) issues.push(issue('pyramid_counts', ['events'], `at most ${MOST_EVENTS} events in all`, String(events), 'Count fewer.'));
  if (issues.length === 0 && sums.length === 0) issues.push(issue('pyramid_counts', [], 'counts', 'an empty table', REMEDY));
  return issues;
}

/** What is no number becomes NULL, which no rule takes for one. Some warehouses give names in capitals. */
async function readTable(duck: Duck, table: Table, file: string): Promise<void> {
  const from = file.endsWith('.parquet')
    ? `read_parquet(${literal(file)})`
    : `read_csv(${literal(file)}, header = true, all_varchar = true, delim = ',', quote = '"')`;
  const described = await duck.rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${from}`);
  const columns = COLUMNS[table].map((name) => {
    const found = described.find((d) => d.column_name.toLowerCase() === name);
    if (!found) throw new Error(`${basename(file)} names its columns. Expected ${COLUMNS[table].join(', ')}, and there is no ${name}.`);
    return `TRY_CAST("${found.column_name.replaceAll('"', '""')}" AS BIGINT) AS ${name}`;
  });
  await duck.run(`CREATE TABLE ${table} AS SELECT ${columns.join(', ')} FROM ${from}`);
}

/** The file of counts, and what the page says of them, from tables that are sound. @param folder for the file @param path of it in the site */
export async function makeCounted(duck: Duck, folder: string, path: string): Promise<Made> {
  await duck.run(
    `CREATE TABLE kinds AS SELECT row_number() OVER (ORDER BY layer, statuses, context, dating) - 1 AS kind, *
     FROM (SELECT DISTINCT layer, statuses, context, dating FROM pyramid_counts)`,
  );
  const kinds = await kindsOf(duck);
  const span = await duck.row<{ base: number | null; last: number | null }>('SELECT min(first_day) AS base, max(last_day) AS last FROM pyramid_counts');
  const [baseDay, days] = [span.base ?? 0, span.base === null || span.last === null ? 0 : span.last - span.base + 1];
  const { bytes, cells } = await countsFrom(duck, kinds, { baseDay, days });
  writeFileSync(join(folder, 'counts.bin'), bytes);
  const retracted = 1 << STATUSES.indexOf('retracted');
  const sums = await duck.row<{ events: number; context: number; placed: number; articlePlaced: number; retracted: number }>(
    `SELECT sum(events) AS events, coalesce(sum(events) FILTER (context = 1), 0) AS context, coalesce(sum(events) FILTER (cell_x IS NOT NULL), 0) AS placed,
       coalesce(sum(events) FILTER (context = 0 AND cell_x IS NOT NULL), 0) AS "articlePlaced",
       coalesce(sum(events) FILTER (context = 0 AND (statuses & ${retracted}) <> 0), 0) AS retracted
     FROM pyramid_counts WHERE zoom = ${LEAST_ZOOM} AND by_day = 0`,
  );
  return {
    files: {
      counts: `${path}counts.bin`,
      columns: null,
      folder: '',
      idFiles: 0,
      download: null,
      cells,
      events: sums.events,
      context: sums.context,
      placed: sums.placed,
      places: null,
      article: { placed: sums.articlePlaced, retracted: sums.retracted, places: null },
    },
    reach: days === 0 ? null : { first: isoDay(baseDay), last: isoDay(baseDay + days - 1) },
    issues: [],
    leftOut: 0,
  };
}
