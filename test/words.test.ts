import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { compiledFiles, MEASURE, messageFaults, readMessages, WORDS } from '../src/build/messages.ts';
import { stringsFor } from '../src/core/strings/strings.ts';
import { ROOT } from './fixtures/stories.ts';

const all = readMessages(WORDS);
const measure = all.get(MEASURE)!;

describe('the words of the interface', () => {
  test.each([...all.keys()])('in %s are complete, with the same placeholders as in English, and none left over', (language) => {
    expect(messageFaults(language, all.get(language)!, measure)).toEqual([]);
  });

  test('a missing message, a left-over one, another placeholder and a broken one are each named', () => {
    const faults = messageFaults(
      'xx',
      { a: '{n, plural, one {#} other {#}}', b: '{other}', d: 'left', e: '{n, plural, one {#}' },
      { a: '{n, plural, one {#} other {#}}', b: '{name}', c: 'missing', e: 'x' },
    );
    expect(faults).toHaveLength(4);
    for (const part of ['"c": is missing', '"d": is not among', '"b": has {other} where en has {name}', '"e": is no ICU message'])
      expect(faults.join('\n')).toContain(part);
  });

  test('are compiled as they are written: run `npm run messages` after a change', () => {
    for (const [name, text] of compiledFiles(all)) expect(readFileSync(join(WORDS, 'compiled', name), 'utf8'), name).toBe(text);
  });

  test.each([...all.keys()])('tell in %s in under 120 words how to read the map', (language) => {
    const words = Object.values(stringsFor(language).how).join(' ').split(/\s+/);
    expect(words.length).toBeLessThan(120);
  });

  test('follow each language’s plurals', () => {
    const ru = stringsFor('ru');
    expect([1, 3, 5, 21].map((n) => ru.claims(n))).toEqual(['1 утверждение', '3 утверждения', '5 утверждений', '21 утверждение']);
    expect(stringsFor('en').list(['a', 'b', 'c'])).toBe('a, b and c');
    expect(stringsFor('kk').number(7989)).toBe(stringsFor('ru').number(7989));
  });
});

test('the words that come later join the first ones, whichever arrive first', async () => {
  vi.resetModules();
  const { loadLaterStrings, loadStrings, stringsFor: words } = await import('../src/core/strings/strings.ts');
  await loadLaterStrings('kk');
  expect([words('kk').language, typeof words('kk').daySpan]).toEqual(['kk', 'function']);
  const [one, other] = await Promise.all([loadStrings('ru'), loadStrings('ru')]);
  expect(one).toBe(other);
});

test('what is there at once uses no word that comes later', () => {
  const seen = new Set<string>();
  const used = new Map<string, string>();
  const walk = (file: string) => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const m of text.matchAll(/\bt\.(\w+)/g)) used.set(m[1] ?? '', relative(ROOT, file));
    for (const m of text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'/gm)) if (!m[1]) walk(resolve(dirname(file), m[2] ?? ''));
  };
  walk(join(ROOT, 'src/map/main.tsx'));
  walk(join(ROOT, 'src/map/leaflet/StoryMap.tsx'));
  const later = new Set(Object.keys(measure).flatMap((key) => (key.startsWith('later.') ? [key.split('.')[1]] : [])));
  expect(used.size).toBeGreaterThan(30);
  expect([...used].filter(([word]) => later.has(word))).toEqual([]);
});
