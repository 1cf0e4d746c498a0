/** The words of a dense story's events and places, written for `src/dense/find.ts`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sought } from '../../dense/find.ts';
import { wordsOf } from '../../dense/find.ts';

/** Characters of a file of words: some 30 kB gzip, so that a few letters fetch little. */
const A_FILE = 96_000;
/** Parts of texts whose words are remembered. */
const MOST_KNOWN = 100_000;
/** Longest word that is kept; what is longer is no word. */
const LONGEST = 40;

/** Steps between the positions of one word, as bytes: ten million events have a hundred million of them. */
class Steps {
  private last = 0;
  private bytes = new Uint8Array(8);
  private length = 0;

  /** Take a position; one that is here already is left out. */
  add(position: number): void {
    // The first step is the position itself, also where that is 0.
    if (position === this.last && this.length > 0) return;
    if (this.length + 5 > this.bytes.length) {
      const grown = new Uint8Array(this.bytes.length * 2);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    let rest = position - this.last;
    for (; rest >= 128; rest >>>= 7) this.bytes[this.length++] = (rest & 127) | 128;
    this.bytes[this.length++] = rest;
    this.last = position;
  }

  text(): string {
    const steps: number[] = [];
    let [value, shift] = [0, 0];
    for (const byte of this.bytes.subarray(0, this.length)) {
      value |= (byte & 127) << shift;
      shift += 7;
      if (byte >= 128) continue;
      steps.push(value);
      value = shift = 0;
    }
    return steps.join();
  }
}

export class WordsWriter {
  private readonly numbers = new Map<string, number>();
  private readonly steps: Steps[] = [];
  /** What stands between two spaces comes again and again. No letter changes by what is behind a space. */
  private readonly known = new Map<string, readonly number[]>();

  /** Note in which words a position is found. @param position never below the one before */
  add(position: number, text: string): void {
    for (const part of text.split(' ')) for (const word of this.words(part)) (this.steps[word] as Steps).add(position);
  }

  private words(part: string): readonly number[] {
    const known = this.known.get(part);
    if (known) return known;
    const words = wordsOf(part).flatMap((word) => (word.length > LONGEST ? [] : this.numberOf(word)));
    if (this.known.size > MOST_KNOWN) this.known.clear();
    // A copy, which does not hold on to the long text that it was cut from.
    this.known.set(` ${part}`.slice(1), words);
    return words;
  }

  private numberOf(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    this.steps.push(new Steps());
    this.numbers.set(word, this.steps.length - 1);
    return this.steps.length - 1;
  }

  /** Write the words below `<folder>/find`, in order, file after file. */
  end(folder: string, sought: Sought): void {
    const firsts: string[] = [];
    let entries: string[] = [];
    let size = 0;
    const end = () => {
      if (entries.length > 0) writeFileSync(join(folder, 'find', `${sought}-${firsts.length - 1}.json`), `{${entries.join(',')}}`);
      entries = [];
      size = 0;
    };
    for (const [word, number] of [...this.numbers].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const entry = `${JSON.stringify(word)}:[${(this.steps[number] as Steps).text()}]`;
      if (size > 0 && size + entry.length > A_FILE) end();
      if (size === 0) firsts.push(word);
      entries.push(entry);
      size += entry.length;
    }
    end();
    writeFileSync(join(folder, 'find', `${sought}.json`), JSON.stringify(firsts));
  }
}
