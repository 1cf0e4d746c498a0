/** What editors write by command is whole: `import`, `new` and `bundle`, killed at any change of the disk, or on a disk that takes nothing. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runImport } from '../../src/build/import/command.ts';
import { storyFolders } from '../../src/build/load.ts';
import { newCommand } from '../../src/build/new/command.ts';
import { LockedError, lock, recoverIn } from '../../src/build/whole.ts';
import { writeFolder } from '../../src/build/write-whole.ts';
import { afterDeath, onFailingDisk } from '../fixtures/failing-disk.ts';
import { DATA } from '../fixtures/stories.ts';
import { LONG, tried } from '../tried.ts';

vi.setConfig({ testTimeout: LONG ? 600_000 : 60_000, hookTimeout: 60_000 });

const place = mkdtempSync(join(tmpdir(), 'unrest-map-writes-'));
const data = join(place, 'data');
afterAll(() => rmSync(place, { recursive: true, force: true }));
let said: string[] = [];
const out = { log: () => undefined, error: (text: string) => void said.push(text) };

const SHEET = 'id,title,date\na,Dockers stop work,2031-03-02\nb,Talks begin,2031-03-04\n';
function importSheet(text: string): Promise<number> {
  writeFileSync(join(place, 'sheet.csv'), text);
  return again();
}
function again(): Promise<number> {
  const surface = { out: () => undefined, err: out.error, progress: null, today: '2031-04-01' };
  return runImport([join(place, 'sheet.csv'), '--story', 'strike'], data, surface);
}

/** All that a folder holds, as one text. */
function allOf(folder: string): string {
  if (!existsSync(folder)) return 'none';
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
    .sort()
    .map((path) => `${relative(folder, path)}\n${readFileSync(path, 'utf8')}`)
    .join('\n');
}
function put(target: string, kept: string): void {
  rmSync(target, { recursive: true, force: true });
  if (existsSync(kept)) cpSync(kept, target, { recursive: true });
}

interface Write {
  readonly what: string;
  readonly target: string;
  /** Make what is there before. */
  readonly first: () => unknown;
  readonly write: () => unknown;
}

const files = (n: string) => new Map(Array.from({ length: 6 }, (_, i): [string, string] => [`part-${i}/file.txt`, n]));
const WRITES: readonly Write[] = [
  {
    what: 'an import into a story',
    target: join(data, 'strike'),
    first: () => importSheet(SHEET),
    write: () => importSheet(SHEET.replace('Talks begin', 'Talks end').concat('c,Work goes on,2031-03-05\n')),
  },
  { what: 'an import that makes a story', target: join(data, 'strike'), first: () => undefined, write: () => importSheet(SHEET) },
  {
    what: 'a new story',
    target: join(data, 'fresh'),
    first: () => undefined,
    write: () => newCommand(['fresh', '--at', '76.9,43.2', '--country', 'KZ'], data, out),
  },
  {
    what: 'a bundle in the place of another',
    target: join(place, 'bundle'),
    first: () => writeFolder(join(place, 'bundle'), files('one')),
    write: () => writeFolder(join(place, 'bundle'), files('two'), true),
  },
];

beforeAll(() => {
  mkdirSync(data);
  // The least basemap that there is, which every import checks its story with.
  for (const part of ['kazakhstan', 'attribution.json']) cpSync(join(DATA, 'basemap', part), join(data, 'basemap', part), { recursive: true });
});

describe.each(WRITES)('$what', ({ target, first, write }) => {
  const kept = join(place, 'kept');
  let old = '';
  let fresh = '';
  let changes = 0;

  beforeAll(async () => {
    for (const folder of [target, kept]) rmSync(folder, { recursive: true, force: true });
    await first();
    old = allOf(target);
    put(kept, target);
    changes = await onFailingDisk(Number.POSITIVE_INFINITY, 'killed', write);
    fresh = allOf(target);
  });
  /** Every change of the disk in the long form; the first, the last, and some between in the short. */
  const points = (): number[] => {
    const all = Array.from({ length: changes }, (_, i) => i);
    return LONG ? all : all.filter((i) => i === 0 || i >= changes - 2 || i % Math.ceil(changes / 3) === 1);
  };
  const names = (folder: string) => readdirSync(folder).filter((n) => n.includes('.') && n !== 'sheet.csv');

  test('killed at any change is the old one or the new one, and no command takes what is left for a story', async () => {
    expect(fresh).not.toBe(old);
    for (const at of points()) {
      put(target, kept);
      await onFailingDisk(at, 'killed', write);
      expect(storyFolders(data).filter((f) => /\./.test(relative(data, f)))).toEqual([]);
      afterDeath(() => recoverIn(join(target, '..')));
      expect([old, fresh]).toContain(allOf(target));
      expect(names(join(target, '..')).filter((n) => !n.endsWith('.lock'))).toEqual([]);
      // Nor does what is left keep the next run from its work.
      await afterDeath(() => write());
      expect(allOf(target)).toBe(fresh);
      tried('whole writes: import, new and bundle killed', 1);
    }
  });

  test.each([
    ['ENOSPC', 'the disk is full'],
    ['EROFS', 'the disk is read-only'],
  ] as const)('on a disk that says %s is told in words, and all is as it was', async (code, words) => {
    // Full it may be at any moment; read-only it is from the first on.
    for (const at of code === 'EROFS' ? [0] : points()) {
      put(target, kept);
      said = [];
      let result: unknown;
      try {
        await onFailingDisk(at, code, async () => {
          result = await write();
        });
      } catch (error) {
        // A bundle's words are the command line's.
        expect((error as { code?: string }).code).toBe(code);
        said.push(words);
      }
      // What fails when all is in place, such as clearing away, costs nothing.
      if (allOf(target) === fresh) continue;
      expect(said.join('\n')).toContain(words);
      expect(result === undefined || result === 2).toBe(true);
      expect(allOf(target)).toBe(old);
      afterDeath(() => recoverIn(join(target, '..')));
      expect(names(join(target, '..'))).toEqual([]);
      tried('whole writes: import, new and bundle on a disk that takes nothing', 1);
    }
  });
});

describe('two imports at once', () => {
  test('do not mix: the second is told, and nothing of it is written', async () => {
    rmSync(join(data, 'strike'), { recursive: true, force: true });
    said = [];
    writeFileSync(join(place, 'sheet.csv'), SHEET);
    const codes = await Promise.all([again(), again()]);
    expect(codes.sort()).toEqual([0, 2]);
    expect(said.join('\n')).toContain(`is being changed by another run (process ${process.pid})`);
    expect(readdirSync(data).filter((n) => n.includes('.'))).toEqual([]);
  });

  test('the lock of a run that is no more, or that is older than any run, is taken over; a live one is not', () => {
    const target = join(data, 'locked');
    const path = `${target}.lock`;
    const free = lock(target);
    expect(() => lock(target)).toThrow(LockedError);
    utimesSync(path, new Date(0), new Date(0));
    lock(target);
    expect(() => lock(target)).toThrow(LockedError);
    afterDeath(() => lock(target));
    writeFileSync(path, ''); // killed before it wrote its number
    expect(() => lock(target)).toThrow(LockedError);
    utimesSync(path, new Date(), new Date(Date.now() - 5000));
    lock(target)();
    free();
    expect(existsSync(path)).toBe(false);
  });
});
