/** Rows are read and judged: what is wrong with one is told with its line, its column and a remedy, and the others stay. */
import { basename } from 'node:path';
import type { LocatedIssue } from '../../core/issue.ts';
import { show } from '../../core/issue.ts';
import type { SourceStory } from '../../core/source.ts';
import { COLLECTIONS, PRECISIONS, STATUSES } from '../../core/source.ts';
import type { Strings } from '../../core/strings/make.ts';
import { parseEdtf } from '../../core/time.ts';
import { FAR_YEARS, readDates } from './dates.ts';
import type { Duck } from './duck.ts';
import type { RowColumn } from './rows.ts';
import { readRows } from './rows.ts';

/** Rows set aside that are named one by one; the rest are counted. */
export const NAMED_FAULTS = 20;

export interface Checked {
  readonly issues: readonly LocatedIssue[];
  /** Rows set aside. */
  readonly leftOut: number;
}

/** What each fault of `sql/faults.sql` is: the column that it is told of, what was expected, what to do. */
function meaningOf(fault: string, source: SourceStory, found: string): readonly [RowColumn, string, string] {
  switch (fault) {
    case 'id':
      return ['id', 'letters, digits, - and _, at most 64', 'Give each row a lasting id.'];
    case 'twice':
      return ['id', 'an id that no other row has', 'Rename one of them.'];
    case 'taken':
      return ['id', 'an id that no event of events.json has', 'Rename one of them.'];
    case 'layer':
      return ['layer', `one of ${source.meta.layers.map((l) => l.id).join(', ')}`, 'Use a layer of story.json, or add it there.'];
    case 'title':
      return ['title', 'words', 'Say in a few words what happened.'];
    case 'source':
      return ['source', 'the id of a source in sources.json', 'Correct the id, or add the source.'];
    case 'status':
      return ['status', `one of ${STATUSES.join(', ')}`, 'Correct the word.'];
    case 'collection':
      return ['collection', `one of ${COLLECTIONS.join(', ')}`, 'Correct the word.'];
    case 'date': {
      const parsed = parseEdtf(found);
      return ['date', 'a date such as 2022-01-09 or an interval such as 2022-01-02/2022-01-10', `Correct it: ${parsed.ok ? 'it is none' : parsed.reason}.`];
    }
    case 'far':
      return ['date', `a date within ${FAR_YEARS} years of the story's extent, ${source.meta.extent}`, 'Correct the date, or widen the extent in story.json.'];
    case 'lng':
    case 'lat':
      return [fault, 'a longitude and a latitude in degrees', 'Correct both, or leave both empty.'];
    case 'place':
      return ['place', 'the name of the place', 'Name what the point stands for.'];
    case 'precision':
      return ['precision', `one of ${PRECISIONS.join(', ')}`, 'Correct the word.'];
    case 'draft':
      return ['draft', 'nothing, as every row is published', 'Take the row out until it is ready, or put its event into events.json.'];
    case 'publishPrecision':
      return [
        'publishPrecision',
        'nothing, as every row is published with its exact point',
        'Write the coarse point here, or put the event into events.json, which knows how to keep one back.',
      ];
    case 'country':
      return ['precision', 'city, facility or region', 'Leave lng and lat empty: an event of a whole country has no point.'];
    default:
      throw new Error(`Unknown fault ${fault}.`);
  }
}

/**
 * Read a story's file of rows into an empty database, as the view `given` of those that are sound, with what else the
 * files of `sql/` ask for.
 * @param source sound, for its layers, sources and dates
 * @throws Error when the file is no table of events
 */
export async function checkRows(
  duck: Duck,
  file: string,
  folder: string,
  source: SourceStory,
  t: Strings,
  onShare: (part: 'read' | 'check', share: number) => void = () => undefined,
): Promise<Checked> {
  await duck.script('macros.sql');
  const given = await readRows(duck, file, folder, NAMED_FAULTS, (share) => onShare('read', share));
  await duck.fill(
    'layers',
    { id: 'VARCHAR', position: 'INTEGER' },
    source.meta.layers.map((l, i) => [l.id, i]),
  );
  await duck.fill(
    'publications',
    { id: 'VARCHAR', publisher: 'VARCHAR' },
    [...source.sources].map(([id, s]) => [id, s.publisher]),
  );
  await duck.fill(
    'statuses',
    { id: 'VARCHAR', bit: 'INTEGER' },
    STATUSES.map((status, i) => [status, 1 << i]),
  );
  await duck.fill(
    'taken',
    { id: 'VARCHAR' },
    [...new Set(source.events.map((e) => e.id))].map((id) => [id]),
  );
  await readDates(duck, source.meta, t);
  await duck.script('faults.sql', (share) => onShare('check', share));
  const { count } = await duck.row<{ count: number }>('SELECT count(*) AS count FROM faults');
  const named = await duck.rows<{ n: number; fault: string } & Record<RowColumn, string>>(
    `SELECT f.fault, g.* FROM faults f JOIN given g ON g.n = f.n ORDER BY f.n LIMIT ${NAMED_FAULTS}`,
  );
  const name = basename(file);
  const issue = (line: number | null, path: readonly string[], expected: string, found: string, remedy: string): LocatedIssue => ({
    severity: 'error',
    file: name,
    path,
    expected,
    found,
    remedy,
    line,
    column: null,
  });
  const lines = given.linesOf(named.map((f) => f.n));
  const issues = [
    ...given.rejected.map((r) => issue(r.line, [], r.expected, r.found, r.remedy)),
    ...named.map((row, i) => {
      const [column, expected, remedy] = meaningOf(row.fault, source, row.date);
      return issue(lines[i] ?? null, [column], expected, show(row[column]), remedy);
    }),
  ]
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .slice(0, NAMED_FAULTS);
  // Taken out here, none of the later steps needs a join to pass them over.
  if (count > 0) await duck.run(`DELETE FROM given_rows WHERE ${given.numbered} IN (SELECT n FROM faults)`);
  const leftOut = count + given.rejectedCount;
  if (leftOut > issues.length)
    issues.push(
      issue(null, [], 'every row to be sound', `${leftOut} that are not, the first ${issues.length} of them named above`, 'Correct them; they are left out.'),
    );
  return { issues, leftOut };
}
