/** The page that tries data: `/try/`. Its scripts are built apart, so that a story's page asks for none of them. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Rolldown } from 'vite';
import { build } from 'vite';
import { escaped } from '../embed/snippets.ts';
import { TABLE_LANGUAGES } from '../import/countries.ts';
import type { Basemap } from './basemap-files.ts';
import { wholeWorld } from './basemap-files.ts';
import { LEAFLET_MODULES } from './config.ts';
import type { OutputFile } from './files.ts';
import { hashedFile } from './files.ts';
import { GAZETTEER_PATH } from './import/gazetteer-file.ts';
import { fill, policyFor } from './page.tsx';
import { styleModules } from './styles.ts';
import { brandHtml, themeLinks } from './theme/brand.tsx';
import type { Theme } from './theme/make.ts';
import { openTheme } from './theme/make.ts';

const SRC = resolve(import.meta.dirname, '..');
const SAMPLE = 'try/sample.csv';
const TOWNS = 'assets/towns.tsv.gz';
export const TRY_POLICY = policyFor(null);

interface Scripts {
  readonly files: readonly OutputFile[];
  readonly entry: string;
  readonly css: readonly string[];
  /** Ids of the modules in it, for their licences. */
  readonly modules: readonly string[];
}

/** Everything of the page; nothing where the data has no gazetteer to look names up in, or no basemap. */
export async function tryFiles(dataDir: string): Promise<{ readonly files: readonly OutputFile[]; readonly modules: readonly string[] }> {
  const basemap = groundFor(dataDir);
  if (!basemap) return { files: [], modules: [] };
  const { theme } = await openTheme(dataDir);
  const { files, entry, css, modules } = await tryScripts(theme);
  const tags = [
    ...css.map((path) => `<link rel="stylesheet" href="../${path}">`),
    ...themeLinks(theme, '..'),
    `<script type="module" src="../${entry}"></script>`,
  ];
  return {
    files: [
      ...files,
      ...tryAssets(dataDir, basemap),
      { path: 'try/index.html', content: tryHtml(basemap, tags, '..', TRY_POLICY, brandHtml(theme, 'en', '..')) },
    ],
    modules,
  };
}

/** The page in development: Vite serves its modules. @param path where Vite has them */
export function tryHtmlInDev(dataDir: string, path: string): string | null {
  const basemap = groundFor(dataDir);
  return basemap && tryHtml(basemap, [`<script type="module" src="${path}"></script>`], '..', '').replace(/\s*<meta http-equiv[^>]*>/, '');
}

/** What its scripts ask for in development. */
export function tryAssetsInDev(dataDir: string): readonly OutputFile[] {
  const basemap = groundFor(dataDir);
  return basemap ? tryAssets(dataDir, basemap) : [];
}

function groundFor(dataDir: string): Basemap | null {
  return existsSync(join(dataDir, GAZETTEER_PATH)) ? wholeWorld(TABLE_LANGUAGES, dataDir) : null;
}

function tryHtml(basemap: Basemap, tags: readonly string[], site: string, policy: string, brand = ''): string {
  return fill(readFileSync(join(SRC, 'pages/try.html'), 'utf8'), {
    policy: escaped(policy),
    site,
    brand,
    head: tags.join('\n    '),
    gazetteer: `${site}/${TOWNS}`,
    basemap: `${site}/${basemapFile(basemap).path}`,
    id: escaped(basemap.id),
    sample: `${site}/${SAMPLE}`,
    index: `<script type="application/json" id="basemap-index">${JSON.stringify(basemap.index).replaceAll('<', '\\u003c')}</script>`,
  });
}

/** With its names in every language: whose table it will be nobody knows. */
function basemapFile({ id, file }: Basemap): OutputFile {
  return hashedFile(`basemap-${id}`, 'json', JSON.stringify(file));
}

function tryAssets(dataDir: string, basemap: Basemap): OutputFile[] {
  return [
    basemapFile(basemap),
    { path: SAMPLE, content: readFileSync(join(SRC, 'try/sample.csv'), 'utf8') },
    { path: TOWNS, content: readFileSync(join(dataDir, GAZETTEER_PATH)) },
  ];
}

async function tryScripts({ style }: Theme): Promise<Scripts> {
  const result = (await build({
    configFile: false,
    root: join(SRC, 'try'),
    base: './',
    publicDir: false,
    resolve: { alias: LEAFLET_MODULES },
    plugins: [react(), styleModules(() => Promise.resolve(style))],
    worker: { format: 'es' },
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      assetsInlineLimit: 0,
      assetsDir: 'try/assets',
      reportCompressedSize: false,
      rolldownOptions: { input: join(SRC, 'try/try.tsx') },
    },
  })) as Rolldown.RolldownOutput;
  const chunks = result.output.flatMap((o) => (o.type === 'chunk' ? [o] : []));
  const entry = chunks.find((c) => c.isEntry);
  if (!entry) throw new Error('Expected try.tsx to build into an entry.');
  return {
    files: result.output.map((o) => ({ path: o.fileName, content: o.type === 'chunk' ? o.code : o.source })),
    entry: entry.fileName,
    css: result.output.flatMap((o) => (o.type === 'asset' && o.fileName.endsWith('.css') ? [o.fileName] : [])),
    // What only the worker has, the bundler does not list.
    modules: [...chunks.flatMap((c) => c.moduleIds), createRequire(import.meta.url).resolve('papaparse')],
  };
}
