/** Folders of files that are written whole or not at all. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { moveInto, recover, stage } from './whole.ts';

/**
 * Write files into a folder: beside it first, then moved, so that nobody ever sees half of them.
 * @param files    content by path below the folder
 * @param replaces whether a folder that is there gives way
 * @throws Error when it is there and may not, or as the file system does; all is then as it was
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, string | Uint8Array>, replaces = false): void {
  recover(folder);
  if (existsSync(folder) && !replaces) throw new Error(`${folder} exists already.`);
  const staged = stage(folder);
  try {
    for (const [name, content] of files) {
      mkdirSync(dirname(join(staged, name)), { recursive: true });
      writeFileSync(join(staged, name), content);
    }
    if (replaces) moveInto(staged, folder);
    else renameSync(staged, folder); // fails where another run was faster
  } catch (error) {
    rmSync(staged, { recursive: true, force: true });
    throw error;
  }
}
