/** Puts a story's dense files into the built site. */
import { copyFileSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DenseBuild } from './make.ts';

/** By links where the disk allows them: a million events are a gigabyte that need not be copied. @param dist the site's folder */
export function placeDense({ from, path }: DenseBuild, dist: string): void {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === 'build.json') continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(dist, path, source.slice(from.length + 1));
    mkdirSync(dirname(target), { recursive: true });
    try {
      linkSync(source, target);
    } catch {
      copyFileSync(source, target);
    }
  }
}
