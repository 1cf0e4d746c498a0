import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../fixtures/stories.ts';

/** Run the command line where it must stop before it builds anything. */
function run(...args: string[]): { code: number | null; text: string } {
  try {
    execFileSync(process.execPath, ['--import', 'tsx', join(ROOT, 'src/build/cli.ts'), ...args], { cwd: ROOT, stdio: 'pipe' });
    return { code: 0, text: '' };
  } catch (error) {
    const { status, stderr } = error as { status: number | null; stderr: Buffer };
    return { code: status, text: stderr.toString() };
  }
}

test('a release without an address that others can reach stops, and says what wants it and how to give it', { timeout: 60_000 }, () => {
  for (const args of [['release'], ['release', '--base-url', 'http://localhost:4173/']]) {
    const { code, text } = run(...args);
    expect(code).toBe(2);
    expect(text).toMatch(/oEmbed, link cards and snippets need an absolute address.*--base-url https:\/\/maps\.example\/.*site\.json/s);
  }
});

test('an address that is none is refused with what is wrong with it', { timeout: 60_000 }, () => {
  expect(run('build', '--base-url', 'maps.example')).toMatchObject({
    code: 2,
    text: expect.stringContaining('"maps.example" is no absolute address') as string,
  });
  expect(run('build', '--base-url')).toMatchObject({ code: 2 });
});
