/** The command line: build, start, dev, bundle, new, validate, schema, import. The only console, and the only exit codes: 0 sound, 1 data errors, 2 usage. */
import './mode.ts';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { createServer, preview } from 'vite';
import { checkAddress, isLocal, LOCAL } from './address.ts';
import { bundleFiles } from './bundle.ts';
import { siteConfig } from './config.ts';
import { rowIssues } from './dense/story.ts';
import { IMPORT_USAGE, runImport } from './import/command.ts';
import { loadStory, storyFolders } from './load.ts';
import { NEW_OPTIONS, newCommand } from './new/command.ts';
import { buildWhole } from './publish.ts';
import { countText, issueText } from './report.ts';
import { FILE_SCHEMAS, jsonSchemaText } from './schema.ts';
import { loadSettings } from './settings.ts';
import type { Site, SiteChoice } from './site.ts';
import { hasErrors } from './site.ts';
import { sizeTable } from './sizes.ts';
import { palettesOf } from './theme/check.ts';
import { openTheme } from './theme/make.ts';
import { recoverIn, refusalWords } from './whole.ts';
import { writeFolder } from './write-whole.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DATA = join(ROOT, 'data');
const DIST = join(ROOT, 'dist');
const PORT = 4173;
/** Rows read between two words on how far an import has got. */
const SAY_EVERY = 500;

const USAGE = `Usage:
  build [--base-url URL] [--samples] [--keep-going]
                            build every story of data/ into dist/, for the address where the site will stand;
                            --samples: invented ones too; --keep-going: leave out a story with errors, build the others
  release [--base-url URL] [--keep-going]
                            the same, and an error unless that address is one that others can reach
  start [--port N] [--samples]
                            build, then serve dist/ at http://localhost:${PORT}/
  dev [--port N]            serve with reload as files change
  bundle ID [--out FOLDER]  one story as one folder that opens from a disk, in bundle/ID/
  new ID [--place TOWN | --at LNG,LAT] [--country XX] [--title TEXT] [--language TAG] [--zone ZONE] [--date DAY]
                            begin a story in data/ID/; asks for what is missing where there is a terminal
  validate [PATH] [--format json]
                            check one story (its folder, or a file in it) or all of data/
  schema                    write data/schema/ from the shapes
${IMPORT_USAGE}`;

/** Options that take no value. */
const FLAGS = new Set(['--samples', '--keep-going']);

/** The options of each command, with a value but for those of `FLAGS`. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  build: ['--base-url', '--samples', '--keep-going'],
  release: ['--base-url', '--samples', '--keep-going'],
  start: ['--port', '--samples'],
  dev: ['--port'],
  validate: ['--format', 'PATH'],
  schema: [],
  bundle: ['--out', 'PATH'],
  new: [...NEW_OPTIONS, 'PATH'],
};

const [command, ...rest] = process.argv.slice(2);
process.exitCode = await run(command, rest);

async function run(verb: string | undefined, args: readonly string[]): Promise<number> {
  // A story that a killed run left under another name comes back before anybody looks for it.
  recoverIn(DATA);
  if (verb === 'import') return importTable(args);
  const stray = strayOf(args, OPTIONS[verb ?? ''] ?? []);
  if (verb !== undefined && verb in OPTIONS && stray !== undefined) return usage(`${verb} does not know "${stray}".`);
  switch (verb) {
    case 'build':
      return publish(args, false);
    case 'release':
      return publish(args, true);
    case 'start':
      return start(args);
    case 'dev':
      return dev(args);
    case 'validate':
      return validate(args);
    case 'schema':
      return schema();
    case 'bundle':
      return bundle(args);
    case 'new':
      return newCommand(args, DATA, console);
    default:
      console.error(verb ? `Unknown command "${verb}".\n${USAGE}` : USAGE);
      return 2;
  }
}

/** Build for the address that was given, or that the site's settings name. A release without one would be cards, oEmbed and snippets that lead nowhere. */
async function publish(args: readonly string[], release: boolean): Promise<number> {
  const given = args[args.indexOf('--base-url') + 1];
  const asked = args.includes('--base-url') ? checkAddress(given ?? '') : null;
  if (asked && !asked.ok) return usage(`--base-url: ${asked.why}`);
  const known = asked?.href ?? loadSettings(DATA).site.baseUrl ?? null;
  if (release && (known === null || isLocal(known))) {
    console.error(
      `Not built: ${known === null ? 'nobody has said where the site will stand' : `${known} is an address of this machine alone`}. oEmbed, link cards and snippets need an absolute address. Give it with --base-url https://maps.example/, or as "baseUrl" in data/site.json.`,
    );
    return 2;
  }
  const code = await buildSite(choiceOf(args), asked?.href);
  if (known === null || isLocal(known))
    console.error(
      `\nBuilt for ${known ?? LOCAL}: cards, oEmbed and snippets name that address. To publish, run \`npm run release -- --base-url https://maps.example/\`.`,
    );
  return code;
}

