/** Folders that are written whole or not at all. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Write files into a new folder: beside it first, then moved, so that nobody ever sees half of them.
 * @param files content by path below the folder
 * @throws Error when the folder exists, or nothing can be written there; nothing is left behind
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  if (existsSync(folder)) throw new Error(`${folder} exists already.`);
  mkdirSync(dirname(folder), { recursive: true });
  const draft = mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
  try {
    for (const [name, content] of files) {
      mkdirSync(dirname(join(draft, name)), { recursive: true });
      writeFileSync(join(draft, name), content);
    }
    chmodSync(draft, 0o755); // a temporary folder is its maker's alone
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}
