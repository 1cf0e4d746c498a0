/** Writes a folder whole, again and again, each time with another number in all of its files. Its test kills it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moveInto, recover, stage } from '../../src/build/whole.ts';

const target = process.argv[2] ?? '';
recover(target);
console.log('begun');
for (let n = 1; ; n++) {
  const staged = stage(target);
  for (let i = 0; i < 40; i++) writeFileSync(join(staged, `file-${i}.txt`), String(n));
  moveInto(staged, target);
}
