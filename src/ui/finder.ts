/** What a reader can find: places by all their names, and events by their words and by who speaks in them. */
import MiniSearch from 'minisearch';
import { comparable } from '../core/letters.ts';
import type { Story, StoryEvent } from '../core/story.ts';
import { plain } from '../core/text.ts';

export type Found = { readonly kind: 'place' | 'event'; readonly id: string };

interface Entry {
  readonly key: string;
  readonly name: string;
  readonly others: string;
  readonly text: string;
}

/** Most results that are worth reading. */
const MOST = 8;
/** Share of a word's letters that may be wrong, for words of some length. */
const FUZZY = 0.2;
const LEAST_FUZZY = 5;

/**
 * An index over what is offered, to be asked many times.
 * @param events those of the collections that are on show
 * @returns a query: typed text → found things, best first. An empty text finds nothing
 */
export function createFinder(story: Story, events: readonly StoryEvent[]): (typed: string) => Found[] {
  const index = new MiniSearch<Entry>({
    idField: 'key',
    fields: ['name', 'others', 'text'],
    tokenize: comparable,
    processTerm: (term) => term,
    searchOptions: {
      prefix: true,
      combineWith: 'AND',
      fuzzy: (term) => (term.length >= LEAST_FUZZY ? FUZZY : false),
      boost: { name: 4, others: 3 },
      weights: { fuzzy: 0.3, prefix: 0.8 },
    },
  });
  const here = new Set(events.map((e) => e.place));
  index.addAll([
    ...story.places.filter((p) => here.has(p.id)).map((p): Entry => ({ key: `place ${p.id}`, name: plain(p.name), others: p.aliases.join(' '), text: '' })),
    ...events.map((e): Entry => {
      const place = story.places.find((p) => p.id === e.place);
      return {
        key: `event ${e.id}`,
        name: plain(e.title),
        others: [...new Set(e.claims.map((c) => c.by))].join(' '),
        text: [...e.claims.map((c) => plain(c.says)), ...(place ? [plain(place.name)] : [])].join(' '),
      };
    }),
  ]);
  const whole = new Map(story.places.map((p) => [`place ${p.id}`, new Set([plain(p.name), ...p.aliases].map(oneName))]));
  return (typed) => {
    // Whoever types a whole name means it, however many names the place has.
    const isIt = (key: unknown) => Number(whole.get(String(key))?.has(oneName(typed)) ?? false);
    return index
      .search(typed)
      .sort((a, b) => isIt(b.id) - isIt(a.id))
      .slice(0, MOST)
      .map(({ id }) => {
        const [kind, name] = String(id).split(' ');
        return { kind: kind === 'place' ? 'place' : 'event', id: name ?? '' };
      });
  };
}

function oneName(text: string): string {
  return comparable(text).join(' ');
}
