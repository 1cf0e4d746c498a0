/** What a reader downloads, measured on the built files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { inlineText } from './inline.ts';

export interface FileSize {
  readonly path: string;
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

export type Part = 'html' | 'script' | 'style' | 'data';

/** Budgets in bytes of gzip, by part of the first view of a story's page: `script` is what the map waits for; its basemap, and the worker that paints it, come to a map that moves already. */
export const BUDGETS: { readonly [K in Part | 'all']: number } = { html: 35_000, script: 150_000, style: 12_000, data: 90_000, all: 260_000 };

/**
 * Everything that a story's page asks for before a reader does anything: the page, what its HTML links, and the worker that its script starts.
 * @param known files that were measured already, by path: pages share most of them
 */
export function firstView(
  dist: string,
  page: string,
  known = new Map<string, FileSize>(),
): { readonly parts: { readonly [K in Part]: FileSize[] }; readonly totals: { readonly [K in Part | 'all']: number } } {
  const html = readFileSync(join(dist, page), 'utf8');
  const folder = join(page, '..');
  // The basemap is fetched by script, when the map itself is there.
  const linked = [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="([^"]+)"|\bdata-basemap="([^"]+)"/g)]
    .map((m) => join(folder, m[1] ?? m[2] ?? ''))
    .filter((path, i, all) => all.indexOf(path) === i && extname(path) !== '' && existsSync(join(dist, path)));
  const workers = linked
    .filter((path) => extname(path) === '.js')
    .flatMap((path) => [...readFileSync(join(dist, path), 'utf8').matchAll(/[\w.-]*\.worker-[\w-]+\.js/g)].map((m) => join('assets', m[0])));
  const [style, script] = [inlineText(html, 'style'), inlineText(html, 'script')];
  const own = (what: string, text: string) => (text === '' ? [] : [sizeOf(`${page}, its ${what}`, Buffer.from(text))]);
  const parts: { [K in Part]: FileSize[] } = {
    html: [sizeOf(page, Buffer.from(html.replace(style, '').replace(script, '')))],
    script: own('script', script),
    style: own('style', style),
    data: [],
  };
  const measured = (path: string) => {
    const size = known.get(path) ?? measure(dist, path);
    known.set(path, size);
    return size;
  };
  for (const path of linked) parts[partOf(path)].push(measured(path));
  for (const path of new Set(workers)) parts.data.push(measured(path));
  const total = (files: readonly FileSize[]) => files.reduce((sum, f) => sum + f.gzip, 0);
  const totals = {
    html: total(parts.html),
    script: total(parts.script),
    style: total(parts.style),
    data: total(parts.data),
    all: total(Object.values(parts).flat()),
  };
  return { parts, totals };
}

function partOf(path: string): Part {
  const extension = extname(path);
  return extension === '.js' ? 'script' : extension === '.css' ? 'style' : 'data';
}

export function measure(dist: string, path: string): FileSize {
  return sizeOf(path, readFileSync(join(dist, path)));
}

function sizeOf(path: string, bytes: Buffer): FileSize {
  return {
    path,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    // It takes many times as long, and few are asked for it.
    get brotli() {
      return brotliCompressSync(bytes).length;
    },
  };
}

/** Every story's page below a built site, in each language: paths of their `index.html`. */
export function storyPages(dist: string): string[] {
  const root = join(dist, 'm');
  return existsSync(root)
    ? readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((path) => basename(path) === 'index.html')
        .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
        .map((path) => join('m', path))
    : [];
}

/** The table that `build` prints: each file of a story's first view in its own language, and the sums of every page against the budgets. */
export function sizeTable(dist: string): string {
  const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
  const known = new Map<string, FileSize>();
  const pages = storyPages(dist).map((page) => ({ page, ...firstView(dist, page, known) }));
  const sums = Object.keys(BUDGETS) as (keyof typeof BUDGETS)[];
  const tables = pages
    .filter(({ page }) => page.split('/').length === 3)
    .map(({ page, parts }) =>
      [
        `\n${`First view of ${dirname(page)}/`.padEnd(60)}       raw      gzip    brotli`,
        ...Object.values(parts)
          .flat()
          .map((f) => `  ${f.path.padEnd(58)}${kb(f.raw)}${kb(f.gzip)}${kb(f.brotli)}`),
      ].join('\n'),
    );
  return [
    ...tables,
    `\n${'In all, gzip'.padEnd(40)}${sums.map((k) => k.padStart(10)).join('')}`,
    `  ${'budget'.padEnd(38)}${sums.map((k) => kb(BUDGETS[k])).join('')}`,
    ...pages.map(({ page, totals }) => `  ${`${dirname(page)}/`.padEnd(38)}${sums.map((k) => kb(totals[k])).join('')}`),
  ].join('\n');
}
