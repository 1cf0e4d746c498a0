/**
 * `npm run bench [-- name … number …]`: measures the built site and prints tables; numbers are sizes for `load`, `dense`,
 * `growth` and `build`. `make EVENTS FOLDER` writes a story of that many invented events. Times vary from machine to
 * machine; compare within one run. Nothing here passes or fails: what must hold is a test.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { preview } from 'vite';
import { siteConfig } from '../../src/build/config.ts';
import { benchBuild } from './build.ts';
import { benchDense, benchGrowth } from './dense.ts';
import { benchFrames } from './frames.ts';
import { benchListed } from './listed.ts';
import { benchLoad } from './load.ts';
import { makeStory } from './make.ts';
import { machine } from './report.ts';

const BENCHES: Readonly<Record<string, (site: string, sizes: readonly number[]) => Promise<void>>> = {
  frames: benchFrames,
  load: benchLoad,
  build: benchBuild,
  listed: benchListed,
  dense: benchDense,
  growth: benchGrowth,
};

const root = resolve(import.meta.dirname, '../..');
const outDir = join(root, 'dist');
const wanted = process.argv.slice(2);
if (wanted[0] === 'make') {
  const [, events, folder] = wanted;
  if (!folder || !(Number(events) > 0)) {
    console.error('Usage: make EVENTS FOLDER, such as: npm run bench -- make 100000 /tmp/data');
    process.exit(2);
  }
  makeStory(resolve(folder), { events: Number(events) });
  console.log(`${folder}/many holds ${events} invented events.`);
  process.exit(0);
}
const sizes = wanted.map(Number).filter((n) => n > 0);
const names = wanted.filter((w) => !(Number(w) > 0));
const unknown = names.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`No such benchmark: ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(2);
}
if (!existsSync(join(outDir, 'index.html'))) {
  console.error('There is no built site to measure. Run `npm run build` first.');
  process.exit(2);
}
const server = await preview({ ...siteConfig({ root, dataDir: join(root, 'data'), outDir }), preview: { port: 0, host: '127.0.0.1', cors: true } });
const address = server.httpServer.address();
if (typeof address !== 'object' || address === null) throw new Error('The preview server has no address.');
console.log(`${machine()}, ${new Date().toISOString().slice(0, 10)}\n`);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.log(`## ${name}\n`);
  await bench(`http://127.0.0.1:${address.port}`, sizes);
}
await server.close();
// A browser that a benchmark gave up may still hold a pipe open.
process.exit(0);
