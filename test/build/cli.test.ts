import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { DATA, editedStory, ROOT } from '../fixtures/stories.ts';

// Each case starts Node anew: slow on a busy machine, which is no failure.
vi.setConfig({ testTimeout: 30_000 });

/** Run the command line as npm does. */
function run(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'src/build/cli.ts'), ...args], { cwd: ROOT, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

describe('the exit code of validate', () => {
  test('is 0 for a sound story', () => {
    expect(run('validate', editedStory([]))).toMatchObject({ code: 0, out: '1 story checked: 0 errors, 0 warnings.\n' });
  });

  test('is 1 for data errors, each named with file, line and column', () => {
    const folder = editedStory([{ file: 'events.json', replace: '"related": ["count"]', with: '"related": ["cuont"]' }]);
    const { code, err } = run('validate', folder);
    expect(code).toBe(1);
    expect(err).toContain('events.json:5:58 error');
  });

  test('is 2 for a path that does not exist', () => {
    expect(run('validate', 'data/nowhere')).toMatchObject({ code: 2, err: expect.stringContaining('data/nowhere does not exist.') });
  });
});

test.each([[[]], [['biuld']], [['build', '--prot', '80']], [['start', '--port', 'eighty']], [['validate', '--fromat', 'json']]])(
  'what the command line does not know, it refuses with code 2 and its usage: %j',
  (args) => {
    expect(run(...args)).toMatchObject({ code: 2, err: expect.stringContaining('Usage:') });
  },
);

test('import tells how far it has got with a long table, and a dry run leaves data/ alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unrest-map-long-'));
  const rows = Array.from({ length: 900 }, (_, i) => `e${i},Event ${i},2031-03-0${(i % 9) + 1}`);
  writeFileSync(join(folder, 'long.csv'), `id,title,date\n${rows.join('\n')}\n`);
  const before = readdirSync(DATA);
  const { code, out, err } = run('import', join(folder, 'long.csv'), '--story', 'long', '--dry-run');
  expect({ code, err }).toEqual({ code: 0, err: '500 of 900 rows read\n' });
  expect(out).toContain('900 rows, 900 events');
  expect(readdirSync(DATA)).toEqual(before);
});
