/**
 * The Vite plugin that turns `data/` into pages. At build it fills the page's template once per story and emits the
 * story's files; in development it does the same on request, shows data errors beside the page and reloads on save.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join, relative, resolve } from 'node:path';
import type { Plugin, Rolldown, ViteDevServer } from 'vite';
import type { DevFaults } from '../dev/panel.ts';
import { LOCAL } from './address.ts';
import { withCounts } from './dense/live.ts';
import type { DenseBuild, Progress } from './dense/make.ts';
import { placeDense } from './dense/place.ts';
import type { OutputFile } from './files.ts';
import { hashedFile } from './files.ts';
import { headersText } from './headers.ts';
import { hostingFiles, hostingTags, loaderCopies, loaderFiles } from './hosting.ts';
import { licencesText } from './licences.ts';
import type { PageLinks } from './page.tsx';
import { escapeHtml, frontPageHtml, pageHtml, policyFor } from './page.tsx';
import { ARTICLE_POLICY, articleFiles, BUILDER_POLICY, builderFiles } from './pages.ts';
import { countText, issueParts } from './report.ts';
import { sbomFile } from './sbom.ts';
import { forgetScripts, scriptText } from './scripts.ts';
import type { BuiltStory, Site, SiteChoice } from './site.ts';
import { assetFiles, loadSite, ownStories, storyAssets, storyDownloads, storyPosters } from './site.ts';
import { TOKENS_MODULE } from './styles.ts';
import { brandHtml, themeLinks } from './theme/brand.tsx';
import type { Theme } from './theme/make.ts';
import { OUR_THEME, openTheme } from './theme/make.ts';
import { TRY_POLICY, tryAssetsInDev, tryFiles, tryHtmlInDev } from './try-page.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const TEMPLATE = 'index.html';
const CHARSET = '<meta charset="utf-8">';

const PARTS: Readonly<Record<Progress['part'], string>> = {
  read: 'reading events',
  check: 'checking events',
  sort: 'sorting events',
  write: 'writing events',
};

/** One line on the terminal for a long read, written over itself; nothing where nobody watches. */
function showProgress(story: string, { part, share }: Progress): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r\x1b[K${story}: ${PARTS[part]}, ${Math.round(share * 100)} %${part === 'write' && share === 1 ? '\n' : ''}`);
}

/** The page with its policy, right behind the character set: what stands before a policy is not bound by it. */
function withPolicy(html: string, policy: string): string {
  return html.replace(CHARSET, `${CHARSET}\n    <meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">`);
}

/**
 * @param dataDir folder of stories
 * @param baseUrl where the site will stand, with a slash at its end; wins over the site's own settings
 * @param onSite  told of every load, so that the command line can print issues and choose its exit code
 * @param choice  what of the data is shown
 */
