import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { integrityOf } from '../src/build/scripts.ts';
import { ROOT } from './fixtures/stories.ts';
import { LONG, leftOut, tried } from './tried.ts';

const DIST = join(ROOT, 'dist');
const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as never;

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}
const { packages } = json('package-lock.json') as { packages: Readonly<Record<string, Locked>> };
const all = Object.entries(packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const runTime = all.filter(([, p]) => !p.dev && !p.devOptional);

/** What may be passed on to readers with no more than its text. */
const PERMISSIVE = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'Unicode-DFS-2016'];
/** And what was looked at one by one; NOTICE says of each what it asks. */
const BY_NAME: Readonly<Record<string, string>> = {
  'react-leaflet': 'Hippocratic-2.1',
  '@react-leaflet/core': 'Hippocratic-2.1',
};
/** Licences that a package tells in words only: its older field, or a file. */
const TOLD: Readonly<Record<string, string>> = { 'parse-cache-control': 'BSD-3-Clause' };
/** Licences of tools, which reach nobody. */
const TOOLS = [...PERMISSIVE, 'MPL-2.0', 'BlueOak-1.0.0', 'CC0-1.0', 'CC-BY-4.0', 'Python-2.0', 'OFL-1.1', 'Unlicense', 'LGPL-3.0-or-later'];

test('every package that readers receive has a licence of the list; react-leaflet’s Hippocratic one is named, in NOTICE too', () => {
  expect(runTime.length).toBeGreaterThan(10);
  const notice = readFileSync(join(ROOT, 'NOTICE'), 'utf8');
  for (const [path, { license = 'none' }] of runTime) {
    const name = nameOf(path);
    if (!PERMISSIVE.includes(license)) expect(BY_NAME[name], `${name}: ${license}`).toBe(license);
  }
  // Those whose code is in a script of the site, by the texts that it carries.
  const carried = [...readFileSync(join(DIST, 'licences.txt'), 'utf8').matchAll(/^([@\w./-]+) \d+\.\d+\.\d+$/gm)].map((m) => m[1] ?? '');
  expect(carried.length).toBeGreaterThan(10);
  for (const name of carried) expect(notice, name).toContain(name);
});

test('every package of the tools has a licence that lets everybody use it', () => {
  const odd = all.filter(
    ([path, { license = TOLD[nameOf(path)] ?? 'none' }]) =>
      !license.split(/ (?:OR|AND) |[()]/).some((l) => TOOLS.includes(l)) && !license.startsWith('Hippocratic'),
  );
  expect(odd.map(([path, { license }]) => `${nameOf(path)}: ${license}`)).toEqual([]);
});

test('every package is of the registry, at one exact version, with its hash', () => {
  const { dependencies, devDependencies } = json('package.json') as { dependencies: object; devDependencies: object };
  expect(Object.keys(devDependencies).filter((name) => Object.hasOwn(dependencies, name))).toEqual([]);
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  for (const [path, { resolved, integrity }] of all) {
    if (resolved !== undefined) expect(resolved, path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
    expect(integrity, path).toMatch(/^sha512-/);
  }
});

test('readers’ packages are few, and none runs a script when it is installed', () => {
  expect(runTime.length).toBeLessThanOrEqual(25);
  expect(runTime.filter(([, p]) => p.hasInstallScript).map(([path]) => path)).toEqual([]);
});

test('the site has a bill of materials with exactly those packages, and nothing of this machine or minute in it', () => {
  const bom = JSON.parse(readFileSync(join(DIST, 'sbom.cdx.json'), 'utf8')) as {
    bomFormat: string;
    serialNumber?: string;
    metadata: { timestamp?: string };
    components: { name: string; version: string; purl: string; licenses: unknown[]; hashes: unknown[] }[];
  };
  expect(bom.bomFormat).toBe('CycloneDX');
  expect([bom.serialNumber, bom.metadata.timestamp]).toEqual([undefined, undefined]);
  expect(bom.components.map((c) => `${c.name}@${c.version}`).sort()).toEqual(runTime.map(([path, p]) => `${nameOf(path)}@${p.version}`).sort());
  for (const c of bom.components) expect(c.licenses.length * c.hashes.length, c.name).toBeGreaterThan(0);
});

test('the loader’s integrity hash stands beside it, and is that of the file', () => {
  const lines = readFileSync(join(DIST, 'embed/integrity.txt'), 'utf8').trim().split('\n');
  const earlier = new Set(readdirSync(join(ROOT, 'public/embed')));
  const files = readdirSync(join(DIST, 'embed')).filter((f) => /^v\d+\.\d+\.\d+\.js$/.test(f) && !earlier.has(f));
  expect(files).toHaveLength(1);
  expect(lines).toEqual(files.map((f) => `${integrityOf(readFileSync(join(DIST, 'embed', f), 'utf8'))}  ${f}`));
});

test.runIf(LONG)('no package that readers receive has a known hole, as far as a registry tells', { timeout: 120_000 }, () => {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: ROOT, encoding: 'utf8', timeout: 100_000 });
  const { metadata } = JSON.parse(stdout || '{}') as { metadata?: { vulnerabilities: { total: number } } };
  if (!metadata) {
    leftOut('supply chain: audit', 'no registry answers `npm audit` here');
    return;
  }
  expect(metadata.vulnerabilities.total).toBe(0);
  tried('supply chain: audits', 1);
});

test('licences.txt has the text of every package whose code is in a script of the site', () => {
  const text = readFileSync(join(DIST, 'licences.txt'), 'utf8');
  for (const name of [
    'react',
    'react-dom',
    'leaflet',
    'react-leaflet',
    '@react-leaflet/core',
    'zustand',
    'topojson-client',
    'geojson-vt',
    'minisearch',
    'pmtiles',
  ])
    expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+$`, 'm'));
  expect(text).toContain('Hippocratic');
});
