/**
 * The Vite plugin that turns `data/` into pages. At build it fills the page's template once per story and emits the
 * story's files; in development it leaves that to `dev-server.ts`.
 */
import { join, resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { LOCAL } from './address.ts';
import type { Progress } from './dense/make.ts';
import { placeDense } from './dense/place.ts';
import type { Loaded } from './dev-server.ts';
import { serveStories } from './dev-server.ts';
import type { OutputFile } from './files.ts';
import { hashedFile } from './files.ts';
import { headersText } from './headers.ts';
import { hostingFiles, hostingTags, loaderCopies, loaderFiles } from './hosting.ts';
import { licencesText } from './licences.ts';
import type { PageLinks } from './page.tsx';
import { escapeHtml, frontPageHtml, policyFor } from './page.tsx';
import { ARTICLE_POLICY, articleFiles, BUILDER_POLICY, builderFiles } from './pages.ts';
import { sbomFile } from './sbom.ts';
import { scriptText } from './scripts.ts';
import type { BuiltStory, Site, SiteChoice } from './site.ts';
import { assetFiles, loadSite, ownStories, storyAssets, storyDownloads, storyPosters } from './site.ts';
import { earlyTag, rootFrom, storyPage, TEMPLATE } from './story-page.ts';
import { themeLinks } from './theme/brand.tsx';
import type { Theme } from './theme/make.ts';
import { OUR_THEME, openTheme } from './theme/make.ts';
import { TRY_POLICY, tryFiles } from './try-page.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
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
          ...styleLinks(styles, root),
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
                    html,
                    own.map((s) => s.story),
                    theme,
                    styleLinks(styles, '.'),
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

function styleLinks(styles: readonly string[], root: string): string[] {
  return styles.map((href) => `<link rel="stylesheet" href="${root}/${href}">`);
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
