/** Keys that stand twice in one object of a JSON text: of the two, every parser takes one in silence. */

/** Told of one file at most. */
const MOST = 100;

/** @param text JSON that has been parsed, so that it is sound. @returns each key's second place, with its line from 1 */
export function repeatedKeys(text: string): readonly { readonly key: string; readonly line: number }[] {
  const found: { key: string; line: number }[] = [];
  const open: (Set<string> | null)[] = [];
  let line = 1;
  for (let at = 0; at < text.length && found.length < MOST; at++) {
    const c = text.charCodeAt(at);
    if (c === 10) line++;
    else if (c === 123) open.push(new Set());
    else if (c === 91) open.push(null);
    else if (c === 125 || c === 93) open.pop();
    else if (c === 34) {
      const start = at;
      for (at++; text.charCodeAt(at) !== 34; at++) if (text.charCodeAt(at) === 92) at++;
      const keys = open.at(-1);
      if (!keys) continue;
      let next = at + 1;
      while (text.charCodeAt(next) <= 32) next++;
      if (text.charCodeAt(next) !== 58) continue;
      const key = JSON.parse(text.slice(start, at + 1)) as string;
      if (keys.has(key)) found.push({ key, line });
      keys.add(key);
    }
  }
  return found;
}
