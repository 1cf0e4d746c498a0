import { describe, expect, test } from 'vitest';
import { comparable } from '../../src/core/letters.ts';
import { createFinder } from '../../src/ui/finder.ts';
import { tinyStory } from '../fixtures/tiny-story.ts';

describe('one name in many spellings', () => {
  test.each([
    ['Almaty', 'Алматы'],
    ['ALMATY', 'almaty'],
    ['Alma-Ata', 'Алма-Ата'],
    ['Kyzylorda', 'Qyzylorda'],
    ['Kyzylorda', 'Қызылорда'],
    ['Zhanaozen', 'Жаңаөзен'],
    ['Zhanaozen', 'Janaozen'],
    ['Serdyukov', 'Сердюков'],
    ['Tokayev', 'Tôkáyev'],
  ])('%s and %s are the same to a reader who searches', (a, b) => {
    expect(comparable(a)).toEqual(comparable(b));
  });

  test('Hangul stays as it is, and words are told apart', () => {
    expect(comparable('알마티 공항')).toEqual(['알마티', '공항']);
    expect(comparable('  “a–b”, c  ')).toEqual(['a', 'b', 'c']);
    expect(comparable('')).toEqual([]);
  });
});

describe('finding', () => {
  const find = createFinder(tinyStory, tinyStory.events);

  test('a place by its name in another script comes before the events there', () => {
    expect(find('aktau')[0]).toEqual({ kind: 'place', id: 'aktau' });
  });

  test('an event by its title, by a word of its claims, and by a beginning', () => {
    expect(find('walkout')[0]).toEqual({ kind: 'event', id: 'walkout' });
    expect(find('dockers')).toContainEqual({ kind: 'event', id: 'walkout' });
    expect(find('appe')[0]).toEqual({ kind: 'event', id: 'appeal' });
  });

  test('forgives a slip in a long word, and no more than that', () => {
    expect(find('dockrs')).toContainEqual({ kind: 'event', id: 'walkout' });
    expect(find('zebra')).toEqual([]);
    expect(find('')).toEqual([]);
  });
});
