/** When a row happened, as EDTF, with what its codes say of how exactly that is known. */
import { edtfWords } from '../core/compile.ts';
import type { SourceTime } from '../core/source.ts';
import { stringsFor } from '../core/strings/strings.ts';
import { parseEdtf, zoneOffset } from '../core/time.ts';
import type { Columns } from './columns.ts';
import type { DateOrder, ReadDate } from './dates.ts';
import { atTime, readDate } from './dates.ts';
import { fold } from './fold.ts';
import type { RowReport } from './places.ts';
import type { PresetName } from './presets.ts';
import type { Row } from './table.ts';
import { importWords } from './words.ts';

export interface WhenOptions {
  readonly language: string;
  readonly dates: DateOrder | null;
  readonly zone: string;
}

/** The time of a claim, null for an undated row; undefined where its cells are at fault and that has been told. */
export function whenOf(row: Row, columns: Columns, preset: PresetName | null, options: WhenOptions, report: RowReport): SourceTime | null | undefined {
  if (preset === 'timelinejs') return fromParts(row, options, report);
  const cell = (role: 'date' | 'end' | 'time' | 'timePrecision') => row.cells.get(columns.get(role) ?? '');
  const [date, end, clock, code] = [cell('date'), cell('end'), cell('time'), cell('timePrecision')];
  const read = (text: string, role: 'date' | 'end'): string | undefined => {
    const found = readDate(text, options.dates, options.zone);
    if (found.ok) return found.edtf;
    fault(found, text, columns.get(role) ?? null, report);
    return undefined;
  };
  if (date === undefined) {
    if (end !== undefined)
      report('error', columns.get('date') ?? null, 'a first day, since there is a last one', 'an empty cell', 'Fill it in, or empty both.');
    return end === undefined ? null : undefined;
  }
  if (preset === 'unrest-map' && end !== undefined) {
    const range = edtfOfRange(Date.parse(date), Date.parse(end), options.zone);
    if (range === null)
      report('error', columns.get('date') ?? null, 'two instants such as 2022-01-04T18:00:00.000Z', `${date}, ${end}`, 'Export the story again.');
    return range === null ? undefined : stated(hedged(range, clock ?? null, options.language));
  }
  const first = read(date, 'date');
  const last = end === undefined ? first : read(end, 'end');
  if (first === undefined || last === undefined) return undefined;
  const marked = precisionOf(preset, code, first, last, options.language);
  if (marked) return marked;
  if (code !== undefined && preset !== null && (preset === 'acled' || preset === 'ucdp')) {
    report(
      'error',
      columns.get('timePrecision') ?? null,
      preset === 'acled' ? '1, 2 or 3' : '1 to 5',
      JSON.stringify(code),
      'Correct the code; it says how exactly the date is known.',
    );
    return undefined;
  }
  if (clock !== undefined && /^\d{4}-\d\d-\d\d$/.test(first) && last === first) {
    const timed = atTime(first, clock, options.zone);
    if (timed.ok) return stated(timed.edtf);
    fault(timed, clock, columns.get('time') ?? null, report);
    return undefined;
  }
  return interval(first, last, columns.get('end') ?? null, end ?? '', report);
}

/** The date with the mark of "about" or "not certain" that its words in a download have: the instants beside them have none. */
function hedged(edtf: string, words: string | null, language: string): string {
  const marked = ['', '~', '?', '%'].map((mark) => edtf + mark);
  return (
    marked.find((text) => {
      const parsed = parseEdtf(text);
      return parsed.ok && edtfWords(parsed.value, stringsFor(language)) === words;
    }) ?? edtf
  );
}

