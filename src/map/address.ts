/** The view and the address, kept together. */
import type { StoreApi } from 'zustand/vanilla';
import type { Story } from '../core/story.ts';
import { hashFromView, viewFromHash } from '../core/url.ts';
import type { ViewState } from '../core/view.ts';

/** Quiet after the last change before the address is written: browsers refuse more than a few writes a second. */
const DELAY_MS = 250;

/**
 * Read the view from the address now and whenever the reader goes back, forward or edits it; write it back as it
 * changes. Opening a card on a page of our own is a step that Back undoes; in somebody's frame history is the host's.
 * @returns an undo that stops listening
 */
export function syncAddress(story: Story, view: StoreApi<ViewState>, framed: boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = '';
  const read = () => {
    clearTimeout(timer);
    const next = viewFromHash(story, location.hash);
    written = hashFromView(story, next);
    view.setState(next, true);
  };
  const write = (step: boolean) => {
    clearTimeout(timer);
    const hash = hashFromView(story, view.getState());
    if (hash === written) return;
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
  window.addEventListener('hashchange', read);
  window.addEventListener('popstate', read);
  return () => {
    clearTimeout(timer);
    unsubscribe();
    window.removeEventListener('hashchange', read);
    window.removeEventListener('popstate', read);
  };
}
