/** What it costs to build a site of very many events: time, processor and memory of a whole `npm run build`, in a process of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOST_LISTED } from '../../src/import/limits.ts';
import { fillDataFolder } from '../fixtures/import.ts';
import { writeAcled } from './acled.ts';
import { DENSE_STORY, makeStory } from './make.ts';
import { table } from './report.ts';

const SIZES = [1_000, 100_000, 1_000_000];

interface Cost {
  readonly seconds: number;
  readonly processor: number;
  readonly megabytes: number;
}

/** Run one of the scripts that print their cost. */
export function costOf(script: string, args: readonly string[]): Cost {
  const out = execFileSync(process.execPath, ['--import', 'tsx', join(import.meta.dirname, script), ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Cost;
}

export async function benchBuild(_site: string, sizes: readonly number[]): Promise<void> {
  const rows: string[][] = [];
  const tables: string[][] = [];
  for (const events of sizes.length > 0 ? sizes : SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'unrest-map-build-'));
    try {
      const data = join(folder, 'data');
      makeStory(data, { events, places: Math.max(20, Math.round(events / 20)) });
      // Another title is another story to the cache of dense files, so that nothing is taken from it.
      const meta = join(data, DENSE_STORY, 'story.json');
      writeFileSync(meta, readFileSync(meta, 'utf8').replace('(invented)', `(invented, ${process.pid} ${events})`));
      const cost = costOf('build-one.ts', [data, join(folder, 'dist')]);
      rows.push([events.toLocaleString('en'), cost.seconds.toFixed(1), cost.processor.toFixed(1), String(cost.megabytes)]);
      if (events > MOST_LISTED) tables.push(tableCost(folder, events));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log(`${table(['events', 'built in s', 'processor s', 'memory at most, MB'], rows)}\n`);
  if (tables.length > 0)
    console.log(
      `A table in the columns of ACLED, into a story and built:\n\n${table(['rows', 'MB', 'imported in s', 'built in s', 'both', 'memory at most, MB'], tables)}\n`,
    );
}

/** From a table to a site, with nothing made before. */
function tableCost(folder: string, rows: number): string[] {
  const data = fillDataFolder(join(folder, 'imported'));
  const csv = join(folder, `acled-${process.pid}.csv`);
  writeAcled(csv, rows);
  const [made, built] = [costOf('import-one.ts', [data, csv, 'imported']), costOf('build-one.ts', [data, join(folder, 'dist-imported')])];
  return [
    rows.toLocaleString('en'),
    String(Math.round(statSync(csv).size / 1e6)),
    made.seconds.toFixed(1),
    built.seconds.toFixed(1),
    (made.seconds + built.seconds).toFixed(1),
    `${made.megabytes}, ${built.megabytes}`,
  ];
}
