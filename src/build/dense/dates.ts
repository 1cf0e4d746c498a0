/** The dates of rows: each text is read once, however many rows have it. */
import { edtfWords } from '../../core/compile.ts';
import type { SourceMeta } from '../../core/source.ts';
import type { Strings } from '../../core/strings/make.ts';
import { daysOf, parseEdtf, toRange } from '../../core/time.ts';
import type { Cell, Duck } from './duck.ts';

const DAY_MS = 86_400_000;
/** How far from a story's extent a date may lie: what is farther is a slip, and would stretch the days of the whole story. */
export const FAR_YEARS = 20;
const BATCH = 20_000;

const COLUMNS = {
  written: 'VARCHAR',
  start_ms: 'DOUBLE',
  end_ms: 'DOUBLE',
  first_day: 'INTEGER',
  last_day: 'INTEGER',
  about: 'BOOLEAN',
  far: 'BOOLEAN',
  event_json: 'VARCHAR',
  claim_json: 'VARCHAR',
  reason: 'VARCHAR',
} as const;

/** Make the table `dates` of what the view `given` has. */
export async function readDates(duck: Duck, meta: SourceMeta, t: Strings): Promise<void> {
  await duck.run("CREATE TABLE written_dates AS SELECT DISTINCT date AS written FROM given WHERE date <> ''");
  await duck.fill('dates', COLUMNS, []);
  const reach = reachOf(meta);
  const { count } = await duck.row<{ count: number }>('SELECT count(*) AS count FROM written_dates');
  for (let from = 0; from < count; from += BATCH) {
    const rows = await duck.rows<{ written: string }>(`SELECT written FROM written_dates WHERE rowid >= ${from} AND rowid < ${from + BATCH}`);
    await duck.append(
      'dates',
      Object.values(COLUMNS),
      rows.map(({ written }) => readDate(written, meta.timeZone, reach, t)),
    );
  }
  await duck.run('DROP TABLE written_dates');
}

/** Days, counted from 1970-01-01, between which rows may lie. */
export function reachOf({ extent, contextExtent, timeZone }: SourceMeta): { readonly first: number; readonly last: number } {
  const days = [extent, contextExtent ?? extent].flatMap((text) => {
    const parsed = parseEdtf(text);
    return parsed.ok ? daysOf(toRange(parsed.value, timeZone), timeZone).map(dayNumber) : [];
  });
  const far = FAR_YEARS * 366;
  return { first: Math.min(...days) - far, last: Math.max(...days) + far };
}

/** A day counted from 1970-01-01 → `YYYY-MM-DD`. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

function readDate(written: string, zone: string, reach: { readonly first: number; readonly last: number }, t: Strings): Cell[] {
  const parsed = parseEdtf(written);
  if (!parsed.ok) return [written, null, null, null, null, false, false, null, null, parsed.reason];
  const range = toRange(parsed.value, zone);
  // The days between are of no use here, and an interval of centuries has many.
  const first = dayNumber(daysOf({ start: range.start, end: range.start + 1 }, zone)[0] ?? '');
  const last = dayNumber(daysOf({ start: range.end - 1, end: range.end }, zone)[0] ?? '');
  const about = parsed.value.approximate;
  const when = { words: edtfWords(parsed.value, t), basis: 'stated' };
  const far = first < reach.first || last > reach.last;
  return [
    written,
    range.start,
    range.end,
    first,
    last,
    about,
    far,
    `,"time":${JSON.stringify(range)},"when":${JSON.stringify({ ...when, about })}`,
    `,"when":${JSON.stringify({ ...when, said: null, text: null, evidence: [] })}`,
    null,
  ];
}
