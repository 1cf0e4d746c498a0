import { afterEach, expect, test } from 'vitest';
import { parseEdtf, toRange, zoneOffset } from '../../src/core/time.ts';
import { harbour, kazakhstan } from '../fixtures/stories.ts';

const own = process.env.TZ;
afterEach(() => {
  if (own === undefined) delete process.env.TZ;
  else process.env.TZ = own;
});

/** What a story compiles to on a machine in another zone. */
function builtIn(zone: string) {
  process.env.TZ = zone;
  expect(new Date(2022, 0, 5).getTimezoneOffset()).not.toBeNaN();
  return [kazakhstan(), harbour()];
}

test('the days of a story are its own on every machine', () => {
  const [here, ...elsewhere] = ['Asia/Almaty', 'America/Los_Angeles', 'Pacific/Kiritimati', 'UTC'].map(builtIn);
  for (const there of elsewhere) expect(there).toEqual(here);
  expect(here?.[0]?.days.map((d) => d.id)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10].map((d) => `2022-01-${String(d).padStart(2, '0')}`));
});

test('a day of January 2022 in Almaty begins at 18:00 UTC the evening before: the zone was UTC+6 then', () => {
  expect(zoneOffset('Asia/Almaty', Date.UTC(2022, 0, 10))).toBe(360);
  expect(zoneOffset('Asia/Aqtau', Date.UTC(2022, 0, 10))).toBe(300);
  expect(zoneOffset('Asia/Almaty', Date.UTC(2025, 0, 10))).toBe(300);
  const day = parseEdtf('2022-01-10');
  expect(day.ok && toRange(day.value, 'Asia/Almaty')).toEqual({ start: Date.UTC(2022, 0, 9, 18), end: Date.UTC(2022, 0, 10, 18) });
});
