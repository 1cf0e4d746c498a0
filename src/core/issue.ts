/**
 * A fault in an editor's data, as a value: collected, never thrown, so that all of them are told at once.
 * Grammar of every message: what was expected, what was found, what to do.
 */
export interface Issue {
  readonly severity: 'error' | 'warning';
  /** File name inside the story's folder: `events.json`. */
  readonly file: string;
  /** Keys and positions from the top of the file to the fault, as RFC 6901 would walk it. */
  readonly path: readonly (string | number)[];
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
}

/** An issue with its place in the text: 1-based line and column; null where the file could not be read that far. */
export interface LocatedIssue extends Issue {
  readonly line: number | null;
  readonly column: number | null;
}

/** Controls, and characters that turn text round or cannot be seen: as they stand they could rewrite a terminal's line. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text with whatever cannot be seen written out. */
export function writtenOut(text: string): string {
  return text.replace(UNSEEN, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A text in quotation marks, with whatever cannot be seen written out. */
export function quoted(text: string): string {
  return writtenOut(JSON.stringify(text));
}

/** What was found, short enough for a message: strings quoted and cut, lists and objects by kind. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (value === null) return 'null';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return value.length > 60 ? `${quoted(value.slice(0, 57))}…` : quoted(value);
  return String(value);
}
