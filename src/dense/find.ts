/**
 * Finding among many events by the words of their titles, places and speakers, and places by the words of their names.
 * The build writes which rows each word stands in, in files of words that follow each other; a reader fetches the few
 * that hold what was typed. `FORMAT.md` describes the files.
 */
import { comparable } from '../core/letters.ts';
import { Recent } from './Recent.ts';

/** What is looked for: events by row, places by position. */
export type Sought = 'events' | 'places';

/** `find/<sought>.json`: the first word of each file, in order; file n is `find/<sought>-<n>.json`. */
export type WordFiles = readonly string[];

/** A file of words: for each the positions it stands at, the first as it is and each other as the step from the one before. */
export type WordFile = { readonly [word: string]: readonly number[] };

/** Words as they are counted in the files. */
export const wordsOf = comparable;

/** Beginnings that more files than this hold are looked for as whole words until the reader has typed more. */
const MOST_FILES = 12;
/** Files that are kept for the next letter. */
const KEPT_FILES = 2 * MOST_FILES;

/** Fetches JSON by a path from the folder of details. */
type Fetch = (path: string) => Promise<unknown>;

export class Finder {
  private readonly fetch: Fetch;
  private readonly files = new Recent<string, Promise<unknown>>(KEPT_FILES);

  constructor(fetch: Fetch) {
    this.fetch = fetch;
  }

  /**
   * Positions at which words with each typed beginning stand, ascending.
   * @param isOffered which of them count
   * @throws Error where a file cannot be had or is none of these
   */
  async find(sought: Sought, typed: string, isOffered: (position: number) => boolean = () => true): Promise<Uint32Array> {
    const terms = [...new Set(wordsOf(typed))];
    if (terms.length === 0) return new Uint32Array(0);
    const index = (await this.json(`find/${sought}.json`)) as WordFiles;
    if (!Array.isArray(index)) throw new Error('Expected a list of words.');
    let found: Uint32Array | null = null;
    for (const term of terms) {
      const here = await this.positions(sought, index, term);
      found = found === null ? here : both(found, here);
      if (found.length === 0) break;
    }
    return (found ?? new Uint32Array(0)).filter(isOffered);
  }

  private async positions(sought: Sought, index: WordFiles, term: string): Promise<Uint32Array> {
    const first = lastNotAbove(index, term);
    const last = lastNotAbove(index, `${term}\uffff`);
    const whole = last - first >= MOST_FILES;
    const numbers = Array.from({ length: whole ? 1 : last - first + 1 }, (_, i) => first + i).filter((n) => n >= 0);
    const files = await Promise.all(numbers.map((n) => this.json(`find/${sought}-${n}.json`)));
    const lists: Uint32Array[] = [];
    for (const file of files as WordFile[])
      for (const [word, steps] of Object.entries(file)) if (whole ? word === term : word.startsWith(term)) lists.push(summed(steps));
    return union(lists);
  }

  private json(path: string): Promise<unknown> {
    const asked = this.files.get(path);
    if (asked) return asked;
    const fetched = this.fetch(path);
    this.files.set(path, fetched);
    fetched.catch(() => this.files.delete(path));
    return fetched;
  }
}

/** Steps → positions. */
function summed(steps: readonly number[]): Uint32Array {
  let at = 0;
  return Uint32Array.from(steps, (step) => {
    at += step;
    return at;
  });
}

/** Position of the last of ascending words that is not above a word; -1 where all are. */
function lastNotAbove(words: readonly string[], word: string): number {
  let [low, high] = [-1, words.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((words[middle] as string) <= word) low = middle;
    else high = middle - 1;
  }
  return low;
}

function union(lists: readonly Uint32Array[]): Uint32Array {
  const [only] = lists;
  if (!only || lists.length === 1) return only ?? new Uint32Array(0);
  const most = lists.reduce((top, list) => Math.max(top, list.at(-1) ?? 0), 0);
  const bits = new Uint8Array(most + 1);
  for (const list of lists) for (const position of list) bits[position] = 1;
  let n = 0;
  for (const bit of bits) n += bit;
  const out = new Uint32Array(n);
  n = 0;
  for (let position = 0; position <= most; position++) if (bits[position] === 1) out[n++] = position;
  return out;
}

function both(a: Uint32Array, b: Uint32Array): Uint32Array {
  let [i, j, n] = [0, 0, 0];
  const out = new Uint32Array(Math.min(a.length, b.length));
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] as number, b[j] as number];
    if (x === y) out[n++] = x;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return out.subarray(0, n);
}
