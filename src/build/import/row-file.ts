/**
 * The file of rows that an import makes for a dense story, and what changes by it. Rows are written as they are read; a
 * database then looks for ids that are there twice and holds the file against the one before, within its bounds of memory.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Issues } from '../../import/issues.ts';
import type { ManyDraft, ManyRow } from '../../import/many.ts';
import { Duck, literal } from '../dense/duck.ts';
import { PUBLISHED_COLUMNS } from '../dense/rows.ts';

/** A row while it is not known yet which others there are. */
const COLUMNS = {
  number: 'INTEGER',
  id: 'VARCHAR',
  content: 'VARCHAR',
  category: 'INTEGER',
  publication: 'VARCHAR',
  title: 'VARCHAR',
  date: 'VARCHAR',
  lng: 'VARCHAR',
  lat: 'VARCHAR',
  place: 'VARCHAR',
  precision: 'VARCHAR',
  says: 'VARCHAR',
  status: 'VARCHAR',
  who: 'VARCHAR',
  collection: 'VARCHAR',
} as const satisfies { readonly [K in keyof ManyRow]: string };
/** What a row says: two that agree in all of it are one. */
const SAID = ['category', 'publication', 'title', 'date', 'lng', 'lat', 'place', 'precision', 'says', 'status', 'who', 'collection'] as const;
/** Bytes that are put together before they are written: more than any row has. */
const BATCH = 2 ** 20;
/** Longer than any text of a story: a row has several. */
const MOST_LINE = 1_000_000;

/** Writes rows as they come, to be judged later. */
export class RowsWriter {
  private readonly to: number;
  /** Bytes, and not one text that grows: that would keep all it was made of from being cleared up soon. */
  private readonly waiting = Buffer.allocUnsafe(BATCH);
  private length = 0;

  constructor(path: string) {
    this.to = openSync(path, 'w');
  }

  add(row: ManyRow): void {
    const line = `${row.number},"${row.id}","${row.content}",${row.category},"${row.publication}",${quoted(row.title)},"${row.date}",${row.lng},${row.lat},${quoted(row.place)},${row.precision},${quoted(row.says)},${row.status},${quoted(row.who)},${row.collection}\n`;
    // A character of a text has three bytes at most.
    if (3 * line.length > BATCH - this.length) this.flush();
    this.length += this.waiting.write(line, this.length);
  }

  /** @throws Error as the file system does */
  end(): void {
    this.flush();
    closeSync(this.to);
  }

  private flush(): void {
    for (let at = 0; at < this.length; ) at += writeSync(this.to, this.waiting, at, this.length - at);
    this.length = 0;
  }
}

function quoted(text: string): string {
  return text.includes('"') ? `"${text.replaceAll('"', '""')}"` : `"${text}"`;
}

export interface RowChange {
  readonly kind: 'added' | 'changed' | 'removed';
  readonly id: string;
  readonly title: string;
  /** Columns that differ, of a changed row. */
  readonly differences: readonly { readonly column: string; readonly before: string; readonly after: string }[];
}

export interface RowDiff {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** The first few of each kind, by id. */
  readonly examples: readonly RowChange[];
  /** Rows in the file. */
  readonly rows: number;
  /** Ids of rows that are events of events.json too. */
  readonly inEvents: readonly string[];
}

/** How a table's rows are counted, and which of its columns has the ids; null where they are made. */
export interface TwinWords {
  readonly unit: string;
  readonly id: string | null;
}

/** Rows of each kind that a diff names. */
const MOST_EXAMPLES = 40;

/**
 * Make the file of rows of what a writer has written.
 * @param written what `RowsWriter` wrote
 * @param target  file to make
 * @param before  the file that the story has; null for none
 * @param spill   folder for what memory has no room for
 * @param source  id of the table in sources.json
 * @param events  ids of the events in events.json
 * @param win     whether those keep their rows out
 * @param issues  is told of ids that several rows have
 * @throws Error as the file system does
 */
