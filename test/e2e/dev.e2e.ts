import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ViteDevServer } from 'vite';
import { createServer } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { siteConfig } from '../../src/build/config.ts';
import { DATA, ROOT } from '../fixtures/stories.ts';
import { STORY, withBrowser } from './driver.ts';

// The first page waits until Vite has bundled the libraries.
vi.setConfig({ testTimeout: 90_000 });

const { reader } = withBrowser();
const data = join(mkdtempSync(join(tmpdir(), 'unrest-map-dev-')), 'data');
const events = join(data, 'kazakhstan-2022-01/events.json');
let server: ViteDevServer;
let sound = '';

beforeAll(async () => {
  cpSync(DATA, data, { recursive: true });
  sound = readFileSync(events, 'utf8');
  const config = siteConfig({ root: ROOT, dataDir: data, outDir: join(data, '../dist') });
  server = await createServer({ ...config, cacheDir: join(data, '../cache'), logLevel: 'error', server: { ...config.server, port: 0, host: '127.0.0.1' } });
  await server.listen();
});
afterAll(() => server.close());

test('while an editor works, an event with an error stands over the page with file and line, and goes when it is mended', async () => {
  const address = server.httpServer?.address();
  const site = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const r = await reader({ site, at: STORY });
  const overlay = r.page.locator('vite-error-overlay');
  writeFileSync(events, sound.replace('"layer": "internet"', '"layer": "internot"'));
  await expect.poll(() => overlay.count()).toBe(1);
  await expect.poll(() => overlay.locator('.message').textContent()).toMatch(/events\.json:154:16 error .* got "internot"/);
  writeFileSync(events, sound);
  await expect.poll(() => overlay.count()).toBe(0);
});
