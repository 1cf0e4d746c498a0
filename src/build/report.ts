/** Issues as text for editors and as JSON for tools. */
import type { LocatedIssue } from '../core/issue.ts';
import { quoted } from '../core/issue.ts';

/** `data/story/events.json:12:9 error at events[3].claims[0].sources: expected …, got …. Remedy.` */
export function issueText(folder: string, issue: LocatedIssue): string {
  const { place, what, remedy } = issueParts(folder, issue);
  return `${place} ${issue.severity}${what.startsWith('at ') ? ' ' : ': '}${what}. ${remedy}`;
}

/** The same in parts: where, what was expected and found, and what to do. */
export function issueParts(folder: string, issue: LocatedIssue): { readonly place: string; readonly what: string; readonly remedy: string } {
  const line = `${issue.line === null ? '' : `:${issue.line}`}${issue.column === null ? '' : `:${issue.column}`}`;
  const at = issue.path.length > 0 ? `at ${pathText(issue.path)}: ` : '';
  return { place: `${folder}/${issue.file}${line}`, what: `${at}expected ${issue.expected}, got ${issue.found}`, remedy: issue.remedy };
}

/** `events[3].claims[0].sources[1]`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : /^[\w$-]+$/.test(key) ? `${i === 0 ? '' : '.'}${key}` : `[${quoted(key)}]`)).join('');
}

/** Errors first, each file in order of lines. */
export function sortIssues<T extends LocatedIssue>(issues: readonly T[]): T[] {
  return [...issues].sort(
    (a, b) => a.severity.localeCompare(b.severity) || a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}

/** "2 errors, 1 warning". */
export function countText(issues: readonly LocatedIssue[]): string {
  const errors = issues.filter((i) => i.severity === 'error').length;
  const warnings = issues.length - errors;
  const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  return `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`;
}
