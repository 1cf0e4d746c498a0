import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choiceOf } from '../../src/builder/choices.ts';
import { hashWith } from '../../src/core/hash.ts';
import { STATUSES } from '../../src/core/source.ts';
import { hashFromView, isViewHash, viewFromHash } from '../../src/core/url.ts';
import { readMarks } from '../../src/embed/frame.ts';
import { readFrameMessage, readHostMessage } from '../../src/embed/protocol.ts';
import { payloads } from '../fixtures/payloads.ts';
import { builderStory, kazakhstanWithContext } from '../fixtures/stories.ts';
import { runs, tried } from '../tried.ts';

const story = kazakhstanWithContext();
const KEYS = ['map', 'event', 'place', 'hide', 'time', 'status', 'context', 'step'];
const layers = new Set(story.layers.map((l) => l.id));
const ids = new Set([...story.events, ...story.places, ...story.withdrawn].map((x) => x.id));
const steps = new Set(story.steps.map((s) => s.id));

const key = fc.oneof(
  fc.constantFrom(...KEYS),
  fc.constantFrom('__proto__', 'constructor', 'data', 'src', 'secret', 'Map', 'EVENT', ''),
  fc.string({ maxLength: 12 }),
);
const sound = fc.constantFrom(
  '6/43.25/76.91',
  '99/0/0',
  '6/91/0',
  '6/0/181',
  '-1/0/0',
  '1e9/0/0',
  'NaN/NaN/NaN',
  'arrests',
  'almaty',
  'troops,statements',
  '../..',
  '2022-01-05/2022-01-09',
  '2022-01-09/2022-01-05',
  '2022-99-99/..',
  'reported,announced',
  'none',
  '1',
  '0',
  story.steps[0]?.id ?? '',
);
const value = fc.oneof(sound, fc.constantFrom(...payloads().slice(0, 2000)), fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 }));
const escaped = value.map((v) => encodeURIComponent(v.replace(/\p{Cs}/gu, '')));
const hash = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.tuple(key, fc.oneof(value, escaped)), { maxLength: 12 }).map((pairs) => `#${pairs.map(([k, v]) => `${k}=${v}`).join('&')}`),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2000, max: 200_000 }).map((n) => `#event=arrests&${'hide=troops&'.repeat(n / 12)}`) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }).map((s) => `#event=arrests?secret=${s}#?x=${s}`) },
);

describe('any address', () => {
  test('gives a view of what the story has and nothing else, and an address that gives the same view', { timeout: 600_000 }, () => {
    const settings = runs(10_000, 100_000);
    fc.assert(
      fc.property(hash, (text) => {
        const view = viewFromHash(story, text);
        for (const l of view.hiddenLayers) expect(layers.has(l)).toBe(true);
        for (const s of view.hiddenStatuses) expect(STATUSES).toContain(s);
        if (view.selection.kind !== 'none') expect(ids.has(view.selection.id)).toBe(true);
        if (view.step !== null) expect(steps.has(view.step)).toBe(true);
        if (view.days) for (const d of [view.days.first, view.days.last]) expect(d).toMatch(/^\d{4}-\d\d-\d\d$/);
        if (view.viewport) {
          const { zoom, center } = view.viewport;
          expect(zoom >= 0 && zoom <= 22 && Math.abs(center[0]) <= 180 && Math.abs(center[1]) <= 90).toBe(true);
        }
        const written = hashFromView(story, view);
        expect(written).toMatch(/^[\w=&/.,-]*$/);
        expect(hashFromView(story, viewFromHash(story, written))).toBe(written);
        expect(typeof isViewHash(text)).toBe('boolean');
      }),
      settings,
    );
    tried('hostile addresses: hashes', settings.numRuns);
  });

  test('with keys of a host in it holds known keys alone', () => {
    const settings = runs(1000, 20_000);
    fc.assert(
      fc.property(hash, fc.dictionary(key, fc.option(value)), (text, keys) => {
        const out = hashWith(text, keys);
        for (const pair of out === '' ? [] : out.split('&')) expect(KEYS).toContain(pair.split('=')[0]);
        expect(out).not.toMatch(/[<>"\s]/);
      }),
      settings,
    );
    tried('hostile addresses: filters of hosts', settings.numRuns);
  });

  test('leaves marks of hosts that are words, or none', () => {
    const settings = runs(1000, 20_000);
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), hash, (query, text) => {
        const { secret, childId } = readMarks(`https://maps.example/m/x/?childId=${encodeURIComponent(query)}${text.startsWith('#') ? text : `#${text}`}`);
        if (secret !== null) expect(secret).toMatch(/^[A-Za-z0-9]{1,32}$/);
        if (childId !== null) expect(childId).toMatch(/^[\w-]{1,64}$/);
      }),
      settings,
    );
    tried('hostile addresses: marks of hosts', settings.numRuns);
  });

  test('of the builder becomes choices that it offers', () => {
    const own = builderStory(story);
    const settings = runs(1000, 20_000);
    const fields = fc.dictionary(
      fc.constantFrom('open', 'map', 'layer', 'from', 'to', 'context', 'theme', 'height', 'mark', 'mode', 'pinned'),
      fc.array(value, { maxLength: 3 }),
    );
    fc.assert(
      fc.property(fields, (chosen) => {
        const choice = choiceOf(own, new Map(Object.entries(chosen)), 'sha384-x');
        expect(choice.hash).toMatch(/^[\w=&/.,-]*$/);
        expect(choice.suffix).toMatch(/^[\w-]{0,32}$/);
        expect(['', 'light', 'dark']).toContain(choice.theme);
        expect(choice.height >= 200 && choice.height <= 1000).toBe(true);
      }),
      settings,
    );
    tried('hostile addresses: the builder’s', settings.numRuns);
  });
});

test('any message is one of the protocol, bounded, or ignored', () => {
  const settings = runs(3000, 50_000);
  const field = fc.oneof(value, fc.jsonValue({ maxDepth: 3 }), fc.double(), fc.constant(JSON.parse('{"__proto__":{"polluted":1}}') as unknown));
  const message = fc.oneof(
    fc.anything({ maxDepth: 3, withBigInt: true, withMap: true, withDate: true }),
    fc
      .tuple(
        fc.constantFrom('ready', 'resize', 'select', 'open-claim', 'error', 'hello', 'focus', 'filter', 'print', 'toString', '__proto__'),
        fc.dictionary(
          fc.constantFrom('caps', 'title', 'height', 'id', 'anchor', 'keyboard', 'code', 'theme', 'lang', 'reducedMotion', 'claims', 'keys'),
          field,
        ),
      )
      .map(([type, fields]) => ({ ...fields, ns: 'unrest-map', v: 1, type })),
  );
  fc.assert(
    fc.property(message, (data) => {
      for (const read of [readFrameMessage(data), readHostMessage(data)]) {
        if (read === null) continue;
        expect(JSON.stringify(read).length).toBeLessThan(25_000);
        if ('id' in read && read.id !== null) expect(read.id).toMatch(/^[\w-]{1,64}$/);
        if ('height' in read) expect(Number.isInteger(read.height) && read.height >= 0 && read.height <= 100_000).toBe(true);
        if (read.type === 'filter')
          for (const [k, v] of Object.entries(read.keys)) expect(/^[a-z]{1,16}$/.test(k) && (v === null || v.length <= 200)).toBe(true);
      }
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    }),
    settings,
  );
  tried('hostile hosts: messages of any shape', settings.numRuns);
});