export async function makeRowFile(
  written: string,
  target: string,
  before: string | null,
  spill: string,
  source: string,
  draft: ManyDraft,
  events: readonly string[],
  win: boolean,
  issues: Issues,
  { unit, id }: TwinWords,
): Promise<RowDiff> {
  const duck = await Duck.open(spill);
  try {
    const types = Object.entries(COLUMNS).map(([name, type]) => `'${name}': '${type}'`);
    await duck.run(
      `CREATE VIEW read AS SELECT * REPLACE (${Object.entries(COLUMNS)
        .filter(([, type]) => type === 'VARCHAR')
        .map(([name]) => `coalesce(${name}, '') AS ${name}`)
        .join(', ')})
       FROM read_csv(${literal(written)}, columns = {${types.join(', ')}}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', max_line_size = ${MOST_LINE})`,
    );
    await leaveOutTwins(duck, issues, { unit, id });
    await duck.fill(
      'in_events',
      { id: 'VARCHAR' },
      events.map((id) => [id]),
    );
    const both = await duck.rows<{ id: string }>('SELECT id FROM (SELECT DISTINCT id FROM ids) JOIN in_events USING (id) ORDER BY id');
    const list = (texts: readonly string[]) => `[${texts.map(literal).join(', ')}]`;
    await duck.run(
      `CREATE VIEW made AS
       SELECT number, id, title, list_extract(${list(draft.layerOf)}, category + 1) AS layer, date, lng, lat, place, precision,
         CASE WHEN says = title THEN '' ELSE says END AS says, CASE status WHEN 'reported' THEN '' ELSE status END AS status, who,
         CASE WHEN list_contains(${list([...draft.sources.keys()])}, publication) THEN publication ELSE ${literal(source)} END AS source,
         CASE collection WHEN 'article' THEN '' ELSE collection END AS collection
       FROM read`,
    );
    // Read and written in one go, rows keep their order; where some are left out, or are given another id, they are sorted.
    const { changed } = await duck.row<{ changed: number }>(
      `SELECT (SELECT count(*) FROM left_out) + (SELECT count(*) FROM apart) + ${win ? both.length : 0} AS changed`,
    );
    const rows =
      changed === 0
        ? 'made'
        : `(SELECT m.* REPLACE (CASE WHEN a.id IS NULL THEN m.id ELSE a.id END AS id) FROM made m ANTI JOIN left_out o ON o.number = m.number LEFT JOIN apart a ON a.number = m.number) AS rest
           ${win ? 'ANTI JOIN in_events h ON h.id = rest.id' : ''} ORDER BY rest.number`;
    await duck.run(
      `COPY (SELECT ${PUBLISHED_COLUMNS.map((c) => `nullif(${c}, '') AS ${c}`).join(', ')} FROM ${rows}) TO ${literal(target)} (FORMAT csv, HEADER true, QUOTE '"', ESCAPE '"', DELIMITER ',')`,
    );
    return { ...(await difference(duck, before, target)), inEvents: both.map(({ id }) => id) };
  } finally {
    duck.close();
  }
}

/**
 * Rows with one id: the table `left_out` has those that repeat another, and those that take another's id, which is an
 * error; `apart` has those whose id was made and is several rows'.
 */
async function leaveOutTwins(duck: Duck, issues: Issues, { unit, id: column }: TwinWords): Promise<void> {
  await duck.run(
    `CREATE TABLE ids AS SELECT number, id, content FROM read;
     CREATE TABLE twins AS SELECT i.* FROM ids i JOIN (SELECT id FROM ids GROUP BY id HAVING count(*) > 1) t USING (id);
     CREATE TABLE twin_rows AS
       SELECT r.number, r.id, r.content <> '' AS made, CASE r.content WHEN '' THEN concat_ws(chr(31), ${SAID.join(', ')}) ELSE r.content END AS said
       FROM read r JOIN twins t ON t.number = r.number;
     CREATE TABLE left_out AS
       SELECT number, id, made, first, said = first_said AS same FROM (
         SELECT *, first_value(number) OVER same_id AS first, first_value(said) OVER same_id AS first_said
         FROM twin_rows WINDOW same_id AS (PARTITION BY id, CASE WHEN made THEN said ELSE '' END ORDER BY number)
       ) WHERE number <> first;
     CREATE TABLE apart AS
       SELECT number, id || '-' || left(said, 8) AS id FROM twin_rows WHERE made AND id IN (SELECT id FROM twin_rows WHERE made GROUP BY id HAVING count(DISTINCT said) > 1)`,
  );
  for (const same of [true, false])
    for await (const [number = [], id = [], first = []] of duck.chunks(`SELECT number, id, first FROM left_out WHERE same = ${same} ORDER BY number`))
      for (let i = 0; i < number.length; i++)
        issues.add({
          row: Number(number[i]),
          column: same ? null : column,
          value: same ? null : String(id[i]),
          ...(same
            ? {
                severity: 'warning',
                expected: 'each event once',
                found: `the same as ${unit} ${first[i]}, in all that is read`,
                remedy: 'It is left out; remove one of the two.',
              }
            : {
                severity: 'error',
                expected: 'an id of its own',
                found: `${JSON.stringify(id[i])}, which ${unit} ${first[i]} has too`,
                remedy: 'Give one of them another id, or remove it.',
              }),
        });
}

