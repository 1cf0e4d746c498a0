/** Where dense files are kept from build to build: they take long to make. */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, moveInto, recover, stage } from '../whole.ts';

const BLOCK = 4 * 2 ** 20;
const RESULT = 'build.json';
/** Beside a folder, with the number of a run that reads it. */
const USE = '.used-by-';

/** A hash of a file's bytes and of what else its outcome rests on. */
export function hashOf(file: string, rest: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(rest));
  const input = openSync(file, 'r');
  const block = Buffer.allocUnsafe(BLOCK);
  for (let read = readSync(input, block); read > 0; read = readSync(input, block)) hash.update(block.subarray(0, read));
  closeSync(input);
  return hash.digest('hex').slice(0, 12);
}

/**
 * A folder that is made once: what `make` writes there and returns. A run that is stopped leaves nothing that a later one
 * takes for whole, and what it left is cleared away by the next. Of a parent's folders those stay that another run reads,
 * and the one made before the newest.
 */
export async function kept<T extends object>(
  parent: string,
  name: string,
  make: (folder: string) => Promise<T>,
): Promise<{ readonly folder: string; readonly result: T }> {
  const folder = join(parent, name);
  const read = () => JSON.parse(readFileSync(join(folder, RESULT), 'utf8')) as T;
  mkdirSync(parent, { recursive: true });
  writeFileSync(`${folder}${USE}${process.pid}`, '');
  if (existsSync(join(folder, RESULT))) return { folder, result: read() };
  const before = readdirSync(parent);
  for (const entry of before) recover(join(parent, entry.replace(/\.(new|old)-\d+-\w{6}$/, '')));
  const staged = stage(folder);
  try {
    writeFileSync(join(staged, RESULT), JSON.stringify(await make(staged)));
    moveInto(staged, folder);
  } catch (error) {
    rmSync(staged, { recursive: true, force: true });
    throw error;
  }
  forgetOld(parent, name);
  return { folder, result: read() };
}

/** A million events are a gigabyte: beside the newest only one stays, which this run may be serving, and what others read. */
function forgetOld(parent: string, newest: string): void {
  const inUse = new Set<string>();
  for (const entry of readdirSync(parent)) {
    const [name = '', pid] = entry.split(USE);
    if (pid === undefined) continue;
    if (Number(pid) !== process.pid && isAlive(Number(pid), join(parent, entry))) inUse.add(name);
    else if (name !== newest) rmSync(join(parent, entry), { force: true });
  }
  const madeAt = (name: string) => statSync(join(parent, name, RESULT)).mtimeMs;
  const others = readdirSync(parent).filter((name) => name !== newest && !inUse.has(name) && existsSync(join(parent, name, RESULT)));
  for (const name of others.sort((a, b) => madeAt(b) - madeAt(a)).slice(1)) rmSync(join(parent, name), { recursive: true, force: true });
}
