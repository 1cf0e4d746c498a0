/** A build that is whole: the finished site takes the old one's place in one step. */
import { rmSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { build } from 'vite';
import type { SiteOptions } from './config.ts';
import { siteConfig } from './config.ts';
import { moveInto, recover, stage } from './whole.ts';

/** Build a site into `outDir`. @throws Error of the bundler or the file system; the old site is then as it was */
export async function buildWhole(options: SiteOptions): Promise<void> {
  // Left to itself, V8 lets a heap grow to a multiple of what it holds where the machine has memory to spare. Half of a build's
  // would be garbage, and a sixth of all its memory; collected more often it takes as long.
  setFlagsFromString('--heap-growing-percent=30');
  recover(options.outDir);
  const staged = stage(options.outDir);
  try {
    await build(siteConfig({ ...options, outDir: staged }));
    moveInto(staged, options.outDir);
  } catch (error) {
    rmSync(staged, { recursive: true, force: true });
    throw error;
  }
}
