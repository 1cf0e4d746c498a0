/** All sound rows as a CSV file for others, as `eventsCsv` of core/export.ts writes listed events: RFC 4180, safe in spreadsheets. */
import type { SourceMeta } from '../../core/source.ts';
import { pick, plain } from '../../core/text.ts';
import type { Duck } from './duck.ts';
import { literal } from './duck.ts';

export const DOWNLOAD = 'all-events.csv';

/** Write the rows in their own order. What a value left to its default is written out; up to when and on what terms stands in each row. */
export async function writeDownload(duck: Duck, path: string, meta: SourceMeta, language: string): Promise<void> {
  const text = (words: SourceMeta['licence']) => plain(pick(words, language, meta.language));
  const constant = (value: string) => `csv_text(${literal(value)})`;
  const columns: readonly (readonly [string, string])[] = [
    ...['id', 'collection', 'layer', 'title', 'place', 'precision', 'date', 'status', 'says', 'who', 'source'].map((c) => [c, `csv_text(${c})`] as const),
    ['publisher', 'publisher'],
    ['lng', 'lng'],
    ['lat', 'lat'],
    ['asOf', constant(meta.asOf)],
    ['licence', constant(text(meta.licence))],
    ...(meta.sample ? [['sample', constant(text(meta.sample))] as const] : []),
  ];
  // The line is one column of a file without quotes: DuckDB's own lines end with LF alone.
  const head = `\ufeff${columns.map(([name]) => `"${name}"`).join(',')}\r`;
  // A join keeps the order of its left side, as long as nobody turns it round.
  await duck.run(
    `SET disabled_optimizers = 'join_order,build_side_probe_side';
     COPY (
       SELECT concat_ws(',', ${columns.map(([, value]) => value).join(', ')}) || chr(13) AS "${head.replaceAll('"', '""')}"
       FROM (
         SELECT g.id, CASE g.collection WHEN '' THEN 'article' ELSE g.collection END AS collection, g.layer, g.title, g.place,
           CASE WHEN g.lng = '' THEN 'none' WHEN g.precision = '' THEN 'city' ELSE g.precision END AS precision, g.date,
           CASE g.status WHEN '' THEN 'reported' ELSE g.status END AS status,
           CASE g.says WHEN '' THEN g.title ELSE g.says END AS says, CASE g.who WHEN '' THEN p.publisher ELSE g.who END AS who,
           g.source, p.quoted AS publisher,
           coalesce(CAST(rounded(degrees_of(g.lng)) AS VARCHAR), '') AS lng, coalesce(CAST(rounded(degrees_of(g.lat)) AS VARCHAR), '') AS lat
         FROM given g ANTI JOIN faults f ON f.n = g.n LEFT JOIN (SELECT *, csv_text(publisher) AS quoted FROM publications) p ON p.id = g.source
       )
     ) TO ${literal(path)} (FORMAT csv, HEADER true, QUOTE '', ESCAPE '', DELIMITER '\x01');
     RESET disabled_optimizers`,
  );
}
