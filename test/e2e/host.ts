/** Other people's sites for the tests of the embed: pages at origins of their own, with the headers that each test wants. */
import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import type { Reader, ReaderOptions } from './driver.ts';

export interface HostPage {
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Host {
  readonly url: string;
  /** Put a page on the site. */
  readonly put: (path: string, page: HostPage) => string;
  readonly close: () => Promise<void>;
}

/** A site at a free port, hence of another origin than the maps'. */
export async function openHost(): Promise<Host> {
  const pages = new Map<string, HostPage>();
  const server: Server = createServer((request, response: ServerResponse) => {
    const page = pages.get((request.url ?? '/').split('?')[0] ?? '/');
    response.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8', ...page?.headers });
    response.end(page?.html ?? '<!doctype html><title>Not found</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The host has no address.');
  const url = `http://localhost:${address.port}`; // another site than 127.0.0.1, so frames run apart as they do in the world
  return {
    url,
    put(path, page) {
      pages.set(path, page);
      return url + path;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Somebody's site for a file's tests, and the way to read pages of it. @param reader of `withBrowser` */
export function withHost(reader: (options: ReaderOptions) => Promise<Reader>) {
  let host: Host | undefined;
  let count = 0;
  beforeAll(async () => {
    host = await openHost();
  });
  afterAll(() => host?.close());
  const open = (): Host => {
    if (!host) throw new Error('The host has not been opened.');
    return host;
  };
  return {
    get host(): Host {
      return open();
    },
    /** Open a host page of its own with some HTML in it. */
    async visit(html: string, options: ReaderOptions & { headers?: Readonly<Record<string, string>> } = {}): Promise<Reader> {
      const { headers, ...rest } = options;
      count += 1;
      const path = `/article-${count}`;
      open().put(path, { html, ...(headers ? { headers } : {}) });
      return reader({ site: open().url, at: path, live: false, ...rest });
    },
  };
}

/** An article around some HTML: enough above and below to scroll. */
export function article(inside: string, { before = 3, after = 12, head = '' } = {}): string {
  const lines = (n: number) =>
    Array.from({ length: n }, (_, i) => `<p>Paragraph ${i + 1} of an article. ${'Words that take some room on the page. '.repeat(12)}</p>`).join('\n');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>An article</title>${head}</head>
<body><main><h1>An article</h1>${lines(before)}${inside}${lines(after)}</main></body></html>`;
}

/** A snippet of the built site as an editor would paste it, with the tests' own address in place of the built one. */
export async function snippet(name: string): Promise<string> {
  const response = await fetch(`${inject('site')}/m/kazakhstan-2022-01/embed/${name}`);
  if (!response.ok) throw new Error(`The site has no snippet ${name}.`);
  return (await response.text()).replaceAll('http://localhost:4173', inject('site'));
}

export const FRAME = 'm-kazakhstan-2022-01-frame';

/** The map's document, once it is live. Asked for apart from the page's own scripts, which may have spoilt their arrays. */
export async function mapIn(page: Page, name = FRAME): Promise<Frame> {
  await page.locator(`iframe[name="${name}"]`).waitFor({ state: 'attached' });
  await expect.poll(() => page.frame({ name })?.url() ?? '').toContain('embed=1');
  const frame = page.frame({ name })!;
  await frame.waitForSelector('html[data-map="live"]');
  // Until the loader shows it, a frame moves when it comes into the flow, and a press that lands then is lost.
  await page.locator(`iframe[name="${name}"]:not([inert])`).waitFor();
  return frame;
}

export const picture = (page: Page) => page.locator('figure.unrest-map > a');

/** Scroll the host page until an element is near. */
export const come = (page: Page, selector = 'figure.unrest-map') => page.locator(selector).first().scrollIntoViewIfNeeded();
