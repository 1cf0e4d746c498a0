/** Faults of a table in words: the same on the command line and in the browser. */
import { writtenOut } from '../core/issue.ts';
import type { Table, TableIssue } from './table.ts';

/** `events.csv, row 12, column "date" error: expected …, got …. Remedy.` */
export function tableIssueText(table: Pick<Table, 'file' | 'unit'>, issue: TableIssue): string {
  return `${placeText(table, issue)} ${issue.severity}: ${faultText(issue)}`;
}

/** `events.csv, row 12, column "date"`. */
export function placeText({ file, unit }: Pick<Table, 'file' | 'unit'>, { row, column }: TableIssue): string {
  return writtenOut([file, ...(row === null ? [] : [`${unit} ${row}`]), ...(column === null ? [] : [`column "${column}"`])].join(', '));
}

/** `expected …, got …. Remedy.` */
export function faultText({ expected, found, remedy }: TableIssue): string {
  return writtenOut(`expected ${expected}, got ${found}. ${remedy}`);
}

/** "2 errors, 1 warning". */
export function countTableIssues(issues: readonly TableIssue[]): string {
  const errors = issues.filter((i) => i.severity === 'error').length;
  const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  return `${plural(errors, 'error')}, ${plural(issues.length - errors, 'warning')}`;
}
