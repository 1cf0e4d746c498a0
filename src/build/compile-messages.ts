/**
 * `npm run messages`: check the interface's words and compile them; with `--check`, only say what is wrong or out of date,
 * as `npm run check` does. A command of its own, because all others need what it makes.
 * Exit codes: 0 sound, 1 faults, and then nothing is written, 2 usage.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiledFiles, MEASURE, messageFaults, readMessages, WORDS } from './messages.ts';

const COMPILED = join(WORDS, 'compiled');
const args = process.argv.slice(2);
process.exitCode = args.some((a) => a !== '--check') ? usage() : run(args.includes('--check'));

function run(onlyCheck: boolean): number {
  const all = readMessages(WORDS);
  const measure = all.get(MEASURE) ?? {};
  const faults = [...all].flatMap(([language, own]) => messageFaults(language, own, measure));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) return 1;
  const files = compiledFiles(all);
  if (onlyCheck) {
    const stale = [...files].filter(([name, text]) => !existsSync(join(COMPILED, name)) || readFileSync(join(COMPILED, name), 'utf8') !== text);
    if (stale.length > 0) console.error(`Out of date: ${stale.map(([name]) => name).join(', ')}. Run \`npm run messages\` and commit what it writes.`);
    return stale.length > 0 ? 1 : 0;
  }
  mkdirSync(COMPILED, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(COMPILED, name), text);
  console.log(`${all.size} languages, ${Object.keys(measure).length} messages each.`);
  return 0;
}

function usage(): number {
  console.error('Usage: npm run messages [-- --check]');
  return 2;
}
