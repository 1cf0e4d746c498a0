/**
 * The software bill of materials: every run-time package of the lock file, as CycloneDX 1.5 (ECMA-424). Made from the
 * lock alone: `npm sbom` refuses as soon as some tool's own tool is out of step.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile } from './site.ts';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly dependencies?: { readonly [name: string]: string };
}

/** @param root the project's folder, with `package.json` and `package-lock.json` */
export function sbomFile(root: string): OutputFile {
  const json = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));
  const own = json('package.json') as { readonly name: string; readonly version: string; readonly license: string };
  const { packages } = json('package-lock.json') as { readonly packages: { readonly [path: string]: Locked } };
  const runTime = Object.entries(packages).filter(([path, p]) => path !== '' && !p.dev && !p.devOptional);
  const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const refs = new Map(runTime.map(([path, p]) => [path, `${nameOf(path)}@${p.version}`]));
  /** What a package gets when it asks for another: the nearest, as Node looks for it. */
  const found = (from: string, name: string): string[] => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
      const ref = refs.get(`${at === '' ? '' : `${at}/`}node_modules/${name}`);
      if (ref !== undefined) return [ref];
      if (at === '') return [];
    }
  };
  const dependencies = [['', packages[''] ?? {}] as const, ...runTime].map(([path, p]) => ({
    ref: refs.get(path) ?? `${own.name}@${own.version}`,
    dependsOn: Object.keys(p.dependencies ?? {}).flatMap((name) => found(path, name)),
  }));
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        'bom-ref': `${own.name}@${own.version}`,
        type: 'application',
        name: own.name,
        version: own.version,
        licenses: [{ license: { id: own.license } }],
      },
    },
    components: runTime.map(([path, { version, license, integrity }]) => ({
      'bom-ref': refs.get(path),
      type: 'library',
      name: nameOf(path),
      version,
      purl: `pkg:npm/${nameOf(path).replace('@', '%40')}@${version}`,
      licenses: license === undefined ? [] : [{ license: { id: license } }],
      hashes: integrity?.startsWith('sha512-') ? [{ alg: 'SHA-512', content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex') }] : [],
    })),
    dependencies,
  };
  return { path: 'sbom.cdx.json', content: `${JSON.stringify(bom, null, 1)}\n` };
}
