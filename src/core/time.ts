/**
 * Story time. Editors write EDTF text (Library of Congress, Extended Date/Time Format, 2019; level 0 and the
 * qualifiers of level 1), read in the story's own zone; filters work on half-open UTC ranges. Nothing here ever looks
 * at the zone of the machine it runs on.
 */

/** Half-open interval [start, end) in UTC milliseconds, start < end. "10 January" lasts that whole day in the story's zone. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

type DatePrecision = 'year' | 'month' | 'day' | 'minute';

/** A date as written, before any zone is applied. Month and day are 1 where the text does not give them. */
export interface EdtfDate {
  readonly precision: DatePrecision;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly minutes: number;
  /** Minutes east of UTC for a date with a time of day, else null: the story's zone decides. */
  readonly offset: number | null;
}

/** A date or an interval; `first` and `last` are the same object for a single date. Both ends are included. */
export interface Edtf {
  readonly first: EdtfDate;
  readonly last: EdtfDate;
  /** `~` or `%`: about. */
  readonly approximate: boolean;
  /** `?` or `%`: the source is not sure. */
  readonly uncertain: boolean;
}

export type EdtfResult = { readonly ok: true; readonly value: Edtf } | { readonly ok: false; readonly reason: string };

const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::\d\d)?(Z|[+-]\d\d:\d\d))?)?)?([~?%]?)$/;

const UNSUPPORTED: readonly (readonly [RegExp, string])[] = [
  [/\.\.|^\/|\/$/, 'an open or unknown end'],
  [/[[\]{}]/, 'a set of dates'],
  [/X/, 'unspecified digits (X)'],
  [/^Y|E|S/, 'a long or exponential year'],
  [/^-\d/, 'a year before 0'],
  [/T\d\d:\d\d(?::\d\d)?$/, 'a time of day without its offset from UTC'],
  [/^\d{4}-(2[1-9]|3\d|4[01])/, 'a season'],
];

/**
 * Read an EDTF date (`2022`, `2022-01`, `2022-01-09`, `2022-01-05T16:30+06:00`), with `~`, `?` or `%` behind it, or an
 * interval of two (`2022-01-02/2022-01-10`). Never throws; what EDTF allows and we do not is refused by its name.
 */
export function parseEdtf(text: string): EdtfResult {
  const found = UNSUPPORTED.find(([pattern]) => pattern.test(text));
  if (found) return { ok: false, reason: `${found[1]} is not supported` };
  const parts = text.split('/');
  if (parts.length > 2) return { ok: false, reason: 'an interval has two ends' };
  const dates = parts.map(readDate);
  const first = dates[0];
  const last = dates.at(-1);
  if (!first || !last) return { ok: false, reason: 'it is not a date such as 2022-01-09 or an interval such as 2022-01-02/2022-01-10' };
  if (wallClock(first.date) > wallClock(last.date)) return { ok: false, reason: 'the interval ends before it starts' };
  const marks = dates.map((d) => d?.mark ?? '').join('');
  return { ok: true, value: { first: first.date, last: last.date, approximate: /[~%]/.test(marks), uncertain: /[?%]/.test(marks) } };
}

function readDate(text: string): { date: EdtfDate; mark: string } | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [, y, mo, d, h, mi, zone, mark] = match;
  const date: EdtfDate = {
    precision: h ? 'minute' : d ? 'day' : mo ? 'month' : 'year',
    year: Number(y),
    month: Number(mo ?? 1),
    day: Number(d ?? 1),
    minutes: Number(h ?? 0) * 60 + Number(mi ?? 0),
    offset: zone ? offsetOf(zone) : null,
  };
  const back = new Date(wallClock(date));
  const real = back.getUTCFullYear() === date.year && back.getUTCMonth() + 1 === date.month && back.getUTCDate() === date.day;
  return real && date.minutes < 1440 && Number(mi ?? 0) < 60 ? { date, mark: mark ?? '' } : null;
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const [h, m] = zone.slice(1).split(':').map(Number);
  return (zone.startsWith('-') ? -1 : 1) * ((h ?? 0) * 60 + (m ?? 0));
}

/** The written date as if its clock were UTC: for comparing and for arithmetic, not an instant. */
function wallClock(d: EdtfDate): number {
  const t = new Date(0);
  t.setUTCFullYear(d.year, d.month - 1, d.day); // Date.UTC reads years below 100 as 19xx
  return t.getTime() + d.minutes * 60_000;
}

