/** The many events of a story's folder, if it has such, for the site and for `validate`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { LocatedIssue } from '../../core/issue.ts';
import type { SourceStory } from '../../core/source.ts';
import { stringsFor } from '../../core/strings/strings.ts';
import { checkRows } from './check.ts';
import { checkCounted, countedFiles, tablesIn } from './counted.ts';
import { Duck } from './duck.ts';
import type { DenseBuild, Progress } from './make.ts';
import { makeCountedStory, makeDense, UnsoundError } from './make.ts';
import { rowsFile } from './rows.ts';

/** The table that a fault of both is told of. */
const COUNTS = 'pyramid_counts';
const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/unrest-map/dense');

/**
 * Make the dense files of a story in one language. Never throws for what the rows hold.
 * @param folder   the story's
 * @param progress told now and then
 * @returns what was made, null where there are no rows or none could be read, and what is wrong with them
 */
export async function denseOf(
  folder: string,
  source: SourceStory,
  language: string,
  progress?: (p: Progress) => void,
): Promise<{ readonly dense: DenseBuild | null; readonly issues: readonly LocatedIssue[] }> {
  const rows = rowsFile(folder);
  const t = stringsFor(language);
  try {
    if (rows !== null) {
      const dense = await makeDense(rows, source, t, CACHE, progress);
      return { dense, issues: [...dense.issues, ...countsBeside(folder)] };
    }
    const counted = countedFiles(folder);
    return { dense: counted && (await makeCountedStory(counted, source, t, CACHE)), issues: [] };
  } catch (error) {
    return { dense: null, issues: error instanceof UnsoundError ? error.issues : [unreadable(rows ?? COUNTS, error)] };
  }
}

/** A folder with rows has no use for counts of them. */
function countsBeside(folder: string): LocatedIssue[] {
  return Object.values(tablesIn(folder)).map((path) => ({
    severity: 'error',
    file: basename(path),
    path: [],
    expected: 'rows or counts',
    found: 'both; the rows are shown',
    remedy: 'Take one of them out of the folder.',
    line: null,
    column: null,
  }));
}

/** What is wrong with a story's rows, or with the counts that it has instead, without making anything of them. */
export async function rowIssues(folder: string, source: SourceStory): Promise<readonly LocatedIssue[]> {
  const rows = rowsFile(folder);
  const spill = mkdtempSync(join(tmpdir(), 'unrest-map-rows-'));
  try {
    const counted = rows === null ? countedFiles(folder) : null;
    if (rows === null && counted === null) return [];
    const duck = await Duck.open(spill);
    try {
      if (counted) return await checkCounted(duck, counted, source);
      const { issues } = await checkRows(duck, rows ?? '', spill, source, stringsFor(source.meta.language));
      return [...issues, ...countsBeside(folder)];
    } finally {
      duck.close();
    }
  } catch (error) {
    return [unreadable(rows ?? COUNTS, error)];
  } finally {
    rmSync(spill, { recursive: true, force: true });
  }
}

function unreadable(rows: string, error: unknown): LocatedIssue {
  const text = error instanceof Error ? error.message : String(error);
  const [expected, found, remedy] = text.startsWith('Out of Memory')
    ? ['rows that the database has memory for', 'more', 'Leave out what the map does not need; SCALE.md says how far one machine goes.']
    : ['a table of events, or two of counts', text, 'See data/README.md, “Very many events”.'];
  return {
    severity: 'error',
    file: basename(rows),
    path: [],
    expected,
    found,
    remedy,
    line: null,
    column: null,
  };
}
