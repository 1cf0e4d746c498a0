/**
 * `npm run torture [name …]`: the long form of the tests of hostile data, hosts, networks and bad luck. Prints what was
 * tried and how much of it failed; exit code 1 if anything did. `TORTURE_SEED=n` tries other cases; `--write` puts the
 * table of a whole run into SECURITY.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { COUNTS } from '../tried.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const REPORT = resolve(ROOT, 'node_modules/.cache/unrest-map/torture.json');
const TESTS = [
  'test/build/malformed.test.ts',
  'test/build/hostile-data.test.ts',
  'test/build/privacy.test.ts',
  'test/build/whole.test.ts',
  'test/build/whole-stories.test.ts',
  'test/build/commands.test.ts',
  'test/core/addresses.test.ts',
  'test/import/malformed.test.ts',
  'test/import/long-strings.test.ts',
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

interface Count {
  readonly kind: string;
  readonly cases?: number;
  readonly leftOut?: string;
}

const args = process.argv.slice(2);
const wanted = args.filter((arg) => arg !== '--write');
const files = TESTS.filter((t) => wanted.length === 0 || wanted.some((w) => t.includes(w)));
if (files.length === 0) {
  console.error(`No such test: ${wanted.join(', ')}. There are: ${TESTS.join(', ')}.`);
  process.exit(2);
}
rmSync(COUNTS, { force: true });
rmSync(REPORT, { force: true });
const started = performance.now();
const { status } = spawnSync(process.execPath, [resolve(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...files], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, TORTURE: '1' },
});
const minutes = Math.ceil((performance.now() - started) / 60_000);

const counts = new Map<string, number>();
const leftOut: string[] = [];
for (const line of existsSync(COUNTS) ? readFileSync(COUNTS, 'utf8').trim().split('\n') : []) {
  const { kind, cases = 0, leftOut: why } = JSON.parse(line) as Count;
  if (why === undefined) counts.set(kind, (counts.get(kind) ?? 0) + cases);
  else leftOut.push(`${kind}: ${why}`);
}
const report = existsSync(REPORT) ? (JSON.parse(readFileSync(REPORT, 'utf8')) as Report) : null;
const failed = report?.testResults.flatMap((f) => f.assertionResults.filter((a) => a.status === 'failed').map((a) => a.fullName)) ?? [];
const failures = Math.max(failed.length, report?.numFailedTests ?? 0, status === 0 ? 0 : 1);
const rows: [string, number][] = [
  ...[...counts].sort(([a], [b]) => (a < b ? -1 : 1)),
  ['in all', [...counts.values()].reduce((a, b) => a + b, 0)],
  ['tests passed', report?.numPassedTests ?? 0],
  ['failures', failures],
];
const number = (n: number) => n.toLocaleString('en-GB');
console.log(`\n${'tried, and held'.padEnd(72)}${'cases'.padStart(10)}`);
for (const [what, n] of rows) console.log(`${what.padEnd(72)}${number(n).padStart(10)}`);
if (leftOut.length > 0) console.log(`\nleft out\n${leftOut.map((line) => `  ${line}`).join('\n')}`);
for (const name of failed) console.log(`  ${name}`);
console.log(`\n${minutes} minutes`);
if (args.includes('--write') && wanted.length === 0) write();
process.exitCode = status === 0 ? 0 : 1;

/** The table, with when and on what it was made, in the place of the last one. */
function write(): void {
  const page = resolve(ROOT, 'SECURITY.md');
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() || process.arch}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${process.platform}`;
  const text = [
    `\`npm run torture -- --write\` on ${new Date().toISOString().slice(0, 10)}, ${minutes} minutes on ${machine}:`,
    ['| tried, and held | cases |', '|---|---:|', ...rows.map(([what, n]) => `| ${what} | ${number(n)} |`)].join('\n'),
    ...(leftOut.length > 0 ? [`Left out: ${leftOut.join('; ')}.`] : []),
  ].join('\n\n');
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace(/(<!-- tried -->\n)[\s\S]*(\n<!-- \/tried -->)/, (_, from: string, to: string) => from + text + to),
  );
}
