/** What an import found and changed, in words and as JSON. */
import { writtenOut } from '../../core/issue.ts';
import type { Draft } from '../../import/draft.ts';
import type { Change } from '../../import/merge.ts';
import { differences } from '../../import/merge.ts';
import { PRESETS } from '../../import/presets.ts';
import { countTableIssues, tableIssueText } from '../../import/report.ts';
import type { Table, TableIssue } from '../../import/table.ts';

export interface Surface {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Told while a table is read; null for no progress. */
  readonly progress: ((done: number, all: number) => void) | null;
  /** Told while a very long table is read: rows so far, the share of the file from 0 to 1, rows a second. */
  readonly long?: (rows: number, share: number, aSecond: number) => void;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** Lines of each kind of change that are printed; `--format json` has all. */
export const MAX_LINES = 40;

const MARKS: { readonly [K in Change['kind']]: string } = { added: '+', changed: '~', removed: '-', both: '!', kept: '!', away: '!' };
const WHY: { readonly [K in Change['kind']]?: string } = {
  both: 'changed by hand and in the table: yours is kept; --overwrite takes the table’s',
  kept: 'gone from the table, but changed by hand: kept',
  away: 'removed by hand: not brought back',
};

export function tell(
  surface: Surface,
  json: boolean,
  table: Pick<Table, 'file' | 'unit'>,
  issues: readonly TableIssue[],
  draft: Draft | null,
  changes: readonly Change[],
  written: boolean,
  code: number,
  where = '',
): number {
  const counts = { added: 0, changed: 0, removed: 0, kept: 0 };
  for (const { kind } of changes) counts[kind === 'added' || kind === 'changed' || kind === 'removed' ? kind : 'kept']++;
  if (json) {
    surface.out(
      JSON.stringify(
        {
          file: table.file,
          unit: table.unit,
          set: draft?.recognised.preset ?? null,
          columns: draft ? Object.fromEntries(draft.recognised.columns) : null,
          unused: draft?.recognised.unused ?? [],
          written,
          counts,
          changes: changes.map(({ kind, shelf, id, before, after }) => ({
            kind,
            shelf,
            id,
            differences: kind === 'changed' || kind === 'both' ? differences(before, after) : [],
          })),
          issues,
        },
        null,
        2,
      ),
    );
    return code;
  }
  for (const issue of issues) surface.err(tableIssueText(table, issue));
  if (draft) surface.out(summaryLines(table, draft).map(writtenOut).join('\n'));
  for (const kind of Object.keys(MARKS) as Change['kind'][]) {
    const lines = changes.filter((c) => c.kind === kind).map(changeLine);
    for (const line of lines.slice(0, MAX_LINES)) surface.out(writtenOut(line));
    if (lines.length > MAX_LINES) surface.out(`  … and ${lines.length - MAX_LINES} more ${kind}; --format json lists them`);
  }
  if (issues.length > 0) surface.err(countTableIssues(issues));
  if (where === '') surface.err('Nothing was written. --skip-errors leaves out the rows with errors.');
  else
    surface.out(
      `${counts.added} added, ${counts.changed} changed, ${counts.removed} removed, ${counts.kept} kept as changed by hand. ${written ? `Written to ${where}.` : 'Nothing was written.'}`,
    );
  return code;
}

export function summaryLines(table: Pick<Table, 'file' | 'unit'>, { recognised, events, rowsRead, zone, language }: Draft): string[] {
  const columns = [...recognised.columns].map(([role, column]) => (role === column ? role : `${role} = "${column}"`));
  return [
    `${table.file}: ${plural(rowsRead, table.unit)}, ${plural(events.length, 'event')}${recognised.preset ? `, in the columns of ${PRESETS[recognised.preset].label}` : ''}; days in ${zone}, texts in ${language}`,
    `  columns: ${columns.join(', ') || 'none'}`,
    ...(recognised.unused.length > 0 ? [`  not used: ${recognised.unused.join(', ')}`] : []),
  ];
}

const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;

function changeLine({ kind, shelf, id, before, after }: Change): string {
  const item = (after ?? before) as { readonly title?: { readonly [language: string]: string } } | undefined;
  const title = item?.title && typeof item.title === 'object' ? ` ${Object.values(item.title)[0]}` : '';
  const text = (value: unknown) => JSON.stringify(value ?? null).slice(0, 80);
  const parts = kind === 'changed' || kind === 'both' ? differences(before, after).map((d) => `${d.path} ${text(d.before)} → ${text(d.after)}`) : [];
  const detail = [...(WHY[kind] ? [WHY[kind]] : []), ...parts.slice(0, 4)].join('; ');
  return `  ${MARKS[kind]} ${shelf} ${id}${title}${detail === '' ? '' : `: ${detail}`}`;
}
