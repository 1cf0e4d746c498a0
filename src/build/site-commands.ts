/** The commands that make, serve or watch the site: those that need the build tool, which takes two seconds to load. */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createServer, preview } from 'vite';
import { checkAddress, isLocal, LOCAL } from './address.ts';
import { bundleFiles } from './bundle.ts';
import type { Out } from './command.ts';
import { DATA, DIST, PORT, ROOT, UsageError } from './command.ts';
import { siteConfig } from './config.ts';
import { buildWhole } from './publish.ts';
import { countText, issueText } from './report.ts';
import { loadSettings } from './settings.ts';
import type { Site, SiteChoice } from './site.ts';
import { hasErrors } from './site.ts';
import { sizeTable } from './sizes.ts';
import { refusalWords } from './whole.ts';
import { writeFolder } from './write-whole.ts';

/** Build for the address that was given, or that the site's settings name. A release without one would be cards, oEmbed and snippets that lead nowhere. */
export async function publish(args: readonly string[], release: boolean, out: Out): Promise<number> {
  const given = args[args.indexOf('--base-url') + 1];
  const asked = args.includes('--base-url') ? checkAddress(given ?? '') : null;
  if (asked && !asked.ok) throw new UsageError(`--base-url: ${asked.why}`);
  const known = asked?.href ?? loadSettings(DATA).site.baseUrl ?? null;
  if (release && (known === null || isLocal(known))) {
    out.error(
      `Not built: ${known === null ? 'nobody has said where the site will stand' : `${known} is an address of this machine alone`}. oEmbed, link cards and snippets need an absolute address. Give it with --base-url https://maps.example/, or as "baseUrl" in data/site.json.`,
    );
    return 2;
  }
  const code = await buildSite(choiceOf(args), out, asked?.href);
  if (known === null || isLocal(known))
    out.error(
      `\nBuilt for ${known ?? LOCAL}: cards, oEmbed and snippets name that address. To publish, run \`npm run release -- --base-url https://maps.example/\`.`,
    );
  return code;
}

function choiceOf(args: readonly string[]): SiteChoice {
  return { samples: args.includes('--samples'), onlySound: args.includes('--keep-going') };
}

/** @param baseUrl wins over the site's settings */
async function buildSite(choice: SiteChoice, out: Out, baseUrl?: string): Promise<number> {
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
    out.error(words);
    return 2;
  }
  printIssues(site, out);
  out.log(sizeTable(DIST));
  out.log(`\nBuilt in ${Math.round((performance.now() - from) / 1000)} s with at most ${Math.round(process.resourceUsage().maxRSS / 1000)} MB of memory.`);
  const broken = site.issues.filter(({ issues }) => issues.some((i) => i.severity === 'error')).map(({ folder }) => relative(process.cwd(), folder));
  if (broken.length > 0)
    out.error(
      choice.onlySound
        ? `\nLeft out for their errors: ${broken.join(', ')}. The others are built.`
        : '\nBuilt without the parts that have errors. Not fit to publish.',
    );
  return hasErrors(site) ? 1 : 0;
}

export async function start(args: readonly string[], out: Out): Promise<number> {
  const port = portOf(args);
  const code = await buildSite(choiceOf(args), out, `http://localhost:${port}/`);
  const server = await preview({ ...siteConfig({ root: ROOT, dataDir: DATA, outDir: DIST }), preview: { port, strictPort: true, cors: true } }).catch(
    (error: unknown) => {
      out.error(
        `Could not serve at port ${port}: ${error instanceof Error ? error.message : String(error)}. Stop what uses it, or choose another with --port.`,
      );
      return null;
    },
  );
  if (!server) return 2;
  out.log(`\nServing dist/ at http://localhost:${port}/  (stop with Ctrl+C)`);
  return code;
}

export async function dev(args: readonly string[], out: Out): Promise<number> {
  const port = portOf(args);
  const server = await createServer({
    ...siteConfig({ root: ROOT, dataDir: DATA, outDir: DIST, onSite: onceChanged((site) => printIssues(site, out)), choice: { samples: true } }),
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

export async function bundle(args: readonly string[], out: Out): Promise<number> {
  const to = args.includes('--out') ? args[args.indexOf('--out') + 1] : null;
  const [id, more] = args.filter((a, i) => !a.startsWith('--') && args[i - 1] !== '--out');
  if (id === undefined || more !== undefined || to === undefined) throw new UsageError('bundle takes the id of one story.');
  if (!existsSync(join(DATA, id, 'story.json'))) throw new UsageError(`data/${id} is no story.`);
  const folder = to === null ? join(ROOT, 'bundle', id) : resolve(to);
  let site: Site = { baseUrl: null, stories: [], issues: [] };
  const onSite = (s: Site) => {
    site = s;
  };
  const files = await bundleFiles({ root: ROOT, dataDir: DATA, outDir: folder, onSite, choice: { only: id, samples: true, onlySound: true } });
  printIssues(site, out);
  if (hasErrors(site)) {
    out.error(`\nNot bundled: data/${id} has errors.`);
    return 1;
  }
  try {
    // Only what an earlier run made is replaced; anybody else's folder stays as it is.
    writeFolder(folder, files, existsSync(join(folder, 'assets/offline.js')));
  } catch (error) {
    out.error(refusalWords(error, folder) ?? (error instanceof Error ? error.message : String(error)));
    return 2;
  }
  out.log(`${relative(process.cwd(), folder)}/ holds ${files.size} files. Open its index.html; copy the folder as it is.`);
  return 0;
}

function printIssues(site: Site, out: Out): void {
  for (const { folder, issues } of site.issues) for (const issue of issues) out.error(issueText(relative(process.cwd(), folder), issue));
  const all = site.issues.flatMap((s) => s.issues);
  if (all.length > 0) out.error(countText(all));
}

/** @throws UsageError */
function portOf(args: readonly string[]): number {
  const at = args.indexOf('--port');
  if (at === -1) return PORT;
  const port = Number(args[at + 1]);
  if (!Number.isInteger(port) || port <= 0 || port >= 65536) throw new UsageError('--port wants a number.');
  return port;
}
