/** Builds the project's site into a folder, as the command line does. Its tests kill it, or give it no room. */
import { join, resolve } from 'node:path';
import { buildWhole } from '../../src/build/publish.ts';
import { refusalWords } from '../../src/build/whole.ts';

const root = resolve(import.meta.dirname, '../..');
const outDir = process.argv[2] ?? '';
try {
  await buildWhole({ root, dataDir: join(root, 'data'), outDir, baseUrl: process.argv[3] });
} catch (error) {
  console.error(refusalWords(error, outDir) ?? error);
  process.exitCode = 2;
}
