/** Build one site and print what it cost as JSON: a process of its own, because memory is measured by the process. */
import { resolve } from 'node:path';
import { buildWhole } from '../../src/build/publish.ts';

const [dataDir = '', outDir = ''] = process.argv.slice(2);
const from = performance.now();
await buildWhole({ root: resolve(import.meta.dirname, '../..'), dataDir, outDir });
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.log(
  JSON.stringify({ seconds: (performance.now() - from) / 1000, processor: (userCPUTime + systemCPUTime) / 1e6, megabytes: Math.round(maxRSS / 1000) }),
);
