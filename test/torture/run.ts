/**
 * `npm run torture [name …]`: the long form of the tests of hostile data, hosts, networks and bad luck. Prints what was
 * tried and how much of it failed; exit code 1 if anything did. `TORTURE_SEED=n` tries other cases.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { COUNTS } from '../tried.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const REPORT = resolve(ROOT, 'node_modules/.cache/unrest-map/tests.json');
const TESTS = [
  'test/build/malformed.test.ts',
  'test/build/hostile-data.test.ts',
  'test/build/privacy.test.ts',
  'test/build/whole.test.ts',
  'test/build/whole-stories.test.ts',
  'test/core/addresses.test.ts',
  'test/import/malformed.test.ts',
  'test/supply.test.ts',
  'test/e2e/policy.e2e.ts',
  'test/e2e/hostile-data.e2e.ts',
  'test/e2e/hostile-hosts.e2e.ts',
  'test/e2e/network.e2e.ts',
  'test/e2e/addresses.e2e.ts',
  'test/e2e/long-session.e2e.ts',
  'test/e2e/try.e2e.ts',
  'test/e2e/firefox.e2e.ts',
  'test/e2e/axe.e2e.ts',
  'test/e2e/lighthouse.e2e.ts',
];

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[] }[];
}

const wanted = process.argv.slice(2);
const files = TESTS.filter((t) => wanted.length === 0 || wanted.some((w) => t.includes(w)));
if (files.length === 0) {
  console.error(`No such test: ${wanted.join(', ')}. There are: ${TESTS.join(', ')}.`);
  process.exit(2);
}
rmSync(COUNTS, { force: true });
rmSync(REPORT, { force: true });
const { status } = spawnSync(process.execPath, [resolve(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...files], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, TORTURE: '1' },
});

const counts = new Map<string, number>();
for (const line of existsSync(COUNTS) ? readFileSync(COUNTS, 'utf8').trim().split('\n') : []) {
  const { kind, cases } = JSON.parse(line) as { kind: string; cases: number };
  counts.set(kind, (counts.get(kind) ?? 0) + cases);
}
const report = existsSync(REPORT) ? (JSON.parse(readFileSync(REPORT, 'utf8')) as Report) : null;
const failed = report?.testResults.flatMap((f) => f.assertionResults.filter((a) => a.status === 'failed').map((a) => a.fullName)) ?? [];
const row = (what: string, n: number) => `${what.padEnd(72)}${n.toLocaleString('en-GB').padStart(10)}`;
console.log(`\n${'tried, and held'.padEnd(72)}${'cases'.padStart(10)}`);
for (const [kind, cases] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(row(kind, cases));
console.log(
  row(
    'in all',
    [...counts.values()].reduce((a, b) => a + b, 0),
  ),
);
console.log(row('tests passed', report?.numPassedTests ?? 0));
console.log(row('failures', Math.max(failed.length, report?.numFailedTests ?? 0, status === 0 ? 0 : 1)));
for (const name of failed) console.log(`  ${name}`);
process.exitCode = status === 0 ? 0 : 1;
