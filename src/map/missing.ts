/** Whether some script of the page could not be had. A browser asks for a module once: only loading the page anew tries again. */
import { createStore } from 'zustand/vanilla';
import { hosted } from './framed.ts';

export const missing = createStore<boolean>(() => false);

/** For what a script was to bring: says that it is missing, and leaves the page as it is, which a fault would not. */
export function neverComes(): Promise<never> {
  tellMissing();
  return new Promise(() => undefined);
}

/** Say so to the reader, and to the host, whose picture serves better. */
export function tellMissing(): void {
  if (missing.getState()) return;
  missing.setState(true, true);
  void hosted?.then((h) => h?.failHost('script'));
}
