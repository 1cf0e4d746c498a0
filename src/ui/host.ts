/**
 * What a page in somebody's frame owes its host: it scrolls nothing but itself and takes no focus that nobody gave it.
 * The marks on the root are set by `map/early.ts`, before anything is painted.
 */
import { createStore } from 'zustand/vanilla';

export interface Host {
  /** Claims for which the host page has a passage. */
  readonly claims: ReadonlySet<string>;
  /** Take the reader to a passage; null where no host can. */
  readonly openClaim: ((claim: string, keyboard: boolean) => void) | null;
}

/** A page has one host at most. */
export const host = createStore<Host>(() => ({ claims: new Set<string>(), openClaim: null }));

export function isFramed(): boolean {
  return document.documentElement.dataset.framed !== undefined;
}

/** Trimmed for an article: `?embed=1`. */
export function isEmbedded(): boolean {
  return document.documentElement.dataset.embed !== undefined;
}

/** A sandbox without an origin, as WordPress makes it: no storage, no new windows, no clipboard. */
export function isRestricted(): boolean {
  return document.documentElement.dataset.restricted !== undefined;
}

/** Scroll to an element of a page of our own; from inside a frame that would move the article as well. */
export function bringIntoView(element: Element | null, block: ScrollLogicalPosition): void {
  if (!isFramed()) element?.scrollIntoView({ block, behavior: 'instant' });
}

let given = false;

/** The host gives the focus, because a key asked for it: the next taker has it. */
export function giveFocus(): void {
  given = true;
}

/** Focus an element, unless the reader is in the article around this frame. */
export function takeFocus(element: HTMLElement | null): void {
  if (!element || (isFramed() && !given && !document.hasFocus())) return;
  given = false;
  element.focus({ preventScroll: true });
}
