import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { loadStory } from '../../src/build/load.ts';
import { posterSvg } from '../../src/build/poster.tsx';
import { POSTER } from '../../src/build/poster-scene.ts';
import { compiled, DATA } from '../fixtures/stories.ts';

vi.setConfig({ testTimeout: 60_000 });

test('a poster read from right to left begins its legend, figures and credits on the right; its map does not turn', () => {
  const loaded = loadStory(join(DATA, 'kazakhstan-2022-01'), DATA, () => null);
  const story = compiled(loaded, 'en');
  const draw = (language: string) => posterSvg({ ...story, language }, loaded.basemap!.file, new Map(), 'light');
  const [ltr, rtl] = [draw('en'), draw('ar')];
  const below = POSTER.map.top + POSTER.map.height;
  const marks = (svg: string) => [...svg.matchAll(/<g transform="translate\(([\d.]+) 671\) scale/g)].map((m) => Number(m[1]));
  expect(marks(rtl)[0]).toBe(POSTER.width - 22 - marks(ltr)[0]!);
  expect(marks(rtl)).toEqual([...marks(rtl)].sort((a, b) => b - a));
  const under = (svg: string) => [...svg.matchAll(/<text ([^>]*)>/g)].map((m) => m[1]!).filter((a) => Number(/ y="([\d.]+)"/.exec(` ${a}`)?.[1]) > below);
  const ends = (svg: string) => under(svg).filter((a) => a.includes('text-anchor="end"')).length;
  // All but the one at the far end: the version.
  expect([ends(ltr), under(rtl).length - ends(rtl)]).toEqual([1, 1]);
  const place = (svg: string) => /<circle cx="[\d.]+" cy="[\d.]+" r="4.5"/.exec(svg)?.[0];
  expect(place(rtl)).toBe(place(ltr));
});
