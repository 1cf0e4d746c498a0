/** Which column is what: by flags, by a saved mapping, by the name of a known data set, or by its name in several languages. */

import { COLUMN_NAMES } from './column-names.ts';
import { fold } from './fold.ts';
import type { PresetName } from './presets.ts';
import { PRESETS, presetOf } from './presets.ts';
import type { Table, TableIssue } from './table.ts';
import { fileFault } from './table.ts';

/** What a column can be to the importer; `IMPORTING.md` explains each. */
export const ROLES = [
  'id',
  'title',
  'text',
  'date',
  'end',
  'time',
  'lng',
  'lat',
  'coordinates',
  'place',
  'region',
  'country',
  'layer',
  'status',
  'speaker',
  'source',
  'url',
  'published',
  'headline',
  'killed',
  'injured',
  'arrested',
  'precision',
  'timePrecision',
  'image',
  'alt',
  'credit',
  'licence',
  'archived',
  'draft',
  'publishPrecision',
] as const;
export type Role = (typeof ROLES)[number];

/** Columns that an editor adds to whatever table there is, and that must not be passed over. */
const WITHHOLDING: ReadonlySet<Role> = new Set(['draft', 'publishPrecision']);

/** Role → the table's column. */
export type Columns = ReadonlyMap<Role, string>;

export interface Recognised {
  readonly columns: Columns;
  /** The data set whose columns these are; null for a table of somebody's own. */
  readonly preset: PresetName | null;
  /** Columns that nothing was made of. */
  readonly unused: readonly string[];
  readonly issues: readonly TableIssue[];
}

/**
 * Recognise the columns.
 * @param given  role → column, from flags and the saved mapping; an empty column name leaves a role out. They win
 * @param wanted a data set by name; null to tell it from the columns
 */
export function recogniseColumns(table: Table, given: ReadonlyMap<string, string>, wanted: PresetName | null): Recognised {
  const issues: TableIssue[] = [];
  const preset = wanted ?? presetOf(table.columns);
  const columns = new Map<Role, string>();
  const byName = new Map(table.columns.map((c) => [fold(c), c]));
  const taken = new Set<string>();
  for (const [role, name] of given) {
    if (!isRole(role)) {
      issues.push(fileFault(`one of ${ROLES.join(', ')}`, `"${role}"`, 'Say --column ROLE=NAME, the role first.'));
      continue;
    }
    if (name === '') continue;
    const column = table.columns.includes(name) ? name : byName.get(fold(name));
    if (column === undefined)
      issues.push(fileFault(`a column of the file (${table.columns.join(', ')})`, `"${name}" for ${role}`, 'Correct the name, or leave it out.'));
    else {
      columns.set(role, column);
      taken.add(column);
    }
  }
  const own = preset ? PRESETS[preset].columns : {};
  for (const role of ROLES) {
    if (given.has(role)) continue;
    const names = own[role] ? [own[role]] : preset && PRESETS[preset].only && !WITHHOLDING.has(role) ? [] : COLUMN_NAMES[role];
    const column = names.map((n) => byName.get(fold(n))).find((c) => c !== undefined && !taken.has(c));
    if (column === undefined) continue;
    columns.set(role, column);
    taken.add(column);
  }
  const read = new Set(preset ? PRESETS[preset].reads : []);
  return { columns, preset, unused: table.columns.filter((c) => !taken.has(c) && !read.has(fold(c))), issues };
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
