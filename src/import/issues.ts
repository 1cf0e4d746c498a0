/** What is wrong with the rows of a table of any length: the first faults are kept, all are counted. */
import type { TableIssue } from './table.ts';
import { fileFault } from './table.ts';

/** Faults of a kind that are told one by one: nobody reads more, and a table may have one in each of a million rows. */
export const MOST_NAMED = 50;

export class Issues {
  /** Rows that have an error, or a fault of the whole table. */
  errors = 0;
  warnings = 0;
  private readonly named = new Map<string, { readonly issue: TableIssue; rows: number }>();
  private readonly kept = { error: 0, warning: 0 };

  /** A warning that several rows share counts as one that is told, as in a short table. */
  add(issue: TableIssue, rows = 1): void {
    const { severity, row, column, value, found, remedy } = issue;
    if (severity === 'error') this.errors += rows;
    else this.warnings += rows;
    const key = JSON.stringify(severity === 'error' ? [row, column, value, found] : [column, value, found, remedy]);
    const known = this.named.get(key);
    if (known) known.rows += rows;
    else if (row === null || this.kept[severity] < MOST_NAMED) {
      if (row !== null) this.kept[severity]++;
      this.named.set(key, { issue, rows });
    }
  }

  /** The whole table's first, then row by row; at the end how many are not among them. */
  list(): TableIssue[] {
    const named = [...this.named.values()];
    const told = { error: 0, warning: 0 };
    for (const { issue, rows } of named) told[issue.severity] += rows;
    const shown = named.map(({ issue, rows }) => (rows > 1 && issue.severity === 'warning' ? { ...issue, found: `${issue.found} (in ${rows} rows)` } : issue));
    const more = (['error', 'warning'] as const).flatMap((severity): TableIssue[] => {
      const rest = (severity === 'error' ? this.errors : this.warnings) - told[severity];
      const fault = fileFault(
        severity === 'error' ? 'sound rows' : 'rows without a warning',
        `${rest} more than are named here`,
        'Mend the first ones, and import again.',
      );
      return rest > 0 ? [{ ...fault, severity }] : [];
    });
    return [...shown.sort((a, b) => (a.row ?? 0) - (b.row ?? 0) || a.severity.localeCompare(b.severity)), ...more];
  }
}
