/** What it costs to build a site of very many events: time, processor and memory of a whole `npm run build`, in a process of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DENSE_STORY, makeStory } from './make.ts';
import { table } from './report.ts';

const SIZES = [1_000, 100_000, 1_000_000];

interface Cost {
  readonly seconds: number;
  readonly processor: number;
  readonly megabytes: number;
}

export async function benchBuild(_site: string, sizes: readonly number[]): Promise<void> {
  const rows: string[][] = [];
  for (const events of sizes.length > 0 ? sizes : SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'unrest-map-build-'));
    try {
      const data = join(folder, 'data');
      makeStory(data, { events, places: Math.max(20, Math.round(events / 20)) });
      // Another title is another story to the cache of dense files, so that nothing is taken from it.
      const meta = join(data, DENSE_STORY, 'story.json');
      writeFileSync(meta, readFileSync(meta, 'utf8').replace('(invented)', `(invented, ${process.pid} ${events})`));
      const args = ['--import', 'tsx', join(import.meta.dirname, 'build-one.ts'), data, join(folder, 'dist')];
      const out = execFileSync(process.execPath, args, {
        encoding: 'utf8',
        env: { ...process.env, NODE_ENV: 'production' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const cost = JSON.parse(out.trim().split('\n').at(-1) ?? '') as Cost;
      rows.push([events.toLocaleString('en'), cost.seconds.toFixed(1), cost.processor.toFixed(1), String(cost.megabytes)]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log(`${table(['events', 'built in s', 'processor s', 'memory at most, MB'], rows)}\n`);
}
