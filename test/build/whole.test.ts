import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { moveInto, recover, refusalWords, stage } from '../../src/build/whole.ts';
import { ROOT } from '../fixtures/stories.ts';
import { LONG, randomFrom, tried } from '../tried.ts';

const place = mkdtempSync(join(tmpdir(), 'unrest-map-whole-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => relative(folder, join(e.parentPath, e.name)))
    .sort();
}

/** Write a folder over and over, and be killed some time after the first word. */
function writeUntilKilled(target: string, after: number): Promise<void> {
  return new Promise((resolve) => {
    const script = join(ROOT, 'test/torture/write-over-and-over.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, target], { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), after));
    child.on('exit', () => resolve());
  });
}

describe('a folder', () => {
  test('takes the old one’s place whole, and nothing is left beside it', () => {
    const target = join(place, 'site');
    for (const n of ['one', 'two']) {
      const staged = stage(target);
      writeFileSync(join(staged, 'file.txt'), n);
      moveInto(staged, target);
      expect(readFileSync(join(target, 'file.txt'), 'utf8')).toBe(n);
    }
    expect(readdirSync(place).filter((f) => f.startsWith('site'))).toEqual(['site']);
    expect(statSync(target).mode & 0o777).toBe(0o777 & ~process.umask());
  });

  test('that a killed run left under another name comes back, and what it had begun goes; a running one is left alone', () => {
    const target = join(place, 'lost');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    mkdirSync(`${target}.old-${dead}-abcdef/lost`, { recursive: true });
    writeFileSync(`${target}.old-${dead}-abcdef/lost/file.txt`, 'old');
    mkdirSync(`${target}.new-${dead}-abcdef`);
    mkdirSync(`${target}.new-${process.pid}-abcdef`);
    recover(target);
    expect(readFileSync(join(target, 'file.txt'), 'utf8')).toBe('old');
    expect(
      readdirSync(place)
        .filter((f) => f.startsWith('lost'))
        .sort(),
    ).toEqual(['lost', `lost.new-${process.pid}-abcdef`]);
  });

  test('is the old one or the new one whenever its writer is killed', { timeout: 120_000 }, async () => {
    const target = join(place, 'killed');
    const random = randomFrom();
    const times = LONG ? 20 : 3;
    for (let i = 0; i < times; i++) {
      await writeUntilKilled(target, 5 + random() * 120);
      recover(target);
      if (!existsSync(target)) continue; // killed before the first was there
      const files = filesOf(target);
      expect(files).toHaveLength(40);
      expect(new Set(files.map((f) => readFileSync(join(target, f), 'utf8'))).size).toBe(1);
      expect(readdirSync(place).filter((f) => f.startsWith('killed'))).toEqual(['killed']);
    }
    tried('whole writes: killed while writing', times);
  });
});

test('a disk that is full or read-only, a missing permission and a file in the way are told in words, with what helps', () => {
  const words = (code: string) => refusalWords(Object.assign(new Error(`${code}: no`), { code }), 'dist');
  expect(words('ENOSPC')).toBe('Could not write dist: the disk is full. Free some room, and try again. What was there before is as it was.');
  expect(words('EROFS')).toContain('read-only');
  expect(words('EACCES')).toContain('permission');
  expect(refusalWords(new Error('Failed to write file: No space left on device (os error 28)'), 'dist')).toContain('disk is full');
  expect(refusalWords(new Error('something else'), 'dist')).toBeNull();
  writeFileSync(join(place, 'in-the-way'), '');
  try {
    stage(join(place, 'in-the-way/dist'));
    expect.unreachable();
  } catch (error) {
    expect(refusalWords(error, 'dist')).toContain('a file stands in the folder’s place');
  }
});
