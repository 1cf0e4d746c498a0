/** What a reader downloads, measured on the built files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

export interface FileSize {
  readonly path: string;
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

export type Part = 'html' | 'script' | 'style' | 'data';

/** Budgets in bytes of gzip, by part of the first view of a story's page. */
export const BUDGETS: { readonly [K in Part | 'all']: number } = { html: 35_000, script: 150_000, style: 12_000, data: 90_000, all: 260_000 };

/** Everything that a story's page asks for before a reader does anything: the page, what its HTML links, and the worker that its script starts. */
export function firstView(
  dist: string,
  page: string,
): { readonly parts: { readonly [K in Part]: FileSize[] }; readonly totals: { readonly [K in Part | 'all']: number } } {
  const html = readFileSync(join(dist, page), 'utf8');
  const folder = join(page, '..');
  const linked = [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="([^"]+)"/g)]
    .map((m) => join(folder, m[1] ?? ''))
    .filter((path, i, all) => all.indexOf(path) === i && extname(path) !== '' && existsSync(join(dist, path)));
  const workers = linked
    .filter((path) => extname(path) === '.js')
    .flatMap((path) => [...readFileSync(join(dist, path), 'utf8').matchAll(/[\w.-]*\.worker-[\w-]+\.js/g)].map((m) => join('assets', m[0])));
  const parts: { [K in Part]: FileSize[] } = { html: [measure(dist, page)], script: [], style: [], data: [] };
  for (const path of [...linked, ...new Set(workers)]) parts[partOf(path)].push(measure(dist, path));
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
  const bytes = readFileSync(join(dist, path));
  return { path, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
}

/** The table that `build` prints: each file of the first view of each story, and its sums against the budgets. */
export function sizeTable(dist: string): string {
  const stories = existsSync(join(dist, 'm')) ? readdirSync(join(dist, 'm')).sort() : [];
  const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
  return stories
    .map((id) => {
      const { parts, totals } = firstView(dist, join('m', id, 'index.html'));
      const files = Object.values(parts)
        .flat()
        .map((f) => `  ${f.path.padEnd(58)}${kb(f.raw)}${kb(f.gzip)}${kb(f.brotli)}`);
      const sums = (Object.keys(BUDGETS) as (keyof typeof BUDGETS)[]).map(
        (k) => `  ${`${k} of ${(BUDGETS[k] / 1000).toFixed(0)} kB`.padEnd(68)}${kb(totals[k])}`,
      );
      return [`\n${`First view of ${id}`.padEnd(60)}       raw      gzip    brotli`, ...files, ...sums].join('\n');
    })
    .join('\n');
}