/** The first wall-clock moment that is no longer part of the date. */
function wallClockEnd(d: EdtfDate): number {
  switch (d.precision) {
    case 'year':
      return wallClock({ ...d, year: d.year + 1 });
    case 'month':
      return d.month === 12 ? wallClock({ ...d, year: d.year + 1, month: 1 }) : wallClock({ ...d, month: d.month + 1 });
    case 'day':
      return wallClock(d) + 86_400_000;
    case 'minute':
      return wallClock(d) + 60_000;
  }
}

/** The UTC range that a date covers in a zone. The offset is that of the date itself: Asia/Almaty was UTC+6 in January 2022 and is UTC+5 today. */
export function toRange(edtf: Edtf, zone: string): TimeRange {
  return { start: instant(wallClock(edtf.first), edtf.first.offset, zone), end: instant(wallClockEnd(edtf.last), edtf.last.offset, zone) };
}

function instant(wall: number, offset: number | null, zone: string): number {
  if (offset !== null) return wall - offset * 60_000;
  const guess = wall - zoneOffset(zone, wall) * 60_000;
  return wall - zoneOffset(zone, guess) * 60_000; // once more, for dates within hours of a change of offset
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format that is made once: making one takes a hundred times as long as using it. @throws RangeError for an unknown zone */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format;
}

const WALL: Intl.DateTimeFormatOptions = {
  hourCycle: 'h23',
  era: 'short',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
};

/** Minutes east of UTC that an IANA zone kept at an instant. @throws RangeError for an unknown zone */
export function zoneOffset(zone: string, utcMs: number): number {
  const format = dateFormat('en-US', { ...WALL, timeZone: zone });
  const p = Object.fromEntries(format.formatToParts(utcMs).map((x) => [x.type, Number(x.value)]));
  const wall = Date.UTC(p.year ?? 0, (p.month ?? 1) - 1, p.day, p.hour, p.minute, p.second);
  return Math.round((wall - Math.floor(utcMs / 1000) * 1000) / 60_000);
}

/** Whether a name is an IANA zone that this runtime knows. */
export function isTimeZone(zone: string): boolean {
  try {
    zoneOffset(zone, 0);
    return true;
  } catch {
    return false;
  }
}

/** True when the two ranges share a moment. Touching ends share none: ranges are half-open. */
export function overlaps(a: TimeRange, b: TimeRange): boolean {
  return a.start < b.end && b.start < a.end;
}

/** True when `inner` lies in `outer`, ends included. */
export function within(inner: TimeRange, outer: TimeRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The smallest range over all of them; null for none. */
export function span(ranges: readonly TimeRange[]): TimeRange | null {
  const [first] = ranges;
  return first ? ranges.reduce((a, b) => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) }), first) : null;
}

/**
 * A date in words, as the locale writes it: "9 January 2022", "2–10 January 2022", "5 January 2022, 16:30".
 * Days come from the written date, so no zone can move them.
 */
export function dateWords(edtf: Edtf, locale: string): string {
  const { first, last } = edtf;
  const fine = first.precision === 'minute' || last.precision === 'minute';
  const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', year: 'numeric' };
  if (first.precision !== 'year') options.month = 'long';
  if (first.precision === 'day' || fine) options.day = 'numeric';
  if (fine) Object.assign(options, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const format = dateFormat(locale, options);
  const words = first === last ? format.format(wallClock(first)) : format.formatRange(wallClock(first), wallClock(last));
  // ICU versions differ in the spaces around a range's dash; the page must not. Tight between figures, spaced between words.
  return words
    .replace(/(\S)\s*–\s*(\S)/g, (_, a: string, b: string) => (/\d/.test(a) && /\d/.test(b) ? `${a}–${b}` : `${a} – ${b}`))
    .replace(/[\u2009\u202f]/g, ' ');
}

/** One day without its year: "5 January". */
export function dayWords({ first }: Edtf, locale: string): string {
  return dateFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long' }).format(wallClock(first));
}

/** One day as short as an axis needs it: "5 Jan", or "5 Jan 2021". */
export function shortDayWords({ first }: Edtf, locale: string, withYear = false): string {
  return dateFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', ...(withYear ? { year: 'numeric' } : {}) }).format(wallClock(first));
}

/** The civil days `YYYY-MM-DD` that a range touches in a zone, in order. */
export function daysOf(range: TimeRange, zone: string): string[] {
  const days: string[] = [];
  let wall = dayStart(range.start + zoneOffset(zone, range.start) * 60_000);
  const lastMs = range.end - 1;
  const end = lastMs + zoneOffset(zone, lastMs) * 60_000;
  for (; wall <= end; wall += 86_400_000) days.push(new Date(wall).toISOString().slice(0, 10));
  return days;
}

function dayStart(wall: number): number {
  return Math.floor(wall / 86_400_000) * 86_400_000;
}
