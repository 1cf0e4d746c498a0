/** The cache of dense files holds what is whole and little else. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { kept } from '../../src/build/dense/cache.ts';
import { linesAt, offsetsOf } from '../../src/build/dense/lines.ts';

const parent = mkdtempSync(join(tmpdir(), 'unrest-map-cache-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));
/** What is in the cache, without the notes of who reads it. */
const folders = () =>
  readdirSync(parent, { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => e.name)
    .sort();
/** No process has this number. */
const NOBODY = 2 ** 22 + 1;

test('a run that fails or was killed leaves nothing that is taken for whole, and the next one clears it away', async () => {
  await expect(kept(parent, 'dense-a', () => Promise.reject(new Error('stopped')))).rejects.toThrow('stopped');
  expect(folders()).toEqual([]);
  mkdirSync(join(parent, `dense-a.new-${NOBODY}-abcdef`));
  const { folder, result } = await kept(parent, 'dense-a', (working) => {
    writeFileSync(join(working, 'columns.bin'), 'x');
    return Promise.resolve({ events: 3 });
  });
  expect(result).toEqual({ events: 3 });
  expect(existsSync(join(folder, 'columns.bin'))).toBe(true);
  expect(folders()).toEqual(['dense-a']);
  expect((await kept(parent, 'dense-a', () => Promise.reject(new Error('made twice')))).result).toEqual({ events: 3 });
});

test('beside the newest one other stays', async () => {
  for (const [i, name] of ['dense-a', 'dense-b', 'dense-c', 'dense-d'].entries()) {
    await kept(parent, name, () => Promise.resolve({}));
    utimesSync(join(parent, name, 'build.json'), i, i);
  }
  expect(folders()).toEqual(['dense-c', 'dense-d']);
});

test('what another run reads stays as long as that runs, and no longer', async () => {
  writeFileSync(join(parent, `dense-c.used-by-${process.ppid}`), '');
  writeFileSync(join(parent, `dense-d.used-by-${NOBODY}`), '');
  await kept(parent, 'dense-e', () => Promise.resolve({}));
  await kept(parent, 'dense-f', () => Promise.resolve({}));
  expect(folders()).toEqual(['dense-c', 'dense-e', 'dense-f']);
  expect(
    readdirSync(parent)
      .filter((n) => n.includes('used-by'))
      .sort(),
  ).toEqual([`dense-c.used-by-${process.ppid}`, `dense-f.used-by-${process.pid}`]);
});

test('rows are found by their numbers, over quotes in cells, marks in words and rows that are not counted', () => {
  const file = join(parent, 'rows.csv');
  const rows = ['id,title', 'a,"two\nlines, ""so"""', '', 'b,5" pipe', 'c', 'd,"x"'];
  writeFileSync(file, rows.join('\n'));
  const at = (row: number) => Buffer.byteLength(rows.slice(0, row).join('\n')) + 1;
  const offsets = offsetsOf(file, [0, 1, 2], new Set([at(4)]));
  expect(offsets).toEqual([at(1), at(3), at(5)]);
  expect(linesAt(file, offsets)).toEqual([2, 5, 7]);
});