export function stories(dataDir: string, onSite: (site: Site) => void = () => undefined, baseUrl?: string, choice: SiteChoice = {}): Plugin {
  let site: Site = { baseUrl: null, stories: [], issues: [] };
  let theme = OUR_THEME;
  const load = async (drafts = false): Promise<Loaded> => {
    const look = await openTheme(dataDir);
    theme = look.theme;
    const loaded = await loadSite(dataDir, { ...choice, drafts, progress: showProgress });
    site = { ...loaded, issues: [{ folder: dataDir, issues: look.issues }, ...loaded.issues] };
    onSite(site);
    return { site, theme };
  };
  return {
    name: 'unrest-map-stories',
    enforce: 'post',
    async buildStart() {
      if (!this.meta.watchMode) await load();
    },

    async generateBundle(_, bundle) {
      const template = bundle[TEMPLATE];
      if (template?.type !== 'asset') throw new Error(`Expected Vite to emit ${TEMPLATE}, the page's template.`);
      // Asked for as a module's style it would need CORS headers in a frame without an origin; a plain one needs none.
      const { html, styles, entry } = withoutStyles(String(template.source));
      delete bundle[TEMPLATE];
      const emit = ({ path, content }: OutputFile) => {
        this.emitFile({ type: 'asset', fileName: path, source: content });
      };
      const address = baseUrl ?? site.baseUrl ?? LOCAL;
      const early = hashedFile('early', 'js', await scriptText('map/early'));
      [early, ...(await loaderFiles())].forEach(emit);
      theme.files.forEach(emit);
      const linksFor = ({ story }: BuiltStory, root: string): PageLinks => ({
        first: [
          ...themeLinks(theme, root),
          ...styles.map((href) => `<link rel="stylesheet" href="${root}/${href}">`),
          `<link rel="modulepreload" crossorigin href="${root}/${entry}">`,
          // The early script looks for the page's other languages among these.
          ...hostingTags(story, address, root, theme),
          earlyTag(`${root}/${early.path}`),
        ],
        rest: earlyChunks(bundle, story.language).map((file) => `<link rel="modulepreload" crossorigin href="${root}/${file}">`),
      });
      const beside: OutputFile[] = [];
      for (const built of site.stories) {
        built.media.forEach(emit);
        const assets = storyAssets(built);
        assetFiles(assets).forEach(emit);
        const files = [...storyDownloads(built), ...storyPosters(built, theme.poster), ...hostingFiles(built.story, address, theme)];
        files.forEach(emit);
        beside.push(...files);
        const root = rootFrom(built.folder);
        emit({
          path: `${built.folder}index.html`,
          content: withPolicy(storyPage(html, built, root, './', linksFor(built, root), theme), policyOf(built)),
        });
      }
      const trial = await tryFiles(dataDir);
      trial.files.forEach(emit);
      const modules = Object.values(bundle).flatMap((c) => (c.type === 'chunk' ? c.moduleIds : []));
      emit({ path: 'licences.txt', content: [licencesText([...modules, ...trial.modules]), ...theme.licences.map((line) => `${line}\n`)].join('\n') });
      emit(sbomFile(PROJECT));
      const all = site.stories.map((s) => s.story);
      [...articleFiles(all, theme), ...(await builderFiles(all, address, theme))].forEach(emit);
      emit({ path: '_headers', content: headersText(loaderCopies(join(PROJECT, 'public')), storyRules(site, beside), pageRules(site), drawingsOf(theme)) });
      const own = ownStories(site);
      const [only] = own;
      emit({
        path: 'index.html',
        content:
          only && own.length === 1
            ? withPolicy(storyPage(html, only, '.', only.folder, linksFor(only, '.'), theme), policyOf(only))
            : withPolicy(
                withoutScript(
                  frontPageHtml(
                    html.replace('</head>', `${styles.map((href) => `  <link rel="stylesheet" href="./${href}">\n  `).join('')}</head>`),
                    ownStories(site).map((s) => s.story),
                    theme,
                  ),
                ),
                policyFor(null),
              ),
      });
    },

    writeBundle({ dir }) {
      for (const { dense } of site.stories) if (dense && dir) placeDense(dense, dir);
    },

    configureServer(server) {
      serveStories(server, dataDir, () => load(true));
    },
  };
}

interface Loaded {
  readonly site: Site;
  readonly theme: Theme;
}

interface Made extends Loaded {
  /** What a page asks for, by path. */
  readonly files: ReadonlyMap<string, OutputFile>;
}