/** The file against the one before. */
async function difference(duck: Duck, before: string | null, after: string): Promise<Omit<RowDiff, 'inEvents'>> {
  const said = PUBLISHED_COLUMNS.filter((c) => c !== 'id');
  const options = `header = true, delim = ',', quote = '"', escape = '"', auto_detect = false, max_line_size = ${MOST_LINE}, columns = {${PUBLISHED_COLUMNS.map((c) => `'${c}': 'VARCHAR'`).join(', ')}}`;
  const view = (name: string, file: string) =>
    `CREATE VIEW ${name} AS SELECT ${PUBLISHED_COLUMNS.map((c) => `coalesce(${c}, '') AS ${c}`).join(', ')} FROM read_csv(${literal(file)}, ${options});`;
  await duck.run(view('rows_after', after));
  if (before === null) {
    const { rows } = await duck.row<{ rows: number }>('SELECT count(*) AS rows FROM rows_after');
    const examples = await duck.rows<{ id: string; title: string }>(`SELECT id, title FROM rows_after LIMIT ${MOST_EXAMPLES}`);
    return { added: rows, changed: 0, removed: 0, rows, examples: examples.map(({ id, title }) => ({ kind: 'added', id, title, differences: [] })) };
  }
  const prints = (name: string) => `CREATE TABLE ${name}_prints AS SELECT id, hash(${said.join(', ')}) AS print FROM rows_${name};`;
  await duck.run(
    `${view('rows_before', before)} ${prints('before')} ${prints('after')}
     CREATE TABLE changes AS
       SELECT coalesce(a.id, b.id) AS id, CASE WHEN b.id IS NULL THEN 'added' WHEN a.id IS NULL THEN 'removed' ELSE 'changed' END AS kind
       FROM after_prints a FULL JOIN before_prints b ON a.id = b.id
       WHERE a.id IS NULL OR b.id IS NULL OR a.print <> b.print`,
  );
  const counts = new Map(
    (await duck.rows<{ kind: string; count: number }>('SELECT kind, count(*) AS count FROM changes GROUP BY kind')).map((r) => [r.kind, r.count]),
  );
  const { rows } = await duck.row<{ rows: number }>('SELECT count(*) AS rows FROM after_prints');
  const examples: RowChange[] = [];
  for (const kind of ['added', 'changed', 'removed'] as const) {
    if (!counts.has(kind)) continue;
    const found = await duck.rows<{ id: string } & Record<string, string | null>>(
      `SELECT c.id, ${said.map((c) => `b.${c} AS before_${c}, a.${c} AS after_${c}`).join(', ')}
       FROM (SELECT id FROM changes WHERE kind = '${kind}' ORDER BY id LIMIT ${MOST_EXAMPLES}) c
       LEFT JOIN rows_before b ON b.id = c.id LEFT JOIN rows_after a ON a.id = c.id ORDER BY c.id`,
    );
    for (const row of found)
      examples.push({
        kind,
        id: row.id,
        title: row.after_title ?? row.before_title ?? '',
        differences:
          kind === 'changed'
            ? said.flatMap((column) => {
                const [was, is] = [row[`before_${column}`] ?? '', row[`after_${column}`] ?? ''];
                return was === is ? [] : [{ column, before: was, after: is }];
              })
            : [],
      });
  }
  return { added: counts.get('added') ?? 0, changed: counts.get('changed') ?? 0, removed: counts.get('removed') ?? 0, rows, examples };
}
