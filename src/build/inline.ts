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

const INSIDE = { style: /(?<=<style>)[\s\S]*?(?=<\/style>)/, script: /(?<=<script>)[\s\S]*?(?=<\/script>)/ };

/** What stands in a page's own style or script; empty for a page without. */
export function inlineText(html: string, element: keyof typeof INSIDE): string {
  return INSIDE[element].exec(html)?.[0] ?? '';
}

/** @throws Error for a text that would end its element early */
export function inline(element: keyof typeof INSIDE, text: string): Inline {
  if (/<\/|<!--/.test(text)) throw new Error(`A ${element} that holds markup cannot stand in a page.`);
  return { tag: `<${element}>${text}</${element}>`, source: `'sha256-${createHash('sha256').update(text).digest('base64')}'` };
}
