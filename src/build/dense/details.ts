/** The files of details: events and places by position, ids by their hash, words. Written as they come from the database. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENTS_A_FILE, idFile, idFilesFor, PLACES_A_FILE } from '../../dense/details.ts';
import { inOrder } from './columns.ts';
import type { Duck } from './duck.ts';
import { WordsWriter } from './find.ts';

/** Events that are asked for at a time: a join keeps no order, and so many are soon put in it. */
const BATCH = 2 ** 16;

/**
 * Write the tables `told` and `place_texts` below a folder. @returns how many files of ids there are
 * @param onShare told now and then how much is done
 */
export async function writeDetails(duck: Duck, folder: string, events: number, places: number, onShare: (share: number) => void): Promise<number> {
  const idFiles = idFilesFor(events + places);
  const ids = new IdFiles(folder, idFiles);
  const placeWords = new WordsWriter();
  const names: string[] = [];
  let place = 0;
  const placeFiles = new Numbered(join(folder, 'places'), PLACES_A_FILE);
  for await (const [at = [], id = [], name = [], file = []] of duck.chunks('SELECT place - 1, id, name, file FROM place_texts'))
    for (let i = 0; i < id.length; i++, place++) {
      inOrder(at[i], place);
      ids.add(`/${id[i]}`, place);
      names.push(String(name[i]));
      placeWords.add(place, [String(name[i])]);
      placeFiles.add(String(file[i]));
    }
  placeFiles.end();
  placeWords.end(folder, 'places');
  const eventWords = new WordsWriter();
  let position = 0;
  const eventFiles = new Numbered(join(folder, 'events'), EVENTS_A_FILE);
  for (let from = 0; from < events; from += BATCH) {
    const some = `SELECT position, id, file, title, speaker, place FROM told WHERE position >= ${from} AND position < ${from + BATCH} ORDER BY position`;
    for await (const [at = [], id = [], file = [], title = [], speaker = [], where = []] of duck.chunks(some))
      for (let i = 0; i < id.length; i++, position++) {
        inOrder(at[i], position);
        ids.add(String(id[i]), position);
        eventFiles.add(String(file[i]));
        eventWords.add(position, [String(title[i]), String(speaker[i]), names[Number(where[i]) - 1] ?? '']);
      }
    onShare(position / events);
  }
  eventFiles.end();
  eventWords.end(folder, 'events');
  ids.end();
  onShare(1);
  return idFiles;
}

/** Files `0.json`, `1.json` … of so many entries each. */
class Numbered {
  private readonly folder: string;
  private readonly each: number;
  private waiting: string[] = [];
  private file = 0;

  constructor(folder: string, each: number) {
    this.folder = folder;
    this.each = each;
  }

  add(entry: string): void {
    this.waiting.push(entry);
    if (this.waiting.length === this.each) this.write();
  }

  end(): void {
    if (this.waiting.length > 0) this.write();
  }

  private write(): void {
    writeFileSync(join(this.folder, `${this.file++}.json`), `[${this.waiting.join(',')}]`);
    this.waiting = [];
  }
}

/** Ids that are kept in memory before they are written to their files. */
const IDS_WAITING = 200_000;

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