/** ACLED's week and month, UCDP's day: null where the code leaves the date as it is written, or is none of theirs. */
function precisionOf(preset: PresetName | null, code: string | undefined, first: string, last: string, language: string): SourceTime | null {
  const words = importWords(language);
  if (preset === 'acled') {
    if (code === '2') return { ...stated(`${first}~`), text: { [language]: words.week('ACLED time_precision 2') } };
    if (code === '3') return { ...stated(first.slice(0, 7)), text: { [language]: words.month('ACLED time_precision 3') } };
    return code === '1' ? stated(first) : null;
  }
  // UCDP gives the days between which it happened beside its code.
  if (preset === 'ucdp' && code !== undefined && /^[1-5]$/.test(code) && last >= first)
    return stated(dayOf(first) === dayOf(last) ? dayOf(first) : `${dayOf(first)}/${dayOf(last)}`);
  return null;
}

function interval(first: string, last: string, column: string | null, value: string, report: RowReport): SourceTime | undefined {
  const edtf = first === last ? first : `${first}/${last}`;
  const parsed = parseEdtf(edtf);
  if (parsed.ok) return stated(edtf);
  report('error', column, 'an end that is no earlier than the beginning', JSON.stringify(value), 'Correct one of the two dates.');
  return undefined;
}

/** TimelineJS3 has a column for each part of a date. */
function fromParts(row: Row, options: WhenOptions, report: RowReport): SourceTime | null | undefined {
  const byName = new Map([...row.cells].map(([column, cell]) => [fold(column), cell]));
  const part = (prefix: string): ReadDate | null => {
    const get = (name: string) => byName.get(`${prefix}${name}`);
    const [year, month, day, time] = [get('year'), get('month'), get('day'), get('time')];
    if (year === undefined) return null;
    const text = [year.padStart(4, '0'), month?.padStart(2, '0'), month === undefined ? undefined : day?.padStart(2, '0')]
      .filter((p) => p !== undefined)
      .join('-');
    const date = readDate(text, options.dates, options.zone);
    return date.ok && time !== undefined && day !== undefined ? atTime(date.edtf, time, options.zone) : date;
  };
  const [first, last] = [part(''), part('end')];
  if (first === null) return null;
  for (const [date, column] of [
    [first, 'Year'],
    [last, 'End Year'],
  ] as const)
    if (date && !date.ok) {
      fault(
        date,
        [...byName]
          .filter(([k]) => /^(year|month|day|time)$/.test(k))
          .map(([, v]) => v)
          .join('-'),
        column,
        report,
      );
      return undefined;
    }
  return first.ok ? interval(first.edtf, last?.ok ? last.edtf : first.edtf, 'End Year', last?.ok ? last.edtf : '', report) : undefined;
}

/** A half-open range of instants → the day, month, interval of days or minutes that it is in the zone; null for no range. */
export function edtfOfRange(start: number, end: number, zone: string): string | null {
  if (!(start < end)) return null;
  const wall = (ms: number) => new Date(ms + zoneOffset(zone, ms) * 60_000);
  const [from, to] = [wall(start), wall(end)];
  const midnight = (d: Date) => d.getTime() % 86_400_000 === 0;
  const text = (d: Date, length: number) => d.toISOString().slice(0, length);
  if (midnight(from) && midnight(to)) {
    const lastDay = new Date(to.getTime() - 86_400_000);
    const firstOfMonth = from.getUTCDate() === 1 && to.getUTCDate() === 1;
    const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
    if (firstOfMonth && months === 1) return text(from, 7);
    if (firstOfMonth && from.getUTCMonth() === 0 && months === 12) return text(from, 4);
    return text(from, 10) === text(lastDay, 10) ? text(from, 10) : `${text(from, 10)}/${text(lastDay, 10)}`;
  }
  const minute = (ms: number) => atTime(text(wall(ms), 10), text(wall(ms), 16).slice(11), zone);
  const [a, b] = [minute(start), minute(end - 60_000)];
  if (!a.ok || !b.ok) return null;
  return end - start <= 60_000 ? a.edtf : `${a.edtf}/${b.edtf}`;
}

const dayOf = (edtf: string): string => edtf.slice(0, 10);

function stated(about: string): SourceTime {
  return { about, said: null, basis: 'stated' };
}

function fault(read: Extract<ReadDate, { ok: false }>, value: string, column: string | null, report: RowReport): void {
  report('error', column, read.expected, JSON.stringify(value), read.remedy);
}
