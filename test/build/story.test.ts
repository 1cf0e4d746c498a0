import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadStory } from '../../src/build/load.ts';
import { plain } from '../../src/core/text.ts';
import { compiled, DATA, kazakhstan } from '../fixtures/stories.ts';

const story = kazakhstan();
const claims = [...story.events.flatMap((e) => e.claims), ...story.glossary.map((g) => g.claim)];
const event = (id: string) => story.events.find((e) => e.id === id)!;

describe('the story of January 2022', () => {
  test('has no error and no warning', () => {
    expect(loadStory(join(DATA, 'kazakhstan-2022-01'), DATA).issues).toEqual([]);
  });

  test('holds all 23 claims of the article, each once', () => {
    expect(claims.map((c) => c.id).sort()).toEqual(Array.from({ length: 23 }, (_, i) => `a${String(i + 1).padStart(2, '0')}`));
  });

  test('puts events on Almaty and its airport, on the whole country, and nowhere', () => {
    const at = (place: string | null) =>
      story.events
        .filter((e) => e.place === place)
        .map((e) => e.id)
        .sort();
    expect(at('almaty')).toEqual(['almaty-internet', 'almaty-normal', 'almaty-quiet']);
    expect(at('almaty-airport')).toEqual(['airport-vehicles']);
    expect(at('kazakhstan')).toEqual(['arrests', 'csto-force', 'deaths-post', 'lull-reading', 'protests-lull']);
    expect(at(null)).toEqual(['csto-summit', 'foreign-ministry']);
    expect(story.places.filter((p) => p.at !== null).map((p) => p.id)).toEqual(['almaty', 'almaty-airport']);
  });

  test('gives no figure to Almaty or the airport: the article gives none', () => {
    for (const e of story.events.filter((x) => x.place === 'almaty' || x.place === 'almaty-airport')) expect(e.claims.flatMap((c) => c.figures)).toEqual([]);
  });

  test('gives every figure the scope of the whole country', () => {
    const figures = claims.flatMap((c) => c.figures);
    expect(figures.map((f) => f.value).sort((a, b) => a - b)).toEqual([164, 2500, 7989, 8000]);
    for (const f of figures) expect(f.scope).toBe('kazakhstan');
  });

  test('keeps the withdrawal of 164 beside it', () => {
    const post = event('deaths-post');
    expect(post.claims.find((c) => c.id === 'a20')).toMatchObject({ status: 'retracted' });
    expect(post.claims.find((c) => c.id === 'a21')?.relations).toContainEqual({ kind: 'qualifies', claim: 'a20' });
    for (const c of claims.filter((x) => /\b164\b/.test(plain(x.says)))) expect(plain(c.says)).toMatch(/deleted.*(nobody|not).*confirmed/);
  });

  test('prints 7,989 as the article does, with 7,939 in a note with its evidence', () => {
    const a19 = claims.find((c) => c.id === 'a19')!;
    expect(plain(a19.says)).toContain('7,989');
    expect(a19.notes.some((n) => plain(n.text).includes('7,939') && n.sources.length >= 2)).toBe(true);
    expect(plain(a19.says)).not.toContain('7,939');
  });

  test('takes the headline’s 8,000 for a rounding of the same count', () => {
    expect(claims.find((c) => c.id === 'a01')?.relations).toEqual([{ kind: 'rounds', claim: 'a19' }]);
  });

  test('names the speaker in the sentence of every accusation', () => {
    const speakers: Record<string, RegExp> = {
      a09: /Tokayev/,
      a10: /Tokayev/,
      a11: /foreign ministry/,
      a12: /ministry/,
      a13: /Putin/,
      a14: /Putin/,
      a06: /newspaper/,
    };
    for (const [id, speaker] of Object.entries(speakers)) expect(plain(claims.find((c) => c.id === id)!.says), id).toMatch(speaker);
    for (const c of claims.filter((x) => /terroris/i.test(plain(x.says)))) expect(Object.keys(speakers), c.id).toContain(c.id);
  });

  test('never says terrorist in its own voice', () => {
    const own = [story.title, story.summary, ...story.events.map((e) => e.title), ...story.places.map((p) => p.name), ...story.layers.map((l) => l.label)]
      .map(plain)
      .join(' ');
    expect(own).not.toMatch(/terroris/i);
  });

  test('dates what the article dates, says what is inferred, and leaves the rest undated', () => {
    expect(event('arrests').when).toMatchObject({ words: '2–10 January 2022', basis: 'stated' });
    expect(event('airport-vehicles').when).toMatchObject({ words: '9 January 2022', basis: 'stated' });
    expect(event('csto-force').when).toMatchObject({ words: '9 January 2022', basis: 'outside' });
    expect(event('almaty-quiet').when).toMatchObject({ words: '10 January 2022', basis: 'inferred' });
    expect(event('protests-lull').when).toBeNull();
    expect(event('lull-reading').time).toBeNull();
  });

  test('is in order of time, undated events last', () => {
    const starts = story.events.map((e) => e.time?.start ?? Number.POSITIVE_INFINITY);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  test('compiles to the same bytes each time', () => {
    const again = compiled(loadStory(join(DATA, 'kazakhstan-2022-01'), DATA));
    expect(JSON.stringify(again)).toBe(JSON.stringify(story));
  });
});
