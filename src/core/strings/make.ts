/**
 * The interface's words in one language, as the rest of the code asks for them: whole phrases with their numbers and
 * names put in, never pieces to be joined. What a phrase says is in `messages/`; which phrase is wanted is here.
 */
import { NUMBERS_AS } from '../languages.ts';
import type { Exactness, PlaceKind } from '../source.ts';
import type { LaterMessages, Messages } from './compiled/types.ts';

/** Locale for the build's dates, by language, where it is not the language itself. */
const LOCALES: { readonly [language: string]: string } = { en: 'en-GB' };

/** The words of what is there at once: the masthead, the layers, the map. @param m a language's compiled messages */
export function makeFirst(language: string, m: Messages) {
  const count = new Intl.NumberFormat(NUMBERS_AS[language] ?? LOCALES[language] ?? language);
  /** Joined by messages and not by Intl, which not every browser has in every language. */
  const list = (items: readonly string[]): string => {
    const [first = '', second] = items;
    if (items.length < 2 || second === undefined) return first;
    if (items.length === 2) return m.list.two(first, second);
    const start = items.slice(1, -1).reduce((text, next) => m.list.more(text, next), first);
    return m.list.last(start, items.at(-1) ?? '');
  };
  return {
    ...m,
    language,
    /** Locale for dates and numbers at build. */
    locale: LOCALES[language] ?? language,
    list,
    number: (n: number) => count.format(n),
    placesWords: m.summary.places,
    areaHolds: (layers: readonly string[]) => m.areaHolds(list(layers)),
    placeMark: (place: string, layers: readonly string[]) => m.placeMark(place, list(layers)),
    summary: (p: { events: number; points: number; places: string | null; country: number; none: number; span: string; retracted: number }) => {
      const parts = [
        ...(p.points > 0 ? [p.places === null ? m.summary.onMap(p.points) : m.summary.points(p.points, p.places)] : []),
        ...(p.country > 0 ? [m.summary.country(p.country)] : []),
        ...(p.none > 0 ? [m.summary.none(p.none)] : []),
      ];
      const whole = m.summary.whole(
        m.summary.events(p.events, p.span),
        parts.reduce((text, next) => (text === '' ? next : m.list.more(text, next)), ''),
      );
      return p.retracted > 0 ? `${whole} ${m.summary.retracted(p.retracted)}` : whole;
    },
  };
}

type First = ReturnType<typeof makeFirst>;

/** The words of what comes to life after the map. */
export function makeLater({ list }: First, m: LaterMessages) {
  return {
    ...m,
    amount: (number: string, exactness: Exactness) => m.amount(exactness.replace('-', ''), number),
    scope: (place: string, kind: PlaceKind) => m.scope(kind, place),
    figure: (amount: string, label: string, scope: string | null, status: string) =>
      m.figure(scope === null ? 'none' : 'some', amount, label, status, scope ?? ''),
    shownOf: (shown: number, all: number) => m.shownOf(shown === all ? 'yes' : 'no', all, shown),
    citation: (p: { title: string; date: string; version: string; address: string }) => m.citation(p.title, p.date, p.version, p.address).trim(),
    daySpan: (first: string, last: string) => (first === last ? first : m.daySpan(first, last)),
    dayCounts: (day: string, n: number, parts: readonly string[]) => m.dayCounts(n, day, list(parts)),
    partWords: (layer: string, n: number, dating: string | null) => (dating === null ? m.partWords(layer, n) : m.partWordsDated(layer, n, dating)),
    undatedWords: (titles: readonly string[]) => m.undatedWords(list(titles)),
    /** The name of a service such as the internet; a service without a message is called by its id. */
    service: (of: string): string => (Object.hasOwn(m.services, of) ? m.services[of as keyof typeof m.services] : of),
  };
}

/** All words. In a reader's page those of `makeLater` join with the parts that need them; `test/words.test.ts` holds the others to the first. */
export type Strings = First & ReturnType<typeof makeLater>;