/** The path from a folder to the site's root, without a slash at its end: `../..`. */
function rootFrom(folder: string): string {
  return folder.replace(/[^/]+\//g, '../').slice(0, -1);
}

/** A story's page at a depth: `site` is the path from the page to the site's root, without a slash at its end. */
function storyPage(template: string, built: BuiltStory, site: string, home: string, links: PageLinks, theme: Theme): string {
  const assets = storyAssets(built);
  const at = (path: string) => `${site}/${path}`;
  return pageHtml(
    template.replaceAll('"./assets/', `"${site}/assets/`),
    withCounts(built),
    built.basemap.file,
    {
      site,
      home,
      story: at(assets.story.path),
      basemap: at(assets.basemap.path),
      context: assets.context ? at(assets.context.path) : '',
      css: at(assets.css.path),
    },
    links,
    brandHtml(theme, built.story.language, site),
  );
}

/** What marks the root before anything is painted: no module and not deferred. */
function earlyTag(address: string): string {
  return `<script src="${address}"></script>`;
}

/** @param files all files of the stories */
function storyRules({ stories }: Site, files: readonly OutputFile[]): { folder: string; policy: string; opened: string[]; media: boolean }[] {
  return stories.map((built) => ({
    folder: built.folder,
    policy: policyOf(built),
    media: built.media.length > 0,
    opened: files.flatMap(({ path }) => (path.replace(/embed\/[^/]+\.html$|[^/]+\.svg$/, '') === built.folder ? [path] : [])),
  }));
}

/** The policy of a story's page. */
function policyOf({ story, context }: BuiltStory): string {
  const plays = [...story.events, ...(context?.events ?? [])].some((e) => e.media?.some((m) => m.kind === 'audio' || m.kind === 'video'));
  return policyFor(story.tiles, plays);
}

function pageRules(site: Site): { path: string; policy: string; framed: boolean }[] {
  const own = ownStories(site);
  return [
    { path: '/', policy: own[0] && own.length === 1 ? policyOf(own[0]) : policyFor(null), framed: true },
    { path: '/article/', policy: ARTICLE_POLICY, framed: true },
    { path: '/builder/', policy: BUILDER_POLICY, framed: false },
    { path: '/try/', policy: TRY_POLICY, framed: false },
  ];
}

function drawingsOf({ files }: Theme): string[] {
  return files.flatMap(({ path }) => (path.endsWith('.svg') ? [path] : []));
}

/**
 * The template after Vite, without its links to styles, which the pages place. Asked for as a module's style they would
 * need CORS headers in a frame without an origin; plain ones need none.
 * @returns the template, and paths of its styles and of its entry in the built site
 */
function withoutStyles(template: string): { html: string; styles: string[]; entry: string } {
  const styles: string[] = [];
  const html = template.replace(/\s*<link rel="stylesheet" crossorigin href="\.\/([^"]+)">/g, (_, href: string) => {
    styles.push(href);
    return '';
  });
  const entry = /<script type="module" crossorigin src="\.\/([^"]+)">/.exec(html)?.[1];
  if (entry === undefined || styles.length === 0) throw new Error(`Expected Vite to put a script and a style into ${TEMPLATE}.`);
  return { html, styles, entry };
}

/** The front page has nothing to run. */
function withoutScript(html: string): string {
  return html.replace(/\s*<script\b[^>]*><\/script>|\s*<link rel="modulepreload"[^>]*>/g, '');
}

/** What the entry needs, and what it imports at once though lazily, the map and the page's words: asking for them in the HTML saves round trips. */
function earlyChunks(bundle: Rolldown.OutputBundle, language: string): string[] {
  const chunks = Object.values(bundle).flatMap((c) => (c.type === 'chunk' ? [c] : []));
  const entry = chunks.find((c) => c.isEntry);
  const map = chunks.find((c) => c.facadeModuleId?.endsWith('/map/leaflet/StoryMap.tsx'));
  const words = chunks.find((c) => c.facadeModuleId?.endsWith(`/compiled/${language}.js`)) ?? chunks.find((c) => c.facadeModuleId?.endsWith('/compiled/en.js'));
  if (!entry || !map || !words) throw new Error('Expected an entry, and the map and the words as chunks of their own.');
  return [...new Set([...entry.imports, map.fileName, ...map.imports, words.fileName, ...words.imports])].filter((f) => f !== entry.fileName).sort();
}

