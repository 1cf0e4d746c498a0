/** The software bill of materials: every run-time package of the lock file, as CycloneDX. npm itself writes it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile } from './site.ts';

interface Bom {
  serialNumber?: string;
  metadata: { timestamp?: string; component: { name: string; 'bom-ref': string } };
  components: { readonly 'bom-ref': string; readonly name: string; readonly version: string }[];
  dependencies: { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

interface Lock {
  readonly packages: { readonly [path: string]: { readonly version?: string; readonly dev?: boolean; readonly devOptional?: boolean } };
}

let made: OutputFile | null = null;

/** @param root the project's folder. @throws Error where npm is not at hand */
export function sbomFile(root: string): OutputFile {
  made ??= makeSbom(root);
  return made;
}

function makeSbom(root: string): OutputFile {
  // All of them, and then those of run time: left to itself, npm leaves out run-time packages that tools want too.
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--include', 'dev'];
  const npm = process.env.npm_execpath;
  const [program, all] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
  const bom = JSON.parse(execFileSync(program, all, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'pipe'] })) as Bom;
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const runTime = new Set(
    Object.entries(packages).flatMap(([path, p]) =>
      path === '' || p.dev || p.devOptional ? [] : [`${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${p.version}`],
    ),
  );
  const components = bom.components.filter((c) => runTime.has(`${c.name}@${c.version}`));
  const refs = new Set([bom.metadata.component['bom-ref'], ...components.map((c) => c['bom-ref'])]);
  const dependencies = bom.dependencies.filter((d) => refs.has(d.ref)).map((d) => ({ ...d, dependsOn: d.dependsOn.filter((r) => refs.has(r)) }));
  // What differs from one build of the same files to the next, and the name of whatever folder this is.
  const { serialNumber: _, ...rest } = bom;
  const { timestamp: __, ...metadata } = bom.metadata;
  const content = { ...rest, metadata: { ...metadata, component: { ...metadata.component, name: 'unrest-map' } }, components, dependencies };
  return { path: 'sbom.cdx.json', content: `${JSON.stringify(content, null, 1)}\n` };
}
