import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './fixtures/stories.ts';

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const LOCKS = ['package-lock.json', 'src/build/basemap/tools/package-lock.json'];

/** Where Node would look for `name` from the package at `from`, nearest first. */
function lookups(from: string, name: string): string[] {
  const parts = from.split('/node_modules/');
  const parents = parts.map((_, i) => parts.slice(0, parts.length - i).join('/node_modules/'));
  return [...parents.filter((p) => p !== '').map((p) => `${p}/node_modules/${name}`), `node_modules/${name}`];
}

describe.each(LOCKS)('%s', (file) => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as { packages: Readonly<Record<string, LockedPackage>> };

  // npm writes only its own platform's binaries when a lock is made from an existing node_modules, and `npm ci` then fails elsewhere.
  test('holds every optional package of every platform, so that npm ci is sound on any machine', () => {
    const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).flatMap((name) => (lookups(from, name).some((at) => packages[at]?.version) ? [] : [`${name}, which ${from} asks for`])),
    );
    expect(missing).toEqual([]);
  });
});
