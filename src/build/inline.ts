/**
 * A page's style, and the few lines that mark it before it is painted, in the page itself: nothing waits for a second
 * answer of the server, and no account stands unstyled because a file could not be had. The policy names each by its
 * hash (CSP 3, hash sources), so that a browser takes no other style or script from the markup. Pure.
 */
import { createHash } from 'node:crypto';

export interface Inline {
  /** The element, for the head. */
  readonly tag: string;
  /** Its source expression for the policy, in quotes. */
  readonly source: string;
}

/** @throws Error for a text that would end its element early */
export function inline(element: 'style' | 'script', text: string): Inline {
  if (/<\/|<!--/.test(text)) throw new Error(`A ${element} that holds markup cannot stand in a page.`);
  return { tag: `<${element}>${text}</${element}>`, source: `'sha256-${createHash('sha256').update(text).digest('base64')}'` };
}
