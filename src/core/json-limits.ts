/** Limits of JSON that come before any parser: deep text overflows its stack, and very many values fill the memory. */

export interface JsonLimits {
  /** Levels of lists and objects. */
  readonly depth: number;
  readonly values: number;
}

/** Where nesting or the number of values passes its limit, or null. Text that is no JSON is measured all the same. */
export function beyondLimits(text: string, most: JsonLimits): { readonly limit: 'depth' | 'values'; readonly at: number } | null {
  let depth = 0;
  let values = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (inString) {
      if (c === 92) at++;
      else if (c === 34) inString = false;
    } else if (c === 34) inString = true;
    else if (c === 123 || c === 91) {
      if (++depth > most.depth) return { limit: 'depth', at };
      values++;
    } else if (c === 125 || c === 93) depth--;
    else if (c === 44 && ++values > most.values) return { limit: 'values', at };
  }
  return null;
}
