/** The software bill of materials: every run-time package of the lock file, as CycloneDX. npm itself writes it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutputFile } from './files.ts';

interface Bom {
  serialNumber?: string;
  metadata: { timestamp?: string; component: { name: string } };
}

interface Lock {
  readonly packages: { readonly [path: string]: { readonly dev?: boolean; readonly devOptional?: boolean; readonly devDependencies?: unknown } };
}

let made: OutputFile | null = null;

/** @param root the project's folder. @throws Error where npm is not at hand */
export function sbomFile(root: string): OutputFile {
  made ??= makeSbom(root);
  return made;
}

function makeSbom(root: string): OutputFile {
  const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8')) as Record<string, unknown>;
  const { devDependencies: _, ...manifest } = read('package.json');
  const lock = read('package-lock.json') as Record<string, unknown> & Lock;
  const { devDependencies: __, ...own } = lock.packages[''] ?? {};
  const runTime = Object.entries(lock.packages).filter(([path, p]) => path !== '' && !p.dev && !p.devOptional);
  // In a folder without the tools: npm would leave out what they share with run time, and stumbles over what they ask for.
  const folder = mkdtempSync(join(tmpdir(), 'unrest-map-sbom-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages: { '': own, ...Object.fromEntries(runTime) } }));
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
    const npm = process.env.npm_execpath;
    const [program, all] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
    const bom = JSON.parse(execFileSync(program, all, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'pipe'] })) as Bom;
    // What differs from one build of the same files to the next, and the name of whatever folder this is.
    const { serialNumber: ___, ...rest } = bom;
    const { timestamp: ____, ...metadata } = bom.metadata;
    const content = { ...rest, metadata: { ...metadata, component: { ...metadata.component, name: 'unrest-map' } } };
    return { path: 'sbom.cdx.json', content: `${JSON.stringify(content, null, 1)}\n` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