function choiceOf(args: readonly string[]): SiteChoice {
  return { samples: args.includes('--samples'), onlySound: args.includes('--keep-going') };
}

/** @param baseUrl wins over the site's settings */
async function buildSite(choice: SiteChoice, baseUrl?: string): Promise<number> {
  const from = performance.now();
  let site: Site = { baseUrl: null, stories: [], issues: [] };
  try {
    await buildWhole({
      root: ROOT,
      dataDir: DATA,
      outDir: DIST,
      baseUrl,
      choice,
      onSite: (s) => {
        site = s;
      },
    });
  } catch (error) {
    const words = refusalWords(error, DIST);
    if (words === null) throw error;
    console.error(words);
    return 2;
  }
  printIssues(site);
  console.log(sizeTable(DIST));
  console.log(`\nBuilt in ${Math.round((performance.now() - from) / 1000)} s with at most ${Math.round(process.resourceUsage().maxRSS / 1000)} MB of memory.`);
  const broken = site.issues.filter(({ issues }) => issues.some((i) => i.severity === 'error')).map(({ folder }) => relative(process.cwd(), folder));
  if (broken.length > 0)
    console.error(
      choice.onlySound
        ? `\nLeft out for their errors: ${broken.join(', ')}. The others are built.`
        : '\nBuilt without the parts that have errors. Not fit to publish.',
    );
  return hasErrors(site) ? 1 : 0;
}

async function start(args: readonly string[]): Promise<number> {
  const port = portOf(args);
  if (port === null) return usage('--port wants a number.');
  const code = await buildSite(choiceOf(args), `http://localhost:${port}/`);
  const server = await preview({ ...siteConfig({ root: ROOT, dataDir: DATA, outDir: DIST }), preview: { port, strictPort: true, cors: true } }).catch(
    (error: unknown) => {
      console.error(
        `Could not serve at port ${port}: ${error instanceof Error ? error.message : String(error)}. Stop what uses it, or choose another with --port.`,
      );
      return null;
    },
  );
  if (!server) return 2;
  console.log(`\nServing dist/ at http://localhost:${port}/  (stop with Ctrl+C)`);
  return code;
}

async function dev(args: readonly string[]): Promise<number> {
  const port = portOf(args);
  if (port === null) return usage('--port wants a number.');
  const server = await createServer({
    ...siteConfig({ root: ROOT, dataDir: DATA, outDir: DIST, onSite: onceChanged(printIssues), choice: { samples: true } }),
    server: { port },
  });
  await server.listen();
  server.printUrls();
  return 0;
}

/** Calls through only when the issues differ from the last time: a page asks for the site many times. */
function onceChanged(act: (site: Site) => void): (site: Site) => void {
  let last = '[]';
  return (site) => {
    const now = JSON.stringify(site.issues.filter((s) => s.issues.length > 0));
    if (now !== last) act(site);
    last = now;
  };
}

/** The first argument that is neither one of the options nor the value of one; paths are free where PATH is an option. */
function strayOf(args: readonly string[], options: readonly string[]): string | undefined {
  return args.find(
    (arg, i) =>
      !options.includes(arg) && (!options.includes(args[i - 1] ?? '') || FLAGS.has(args[i - 1] ?? '')) && (arg.startsWith('--') || !options.includes('PATH')),
  );
}

