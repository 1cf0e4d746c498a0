/** Finding among many events: a chunk of its own, as its words are fetched while a reader types. */
import { comparable } from '../core/letters.ts';
import { plain } from '../core/text.ts';
import type { Many } from '../dense/Many.ts';
import type { Found } from './finder.ts';

/** Places that stand before the events, and all that is shown: more is not read. */
const MOST_PLACES = 3;
const MOST = 8;
/** Places that are looked at for one whose whole name was typed. */
const CANDIDATES = 40;

export interface FoundAmongMany {
  readonly items: readonly Found[];
  /** How many there are in all. */
  readonly count: number;
}

/**
 * Places by their names, those first whose whole name it is, then events in the story's order; what is shown of them
 * is known when this returns.
 * @throws Error where the words cannot be had
 */
export async function findAmongMany(many: Many, typed: string, showContext: boolean): Promise<FoundAmongMany> {
  const { store } = many;
  const [places, events] = await Promise.all([
    store.finder.find('places', typed),
    store.finder.find('events', typed, (row) => many.isOffered(row, { showContext })),
  ]);
  const candidates = [...places.subarray(0, CANDIDATES)];
  await store.wantPlaces(candidates);
  const name = comparable(typed).join(' ');
  const isIt = (at: number) => Number(comparable(plain(store.place(at)?.name ?? '')).join(' ') === name);
  const first = candidates.sort((a, b) => isIt(b) - isIt(a)).slice(0, MOST_PLACES);
  const rows = [...events.subarray(0, MOST - first.length)];
  await store.wantEvents(rows);
  const items = [
    ...first.flatMap((at): Found[] => {
      const place = store.place(at);
      return place ? [{ kind: 'place', id: place.id }] : [];
    }),
    ...rows.flatMap((row): Found[] => {
      const event = store.event(row)?.event;
      return event ? [{ kind: 'event', id: event.id }] : [];
    }),
  ];
  return { items, count: places.length + events.length };
}
