/**
 * Folders that are written whole or not at all: a new one is made beside the old, which gives way in one step. Whoever is
 * killed on the way leaves the old or the new, and at worst, between two renames, the old under another name.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const beside = (target: string, mark: string) => `${target}.${mark}-${process.pid}-`;

/** Make an empty folder beside a target, to be filled and then moved there. @throws Error as the file system does */
export function stage(target: string): string {
  mkdirSync(dirname(target), { recursive: true });
  const staged = mkdtempSync(beside(target, 'new'));
  // A temporary folder is its maker's alone; this one is to be served.
  chmodSync(staged, 0o777 & ~process.umask());
  return staged;
}

/** Put a filled folder in the target's place. @throws Error as the file system does; the target is then as it was */
export function moveInto(staged: string, target: string): void {
  // Another run may put its own there between our two steps: then it is the old one in its turn.
  for (let tries = 0; ; tries++) {
    const old = join(mkdtempSync(beside(target, 'old')), basename(target));
    try {
      if (existsSync(target)) renameSync(target, old);
      renameSync(staged, target);
      rmSync(dirname(old), { recursive: true, force: true });
      return;
    } catch (error) {
      if (existsSync(old) && !existsSync(target)) renameSync(old, target);
      rmSync(dirname(old), { recursive: true, force: true });
      if (tries === 10) throw error;
    }
  }
}

/** Put back what a killed run left under another name, and clear away what it had begun. */
export function recover(target: string): void {
  const name = basename(target);
  const left = existsSync(dirname(target)) ? readdirSync(dirname(target)) : [];
  for (const entry of left) {
    const match = entry.startsWith(`${name}.`) ? /^(new|old)-(\d+)-\w{6}$/.exec(entry.slice(name.length + 1)) : null;
    if (!match || isRunning(Number(match[2]))) continue;
    const path = join(dirname(target), entry);
    if (match[1] === 'old' && existsSync(join(path, name)) && !existsSync(target)) renameSync(join(path, name), target);
    rmSync(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** What a file system says when it will not write, and what helps. Bundlers give the number alone. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/ENOSPC|os error 28\b|EDQUOT|os error 122\b/, 'the disk is full. Free some room'],
  [/EROFS|os error 30\b/, 'the disk is read-only. Choose another folder or mount it for writing'],
  [/EACCES|EPERM|os error 13\b|os error 1\b/, 'the permission is missing. Check who owns the folder'],
  [/ENOTDIR|EEXIST|os error 20\b/, 'a file stands in the folder’s place. Move it away'],
  [/EMFILE|ENFILE|os error 2[34]\b/, 'too many files are open. Close some programs, or raise the limit'],
];

/** A sentence for an error of the file system while a folder was written; null for any other error. */
export function refusalWords(error: unknown, target: string): string | null {
  const text = error instanceof Error ? `${'code' in error ? String(error.code) : ''} ${error.message}` : String(error);
  const found = REFUSALS.find(([pattern]) => pattern.test(text));
  return found ? `Could not write ${target}: ${found[1]}, and try again. What was there before is as it was.` : null;
}
