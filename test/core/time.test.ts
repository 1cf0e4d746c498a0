import { describe, expect, test } from 'vitest';
import type { Edtf } from '../../src/core/time.ts';
import { dateWords, daysOf, overlaps, parseEdtf, toRange, zoneOffset } from '../../src/core/time.ts';

function edtf(text: string): Edtf {
  const parsed = parseEdtf(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

const iso = (ms: number) => new Date(ms).toISOString();

test('a day lasts from midnight to midnight in the story’s zone, at the offset of that date', () => {
  const { start, end } = toRange(edtf('2022-01-10'), 'Asia/Almaty');
  expect([iso(start), iso(end)]).toEqual(['2022-01-09T18:00:00.000Z', '2022-01-10T18:00:00.000Z']);
});

test('the offset is that of the date, not of today: Almaty was UTC+6 in 2022 and is UTC+5 since 2024, Aqtau was UTC+5', () => {
  expect(zoneOffset('Asia/Almaty', Date.UTC(2022, 0, 10))).toBe(360);
  expect(zoneOffset('Asia/Almaty', Date.UTC(2025, 0, 10))).toBe(300);
  expect(zoneOffset('Asia/Aqtau', Date.UTC(2022, 0, 10))).toBe(300);
});

test('the day on which the clocks change has 25 hours', () => {
  const { start, end } = toRange(edtf('2024-03-01'), 'Asia/Almaty');
  expect((end - start) / 3_600_000).toBe(24);
  const before = toRange(edtf('2024-02-29'), 'Asia/Almaty');
  expect((before.end - before.start) / 3_600_000).toBe(25);
});

test('an interval holds both its ends', () => {
  expect(daysOf(toRange(edtf('2022-01-02/2022-01-10'), 'Asia/Almaty'), 'Asia/Almaty')).toEqual(
    ['02', '03', '04', '05', '06', '07', '08', '09', '10'].map((d) => `2022-01-${d}`),
  );
});

test('a time of day needs its offset and keeps it, whatever the story’s zone', () => {
  expect(iso(toRange(edtf('2022-01-05T16:30+06:00'), 'America/Los_Angeles').start)).toBe('2022-01-05T10:30:00.000Z');
  expect(parseEdtf('2022-01-05T16:30')).toEqual({ ok: false, reason: 'a time of day without its offset from UTC is not supported' });
});

test('months and years end where the next begins', () => {
  expect(iso(toRange(edtf('2022-01'), 'UTC').end)).toBe('2022-02-01T00:00:00.000Z');
  expect(iso(toRange(edtf('2022'), 'UTC').end)).toBe('2023-01-01T00:00:00.000Z');
  expect(iso(toRange(edtf('2022-12'), 'UTC').end)).toBe('2023-01-01T00:00:00.000Z');
});

test('an event that ends when the range starts is outside it', () => {
  expect(overlaps({ start: 0, end: 10 }, { start: 10, end: 20 })).toBe(false);
  expect(overlaps({ start: 0, end: 11 }, { start: 10, end: 20 })).toBe(true);
});

test('about and uncertain are read off their marks', () => {
  expect(edtf('2022-01-07~')).toMatchObject({ approximate: true, uncertain: false });
  expect(edtf('2022-01-07?')).toMatchObject({ approximate: false, uncertain: true });
  expect(edtf('2022-01-07%')).toMatchObject({ approximate: true, uncertain: true });
});

describe('what is no date, or one that we do not support, is refused with its reason', () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ['2022-02-30', /not a date/],
    ['2022-13', /not a date/],
    ['yesterday', /not a date/],
    ['', /not a date/],
    ['2022-01-10/2022-01-02', /ends before it starts/],
    ['2022-01-02/..', /open or unknown end/],
    ['2022-01-XX', /unspecified digits/],
    ['[2022-01-02,2022-01-03]', /set of dates/],
    ['2022-21', /season/],
    ['Y170000002', /long or exponential year/],
    ['-0044-03-15', /year before 0/],
    ['2022-01-01/2022-01-02/2022-01-03', /two ends/],
    ['2022-01-05T24:30Z', /not a date/],
  ];
  for (const [text, reason] of refused) {
    test(`"${text}"`, () => {
      expect(parseEdtf(text)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
    });
  }
});

test('words come from the written day: no zone of the machine can move them', () => {
  for (const zone of ['America/Los_Angeles', 'Asia/Almaty', 'Pacific/Kiritimati']) {
    process.env.TZ = zone;
    expect(dateWords(edtf('2022-01-10'), 'en-GB')).toBe('10 January 2022');
    expect(daysOf(toRange(edtf('2022-01-10'), 'Asia/Almaty'), 'Asia/Almaty')).toEqual(['2022-01-10']);
  }
  delete process.env.TZ;
});

test('an interval’s words have a tight dash between figures and a spaced one between words', () => {
  expect(dateWords(edtf('2022-01-02/2022-01-10'), 'en-GB')).toBe('2–10 January 2022');
  expect(dateWords(edtf('2022-01-28/2022-02-10'), 'en-GB')).toBe('28 January – 10 February 2022');
});
