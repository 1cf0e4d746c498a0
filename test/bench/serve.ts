/** Built folders served to a benchmark's browser, as a plain host does. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { siteConfig } from '../../src/build/config.ts';
import { DENSE_STORY, makeStory } from './make.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
/** Seeded stories are kept: the same number gives the same bytes. */
const KEPT = join(ROOT, 'node_modules/.cache/unrest-map/bench');

export interface Served {
  readonly url: string;
  readonly close: () => void;
}

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
};
const IS_TEXT = new Set(['.html', '.js', '.css', '.json', '.svg', '.bin']);

/** Serve a folder. @param gzip as hosts on the network do; on this machine compressing would only be in the way */
export async function serveFolder(root: string, gzip: boolean): Promise<Served> {
  const zipped = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    let path = join(root, decodeURI((request.url ?? '/').split('?')[0] ?? '/'));
    if (existsSync(path) && statSync(path).isDirectory()) path = join(path, 'index.html');
    if (!path.startsWith(root) || !existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    if (!gzip || !IS_TEXT.has(extname(path))) {
      response.writeHead(200, { 'Content-Type': type }).end(readFileSync(path));
      return;
    }
    const bytes = zipped.get(path) ?? gzipSync(readFileSync(path), { level: 9 });
    zipped.set(path, bytes);
    response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'gzip' }).end(bytes);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Build one of the small pages beside this file. */
export async function buildPage(name: 'peers' | 'baseline', outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: join(import.meta.dirname, name),
    base: './',
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2022' },
    logLevel: 'error',
  });
}

export interface ServedStory extends Served {
  /** Folder of the dense files, and its path on the server. */
  readonly files: string;
  readonly path: string;
}

/** Build a story of some number of events. @returns the site's folder */
export async function buildStory(events: number): Promise<string> {
  const [dataDir, outDir] = [join(KEPT, String(events), 'data'), join(KEPT, String(events), 'dist')];
  if (!existsSync(join(dataDir, 'whole'))) {
    makeStory(dataDir, { events });
    mkdirSync(join(dataDir, 'whole'));
  }
  await build({ ...siteConfig({ root: ROOT, dataDir, outDir }), logLevel: 'error' });
  return outDir;
}

/** A story of some number of events, built and served. */
export async function serveStory(events: number): Promise<ServedStory> {
  const outDir = await buildStory(events);
  await buildPage('peers', join(outDir, 'peers'));
  const story = join(outDir, 'm', DENSE_STORY);
  const dense = readdirSync(story).find((n) => n.startsWith('dense-')) ?? '';
  return { ...(await serveFolder(outDir, false)), files: join(story, dense), path: `/m/${DENSE_STORY}/${dense}` };
}
