import { expect, test } from 'vitest';
import { draftOf } from '../../src/import/draft.ts';
import { faults, optionsWith, tableFrom } from '../fixtures/tables.ts';

const HEAD = ['id', 'title', 'date', 'photo', 'alt text', 'credit', 'licence', 'published', 'archived'];
const draft = (rows: readonly (readonly string[])[]) => draftOf(tableFrom([HEAD, ...rows]), optionsWith({ hasMedia: (file) => file === 'media/quay.jpg' }));

test('a file of the story’s media folder becomes the event’s picture, with or without the folder’s name', () => {
  const { events, issues } = draft([
    ['a', 'Lorries burn', '2031-03-02', 'quay.jpg', 'Burnt lorries', 'Jane Doe', 'CC BY 4.0', '', ''],
    ['b', 'Lorries are gone', '2031-03-03', 'media/quay.jpg', 'An empty quay', 'Jane Doe', 'CC BY 4.0', '', ''],
    ['c', 'Nothing to see', '2031-03-03', '', '', '', '', '', ''],
  ]);
  expect(issues).toEqual([]);
  expect(events.map((e) => e.media?.[0])).toEqual([
    { kind: 'image', file: 'media/quay.jpg', alt: { en: 'Burnt lorries' }, credit: { en: 'Jane Doe' }, licence: { en: 'CC BY 4.0' } },
    expect.objectContaining({ file: 'media/quay.jpg' }),
    undefined,
  ]);
});

test('a picture without words, rights or its file is an error that names what is missing', () => {
  const { events, issues } = draft([
    ['a', 'One', '2031-03-02', 'quay.jpg', '', 'Jane Doe', '', '', ''],
    ['b', 'Two', '2031-03-02', 'gate.jpg', 'A gate', 'Jane Doe', 'CC BY 4.0', '', ''],
    ['c', 'Three', '2031-03-02', '../secret.png', 'A gate', 'Jane Doe', 'CC BY 4.0', '', ''],
    ['d', 'Four', '2031-03-02', 'quay.mp4', 'A quay', 'Jane Doe', 'CC BY 4.0', '', ''],
  ]);
  expect(events).toEqual([]);
  expect(faults(issues)).toEqual(['2 alt text', '2 licence', '3 photo', '4 photo', '5 photo']);
});

test('an address is a link and never a picture: cited, and beside the event where its day and an archived copy are known', () => {
  const url = 'https://pictures.example/1.jpg';
  const { events, sources, issues } = draft([
    ['a', 'One', '2031-03-02', url, 'A gate', '', '', '2031-03-02', 'https://archive.example/1'],
    ['b', 'Two', '2031-03-02', 'https://pictures.example/2.jpg', '', '', '', '', ''],
  ]);
  const [post] = events[0]?.media ?? [];
  expect(post).toMatchObject({ kind: 'post', alt: { en: 'A gate' } });
  expect(post?.kind === 'post' && sources.get(post.source)).toMatchObject({
    publisher: 'pictures.example',
    url,
    published: '2031-03-02',
    archivedUrl: 'https://archive.example/1',
  });
  expect(events[1]?.media).toBeUndefined();
  expect(events[1]?.claims[0]?.sources.map((id) => sources.get(id)?.url)).toContain('https://pictures.example/2.jpg');
  expect(issues.map((i) => [i.severity, i.row, i.found])).toEqual([['warning', 3, 'none in published, archived, alt']]);
});
