import { describe, expect, test } from 'vitest';
import { readMarks } from '../../src/embed/frame.ts';
import { readFrameMessage, readHostMessage, sealed } from '../../src/embed/protocol.ts';

const from = (message: object) => ({ ns: 'unrest-map', v: 1, ...message });

describe('what a frame says', () => {
  test('is read back as it was sealed', () => {
    for (const message of [
      { type: 'ready', caps: ['focus'], title: 'A map' },
      { type: 'resize', height: 512 },
      { type: 'select', id: null },
      { type: 'select', id: 'arrests' },
      { type: 'open-claim', anchor: 'a22', keyboard: true },
      { type: 'error', code: 'data' },
    ] as const)
      expect(readFrameMessage(structuredClone(sealed(message)))).toEqual(message);
  });

  test.each([null, undefined, 1, 'resize', [], {}, from({}), { ns: 'unrest-map', v: 2, type: 'ready' }, { v: 1, type: 'ready' }])(
    'is ignored when it is none: %j',
    (data) => {
      expect(readFrameMessage(data)).toBeNull();
    },
  );

  test('is ignored when a field is of the wrong kind, and clamped when it is too large', () => {
    for (const height of ['9', -1, 0, Number.NaN, null]) expect(readFrameMessage(from({ type: 'resize', height }))).toBeNull();
    for (const id of ['<b>', 'a b', 'x'.repeat(65), 7, undefined]) expect(readFrameMessage(from({ type: 'select', id }))).toBeNull();
    expect(readFrameMessage(from({ type: 'resize', height: 1e12 }))).toEqual({ type: 'resize', height: 100_000 });
    expect(readFrameMessage(from({ type: 'ready', caps: ['ok', '<x>', 3], title: 'x'.repeat(999) }))).toMatchObject({ caps: ['ok'], title: 'x'.repeat(300) });
  });
});

describe('what a host says', () => {
  test('keeps only what the protocol knows', () => {
    expect(readHostMessage(from({ type: 'hello', theme: 'pink', lang: '../x', claims: ['a1', '<i>'], extra: 1 }))).toEqual({ type: 'hello', claims: ['a1'] });
    expect(readHostMessage(from({ type: 'filter', keys: { hide: 'a,b', time: null, 'BAD key': 'x', map: 7, step: 'x'.repeat(201) } }))).toEqual({
      type: 'filter',
      keys: { hide: 'a,b', time: null },
    });
    expect(readHostMessage(from({ type: 'filter', keys: ['hide'] }))).toBeNull();
    expect(readHostMessage(from({ type: 'focus', id: 'arrests' }))).toEqual({ type: 'focus', id: 'arrests', keyboard: false });
  });

  test('cannot reach a prototype', () => {
    const message = readHostMessage(from({ type: 'filter', keys: JSON.parse('{"__proto__":"x","constructor":"y"}') }));
    expect(Object.getPrototypeOf((message as { keys: object }).keys)).toBe(Object.prototype);
  });
});

test('a host’s marks in the address are read where they are well formed', () => {
  expect(readMarks('https://maps.example/m/x/?embed=1&childId=pym-0#event=a#?secret=AbC12')).toEqual({ secret: 'AbC12', childId: 'pym-0' });
  expect(readMarks('https://maps.example/m/x/#?secret=AbC12')).toEqual({ secret: 'AbC12', childId: null });
  expect(readMarks(`https://maps.example/m/x/?childId=%3Cb%3E#?secret=${'x'.repeat(33)}`)).toEqual({ secret: null, childId: null });
});