function serveStories(server: ViteDevServer, dataDir: string, load: () => Promise<Loaded>): void {
  const templatePath = join(server.config.root, TEMPLATE);
  server.watcher.add(dataDir);
  // Made once and again after each change: a page asks for a hundred modules, and each request comes by here.
  let made: Promise<Made> | null = null;
  const make = async (): Promise<Made> => {
    const { site, theme } = await load();
    const files = [...site.stories.flatMap((s) => [...assetFiles(storyAssets(s)), ...storyDownloads(s), ...s.media]), ...theme.files];
    return { site, theme, files: new Map(files.map((f) => [`/${f.path}`, f])) };
  };
  let reload: NodeJS.Timeout | undefined;
  server.watcher.on('all', (_, file) => {
    if (/[\\/]src[\\/](embed|builder|map)[\\/]/.test(file)) forgetScripts();
    if (relative(dataDir, file).startsWith('..')) return;
    made = null;
    const tokens = server.environments.client.moduleGraph.getModuleById(TOKENS_MODULE);
    if (tokens && relative(dataDir, file).startsWith('site')) server.environments.client.moduleGraph.invalidateModule(tokens);
    // An editor's program writes a file in several steps, or several files at once.
    clearTimeout(reload);
    reload = setTimeout(() => server.ws.send({ type: 'full-reload' }), SETTLED);
  });
  const panel = `/@fs${join(server.config.root, '../dev/panel.ts')}`;
  server.middlewares.use((request, response, next) => {
    made ??= make();
    made.then((now) => answer(now, request, response, next)).catch(next);
  });
  const answer = ({ site, theme, files }: Made, request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void => {
    const path = decodeURI((request.url ?? '/').split('?')[0] ?? '/');
    const dense = site.stories.find((s) => s.dense && path.startsWith(`/${s.dense.path}`))?.dense;
    if (dense) {
      sendDense(response, dense, path);
      return;
    }
    const file = files.get(path) ?? (TRIAL.test(path) ? tryAssetsInDev(dataDir).find((f) => `/${f.path}` === path) : undefined);
    if (file) {
      send(response, file.content, contentType(file.path));
      return;
    }
    if (isForHosts(path)) {
      forHosts(site, theme, path, `http://${request.headers.host}/`).then((found) => {
        if (found) send(response, found.content, contentType(found.path));
        else next();
      }, next);
      return;
    }
    const trial = path === '/try/' ? tryHtmlInDev(dataDir, `/@fs${join(server.config.root, '../try/try.tsx')}`) : null;
    if (trial !== null) {
      server.transformIndexHtml(path, trial).then((page) => {
        send(response, page, 'text/html');
      }, next);
      return;
    }
    const own = ownStories(site);
    const built = site.stories.find((s) => path === `/${s.folder}`) ?? (path === '/' && own.length === 1 ? own[0] : undefined);
    const broken = built ? null : (site.issues.find(({ folder }) => path.startsWith(`/m/${basename(folder)}/`))?.folder ?? null);
    if (!built && path !== '/' && (broken === null || !path.endsWith('/'))) {
      next();
      return;
    }
    const template = readFileSync(templatePath, 'utf8').replace('../map/main.tsx', `/@fs${join(server.config.root, '../map/main.tsx')}`);
    const depth = path === '/' || !built ? '.' : rootFrom(built.folder);
    const html = built
      ? storyPage(
          template,
          built,
          depth,
          path === '/' ? built.folder : './',
          { first: [...themeLinks(theme, depth), earlyTag(`${depth}/${EARLY_IN_DEV}`)], rest: [] },
          theme,
        )
      : broken !== null || own.length === 0
        ? EMPTY_PAGE
        : frontPageHtml(
            template,
            own.map((s) => s.story),
            theme,
          );
    const story = built?.story.id ?? (broken === null ? null : basename(broken));
    // Vite's own client needs what the policy forbids; the built site is tested under it.
    server.transformIndexHtml(path, withFaults(html, site, story, panel)).then((page) => {
      send(response, page, 'text/html');
    }, next);
  };
}

/** What the page that tries data asks for: its world takes a while to make. */
const TRIAL = /^\/(try\/sample|assets\/(basemap-world-|towns))/;
/** Quiet after the last change of a file before the page is loaded again, ms. */
const SETTLED = 80;
const EARLY_IN_DEV = 'assets/early.js';

/** Pages, scripts and files for other people's pages, which Vite itself knows nothing of. */
function isForHosts(path: string): boolean {
  return /^\/(article|builder|embed)\/|^\/assets\/(early|article|builder)|^\/m\/.*\/(embed\/|oembed\.json|static-|card-)/.test(path);
}

async function forHosts(site: Site, theme: Theme, path: string, address: string): Promise<OutputFile | undefined> {
  const all = site.stories.map((s) => s.story);
  const near = site.stories.filter((s) => path.startsWith(`/${s.folder}`)).sort((a, b) => b.folder.length - a.folder.length)[0];
  const files: OutputFile[] = [
    { path: EARLY_IN_DEV, content: await scriptText('map/early') },
    ...(await loaderFiles()),
    ...articleFiles(all, theme),
    ...(await builderFiles(all, address, theme)),
    ...(near ? hostingFiles(near.story, address, theme) : []),
    ...(near && /\/(static|card)-/.test(path) ? storyPosters(near, theme.poster) : []),
  ];
  return files.find((f) => `/${f.path}` === path || `/${f.path}` === `${path}index.html`);
}

/** The page with what is wrong in the data: nothing while there are no errors. @param own the page's story, whose faults come first */
function withFaults(page: string, { issues }: Site, own: string | null, panel: string): string {
  const all = issues
    .flatMap(({ folder, issues: found }) => found.map((issue) => ({ folder, issue, first: own !== null && basename(folder) === own })))
    .sort(
      (a, b) =>
        Number(b.first) - Number(a.first) || a.issue.severity.localeCompare(b.issue.severity) || Number(isCause(b.issue.file)) - Number(isCause(a.issue.file)),
    );
  if (!all.some(({ issue }) => issue.severity === 'error')) return page;
  const faults: DevFaults = {
    count: countText(all.map((a) => a.issue)),
    faults: all.map(({ folder, issue }) => ({ severity: issue.severity, ...issueParts(relative(process.cwd(), folder), issue) })),
  };
  const data = JSON.stringify(faults).replaceAll('<', '\\u003c');
  return page.replace(
    '</body>',
    () => `<script type="application/json" id="dev-faults">${data}</script>\n<script type="module" src="${panel}"></script>\n</body>`,
  );
}

/** What is wrong in these, the other files have for a missing event: it is told first. */
function isCause(file: string): boolean {
  return file !== 'story.json' && file !== 'context.json';
}

/** A page for a story that cannot be shown at all. */
const EMPTY_PAGE =
  '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Not shown yet</title></head><body><main><p>This story cannot be shown until its errors are mended.</p></main></body></html>\n';

function send(response: ServerResponse, content: string | Uint8Array, type: string): void {
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.end(content);
}

/** A file of a dense story, from where the build keeps it. */
function sendDense(response: ServerResponse, { from, path: base }: DenseBuild, path: string): void {
  const name = path.slice(base.length + 1);
  const file = join(from, name);
  if (!/^[\w./-]+$/.test(name) || name.includes('..') || !existsSync(file)) {
    response.statusCode = 404;
    response.end();
    return;
  }
  response.setHeader('Content-Type', contentType(file));
  response.end(readFileSync(file));
}

function contentType(path: string): string {
  if (path.endsWith('.bin')) return 'application/octet-stream';
  if (path.endsWith('.css')) return 'text/css';
  if (path.endsWith('.woff2')) return 'font/woff2';
  if (path.endsWith('.mp3')) return 'audio/mpeg';
  if (path.endsWith('.m4a')) return 'audio/mp4';
  if (path.endsWith('.mp4')) return 'video/mp4';
  if (path.endsWith('.vtt')) return 'text/vtt';
  if (path.endsWith('.webp')) return 'image/webp';
  if (path.endsWith('.png')) return 'image/png';
  if (path.endsWith('.svg')) return 'image/svg+xml';
  if (path.endsWith('.js')) return 'text/javascript';
  if (path.endsWith('.html')) return 'text/html';
  if (path.endsWith('.txt')) return 'text/plain';
  if (path.endsWith('.csv')) return 'text/csv';
  if (path.endsWith('.kml')) return 'application/vnd.google-earth.kml+xml';
  if (path.endsWith('.geojson')) return 'application/geo+json';
  return 'application/json';
}
