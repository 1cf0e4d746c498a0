/** Whether some script of the page could not be had. A browser asks for a module once: only loading the page anew tries again. */
import { createStore } from 'zustand/vanilla';
import { hosted } from './framed.ts';

export const missing = createStore<boolean>(() => false);

/** Say so to the reader, and to the host, whose picture serves better. */
export function tellMissing(): void {
  if (missing.getState()) return;
  missing.setState(true, true);
  void hosted?.then((h) => h?.failHost('script'));
}
