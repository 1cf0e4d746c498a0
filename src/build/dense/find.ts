/** The words of a dense story's events and places, written for `src/dense/find.ts` from its files of details. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Words } from '../../core/story.ts';
import { plain } from '../../core/text.ts';
import { EVENTS_A_FILE, PLACES_A_FILE } from '../../dense/details.ts';
import type { Sought } from '../../dense/find.ts';
import { wordsOf } from '../../dense/find.ts';

/** Characters of a file of words: some 30 kB gzip, so that a few letters fetch little. */
const A_FILE = 96_000;
/** Longest word that is kept; what is longer is no word. */
const LONGEST = 40;

interface EventFile {
  readonly title: Words;
  readonly claims?: readonly { readonly by?: string }[];
  readonly place?: { readonly name: Words };
}

/**
 * Write the words below `<folder>/find`.
 * @param folder with all files of details @param events @param places how many of them there are
 */
export function writeFind(folder: string, events: number, places: number): void {
  mkdirSync(join(folder, 'find'), { recursive: true });
  const read = <T>(part: string, n: number) => JSON.parse(readFileSync(join(folder, part, `${n}.json`), 'utf8')) as T[];
  const eventWords = new Postings();
  for (let n = 0; n * EVENTS_A_FILE < events; n++)
    read<EventFile>('events', n).forEach(({ title, claims = [], place }, i) => {
      eventWords.add(n * EVENTS_A_FILE + i, [plain(title), ...claims.map((c) => c.by ?? ''), place ? plain(place.name) : '']);
    });
  eventWords.write(folder, 'events');
  const placeWords = new Postings();
  for (let n = 0; n * PLACES_A_FILE < places; n++)
    read<{ readonly name: Words; readonly aliases?: readonly string[] }>('places', n).forEach(({ name, aliases = [] }, i) => {
      placeWords.add(n * PLACES_A_FILE + i, [plain(name), ...aliases]);
    });
  placeWords.write(folder, 'places');
}

/** Steps between the positions of one word, as bytes: ten million events have a hundred million of them. */
class Steps {
  last = 0;
  private bytes = new Uint8Array(8);
  private length = 0;

  add(position: number): void {
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

class Postings {
  private readonly steps = new Map<string, Steps>();
  /** Words of texts that come again and again, as names of places and speakers do. */
  private readonly known = new Map<string, readonly string[]>();

  add(position: number, texts: readonly string[]): void {
    for (const word of new Set(texts.flatMap((text) => this.words(text)))) {
      const steps = this.steps.get(word) ?? new Steps();
      // The first step is the position itself, also where that is 0.
      steps.add(position);
      this.steps.set(word, steps);
    }
  }

  private words(text: string): readonly string[] {
    const known = this.known.get(text);
    if (known) return known;
    const words = wordsOf(text).filter((w) => w.length <= LONGEST);
    if (this.known.size > 100_000) this.known.clear();
    this.known.set(text, words);
    return words;
  }

  /** Words in order, file after file. */
  write(folder: string, sought: Sought): void {
    const firsts: string[] = [];
    let entries: string[] = [];
    let size = 0;
    const end = () => {
      if (entries.length > 0) writeFileSync(join(folder, 'find', `${sought}-${firsts.length - 1}.json`), `{${entries.join(',')}}`);
      entries = [];
      size = 0;
    };
    for (const word of [...this.steps.keys()].sort()) {
      const entry = `${JSON.stringify(word)}:[${(this.steps.get(word) as Steps).text()}]`;
      if (size > 0 && size + entry.length > A_FILE) end();
      if (size === 0) firsts.push(word);
      entries.push(entry);
      size += entry.length;
    }
    end();
    writeFileSync(join(folder, 'find', `${sought}.json`), JSON.stringify(firsts));
  }
}
