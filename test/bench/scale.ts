/** Prints the sizes of SCALE.md: `npx tsx test/bench/scale.ts`. What is measured is at the head, the rest is multiplication. */
import { COUNTS_BUDGET } from '../../src/build/dense/pyramid.ts';
import { EVENTS_A_FILE } from '../../src/dense/details.ts';
import { table } from './report.ts';

/** Bytes an event, of a million seeded events at 50,000 places (`npm run bench -- make 1000000 FOLDER`, then built). */
const MEASURED = { row: 192, parquet: 22, columnsGzip: 2.8, details: 560, download: 262 } as const;
/** Cells with an event in them, of each zoom, times days and kinds that are met there: more there cannot be, however many events. */
const CELLS = 4 ** 7;
const DAYS = 150;
const KINDS = 60;
const BYTES_A_COUNT = 60;

function size(bytes: number): string {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

const rows = [1e5, 1e6, 1e7, 1e8, 1e9].map((n) => [
  n.toLocaleString('en'),
  size(n * MEASURED.row),
  size(n * MEASURED.parquet),
  size(COUNTS_BUDGET),
  n <= 1e7 ? size(n * MEASURED.columnsGzip) : '–',
  n <= 1e7 ? size(n * MEASURED.details) : '–',
  n <= 1e7 ? size(n * MEASURED.download) : '–',
  n <= 1e7 ? Math.ceil(n / EVENTS_A_FILE).toLocaleString('en') : '–',
  size(Math.min(n, CELLS * DAYS * KINDS) * BYTES_A_COUNT),
]);
console.log(
  table(
    [
      'events',
      'rows, CSV',
      'rows, Parquet',
      'counts, gzip, at most',
      'columns, gzip',
      'details',
      'download',
      'files of events',
      'finest counts in a warehouse, at most',
    ],
    rows,
  ),
);
