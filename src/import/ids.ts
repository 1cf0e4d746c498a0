/** What tells a row from all others, for ever: its own id, else one made of what it says. */
import { canonicalJson, fingerprint } from '../core/fingerprint.ts';
import type { Columns } from './columns.ts';
import { fold } from './fold.ts';
import type { PresetName } from './presets.ts';
import type { Row, TableIssue } from './table.ts';
import { cellNamed } from './table.ts';

/** TimelineJS3 has rows for its title and its eras, which are no events. */
export function tellsOfEvent(row: Row, preset: PresetName | null): boolean {
  return preset !== 'timelinejs' || !/^(title|era)$/i.test(cellNamed(row, 'type') ?? '');
}

/** The fingerprint of all that a row holds. */
export function contentPrint(row: Row): string {
  return fingerprint(canonicalJson([[...row.cells].sort(([a], [b]) => (a < b ? -1 : 1)), row.at ?? null]));
}

/** An id made of a row's title, date and place, so that neither the order of rows nor a corrected text changes it. */
export function identityOf(row: Row, columns: Columns, preset: PresetName | null): string {
  const roles = (['title', 'date', 'place', 'lng', 'lat', 'coordinates'] as const).map((r) => fold(row.cells.get(columns.get(r) ?? '') ?? ''));
  const parts = preset === 'timelinejs' ? [...row.cells].filter(([c]) => /^(year|month|day|headline)$/.test(fold(c))).map(([, v]) => v) : [];
  const text = columns.has('title') ? '' : (row.cells.get(columns.get('text') ?? '') ?? '');
  return `r-${fingerprint(canonicalJson([roles, parts, text, row.at ?? null]))}`;
}

/** The id of a row among several with one identity: told apart by the rest of it, whatever their order. */
export function apart(id: string, content: string): string {
  return `${id}-${content.slice(0, 8)}`;
}

export const NO_IDS: TableIssue = {
  severity: 'warning',
  row: null,
  column: null,
  value: null,
  expected: 'a column of ids',
  found: 'none',
  remedy: 'Ids are made of title, date and place: a row in which one of them changes counts as a new one. Add a column "id" to keep its links.',
};

/** An id as the story's files allow it; one that had to be changed keeps a mark of what it was. */
export function idText(cell: string): string {
  const clean = cell.replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '');
  return clean === cell && cell.length <= 60 ? cell : `${clean.slice(0, 48)}-${fingerprint(cell).slice(0, 8)}`.replace(/^-/, '');
}
