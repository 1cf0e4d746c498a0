/** The built site as a host of files serves it: with the headers of its `_headers` file, or, as many hosts do, with none. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { ROOT } from '../fixtures/stories.ts';

const DIST = join(ROOT, 'dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.geojson': 'application/geo+json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt',
};

export interface StaticSite {
  readonly url: string;
  readonly close: () => Promise<void>;
}

type Rule = readonly [pattern: RegExp, headers: readonly (readonly [string, string])[]];

/** Read a `_headers` file: a path with `*`, then indented headers. */
export function readRules(text: string): Rule[] {
  return text
    .trim()
    .split(/\n\n/)
    .map((block): Rule => {
      const [path = '', ...lines] = block.split('\n');
      const pattern = new RegExp(`^${path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
      return [pattern, lines.map((l) => [l.slice(0, l.indexOf(':')).trim(), l.slice(l.indexOf(':') + 1).trim()] as const)];
    });
}

/**
 * Serve a built site.
 * @param headers whether the rules of `_headers` are obeyed
 * @param below   folder of the host that it stands in: `/news/maps`
 * @param dist    its files; the project's own by default
 * @param slowly  takes the answer of a path over, and writes it as it likes
 */
export async function serveStatic(
  headers: boolean,
  below = '',
  dist = DIST,
  slowly?: { readonly path: string; readonly answer: (response: ServerResponse, text: string) => void },
): Promise<StaticSite> {
  const rules = headers ? readRules(readFileSync(join(dist, '_headers'), 'utf8')) : [];
  const server = createServer((request, response) => {
    const asked = decodeURI((request.url ?? '/').split('?')[0] ?? '/');
    const path = asked.startsWith(`${below}/`) ? asked.slice(below.length) : '/nothing-here';
    let file = join(dist, path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    if (path.includes('..') || !existsSync(file)) {
      response.writeHead(404);
      response.end();
      return;
    }
    const extra = rules.filter(([pattern]) => pattern.test(path)).flatMap(([, h]) => h);
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', ...Object.fromEntries(extra) });
    if (slowly?.path === path) slowly.answer(response, readFileSync(file, 'utf8'));
    else response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The static server has no address.');
  return {
    url: `http://127.0.0.1:${address.port}${below}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
