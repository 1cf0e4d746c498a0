/** Serves the built site for the end-to-end tests, at a free port. `npm test` has built it just before. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { PreviewServer } from 'vite';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { siteConfig } from '../../src/build/config.ts';

const root = resolve(import.meta.dirname, '../..');

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = join(root, 'dist');
  if (!existsSync(join(outDir, 'index.html'))) throw new Error('There is no built site to test. Run `npm run build` first.');
  const server: PreviewServer = await preview({
    ...siteConfig({ root, dataDir: join(root, 'data'), outDir }),
    preview: { port: 0, host: '127.0.0.1', cors: true },
  });
  const address = server.httpServer.address();
  if (typeof address !== 'object' || address === null) throw new Error('The preview server has no address.');
  project.provide('site', `http://127.0.0.1:${address.port}`);
  return () => server.close();
}

declare module 'vitest' {
  export interface ProvidedContext {
    site: string;
  }
}
