/** Import one table and print what it cost as JSON: a process of its own, because memory is measured by the process. */
import { runImport } from '../../src/build/import/command.ts';

const [dataDir = '', table = '', story = ''] = process.argv.slice(2);
const from = performance.now();
const quiet = () => undefined;
const code = await runImport([table, '--story', story], dataDir, { out: quiet, err: quiet, progress: null, today: '2026-01-01' });
if (code !== 0) throw new Error(`The import ended with ${code}.`);
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.log(
  JSON.stringify({ seconds: (performance.now() - from) / 1000, processor: (userCPUTime + systemCPUTime) / 1e6, megabytes: Math.round(maxRSS / 1000) }),
);
