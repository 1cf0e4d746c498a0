/** The project's site with other data, built and served for one test file. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, preview } from 'vite';
import { siteConfig } from '../../src/build/config.ts';
import type { SiteChoice } from '../../src/build/site.ts';
import type { SourceMeta } from '../../src/core/source.ts';
import type { StoryRecipe } from '../bench/make.ts';
import { makeStory } from '../bench/make.ts';
import { DATA, ROOT } from '../fixtures/stories.ts';

export interface Variant {
  readonly url: string;
  /** The built site. */
  readonly outDir: string;
  readonly close: () => Promise<void>;
}

/**
 * Build and serve.
 * @param change the story's `story.json`, to be given back as this site should have it
 * @param files  further files of the site, by path
 * @param edit   whatever else is to be changed in the story's folder
 */
export async function serveVariant(
  change: (meta: SourceMeta) => SourceMeta,
  files: { readonly [path: string]: Uint8Array } = {},
  edit: (storyFolder: string) => void = () => undefined,
): Promise<Variant> {
  const folder = mkdtempSync(join(tmpdir(), 'unrest-map-site-'));
  const dataDir = join(folder, 'data');
  const outDir = join(folder, 'dist');
  // Without the gazetteer there is no page that tries data, which takes a while to build.
  cpSync(DATA, dataDir, { recursive: true, filter: (path) => !path.endsWith('gazetteer') });
  const path = join(dataDir, 'kazakhstan-2022-01/story.json');
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')) as SourceMeta)));
  edit(dirname(path));
  return serveBuilt(folder, dataDir, outDir, files);
}

/**
 * Build and serve stories of one's own.
 * @param fill puts the story folders into a data folder that has the basemaps
 */
export async function serveData(
  fill: (dataDir: string) => void,
  files: { readonly [path: string]: Uint8Array } = {},
  choice: SiteChoice = {},
): Promise<Variant> {
  const folder = mkdtempSync(join(tmpdir(), 'unrest-map-site-'));
  const [dataDir, outDir] = [join(folder, 'data'), join(folder, 'dist')];
  cpSync(join(DATA, 'basemap'), join(dataDir, 'basemap'), { recursive: true });
  fill(dataDir);
  return serveBuilt(folder, dataDir, outDir, files, choice);
}

async function serveBuilt(
  folder: string,
  dataDir: string,
  outDir: string,
  files: { readonly [path: string]: Uint8Array } = {},
  choice: SiteChoice = {},
): Promise<Variant> {
  const config = siteConfig({ root: ROOT, dataDir, outDir, choice });
  await build(config);
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(outDir, name)), { recursive: true });
    writeFileSync(join(outDir, name), bytes);
  }
  const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1', cors: true } });
  const address = server.httpServer.address();
  if (typeof address !== 'object' || address === null) throw new Error('The preview server has no address.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    outDir,
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Build and serve a story of many invented events, at `/m/many/`. */
export async function serveMany(recipe: StoryRecipe): Promise<Variant> {
  const folder = mkdtempSync(join(tmpdir(), 'unrest-map-many-'));
  const [dataDir, outDir] = [join(folder, 'data'), join(folder, 'dist')];
  makeStory(dataDir, recipe);
  return serveBuilt(folder, dataDir, outDir);
}
