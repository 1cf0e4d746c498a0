/** A build that is whole: the finished site takes the old one's place in one step. */
import { rmSync } from 'node:fs';
import { build } from 'vite';
import type { SiteOptions } from './config.ts';
import { siteConfig } from './config.ts';
import { moveInto, recover, stage } from './whole.ts';

/** Build a site into `outDir`. @throws Error of the bundler or the file system; the old site is then as it was */
export async function buildWhole(options: SiteOptions): Promise<void> {
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
