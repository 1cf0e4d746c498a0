/**
 * Folders that are written whole or not at all: a new one is made beside the old, which gives way in one step. Whoever is
 * killed on the way leaves the old or the new, and at worst, between two renames, the old under another name.
 */
import { chmodSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
  recoverIn(dirname(target), basename(target));
}

/** The same for everything in a folder, or for one name in it. A folder that cannot be written stays as it is. */
export function recoverIn(folder: string, only?: string): void {
  for (const entry of existsSync(folder) ? readdirSync(folder) : []) {
    const [, name = '', mark, pid] = /^(.+)\.(new|old)-(\d+)-\w{6}$/.exec(entry) ?? [];
    const path = join(folder, entry);
    if (mark === undefined || (only !== undefined && name !== only) || isAlive(Number(pid), path)) continue;
    const target = join(folder, name);
    try {
      if (mark === 'old' && existsSync(join(path, name)) && !existsSync(target)) renameSync(join(path, name), target);
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Whoever may write here does it later.
    }
  }
}

/** Another run is at it. */
export class LockedError extends Error {}

/**
 * Keep others from changing a folder meanwhile, by a file beside it with the number of this process. That of a run that
 * is no more is taken over.
 * @returns what gives the folder free
 * @throws LockedError, or Error as the file system does
 */
export function lock(target: string): () => void {
  const path = `${target}.lock`;
  mkdirSync(dirname(target), { recursive: true });
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = holderOf(path);
    if (holder !== null && isAlive(holder, path))
      throw new LockedError(`${target} is being changed by another run (process ${holder}). Try again when that has ended; if there is none, remove ${path}.`);
    // Of several that find it stale one takes it away; who took a fresh one by mistake puts it back.
    const taken = `${path}-${process.pid}`;
    try {
      renameSync(path, taken);
      if (holderOf(taken) !== holder) linkSync(taken, path);
    } catch {
      // Somebody else was faster.
    }
    rmSync(taken, { force: true });
  }
}

/** A run writes its number in one step after the file is there: an empty file is one that was killed between. */
function holderOf(path: string): number | null {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** No run takes so long, ms; later its number may be another program's. */
const LONGEST_RUN = 60 * 60 * 1000;

/** Whether a run that left a file is still at it. @param pid its number @param path the file */
export function isAlive(pid: number, path: string): boolean {
  const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return age < LONGEST_RUN && (pid === 0 ? age < 1000 : isRunning(pid));
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
