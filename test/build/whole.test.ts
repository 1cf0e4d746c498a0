import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { moveInto, recover, refusalWords, stage } from '../../src/build/whole.ts';
import { ROOT } from '../fixtures/stories.ts';
import { LONG, randomFrom, tried } from '../tried.ts';

const place = mkdtempSync(join(tmpdir(), 'unrest-map-whole-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));
const TSX = ['--import', 'tsx'];

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => relative(folder, join(e.parentPath, e.name)))
    .sort();
}

/** One number for all that a folder holds. */
function sum(folder: string): string {
  const hash = createHash('sha256');
  for (const name of filesOf(folder)) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

/** Run a script of `test/torture/` and kill it after some time, or let it end. */
function run(script: string, args: readonly string[], killAfter: number | null, counted = ''): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...TSX, join(ROOT, 'test/torture', script), ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
    const kill = () => setTimeout(() => child.kill('SIGKILL'), killAfter ?? 0);
    if (counted === '' && killAfter !== null) kill();
    child.stdout.once('data', () => {
      if (counted !== '' && killAfter !== null) kill();
    });
    child.on('exit', resolve);
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
      await run('write-over-and-over.ts', [target], 5 + random() * 120, 'from the first word on');
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

describe.runIf(LONG)('the build', () => {
  const site = (name: string) => join(place, name, 'dist');

  test('gives the same bytes twice, wherever it is made', { timeout: 240_000 }, async () => {
    for (const name of ['a', 'b']) expect(await run('build-into.ts', [site(name)], null)).toBe(0);
    expect(filesOf(site('a'))).toEqual(filesOf(site('b')));
    for (const name of filesOf(site('a'))) expect(readFileSync(join(site('a'), name)).equals(readFileSync(join(site('b'), name))), name).toBe(true);
    tried('reproducible build: files with the same bytes', filesOf(site('a')).length);
  });

  test('killed at twenty points leaves the old site or the new one', { timeout: 900_000 }, async () => {
    const old = sum(site('a'));
    const started = Date.now();
    expect(await run('build-into.ts', [site('c'), 'https://other.example/'], null)).toBe(0);
    const whole = Date.now() - started;
    const fresh = sum(site('c'));
    expect(fresh).not.toBe(old);
    for (let i = 1; i <= 20; i++) {
      await run('build-into.ts', [site('a'), 'https://other.example/'], (whole * i) / 19);
      recover(site('a'));
      expect([old, fresh]).toContain(sum(site('a')));
      expect(readdirSync(join(place, 'a'))).toEqual(['dist']);
    }
    tried('whole writes: the build killed', 20);
  });

  const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'x', place]).status === 0;
  test.runIf(canMount)('on a full or read-only disk says so, and the old site stays', { timeout: 240_000 }, () => {
    for (const [options, expected] of [
      ['size=1m', 'the disk is full'],
      ['ro', 'the disk is read-only'],
    ] as const) {
      const mount = mkdtempSync(join(tmpdir(), 'unrest-map-disk-'));
      const script = `mount -t tmpfs -o size=1m x "$1" && mkdir "$1/dist" && echo old > "$1/dist/index.html" && ${
        options === 'ro' ? 'mount -o remount,ro "$1" && ' : ''
      }{ "$2" --import tsx test/torture/build-into.ts "$1/dist" 2>&1; cat "$1/dist/index.html"; }`;
      const said = execFileSync('unshare', ['-rm', 'sh', '-c', script, 'sh', mount, process.execPath], { cwd: ROOT, encoding: 'utf8' });
      rmSync(mount, { recursive: true, force: true });
      expect(said).toContain(expected);
      expect(said.trim().endsWith('old')).toBe(true);
      tried('whole writes: disk full or read-only', 1);
    }
  });
});
