/**
 * One of the commands that write, on folders of a test's choosing, with the command line's exit codes. Says `begun` when all
 * its modules are here. Its test kills it, runs two at once, or gives it a disk that takes nothing.
 *
 *     build FOLDER DATA ADDRESS · bundle FOLDER FILES · import DATA STORY TABLE · new DATA STORY
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { recoverIn, refusalWords } from '../../src/build/whole.ts';

const root = resolve(import.meta.dirname, '../..');
const [verb = '', first = '', second = '', third = ''] = process.argv.slice(2);
const act = await commandOf();
console.log('begun');
process.exitCode = await act();

/** Each has its own modules alone: to load all takes longer than most of them run. */
async function commandOf(): Promise<() => Promise<number>> {
  switch (verb) {
    case 'build': {
      const { buildWhole } = await import('../../src/build/publish.ts');
      return () => told(first, () => buildWhole({ root, outDir: first, dataDir: second, baseUrl: third || undefined, choice: { samples: true } }));
    }
    case 'bundle': {
      const { writeFolder } = await import('../../src/build/write-whole.ts');
      // Its files are made in the system's own place for such things, where nobody looks for them.
      return () => told(first, () => writeFolder(first, contents(second), existsSync(join(first, 'assets/offline.js'))));
    }
    case 'import': {
      const { runImport } = await import('../../src/build/import/command.ts');
      return () => {
        recoverIn(first);
        return runImport([third, '--story', second], first, { out: () => undefined, err: console.error, progress: null, today: '2031-04-01' });
      };
    }
    case 'new': {
      const { newCommand } = await import('../../src/build/new/command.ts');
      return () => {
        recoverIn(first);
        return newCommand([second, '--at', '76.9,43.2', '--country', 'KZ', '--date', '2031-04-01'], first, console);
      };
    }
    default:
      throw new Error(`No command ${verb}.`);
  }
}

async function told(folder: string, write: () => unknown): Promise<number> {
  try {
    await write();
    return 0;
  } catch (error) {
    console.error(refusalWords(error, folder) ?? error);
    return 2;
  }
}

function contents(folder: string): Map<string, Uint8Array> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map((entry) => join(entry.parentPath, entry.name)).map((path) => [relative(folder, path), readFileSync(path)]));
}
