import { describe, expect, test } from 'vitest';
import { readDate } from '../../src/import/dates.ts';

const read = (text: string, order: 'dmy' | 'mdy' | null = null) => {
  const found = readDate(text, order, 'Asia/Almaty');
  return found.ok ? found.edtf : found;
};

describe('a date is read as people write it', () => {
  test.each([
    ['2022-01-05', '2022-01-05'],
    ['2022-01~', '2022-01~'],
    ['2022-01-02/2022-01-10', '2022-01-02/2022-01-10'],
    ['2022/1/5', '2022-01-05'],
    ['20220105', '2022-01-05'],
    ['05 January 2022', '2022-01-05'],
    ['January 5th, 2022', '2022-01-05'],
    ['5 Jan 2022', '2022-01-05'],
    ['Jan 2022', '2022-01'],
    ['5 января 2022 г.', '2022-01-05'],
    ['2022 жылғы 5 қаңтар', '2022-01-05'],
    ['2022년 1월 5일', '2022-01-05'],
    ['5 يناير 2022', '2022-01-05'],
    ['٥ كانون الثاني ٢٠٢٢', '2022-01-05'],
    ['5 janvier 2022', '2022-01-05'],
    ['5 de enero de 2022', '2022-01-05'],
    ['5. März 2022', '2022-03-05'],
    ['25/01/2022', '2022-01-25'],
    ['01/25/2022', '2022-01-25'],
    ['05.05.2022', '2022-05-05'],
  ])('%s', (text, edtf) => {
    expect(read(text)).toBe(edtf);
  });
});

test('a time of day without an offset has that of the story’s zone on that day', () => {
  // Asia/Almaty was UTC+6 in January 2022 and is UTC+5 since March 2024.
  expect(read('2022-01-05 16:30')).toBe('2022-01-05T16:30+06:00');
  expect(read('2025-01-05T16:30:00')).toBe('2025-01-05T16:30+05:00');
  expect(read('2022-01-05T16:30:12.500Z')).toBe('2022-01-05T16:30Z');
});

test('a date that reads two ways is asked about, and the flag decides it', () => {
  expect(read('03/04/2022')).toMatchObject({
    ok: false,
    asks: true,
    remedy: expect.stringContaining('--dates dmy for 2022-04-03, --dates mdy for 2022-03-04'),
  });
  expect(read('03/04/2022', 'dmy')).toBe('2022-04-03');
  expect(read('03/04/2022', 'mdy')).toBe('2022-03-04');
});

test.each(['30 February 2022', '2022-13-01', '05.01.22', '44566', 'soon', '5 January', '1/2', 'last 5 January 2022'])('%s is refused with a remedy', (text) => {
  expect(read(text)).toMatchObject({ ok: false, remedy: expect.stringMatching(/\.$/) });
});
