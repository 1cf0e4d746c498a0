/**
 * One story as one folder that opens from a disk: no server, no network. Pages and pictures are those of the site; the
 * script is one classic file, because browsers load no modules from a disk, and the data stands in a script beside it.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Rolldown } from 'vite';
import { build } from 'vite';
import type { SiteOptions } from './config.ts';
import { siteConfig } from './config.ts';
import { inline, inlineText } from './inline.ts';
import { escapeHtml } from './page.tsx';
import { scriptText } from './scripts.ts';
import { styleModules } from './styles.ts';
import { openTheme } from './theme/make.ts';

/** What a disk has no use for: a host's headers, and what other pages would load. */
const FOR_HOSTS = /^(_headers|embed\/|article\/|builder\/|assets\/(article|builder)-)|\/(oembed\.json|embed\/)/;
/** The page's links to what is not there. */
const HIDDEN = '\na[href*="/builder/"]{display:none}\n';
/** Styles that come with a script: on a disk they stand in the page, for that script is in its own. */
const LATER_STYLE = /^assets\/(?!article-|builder-|theme-)[^/]*\.css$/;
/** Rows of a dense story, by the name of their folder and theirs: that of `map/offline.ts`. Its download stays a file. */
const ROWS = /dense-[0-9a-f]+\/(?!.*\.csv$).+$/;
/** Fetched by the page, and so to be inlined. */
const FETCHED = /^assets\/(story|context|basemap)-.*\.json$|^assets\/.*\.(topo\.json|geojson|webp|json)$/;

/**
 * The files of a bundle by path.
 * @param options the site's; `choice.only` names the story
 * @throws Error when the story cannot be built
 */
export async function bundleFiles(options: SiteOptions): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const folder = mkdtempSync(join(tmpdir(), 'unrest-map-bundle-'));
  try {
    await build(siteConfig({ ...options, outDir: folder }));
    const built = new Map(pathsIn(folder).map((path): [string, Uint8Array] => [path, readFileSync(join(folder, path))]));
    const files = new Map<string, string | Uint8Array>();
    const fonts = new Map([...built].filter(([path]) => path.endsWith('.woff2')).map(([path, bytes]) => [path.split('/').at(-1) ?? path, bytes]));
    const inlined: { [name: string]: string | { base64: string } } = {};
    const later = [...built].map(([path, bytes]) => (LATER_STYLE.test(path) ? Buffer.from(bytes).toString('utf8') : '')).join('');
    for (const [path, bytes] of built) {
      if (FOR_HOSTS.test(path) || LATER_STYLE.test(path) || /^assets\/.*\.(js|woff2)$/.test(path)) continue;
      const rows = ROWS.exec(path)?.[0];
      const name = rows ?? path.split('/').at(-1) ?? path;
      if (rows !== undefined || FETCHED.test(path))
        inlined[name] = /json$/.test(name) ? Buffer.from(bytes).toString('utf8') : { base64: Buffer.from(bytes).toString('base64') };
      else if (path.endsWith('.html')) files.set(path, fromDisk(Buffer.from(bytes).toString('utf8'), path.split('/').length - 1, later));
      else if (/^assets\/theme-.*\.css$/.test(path)) files.set(path, withFonts(Buffer.from(bytes).toString('utf8'), fonts));
      else files.set(path, bytes);
    }
    files.set('assets/early.js', await scriptText('map/early'));
    files.set('assets/offline.js', await scriptText('map/offline'));
    files.set('assets/files.js', `globalThis.unrestMapFiles=${JSON.stringify(inlined).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')};\n`);
    files.set('assets/map.js', await classicScript(options));
    return files;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pathsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** The page's script with everything that it would fetch later, in one file that is no module. */
async function classicScript(options: SiteOptions): Promise<string> {
  const config = siteConfig(options);
  const result = (await build({
    ...config,
    plugins: [react(), styleModules(async () => (await openTheme(options.dataDir)).theme.style)],
    publicDir: false,
    // The worker's own address means nothing in a classic script, which is warned of; a disk has no workers.
    logLevel: 'error',
    build: {
      ...config.build,
      write: false,
      cssCodeSplit: false,
      rolldownOptions: { input: join(options.root, 'src/map/main.tsx'), output: { format: 'iife', codeSplitting: false, entryFileNames: 'map.js' } },
    },
  })) as Rolldown.RolldownOutput;
  const scripts = result.output.flatMap((file) => (file.type === 'chunk' ? [file] : []));
  const [script, ...others] = scripts;
  if (!script || others.length > 0) throw new Error(`Expected the page's script to build into one file, got ${scripts.length}.`);
  return script.code;
}

/** A stylesheet with its font files in it: of a disk's files no two are of one origin, and fonts must be. */
function withFonts(css: string, fonts: ReadonlyMap<string, Uint8Array>): string {
  return css.replace(/url\(([\w.-]+\.woff2)\)/g, (_, name: string) => `url(data:font/woff2;base64,${Buffer.from(fonts.get(name) ?? []).toString('base64')})`);
}

/**
 * A page of the site as a page of the disk.
 * @param depth how many folders below the bundle's it lies
 * @param later styles that its script would ask for
 */
function fromDisk(html: string, depth: number, later: string): string {
  const assets = `${depth === 0 ? '.' : Array.from({ length: depth }, () => '..').join('/')}/assets`;
  const scripts = ['early.js', 'files.js', 'offline.js'].map((name) => `<script src="${assets}/${name}"></script>`).join('');
  const css = inlineText(html, 'style');
  const style = inline('style', `${css}\n${later}${HIDDEN}`);
  return (
    html
      .replace(`<style>${css}</style>`, () => style.tag)
      // "self" is nobody on a disk; the scheme is the narrowest that there is, and nothing may be asked of any network.
      .replace(/(<meta http-equiv="Content-Security-Policy" content=")[^"]*/, `$1${escapeHtml(diskPolicy(style.source))}`)
      .replace(/\s*<link rel="(?:modulepreload|preload|canonical|alternate)"[^>]*>/g, '')
      .replace(`<script>${inlineText(html, 'script')}</script>`, '')
      .replace(/<script type="module"[^>]*><\/script>/, `${scripts}<script defer src="${assets}/map.js"></script>`)
      .replaceAll(' crossorigin', '')
  );
}

function diskPolicy(style: string): string {
  return `default-src 'none'; script-src file: 'self'; style-src file: 'self' ${style}; img-src file: 'self' data:; font-src data:; media-src file: 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types default`;
}
