/** Checks that every part of a story's validation shares. */

import type { Issue } from './issue.ts';
import { show } from './issue.ts';
import type { SourceStory, Text } from './source.ts';
import { parseEdtf } from './time.ts';

/** Keys and positions from the top of a file. */
export type Path = readonly (string | number)[];

/** Takes down one fault; see `Issue` for the grammar. */
export type Report = (severity: Issue['severity'], file: string, path: Path, expected: string, found: string, remedy: string) => void;

/** Every cited id is in sources.json. */
export function checkSourceIds(ids: readonly string[], story: SourceStory, file: string, path: Path, report: Report): void {
  ids.forEach((id, i) => {
    if (!story.sources.has(id)) report('error', file, [...path, i], 'an id from sources.json', show(id), 'Correct the id or add the source.');
  });
}

/** The text is EDTF of the kind that `time.ts` reads. */
export function checkDate(text: string, file: string, path: Path, report: Report): void {
  const parsed = parseEdtf(text);
  if (!parsed.ok)
    report(
      'error',
      file,
      path,
      'an EDTF date such as 2022-01-09 or 2022-01-02/2022-01-10',
      `${show(text)} (${parsed.reason})`,
      'See “Dates” in data/README.md.',
    );
}

/** There are words in the story's own language: every other falls back to it. */
export function checkText(text: Text, own: string, file: string, path: Path, report: Report): void {
  if (text[own] === undefined || text[own].trim() === '')
    report('error', file, path, `words in the story's language, "${own}"`, show(text[own]), `Add "${own}": "…".`);
}

/** No two of a list share an id. */
export function checkUnique(items: readonly { readonly id: string }[], file: string, path: Path, kind: string, report: Report): void {
  const seen = new Map<string, number>();
  items.forEach((item, i) => {
    checkAgain(seen, item.id, i, file, [...path, i, 'id'], kind, report);
  });
}

/** Note an id, or report that it has been seen before. */
export function checkAgain(seen: Map<string, number>, id: string, i: number, file: string, path: Path, kind: string, report: Report): void {
  if (seen.has(id)) report('error', file, path, `an id that no other ${kind} has`, show(id), 'Rename one of the two: links point at ids.');
  else seen.set(id, i);
}
