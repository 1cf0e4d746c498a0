/** The commands that look at the files of stories, and write the schemas that editors of them use. */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Out } from './command.ts';
import { DATA, UsageError } from './command.ts';
import { rowIssues } from './dense/story.ts';
import { loadStory, storyFolders } from './load.ts';
import { countText, issueText } from './report.ts';
import { FILE_SCHEMAS, jsonSchemaText } from './schema.ts';
import { loadSettings } from './settings.ts';
import { palettesOf } from './theme/check.ts';
import { openTheme } from './theme/make.ts';

export async function validate(args: readonly string[], out: Out): Promise<number> {
  const json = args.includes('--format') && args[args.indexOf('--format') + 1] === 'json';
  const paths = args.filter((a, i) => !a.startsWith('--') && args[i - 1] !== '--format');
  if (args.includes('--format') && !json) throw new UsageError('--format knows one value: json.');
  if (paths.length > 1) throw new UsageError('validate takes one folder or file, or none for all of data/.');
  const path = paths[0] === undefined ? null : resolve(paths[0]);
  if (path !== null && !existsSync(path)) throw new UsageError(`${paths[0]} does not exist.`);
  const only = path !== null && statSync(path).isFile() ? basename(path) : null;
  const folders = path === null ? storyFolders(DATA) : [only === null ? path : dirname(path)];
  const { site, issues: settingsIssues } = loadSettings(DATA);
  const loaded = folders.map((folder) => loadStory(folder, DATA, undefined, undefined, palettesOf(site)));
  for (const { folder, story, issues } of loaded) if (story) issues.push(...(await rowIssues(folder, story)));
  // The site's own settings are nobody's story: they are checked with all of data/.
  const settings = path === null ? [{ folder: DATA, issues: [...settingsIssues, ...(await openTheme(DATA)).issues] }] : [];
  const issues = [...settings, ...loaded].flatMap((l) =>
    l.issues.filter((i) => only === null || i.file === only).map((issue) => ({ folder: relative(process.cwd(), l.folder), issue })),
  );
  if (json)
    out.log(
      JSON.stringify(
        issues.map(({ folder, issue }) => ({ folder, ...issue })),
        null,
        2,
      ),
    );
  else {
    for (const { folder, issue } of issues) out.error(issueText(folder, issue));
    out.log(`${loaded.length === 1 ? '1 story' : `${loaded.length} stories`} checked: ${countText(issues.map((i) => i.issue))}.`);
  }
  return issues.some((i) => i.issue.severity === 'error') ? 1 : 0;
}

export function schema(out: Out): number {
  mkdirSync(join(DATA, 'schema'), { recursive: true });
  for (const name of Object.keys(FILE_SCHEMAS) as (keyof typeof FILE_SCHEMAS)[]) {
    writeFileSync(join(DATA, 'schema', name), jsonSchemaText(name));
    out.log(`data/schema/${name}`);
  }
  return 0;
}