async function validate(args: readonly string[]): Promise<number> {
  const json = args.includes('--format') && args[args.indexOf('--format') + 1] === 'json';
  const paths = args.filter((a, i) => !a.startsWith('--') && args[i - 1] !== '--format');
  if (args.includes('--format') && !json) return usage('--format knows one value: json.');
  if (paths.length > 1) return usage('validate takes one folder or file, or none for all of data/.');
  const path = paths[0] === undefined ? null : resolve(paths[0]);
  if (path !== null && !existsSync(path)) return usage(`${paths[0]} does not exist.`);
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
    console.log(
      JSON.stringify(
        issues.map(({ folder, issue }) => ({ folder, ...issue })),
        null,
        2,
      ),
    );
  else {
    for (const { folder, issue } of issues) console.error(issueText(folder, issue));
    console.log(`${loaded.length === 1 ? '1 story' : `${loaded.length} stories`} checked: ${countText(issues.map((i) => i.issue))}.`);
  }
  return issues.some((i) => i.issue.severity === 'error') ? 1 : 0;
}

async function bundle(args: readonly string[]): Promise<number> {
  const out = args.includes('--out') ? args[args.indexOf('--out') + 1] : null;
  const [id, more] = args.filter((a, i) => !a.startsWith('--') && args[i - 1] !== '--out');
  if (id === undefined || more !== undefined || out === undefined) return usage('bundle takes the id of one story.');
  if (!existsSync(join(DATA, id, 'story.json'))) return usage(`data/${id} is no story.`);
  const folder = out === null ? join(ROOT, 'bundle', id) : resolve(out);
  let site: Site = { baseUrl: null, stories: [], issues: [] };
  const onSite = (s: Site) => {
    site = s;
  };
  const files = await bundleFiles({ root: ROOT, dataDir: DATA, outDir: folder, onSite, choice: { only: id, samples: true, onlySound: true } });
  printIssues(site);
  if (hasErrors(site)) {
    console.error(`\nNot bundled: data/${id} has errors.`);
    return 1;
  }
  try {
    // Only what an earlier run made is replaced; anybody else's folder stays as it is.
    writeFolder(folder, files, existsSync(join(folder, 'assets/offline.js')));
  } catch (error) {
    console.error(refusalWords(error, folder) ?? (error instanceof Error ? error.message : String(error)));
    return 2;
  }
  console.log(`${relative(process.cwd(), folder)}/ holds ${files.size} files. Open its index.html; copy the folder as it is.`);
  return 0;
}

function importTable(args: readonly string[]): Promise<number> {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return runImport(args, DATA, {
    out: (text) => console.log(text),
    err: (text) => console.error(text),
    progress: (done, all) => {
      if (done % SAY_EVERY === 0) console.error(`${done} of ${all} rows read`);
    },
    long: (rows, share, aSecond) =>
      console.error(`${rows.toLocaleString('en')} rows read, ${Math.floor(100 * share)} %, ${aSecond.toLocaleString('en')} a second`),
    today: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
  });
}

function schema(): number {
  mkdirSync(join(DATA, 'schema'), { recursive: true });
  for (const name of Object.keys(FILE_SCHEMAS) as (keyof typeof FILE_SCHEMAS)[]) {
    writeFileSync(join(DATA, 'schema', name), jsonSchemaText(name));
    console.log(`data/schema/${name}`);
  }
  return 0;
}

function printIssues(site: Site): void {
  for (const { folder, issues } of site.issues) for (const issue of issues) console.error(issueText(relative(process.cwd(), folder), issue));
  const all = site.issues.flatMap((s) => s.issues);
  if (all.length > 0) console.error(countText(all));
}

function portOf(args: readonly string[]): number | null {
  const at = args.indexOf('--port');
  if (at === -1) return PORT;
  const port = Number(args[at + 1]);
  return Number.isInteger(port) && port > 0 && port < 65536 ? port : null;
}

function usage(message: string): number {
  console.error(`${message}\n${USAGE}`);
  return 2;
}
