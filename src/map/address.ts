/** The view and the address, kept together. */
import { hashFromView, isViewHash, viewFromHash } from '../core/url.ts';
import type { Desk } from '../ui/store.ts';

/** Quiet after the last change before the address is written: browsers refuse more than a few writes a second. */
const DELAY_MS = 250;

/**
 * Read the view from the address now and whenever the reader goes back, forward or edits it; write it back as it
 * changes. Opening a card on a page of our own is a step that Back undoes; in somebody's frame history is the host's.
 * @returns an undo that stops listening
 */
export function syncAddress({ stories, view, context }: Desk, framed: boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = '';
  /** A hash that may speak of the context, which has not come yet: read again when it has. */
  let waiting: string | null = null;
  const take = (hash: string) => {
    clearTimeout(timer);
    const story = stories.getState();
    const next = viewFromHash(story, hash);
    waiting = next.showContext && context.getState() !== 'here' ? hash : null;
    written = hashFromView(story, next);
    view.setState(next, true);
  };
  const read = () => {
    // The skip link and others lead to parts of the page: the view stays, and its address comes back with the next change.
    if (isViewHash(location.hash)) take(location.hash);
    else written = location.hash;
  };
  const write = (step: boolean) => {
    clearTimeout(timer);
    const hash = hashFromView(stories.getState(), view.getState());
    if (hash === written || waiting !== null) return;
    written = hash;
    const address = hash === '' ? `${location.pathname}${location.search}` : `#${hash}`;
    try {
      if (step) history.pushState(null, '', address);
      else history.replaceState(null, '', address);
    } catch {
      // A sandboxed or flooded history: the view itself is unharmed.
    }
  };
  if (location.hash.length > 1) read();
  const unsubscribe = view.subscribe((now, before) => {
    const opened = before.selection.kind === 'none' && now.selection.kind !== 'none';
    if (opened && !framed) write(true);
    else {
      clearTimeout(timer);
      timer = setTimeout(() => {
        write(false);
      }, DELAY_MS);
    }
  });
  const unwait = context.subscribe((state) => {
    const hash = waiting;
    if (hash === null || state === 'loading') return;
    waiting = null;
    if (state === 'here') take(hash);
  });
  window.addEventListener('hashchange', read);
  window.addEventListener('popstate', read);
  return () => {
    clearTimeout(timer);
    unsubscribe();
    unwait();
    window.removeEventListener('hashchange', read);
    window.removeEventListener('popstate', read);
  };
}
