/** The files of details: events and places by position, ids by their hash, words. Written as they come from the database. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENTS_A_FILE, idFile, idFilesFor, PLACES_A_FILE } from '../../dense/details.ts';
import { inOrder } from './columns.ts';
import type { Duck } from './duck.ts';
import { WordsWriter } from './find.ts';

/** Files of events that the database makes at a time: some five megabytes. */
const FILES_AT_ONCE = 32;

/**
 * Write the tables `told` and `place_texts` below a folder. @returns how many files of ids there are
 * @param onShare told now and then how much is done
 */
export async function writeDetails(duck: Duck, folder: string, events: number, places: number, onShare: (share: number) => void): Promise<number> {
  const idFiles = idFilesFor(events + places);
  const ids = new IdFiles(folder, idFiles);
  const write = async (
    part: 'places' | 'events',
    select: string,
    { rows, each, key, share }: { readonly rows: number; readonly each: number; readonly key: string; readonly share: (done: number) => void },
  ) => {
    const words = new WordsWriter();
    let [file, position] = [0, 0];
    for await (const made of duck.ahead<MadeFile>(batches(select, Math.ceil(rows / each), each)))
      for (const { n, bytes, named, texts } of made) {
        inOrder(n, file);
        writeFileSync(join(folder, part, `${file++}.json`), bytes.bytes);
        const sought = texts.split(APART);
        for (const [i, id] of named.split(',').entries()) {
          ids.add(`${key}${id}`, position);
          words.add(position++, sought[i] ?? '');
        }
        share(position / rows);
      }
    if (position !== rows) throw new Error(`Expected ${rows} ${part}, got ${position}.`);
    words.end(folder, part);
  };
  await write('places', 'SELECT place - 1 AS position, id, file, name AS texts FROM place_texts', {
    rows: places,
    each: PLACES_A_FILE,
    key: '/',
    share: () => undefined,
  });
  await write('events', 'SELECT * FROM told', { rows: events, each: EVENTS_A_FILE, key: '', share: onShare });
  ids.end();
  onShare(1);
  return idFiles;
}

/** One file, made whole by the database: a text for each of its rows would take longer than all else. */
interface MadeFile {
  readonly n: number;
  readonly bytes: { readonly bytes: Uint8Array };
  /** Ids of its rows, with commas between them. */
  readonly named: string;
  /** What of each row is looked for. */
  readonly texts: string;
}

/** Stands in no text of a row: what cannot be seen has been taken out. */
const APART = '\x1f';

/** Queries that make the files of some rows of `position`, `id`, `file` and `texts`, a few files each. */
function* batches(select: string, files: number, each: number): Generator<string> {
  for (let from = 0; from < files; from += FILES_AT_ONCE)
    yield `SELECT position // ${each} AS n, encode('[' || string_agg(file, ',' || chr(10) ORDER BY position) || ']') AS bytes,
        string_agg(id, ',' ORDER BY position) AS named, string_agg(texts, chr(31) ORDER BY position) AS texts
      FROM (${select}) WHERE position >= ${from * each} AND position < ${(from + FILES_AT_ONCE) * each} GROUP BY n ORDER BY n`;
}

/** Ids that are kept in memory before they are written to their files. */
const IDS_WAITING = 50_000;

class IdFiles {
  private readonly folder: string;
  private readonly count: number;
  private waiting: string[][] = [];
  private size = 0;
  private readonly begun: boolean[] = [];

  constructor(folder: string, count: number) {
    this.folder = folder;
    this.count = count;
  }

  add(id: string, position: number): void {
    const file = idFile(id, this.count);
    this.waiting[file] ??= [];
    this.waiting[file].push(`"${id}":${position}`);
    if (++this.size >= IDS_WAITING) this.flush();
  }

  end(): void {
    this.flush();
    for (let n = 0; n < this.count; n++) appendFileSync(this.path(n), this.begun[n] ? '}' : '{}');
  }

  private flush(): void {
    for (const [n, pairs] of this.waiting.entries()) {
      if (!pairs) continue;
      appendFileSync(this.path(n), `${this.begun[n] ? ',' : '{'}${pairs.join(',')}`);
      this.begun[n] = true;
    }
    this.waiting = [];
    this.size = 0;
  }

  private path(n: number): string {
    return join(this.folder, 'ids', `${n}.json`);
  }
}
