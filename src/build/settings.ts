/** `data/site.json`: where the site will stand, its operator's tiles and its own look. The only read of it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LocatedIssue } from '../core/issue.ts';
import { show } from '../core/issue.ts';
import type { SourceSite } from '../core/source.ts';
import { checkTiles } from '../core/validate.ts';
import type { Report } from '../core/validate-parts.ts';
import { checkAddress } from './address.ts';
import { readJsonFile } from './read-json.ts';
import * as schema from './schema.ts';
import { checkShape } from './shape.ts';
import { checkTheme } from './theme/check.ts';

export interface Settings {
  readonly site: SourceSite;
  readonly issues: readonly LocatedIssue[];
}

/** The settings, if there are any; faulty ones count as none and their faults are told. */
export function loadSettings(dataDir: string): Settings {
  const path = join(dataDir, 'site.json');
  if (!existsSync(path)) return { site: {}, issues: [] };
  const read = readJsonFile('site.json', path);
  if (!read.ok) return { site: {}, issues: read.issues };
  const { file } = read;
  const { value, issues: misshapen } = checkShape(schema.site, file.value, 'site.json', []);
  const issues = [...read.issues, ...misshapen.map(file.locate)];
  if (!value) return { site: {}, issues };
  const report: Report = (severity, name, path, expected, found, remedy) => issues.push(file.locate({ severity, file: name, path, expected, found, remedy }));
  const address = value.baseUrl === undefined ? null : checkAddress(value.baseUrl);
  if (address && !address.ok) report('error', 'site.json', ['baseUrl'], 'the address of a folder', show(value.baseUrl), address.why);
  if (value.tiles) checkTiles(value.tiles, 'site.json', report);
  checkTheme(value, dataDir, report);
  return { site: issues.some((i) => i.severity === 'error') ? {} : { ...value, ...(address?.ok ? { baseUrl: address.href } : {}) }, issues };
}
