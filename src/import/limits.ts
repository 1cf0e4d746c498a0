/** What a table may be at most. More is no newsroom's sheet, could not be read back as a story, or would fill the memory. */
import type { TableIssue } from './table.ts';
import { fileFault } from './table.ts';

export const MAX_BYTES = 64 * 2 ** 20;
/** Characters of a cell that is used: as many as a text of a story may have. */
export const MAX_TEXT = 5000;
export const MAX_ROWS = 250_000;

/** A fault for a file that is larger, else null: asked before the file is read. */
export function tooLarge(bytes: number): TableIssue | null {
  return bytes > MAX_BYTES ? fileFault(`at most ${MAX_BYTES / 2 ** 20} MB`, `${Math.round(bytes / 2 ** 20)} MB`, 'Cut the file into parts.') : null;
}

export function tooMany(rows: number, unit: 'row' | 'feature'): TableIssue | null {
  return rows > MAX_ROWS ? fileFault(`at most ${MAX_ROWS} ${unit}s`, 'more', 'Cut the file into parts.') : null;
}

/**
 * Up to so many events stand in events.json, each written out in the page and its list. With twice as many the page is
 * past a hundred kB before it shows anything and seconds pass until it answers (`npm run bench -- listed`): such events
 * are rows, which the build counts for a canvas and a reader fetches piece by piece (SCALE.md). Marks that stand close
 * are grouped long before that.
 */
export const MOST_LISTED = 1000;

/** Up to so many are tried in a page, which has no line to wait for. */
export const MOST_TRIED = 5000;
