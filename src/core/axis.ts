/** What stands beside an axis of days, so that a reader of a phone can tell a week from a decade. */
import type { Strings } from './strings/make.ts';
import { dateFormat, dateWords, parseEdtf, shortDayWords } from './time.ts';

/** Days whose numbers stand side by side on a narrow screen. */
const MOST_NUMBERS = 31;
/** Words that do: a month's, a year's. */
const MOST_WORDS = 6;
const MONTH_STEPS = [1, 2, 3, 6, 12];
const YEAR_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/**
 * One label a day, most of them empty in a long run: every day's number up to a month; the 1st and the 15th up to two
 * months; then first days of a month, then of a year, as many as fit. January is named by its year.
 * @param days consecutive civil days `YYYY-MM-DD` in order
 */
export function axisLabels(days: readonly string[], { number, locale }: Pick<Strings, 'number' | 'locale'>): string[] {
  if (days.length <= MOST_NUMBERS) return days.map((day) => number(Number(day.slice(8))));
  const months = days.filter((day) => day.endsWith('-01')).length;
  if (months <= 2) return days.map((day) => (/-(01|15)$/.test(day) ? inWords(day, (date) => shortDayWords(date, locale)) : ''));
  const every = MONTH_STEPS.find((step) => months / step <= MOST_WORDS);
  const years = YEAR_STEPS.find((step) => months / 12 / step <= MOST_WORDS) ?? 1000;
  let named = false;
  return days.map((day) => {
    const [year, month] = day.split('-').map(Number);
    if (!day.endsWith('-01') || year === undefined || month === undefined) return '';
    if (every === undefined || every === 12) return month === 1 && year % years === 0 ? inWords(day.slice(0, 4), (date) => dateWords(date, locale)) : '';
    if ((month - 1) % every !== 0) return '';
    const withYear = month === 1 || !named;
    named = true;
    if (month === 1) return inWords(day.slice(0, 4), (date) => dateWords(date, locale));
    return dateFormat(locale, { timeZone: 'UTC', month: 'short', ...(withYear ? { year: 'numeric' } : {}) }).format(Date.UTC(year, month - 1));
  });
}

/** Whether any two of the days lie in different years, so that "5 January" alone would not say which. */
export function spansYears(days: readonly string[]): boolean {
  return days[0]?.slice(0, 4) !== days.at(-1)?.slice(0, 4);
}

function inWords(text: string, words: (date: Extract<ReturnType<typeof parseEdtf>, { ok: true }>['value']) => string): string {
  const date = parseEdtf(text);
  return date.ok ? words(date.value) : text;
}
