/**
 * An import again: what the table has now against what it had the last time and what the story has, item by item and by
 * stable id. What was changed by hand since is kept; the record of the last import tells the one from the other. Pure.
 */
import { canonicalJson, fingerprint } from '../core/fingerprint.ts';

/** Parts of a story that an import writes. */
export const SHELVES = ['events', 'places', 'speakers', 'sources', 'layers', 'paragraphs'] as const;
export type Shelf = (typeof SHELVES)[number];

/** Items by id, in order. */
export type Items = ReadonlyMap<string, unknown>;
export type Shelves = { readonly [S in Shelf]: Items };

/** `shelf/id` → fingerprint of what the last import wrote there. */
export type ImportRecord = ReadonlyMap<string, string>;

export type ChangeKind =
  | 'added'
  | 'changed'
  | 'removed'
  /** Changed by hand and in the table: the hand's is kept. */
  | 'both'
  /** Gone from the table, but changed by hand: kept. */
  | 'kept'
  /** Removed by hand, and still in the table: stays away. */
  | 'away';

export interface Change {
  readonly kind: ChangeKind;
  readonly shelf: Shelf;
  readonly id: string;
  /** As the story has it; undefined for what is added. */
  readonly before?: unknown;
  /** As the table has it; undefined for what is removed. */
  readonly after?: unknown;
}

export interface Merged {
  /** New content by id, undefined to take the item out. What is not in it stays as it is. */
  readonly writes: { readonly [S in Shelf]: Map<string, unknown> };
  readonly changes: readonly Change[];
  /** Ids of events that somebody else's event has already. */
  readonly taken: readonly string[];
  readonly record: ImportRecord;
}

/** The fingerprint of an item, whatever the order of its keys. */
export function printOf(item: unknown): string {
  return fingerprint(canonicalJson(item));
}

/**
 * Merge.
 * @param last      what the last import of this table wrote; empty for a first one
 * @param table     what the table has now
 * @param story     what the story has now
 * @param overwrite whether the table wins over what was changed by hand
 */
export function mergeImport(last: ImportRecord, table: Shelves, story: Shelves, overwrite = false): Merged {
  const writes = Object.fromEntries(SHELVES.map((s) => [s, new Map<string, unknown>()])) as { [S in Shelf]: Map<string, unknown> };
  const changes: Change[] = [];
  const taken: string[] = [];
  const record = new Map<string, string>();
  for (const shelf of SHELVES)
    for (const [id, after] of table[shelf]) {
      const key = `${shelf}/${id}`;
      const known = last.get(key);
      const now = printOf(after);
      const here = story[shelf].has(id);
      const before = story[shelf].get(id);
      const put = (kind: ChangeKind) => changes.push({ kind, shelf, id, ...(here ? { before } : {}), after });
      if (!here) {
        record.set(key, now);
        if (known !== undefined && !overwrite) put('away');
        else {
          put('added');
          writes[shelf].set(id, after);
        }
        continue;
      }
      const theirs = printOf(before);
      if (theirs === now) record.set(key, now);
      else if (known === undefined && !overwrite) {
        // Somebody wrote it by hand: a place or source of that id is used as it is, an event of that id is another one.
        if (shelf === 'events') taken.push(id);
      } else if (theirs === known || overwrite) {
        record.set(key, now);
        put('changed');
        writes[shelf].set(id, after);
      } else {
        record.set(key, now);
        if (known !== now) put('both');
      }
    }
  const left = [...last].filter(([key]) => !record.has(key) && !inTable(table, key));
  for (const [key, known] of left.filter(([key]) => key.startsWith('events/'))) remove(key, known, false);
  // What an event that stays still names must stay too, whoever wrote it.
  const named = namesIn(
    [...story.events].filter(([id]) => !(writes.events.has(id) && writes.events.get(id) === undefined)).map(([id, e]) => writes.events.get(id) ?? e),
  );
  for (const [key, known] of left.filter(([key]) => !key.startsWith('events/'))) remove(key, known, named.has(key.slice(key.indexOf('/') + 1)));
  return { writes, changes, taken, record };

  function remove(key: string, known: string, used: boolean): void {
    const [shelf, id] = [key.slice(0, key.indexOf('/')) as Shelf, key.slice(key.indexOf('/') + 1)];
    if (!story[shelf]?.has(id)) return;
    const before = story[shelf].get(id);
    if (used) record.set(key, known);
    else if (printOf(before) === known || overwrite) {
      changes.push({ kind: 'removed', shelf, id, before });
      writes[shelf].set(id, undefined);
    } else changes.push({ kind: 'kept', shelf, id, before });
  }
}

function inTable(table: Shelves, key: string): boolean {
  const slash = key.indexOf('/');
  return table[key.slice(0, slash) as Shelf]?.has(key.slice(slash + 1)) ?? false;
}

/** Every text in some values that may be an id. */
function namesIn(values: readonly unknown[]): Set<string> {
  const names = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string') names.add(value);
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) walk(part);
  };
  for (const value of values) walk(value);
  return names;
}

/** Which members of an item differ, as paths: `claims[0].time.about`. For the diff's words. */
export function differences(before: unknown, after: unknown, path = ''): { readonly path: string; readonly before: unknown; readonly after: unknown }[] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
  if (!isTree(before) || !isTree(after) || Array.isArray(before) !== Array.isArray(after)) return [{ path, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const at = (key: string) => (Array.isArray(before) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`);
  return keys.flatMap((key) => differences((before as Tree)[key], (after as Tree)[key], at(key)));
}

interface Tree {
  readonly [key: string]: unknown;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}
