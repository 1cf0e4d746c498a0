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
 * Up to so many events stand in events.json, each a mark of its own on the marker layer and an item of the list in the
 * page. Beyond that the marks take longer than a frame to draw and the page's own list megabytes to load: such events are
 * rows, which the build counts for a canvas and a reader fetches piece by piece (SCALE.md). Marks that stand close are
 * grouped long before that.
 */
export const MOST_LISTED = 20_000;
