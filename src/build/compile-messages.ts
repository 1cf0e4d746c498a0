/**
 * `npm run messages`: check the interface's words and compile them. A command of its own, because all others need what it
 * makes. Exit codes: 0 written, 1 faults, and then nothing is written.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiledFiles, MEASURE, messageFaults, readMessages, WORDS } from './messages.ts';

const all = readMessages(join(WORDS, 'messages'));
const measure = all.get(MEASURE) ?? {};
const faults = [...all].flatMap(([language, own]) => messageFaults(language, own, measure));
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else {
  mkdirSync(join(WORDS, 'compiled'), { recursive: true });
  for (const [name, text] of compiledFiles(all)) writeFileSync(join(WORDS, 'compiled', name), text);
  console.log(`${all.size} languages, ${Object.keys(measure).length} messages each.`);
}
