/** When lists and charts follow the view, in a story of very many events: the map comes first. */
import type { ViewState } from '../core/view.ts';
import { hasSameFilter } from '../core/view.ts';
import type { Desk } from '../ui/store.ts';
import { whenIdle } from './rest.ts';

/** Longest that they wait for the browser to have time, ms. */
const MOST_BEHIND = 200;
/** Changes closer to each other than this, ms, are one movement: a key that is held down, a drag over the days. */
const PAUSE = 300;
/** Longest that they stay behind a movement, ms. */
const MOST_BEHIND_MOVEMENT = 1000;

/**
 * Let `calm` follow `view`: a single change once the map that shows it has been painted and the browser has time; changes
 * one upon the other when they pause, and each second until then. Who is on the way to another day reads no list.
 */
export function followCalmly({ view, calm }: Pick<Desk, 'view' | 'calm'>): void {
  let pending = false;
  let timer = 0;
  let changed = Number.NEGATIVE_INFINITY;
  let behind: number | null = null;
  const follow = () => {
    clearTimeout(timer);
    if (pending) return;
    pending = true;
    requestAnimationFrame(() =>
      whenIdle(() => {
        pending = false;
        behind = null;
        calm.setState(view.getState(), true);
      }, MOST_BEHIND),
    );
  };
  follow(); // the address has been read by now
  view.subscribe((now: ViewState, before: ViewState) => {
    const at = performance.now();
    const goesOn = !hasSameFilter(now, before) && at - changed < PAUSE;
    if (!hasSameFilter(now, before)) changed = at;
    behind ??= at;
    if (!goesOn) {
      follow();
      return;
    }
    clearTimeout(timer);
    timer = window.setTimeout(follow, Math.max(0, Math.min(PAUSE, behind + MOST_BEHIND_MOVEMENT - at)));
  });
}
