import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadStory } from '../../src/build/load.ts';
import { DATA, editedStory } from '../fixtures/stories.ts';

/** A sound story in a repository of its own, published as it is. */
function published(): string {
  const folder = editedStory([]);
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: dirname(folder), stdio: 'ignore' });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  return folder;
}

function edit(folder: string, file: string, from: string, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`Nothing to replace: ${from}`);
  writeFileSync(path, text.replace(from, to));
}

describe('a figure that was published', () => {
  test('does not change without a word to readers: the error names file, line and remedy', () => {
    const folder = published();
    edit(folder, 'events.json', '"value": 450', '"value": 460');
    const { issues } = loadStory(folder, DATA);
    expect(issues).toEqual([expect.objectContaining({ severity: 'error', file: 'events.json', line: 30, found: expect.stringContaining('460') })]);
    expect(issues[0]?.remedy).toContain('"claim": "c3"');
  });

  test('may change with an entry of its own, and an old entry does not count for it', () => {
    const folder = published();
    edit(folder, 'events.json', '"value": 450', '"value": 460');
    edit(
      folder,
      'story.json',
      '"changes": []',
      '"changes": [{ "date": "2021-03-06", "event": "count", "claim": "c3", "from": { "en": "450" }, "to": { "en": "460" }, "note": { "en": "A slip." } }]',
    );
    expect(loadStory(folder, DATA).issues).toEqual([]);
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', 'commit', '-qam', 'second'], { cwd: folder });
    edit(folder, 'events.json', '"value": 460', '"value": 470');
    expect(loadStory(folder, DATA).issues).toHaveLength(1);
  });

  test('is not compared where there is no repository', () => {
    const folder = editedStory([{ file: 'events.json', replace: '"value": 450', with: '"value": 460' }]);
    expect(loadStory(folder, DATA).issues).toEqual([]);
  });
});

test('an event that is gone without a record is a warning that says how to leave one', () => {
  const folder = published();
  edit(folder, 'events.json', '"id": "appeal"', '"id": "appeal-2"');
  expect(loadStory(folder, DATA).issues).toEqual([
    expect.objectContaining({ severity: 'warning', file: 'story.json', found: expect.stringContaining('"appeal"') }),
  ]);
});
