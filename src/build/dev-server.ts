/** Stories in development: made on request, with their faults beside the page, and made anew when a file is saved. */
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join, relative } from 'node:path';
import type { ViteDevServer } from 'vite';
import type { DevFaults } from '../dev/panel.ts';
import type { DenseBuild } from './dense/make.ts';
import type { OutputFile } from './files.ts';
import { hostingFiles, loaderFiles } from './hosting.ts';
import { inline } from './inline.ts';
import { frontPageHtml } from './page.tsx';
import { articleFiles, builderFiles } from './pages.ts';
import { countText, issueParts } from './report.ts';
import { forgetScripts, scriptText } from './scripts.ts';
import type { Site } from './site.ts';
import { assetFiles, ownStories, storyAssets, storyDownloads, storyPosters } from './site.ts';
import { rootFrom, storyPage, TEMPLATE } from './story-page.ts';
import { TOKENS_MODULE } from './styles.ts';
import { themeLinks } from './theme/brand.tsx';
import type { Theme } from './theme/make.ts';
import { tryAssetsInDev, tryHtmlInDev } from './try-page.ts';

export interface Loaded {
  readonly site: Site;
  readonly theme: Theme;
}

interface Made extends Loaded {
  /** What a page asks for, by path. */
  readonly files: ReadonlyMap<string, OutputFile>;
}

/** Answer for pages, files of stories and files for hosts; load again, and the page with it, when data change. */
export function serveStories(server: ViteDevServer, dataDir: string, load: () => Promise<Loaded>): void {
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
          { first: [...themeLinks(theme, depth), inline('style', built.css).tag, `<script src="${depth}/${EARLY_IN_DEV}"></script>`], rest: [] },
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
