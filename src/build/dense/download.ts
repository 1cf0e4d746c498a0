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
    ['publisher', 'csv_text(publisher)'],
    ['lng', 'lng'],
    ['lat', 'lat'],
    ['asOf', constant(meta.asOf)],
    ['licence', constant(text(meta.licence))],
    ...(meta.sample ? [['sample', constant(text(meta.sample))] as const] : []),
  ];
  // The line is one column of a file without quotes: DuckDB's own lines end with LF alone.
  const head = `\ufeff${columns.map(([name]) => `"${name}"`).join(',')}\r`;
  // No joins: a file that is written by several threads has the rows in their order only without any.
  const sources = await duck.rows<{ id: string; publisher: string }>('SELECT id, publisher FROM publications');
  const list = (texts: readonly string[]) => `[${texts.map(literal).join(', ')}]`;
  const publisher = `list_extract(${list(sources.map((s) => s.publisher))}, list_position(${list(sources.map((s) => s.id))}, source))`;
  await duck.run(
    `COPY (
       SELECT concat_ws(',', ${columns.map(([, value]) => value).join(', ')}) || chr(13) AS "${head.replaceAll('"', '""')}"
       FROM (
         SELECT id, CASE collection WHEN '' THEN 'article' ELSE collection END AS collection, layer, title, place,
           CASE WHEN lng = '' THEN 'none' WHEN precision = '' THEN 'city' ELSE precision END AS precision, date,
           CASE status WHEN '' THEN 'reported' ELSE status END AS status,
           CASE says WHEN '' THEN title ELSE says END AS says, CASE who WHEN '' THEN ${publisher} ELSE who END AS who,
           source, ${publisher} AS publisher,
           coalesce(CAST(rounded(degrees_of(lng)) AS VARCHAR), '') AS lng, coalesce(CAST(rounded(degrees_of(lat)) AS VARCHAR), '') AS lat
         FROM given
       )
     ) TO ${literal(path)} (FORMAT csv, HEADER true, QUOTE '', ESCAPE '', DELIMITER '\x01')`,
  );
}
