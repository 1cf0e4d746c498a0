/** Dates as people write them → EDTF. What reads two ways is never guessed. */
import { parseEdtf, zoneOffset } from '../core/time.ts';
import { fold } from './fold.ts';
import { MONTHS } from './months.ts';

/** Which comes first in 03/04/2022: the day or the month. */
export type DateOrder = 'dmy' | 'mdy';

export type ReadDate =
  | { readonly ok: true; readonly edtf: string }
  /** `asks` tells a date that an order would decide from one that cannot be read. */
  | { readonly ok: false; readonly expected: string; readonly remedy: string; readonly asks: boolean };

const SAMPLES = 'a date such as 2022-01-05, 5 January 2022 or 2022-01';
const HOW = 'Write the year, the month and the day, in this order: 2022-01-05.';
const wrong = (expected = SAMPLES, remedy = HOW, asks = false): ReadDate => ({ ok: false, expected, remedy, asks });

/**
 * Read one date. Never throws.
 * @param order for dates of three numbers; null where nobody has said
 * @param zone  IANA zone of a time of day that has no offset of its own
 */
export function readDate(text: string, order: DateOrder | null, zone: string): ReadDate {
  const clean = text
    .normalize('NFKC')
    .replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x660))
    .replace(/\s+/g, ' ')
    .trim();
  if (parseEdtf(clean).ok) return { ok: true, edtf: clean };
  const stamp = /^(\d{4}-\d\d-\d\d)[T ](\d{1,2}:\d\d)(?::\d\d(?:[.,]\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?$/i.exec(clean);
  if (stamp) {
    const [, day = '', clock = '', offset] = stamp;
    return atTime(day, clock, zone, offset);
  }
  const parts = /^(.*?),? (\d{1,2}:\d\d)(?::\d\d)?$/.exec(clean);
  if (parts?.[1] && parts[2]) {
    const day = readDate(parts[1], order, zone);
    return day.ok ? atTime(day.edtf, parts[2], zone) : day;
  }
  const yearFirst = /^(\d{4})[./-](\d{1,2})[./-](\d{1,2})\.?$/.exec(clean) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(clean);
  if (yearFirst) return civil(yearFirst[1], yearFirst[2], yearFirst[3]);
  const numbers = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(clean);
  if (numbers) return fromNumbers(numbers[1] ?? '', numbers[2] ?? '', numbers[3] ?? '', order);
  const monthYear = /^(\d{1,2})[./-](\d{4})$/.exec(clean);
  if (monthYear) return civil(monthYear[2], monthYear[1]);
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{2}$/.test(clean)) return wrong('a year of four digits', 'Write the year in full, as in 2022-01-05.');
  if (/^\d{5}(\.\d+)?$/.test(clean))
    return wrong(SAMPLES, 'This looks like a spreadsheet’s number of a day: format the column as a date and save the sheet again.');
  return fromWords(clean);
}

/** A day and a clock → EDTF with an offset; the zone's own where none is written. */
export function atTime(day: string, clock: string, zone: string, offset?: string): ReadDate {
  const time = /^(\d{1,2})[:.h](\d\d)/.exec(clock.trim());
  if (!time || !/^\d{4}-\d\d-\d\d$/.test(day)) return wrong('a time of day such as 16:30', 'Write hours and minutes, on a clock of 24 hours.');
  const hhmm = `${(time[1] ?? '').padStart(2, '0')}:${time[2]}`;
  const written = offset?.toUpperCase() === 'Z' ? 'Z' : offset?.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  const wall = Date.parse(`${day}T${hhmm}:00Z`);
  if (Number.isNaN(wall)) return wrong('a time of day such as 16:30', 'Write hours and minutes, on a clock of 24 hours.');
  return checked(`${day}T${hhmm}${written ?? offsetText(zoneOffset(zone, wall - zoneOffset(zone, wall) * 60_000))}`);
}

function offsetText(minutes: number): string {
  const abs = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(abs / 60)).padStart(2, '0')}:${String(abs % 60).padStart(2, '0')}`;
}

function fromNumbers(a: string, b: string, year: string, order: DateOrder | null): ReadDate {
  const [first, second] = [Number(a), Number(b)];
  if (order === 'dmy' || (order === null && first > 12) || first === second) return civil(year, b, a);
  if (order === 'mdy' || second > 12) return civil(year, a, b);
  return wrong(
    'a date that reads one way only',
    `Say --dates dmy for ${civilText(year, b, a)}, --dates mdy for ${civilText(year, a, b)}; or write it so in the sheet.`,
    true,
  );
}

/** "5 January 2022", "January 5, 2022", "5 января 2022 г.", "2022년 1월 5일", "2022 жылғы 5 қаңтар", "5 de enero de 2022", "5 يناير 2022". */
function fromWords(text: string): ReadDate {
  const asian = /^(\d{4})\s?[년年]\s?(\d{1,2})\s?[월月](?:\s?(\d{1,2})\s?[일日])?$/.exec(text);
  if (asian) return civil(asian[1], asian[2], asian[3]);
  const words = text
    .toLowerCase()
    .split(/[\s,./-]+/)
    .filter((w) => w !== '' && !FILLERS.has(w));
  let month: number | undefined;
  const numbers: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    // Levantine month names are two words.
    const two = MONTHS.get(fold(`${word}${words[i + 1] ?? ''}`));
    const one = two ?? MONTHS.get(fold(word));
    const number = /^(\d{1,4})(st|nd|rd|th|er|º|ª)?$/.exec(word);
    if (number?.[1]) numbers.push(number[1]);
    else if (one !== undefined && month === undefined) {
      month = one;
      if (two !== undefined) i++;
    } else return wrong();
  }
  const years = numbers.filter((n) => n.length === 4);
  const days = numbers.filter((n) => n.length <= 2);
  if (month === undefined || years.length !== 1 || days.length > 1 || years.length + days.length !== numbers.length) return wrong();
  return civil(years[0], String(month), days[0]);
}

const FILLERS = new Set(['de', 'del', 'г', 'года', 'год', 'жыл', 'жылғы', 'жылы', 'of', 'the', 'le', 'el', 'den', 'am']);

function civilText(year = '', month = '', day?: string): string {
  return [year, month.padStart(2, '0'), ...(day === undefined ? [] : [day.padStart(2, '0')])].join('-');
}

function civil(year?: string, month?: string, day?: string): ReadDate {
  return checked(civilText(year, month, day));
}

function checked(edtf: string): ReadDate {
  return parseEdtf(edtf).ok ? { ok: true, edtf } : wrong('a day that the calendar has', 'Correct the day, the month or the year.');
}
