/**
 * The interface's words in one language, as the rest of the code asks for them: whole phrases with their numbers and
 * names put in, never pieces to be joined. What a phrase says is in `messages/`; which phrase is wanted is here.
 */
import type { Exactness, PlaceKind } from '../source.ts';
import type { Messages } from './compiled/types.ts';

/** Locale for the build's dates, by language, where it is not the language itself. */
const LOCALES: { readonly [language: string]: string } = { en: 'en-GB' };
/** Browsers know fewer languages than Node does: numbers of these are grouped as in another that does it alike. */
const NUMBERS_AS: { readonly [language: string]: string } = { kk: 'ru' };

export type Strings = ReturnType<typeof makeStrings>;

/** @param m a language's compiled messages */
export function makeStrings(language: string, m: Messages) {
  const count = new Intl.NumberFormat(NUMBERS_AS[language] ?? LOCALES[language] ?? language);
  /** Joined by messages and not by Intl, which not every browser has in every language. */
  const list = (items: readonly string[]): string => {
    const [first = '', second] = items;
    if (items.length < 2 || second === undefined) return first;
    if (items.length === 2) return m.list.two({ a: first, b: second });
    const start = items.slice(1, -1).reduce((text, next) => m.list.more({ start: text, next }), first);
    return m.list.last({ start, last: items.at(-1) ?? '' });
  };
  return {
    ...m,
    language,
    /** Locale for dates and numbers at build. */
    locale: LOCALES[language] ?? language,
    list,
    number: (n: number) => count.format(n),
    amount: (number: string, exactness: Exactness) => m.amount({ number, exactness: exactness.replace('-', '') }),

    claims: (n: number) => m.claims({ n }),
    asOf: (date: string) => m.asOf({ date }),
    updated: (date: string) => m.updated({ date }),
    version: (version: string) => m.version({ version }),
    timeZone: (zone: string) => m.timeZone({ zone }),
    about: (date: string) => m.about({ date }),
    uncertain: (date: string) => m.uncertain({ date }),
    saidOn: (date: string) => m.saidOn({ date }),
    inSourceWords: (words: string) => m.inSourceWords({ words }),

    wholeCountryOf: (country: string) => m.wholeCountryOf({ country }),
    scope: (place: string, kind: PlaceKind) => m.scope({ place, kind }),
    figure: (amount: string, label: string, scope: string | null, status: string) =>
      m.figure({ amount, label, status, scope: scope === null ? 'none' : 'some', scopeWords: scope ?? '' }),

    saidBy: (who: string) => m.saidBy({ who }),
    through: (who: string, carriers: string) => m.through({ who, carriers }),
    disputed: (who: string) => m.disputed({ who }),
    paragraph: (label: string) => m.paragraph({ label }),

    findNothing: (typed: string) => m.findNothing({ typed }),
    findCount: (n: number) => m.findCount({ n }),
    shownOf: (shown: number, all: number) => m.shownOf({ shown, all, same: shown === all ? 'yes' : 'no' }),
    shownInDays: (days: string) => m.shownInDays({ days }),
    sourcesOf: (n: number) => m.sourcesOf({ n }),
    notes: (n: number) => m.notes({ n }),
    changed: (date: string) => m.changed({ date }),
    changedFromTo: (from: string, to: string) => m.changedFromTo({ from, to }),
    eventChanges: (n: number) => m.eventChanges({ n }),
    eventUpdated: (date: string) => m.eventUpdated({ date }),
    withdrawnEvent: (date: string) => m.withdrawnEvent({ date }),
    citation: (p: { title: string; date: string; version: string; address: string }) => m.citation(p).trim(),

    checkedOn: (date: string) => m.checkedOn({ date }),

    timelineOf: (span: string, zone: string) => m.timelineOf({ span, zone }),
    beforeDay: (day: string) => m.beforeDay({ day }),
    afterDay: (day: string) => m.afterDay({ day }),
    daySpan: (first: string, last: string) => (first === last ? first : m.daySpan({ first, last })),
    rangeValue: (days: string, n: number) => m.rangeValue({ days, n }),
    dayCounts: (day: string, n: number, parts: readonly string[]) => m.dayCounts({ day, n, parts: list(parts) }),
    partWords: (layer: string, n: number, dating: string | null) => (dating === null ? m.partWords({ layer, n }) : m.partWordsDated({ layer, n, dating })),
    spanWords: (title: string, first: string, last: string) => m.spanWords({ title, first, last }),
    undatedCount: (n: number) => m.undatedCount({ n }),
    undatedWords: (titles: readonly string[]) => m.undatedWords({ titles: list(titles) }),
    /** The name of a service such as the internet; a service without a message is called by its id. */
    service: (of: string): string => (Object.hasOwn(m.services, of) ? m.services[of as keyof typeof m.services] : of),
    stateBand: (service: string, place: string) => m.stateBand({ service, place }),
    stateWords: (service: string, place: string, value: string, when: string) => m.stateWords({ service, place, value, when }),
    stateUnknown: (service: string, place: string) => m.stateUnknown({ service, place }),

    seriesChart: (label: string, scope: string, n: number) => m.seriesChart({ label, scope, n }),

    stepsStart: (n: number) => m.stepsStart({ n }),
    stepOf: (n: number, all: number) => m.stepOf({ n, all }),
    leftOut: (n: number) => m.leftOut({ n }),

    mapOf: (title: string) => m.mapOf({ title }),
    areaHolds: (layers: readonly string[]) => m.areaHolds({ layers: list(layers) }),
    placeMark: (place: string, layers: readonly string[]) => m.placeMark({ place, layers: list(layers) }),
    layerOf: (layer: string, n: number) => m.layerOf({ layer, n }),
    tilesMissing: (label: string) => m.tilesMissing({ label }),

    summary: (p: { events: number; points: number; places: string; country: number; none: number; span: string; retracted: number }) => {
      const parts = [
        ...(p.points > 0 ? [m.summary.points({ n: p.points, places: p.places })] : []),
        ...(p.country > 0 ? [m.summary.country({ n: p.country })] : []),
        ...(p.none > 0 ? [m.summary.none({ n: p.none })] : []),
      ];
      const whole = m.summary.whole({ events: m.summary.events({ n: p.events, span: p.span }), parts: parts.join(', ') });
      return p.retracted > 0 ? `${whole} ${m.summary.retracted({ n: p.retracted })}` : whole;
    },
  };
}
