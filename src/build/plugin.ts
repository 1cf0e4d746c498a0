/**
 * The Vite plugin that turns `data/` into pages. At build it fills the page's template once per story and emits the
 * story's files; in development it leaves that to `dev-server.ts`.
 */
import { join, resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import type { Story } from '../core/story.ts';
import { LOCAL } from './address.ts';
import type { Progress } from './dense/make.ts';
import { placeDense } from './dense/place.ts';
import type { Loaded } from './dev-server.ts';
import { serveStories } from './dev-server.ts';
import type { OutputFile } from './files.ts';
import { headersText } from './headers.ts';
import { hostingFiles, hostingTags, loaderCopies, loaderFiles } from './hosting.ts';
import { inline } from './inline.ts';
import { licencesText } from './licences.ts';
import type { PageLinks } from './page.tsx';
import { escapeHtml, frontPageHtml, policyFor } from './page.tsx';
import { ARTICLE_POLICY, articleFiles, BUILDER_POLICY, builderFiles } from './pages.ts';
import { sbomFile } from './sbom.ts';
import { scriptText } from './scripts.ts';
import type { BuiltStory, Site, SiteChoice } from './site.ts';
import { assetFiles, loadSite, ownStories, storyAssets, storyDownloads, storyPosters } from './site.ts';
import { rootFrom, storyPage, TEMPLATE } from './story-page.ts';
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
      const { html, entry, css } = withoutStyles(String(template.source), bundle);
      delete bundle[TEMPLATE];
      const emit = ({ path, content }: OutputFile) => {
        this.emitFile({ type: 'asset', fileName: path, source: content });
      };
      const address = baseUrl ?? site.baseUrl ?? LOCAL;
      const early = inline('script', (await scriptText('map/early')).trim());
      (await loaderFiles()).forEach(emit);
      theme.files.forEach(emit);
      const styleOf = (built: BuiltStory) => inline('style', `${built.css}\n${css}`);
      const policyOf = (built: BuiltStory) => policyFor(built.story.tiles, plays(built), { style: styleOf(built), script: early });
      const linksFor = (built: BuiltStory, root: string): PageLinks => ({
        first: [
          ...themeLinks(theme, root),
          styleOf(built).tag,
          `<link rel="modulepreload" crossorigin href="${root}/${entry}">`,
          // The early script looks for the page's other languages among these.
          ...hostingTags(built.story, address, root, theme),
          early.tag,
        ],
        rest: earlyTags(bundle, built.story, root),
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
      const only = onlyStory(site);
      const front = inline('style', css);
      const frontPolicy = only ? policyOf(only) : policyFor(null, false, { style: front });
      emit({
        path: '_headers',
        content: headersText(loaderCopies(join(PROJECT, 'public')), storyRules(site, beside, policyOf), pageRules(frontPolicy), drawingsOf(theme)),
      });
      emit({
        path: 'index.html',
        content: only
          ? withPolicy(storyPage(html, only, '.', only.folder, linksFor(only, '.'), theme), frontPolicy)
          : withPolicy(
              withoutScript(
                frontPageHtml(
                  html,
                  ownStories(site).map((s) => s.story),
                  theme,
                  [front.tag],
                ),
              ),
              frontPolicy,
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

/** The story that is all of the site, and so its front page; undefined where there are several or none. */
function onlyStory(site: Site): BuiltStory | undefined {
  const [first, ...others] = ownStories(site);
  return others.length === 0 ? first : undefined;
}

/** @param files all files of the stories */
function storyRules(
  { stories }: Site,
  files: readonly OutputFile[],
  policyOf: (built: BuiltStory) => string,
): { folder: string; policy: string; opened: string[]; media: boolean }[] {
  return stories.map((built) => ({
    folder: built.folder,
    policy: policyOf(built),
    media: built.media.length > 0,
    opened: files.flatMap(({ path }) => (path.replace(/embed\/[^/]+\.html$|[^/]+\.svg$/, '') === built.folder ? [path] : [])),
  }));
}

/** Whether a story has sounds or videos. */
function plays({ story, context }: BuiltStory): boolean {
  return [...story.events, ...(context?.events ?? [])].some((e) => e.media?.some((m) => m.kind === 'audio' || m.kind === 'video'));
}

function pageRules(front: string): { path: string; policy: string; framed: boolean }[] {
  return [
    { path: '/', policy: front, framed: true },
    { path: '/article/', policy: ARTICLE_POLICY, framed: true },
    { path: '/builder/', policy: BUILDER_POLICY, framed: false },
    { path: '/try/', policy: TRY_POLICY, framed: false },
  ];
}

function drawingsOf({ files }: Theme): string[] {
  return files.flatMap(({ path }) => (path.endsWith('.svg') ? [path] : []));
}

/**
 * The template after Vite, without its links to styles, which stand in the pages themselves; their files are taken out
 * of the bundle; `preload.ts` knows that nobody can ask for them.
 * @returns the template, the text of its styles, and the path of its entry in the built site
 */
function withoutStyles(template: string, bundle: Rolldown.OutputBundle): { html: string; css: string; entry: string } {
  const styles: string[] = [];
  const html = template.replace(/\s*<link rel="stylesheet" crossorigin href="\.\/([^"]+)">/g, (_, path: string) => {
    const file = bundle[path];
    if (file?.type === 'asset') styles.push(String(file.source).trim());
    delete bundle[path];
    return '';
  });
  const entry = /<script type="module" crossorigin src="\.\/([^"]+)">/.exec(html)?.[1];
  if (entry === undefined || styles.length === 0) throw new Error(`Expected Vite to put a script and a style into ${TEMPLATE}.`);
  return { html, css: styles.join('\n'), entry };
}

/** The front page has nothing to run. */
function withoutScript(html: string): string {
  return html.replace(/\s*<script\b[^>]*><\/script>|\s*<link rel="modulepreload"[^>]*>/g, '');
}

/** What a page imports at once though lazily: the map, and where its events are many, those and their marks. */
const FIRST = ['/map/leaflet/StoryMap.tsx'];
const FIRST_OF_MANY = ['/map/many.ts', '/map/leaflet/dense/DenseMarks.tsx'];

/**
 * What the entry needs, and what it imports at once though lazily, with its style, the page's words, and all that these
 * need in turn; and of many events the counts. Asking for them in the HTML saves round trips: seven, where events are many.
 */
function earlyTags(bundle: Rolldown.OutputBundle, { language, dense }: Story, root: string): string[] {
  const chunks = Object.values(bundle).flatMap((c) => (c.type === 'chunk' ? [c] : []));
  const of = (module: string) => chunks.find((c) => c.facadeModuleId?.endsWith(module));
  const entry = chunks.find((c) => c.isEntry);
  const lazy = [...FIRST, ...(dense ? FIRST_OF_MANY : [])].map(of);
  const words = of(`/compiled/${language}.js`) ?? of('/compiled/en.js');
  if (!entry || !words || lazy.includes(undefined)) throw new Error('Expected an entry, and the map, its marks and the words as chunks of their own.');
  const first = lazy.flatMap((c) => c ?? []);
  const scripts = new Set<string>();
  const take = (file: string) => {
    if (scripts.has(file)) return;
    scripts.add(file);
    const chunk = bundle[file];
    if (chunk?.type === 'chunk') chunk.imports.forEach(take);
  };
  for (const chunk of [entry, ...first, words]) take(chunk.fileName);
  scripts.delete(entry.fileName);
  const styles = new Set(first.flatMap((c) => [...(c.viteMetadata?.importedCss ?? [])]));
  return [
    ...[...styles].map((file) => `<link rel="preload" as="style" href="${root}/${file}">`),
    ...[...scripts].sort().map((file) => `<link rel="modulepreload" crossorigin href="${root}/${file}">`),
    ...(dense ? [`<link rel="preload" as="fetch" crossorigin href="${root}/${dense.counts}">`] : []),
  ];
}
