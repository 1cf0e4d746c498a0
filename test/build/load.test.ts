import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadStory } from '../../src/build/load.ts';
import { issueText } from '../../src/build/report.ts';
import type { Edit } from '../fixtures/stories.ts';
import { DATA, editedStory, loadEdited } from '../fixtures/stories.ts';

interface BadFixture {
  readonly rule: string;
  readonly edits: readonly Edit[];
  readonly expect: readonly { readonly severity: string; readonly file: string; readonly line: number; readonly expected: string; readonly found: string }[];
  readonly leftOut?: number;
}

const BAD = resolve(import.meta.dirname, '../fixtures/bad');

test('a sound story has no issues and keeps all its events', () => {
  const { story, issues, leftOut } = loadEdited();
  expect(issues).toEqual([]);
  expect(leftOut).toBe(0);
  expect(story?.events.map((e) => e.id)).toEqual(['walkout', 'count', 'appeal']);
});

describe('each bad file yields its issue, with file and line', () => {
  for (const name of readdirSync(BAD)) {
    const fixture = JSON.parse(readFileSync(join(BAD, name), 'utf8')) as BadFixture;
    test(`${fixture.rule} (${name})`, () => {
      const loaded = loadEdited(fixture.edits);
      for (const { severity, file, line, expected, found } of fixture.expect) {
        expect(loaded.issues).toContainEqual(
          expect.objectContaining({ severity, file, line, expected: expect.stringContaining(expected), found: expect.stringContaining(found) }),
        );
      }
      if (fixture.leftOut !== undefined) expect(loaded.leftOut).toBe(fixture.leftOut);
    });
  }
});

test('one broken event is left out and the others stay', () => {
  const { story, leftOut } = loadEdited([{ file: 'events.json', replace: '"layer": "strike", "place": null', with: '"layer": "stike", "place": null' }]);
  expect(leftOut).toBe(1);
  expect(story?.events.map((e) => e.id)).toEqual(['walkout', 'count']);
});

test('an event related to a broken one stays, without the link, and both are named', () => {
  const { story, issues, leftOut } = loadEdited([
    {
      file: 'events.json',
      replace: '"id": "count", "collection": "article", "layer": "counts"',
      with: '"id": "count", "collection": "article", "layer": "none"',
    },
  ]);
  expect(leftOut).toBe(1);
  expect(story?.events.map((e) => [e.id, e.related])).toEqual([
    ['walkout', []],
    ['appeal', []],
  ]);
  expect(issues.filter((i) => i.severity === 'error' && i.file === 'events.json').map((i) => i.path.slice(1, 3))).toEqual([
    [0, 'related'],
    [1, 'layer'],
  ]);
});

test('all faults are told at once, not the first alone', () => {
  const { issues } = loadEdited([
    { file: 'story.json', replace: 'Asia/Aqtau', with: 'Asia/Atlantis' },
    { file: 'sources.json', replace: 'https://paper.example/strike', with: 'ftp://paper.example' },
    { file: 'events.json', replace: '"related": ["count"]', with: '"related": ["cuont"]' },
  ]);
  expect(new Set(issues.map((i) => i.file))).toEqual(new Set(['story.json', 'sources.json', 'events.json']));
});

test('an issue reads as one line: file, line, column, place, expected, found, remedy', () => {
  const { issues } = loadEdited([{ file: 'events.json', replace: '"related": ["count"]', with: '"related": ["cuont"]' }]);
  expect(issueText('data/harbour', issues[0]!)).toBe(
    'data/harbour/events.json:5:58 error at events[0].related[0]: expected the id of another event, got "cuont". Correct or remove it; an event with errors of its own counts as missing.',
  );
});

test('a missing file is named', () => {
  const folder = editedStory([]);
  const bare = loadStory(join(folder, 'nowhere'), DATA);
  expect(bare.story).toBeNull();
  expect(bare.issues.map((i) => i.file)).toEqual(expect.arrayContaining(['story.json', 'events.json', 'places.geojson']));
});

test('text that is not UTF-8 is refused with the remedy', () => {
  const folder = editedStory([]);
  writeFileSync(join(folder, 'events.json'), Buffer.from([0x7b, 0xff, 0xfe, 0x7d]));
  expect(loadStory(folder, DATA).issues[0]).toMatchObject({ file: 'events.json', found: 'bytes that are not UTF-8', remedy: 'Save the file as UTF-8.' });
});

test('a byte order mark is no fault', () => {
  const folder = editedStory([]);
  const path = join(folder, 'events.json');
  writeFileSync(path, `\ufeff${readFileSync(path, 'utf8')}`);
  expect(loadStory(folder, DATA).issues).toEqual([]);
});
