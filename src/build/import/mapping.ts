/** `import.json`: how a story's table is to be read, kept by its editor. Flags win over it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LocatedIssue } from '../../core/issue.ts';
import { PRESET_NAMES } from '../../import/presets.ts';
import { MAPPING } from '../../import/story.ts';
import { readJson } from '../read-json.ts';
import { checkShape } from '../shape.ts';

/** A language as BCP 47 names it. */
export const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

const mapping = z.strictObject({
  preset: z.enum(PRESET_NAMES).optional(),
  columns: z.record(z.string(), z.string()).optional(),
  dates: z.enum(['dmy', 'mdy']).optional(),
  country: z.string().optional(),
  zone: z.string().optional(),
  language: z.string().regex(LANGUAGE_TAG).optional(),
  collection: z.enum(['article', 'context']).optional(),
  source: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
  publisher: z.string().optional(),
  sheet: z.string().optional(),
  places: z.record(z.string(), z.number().int()).optional(),
});
export type Mapping = z.infer<typeof mapping>;

/** The mapping of a story's folder; empty where there is none. */
export function readMapping(folder: string): { readonly mapping: Mapping; readonly issues: readonly LocatedIssue[] } {
  const path = join(folder, MAPPING);
  if (!existsSync(path)) return { mapping: {}, issues: [] };
  const read = readJson(MAPPING, readFileSync(path));
  if (!read.ok) return { mapping: {}, issues: read.issues };
  const { value, issues } = checkShape(mapping, read.file.value, MAPPING, []);
  return { mapping: value ?? {}, issues: [...read.issues, ...issues.map(read.file.locate)] };
}
