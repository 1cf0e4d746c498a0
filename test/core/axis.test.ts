import { expect, test } from 'vitest';
import { axisLabels, spansYears } from '../../src/core/axis.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { timelineOf } from '../../src/core/timeline.ts';
import { initialView } from '../../src/core/view.ts';
import { tinyStory } from '../fixtures/tiny-story.ts';

const DAY = 86_400_000;
const t = stringsFor('en');

/** Consecutive days from one on. */
function run(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => new Date(Date.parse(first) + i * DAY).toISOString().slice(0, 10));
}

const shown = (days: readonly string[]) => axisLabels(days, t).filter((label) => label !== '');

test('up to a month every day has its number', () => {
  expect(shown(run('2022-01-02', 4))).toEqual(['2', '3', '4', '5']);
  expect(shown(run('2022-01-01', 31))).toHaveLength(31);
});

test('a run of weeks is named by the 1st and the 15th', () => {
  expect(shown(run('2022-01-05', 45))).toEqual(['15 Jan', '1 Feb', '15 Feb']);
});

test('a run of months is named by months, each year once, and of years by years', () => {
  expect(shown(run('2021-02-10', 400))).toEqual(['Apr 2021', 'Jul', 'Oct', '2022']);
  expect(shown(run('2019-01-01', 2192))).toEqual(['2019', '2020', '2021', '2022', '2023', '2024']);
  expect(shown(run('1989-05-01', 12_000))).toEqual(['1990', '2000', '2010', '2020']);
});

test('no run of days has more labels than fit side by side on a phone', () => {
  for (let count = 32; count < 40_000; count = Math.ceil(count * 1.13)) {
    const labels = shown(run('1996-11-03', count));
    expect(labels.length, `${count} days`).toBeLessThanOrEqual(6);
    expect(labels.length, `${count} days`).toBeGreaterThanOrEqual(1);
    const years = labels.filter((label) => /\d{4}/.test(label));
    expect(new Set(years).size, `${count} days: ${labels}`).toBe(years.length);
  }
});

test('days of two years are told apart', () => {
  expect(spansYears(['2021-12-31', '2022-01-01'])).toBe(true);
  expect(spansYears(['2022-01-02', '2022-01-10'])).toBe(false);
});

test.each([
  [150, 'day', 150],
  [700, 'week', 100],
  [2192, 'month', 72],
] as const)('%d days stand in bars of a %s, and every event in one of them', (count, unit, bars) => {
  const ids = run('2019-01-01', count);
  const days = ids.map((id) => ({ id, start: Date.parse(id), end: Date.parse(id) + DAY, label: '', words: id, bin: 'day' as const }));
  const [some] = tinyStory.events;
  if (!some) throw new Error('The tiny story has events.');
  const events = ids.filter((_, i) => i % 3 === 0).map((id) => ({ ...some, id, time: { start: Date.parse(id), end: Date.parse(id) + DAY } }));
  const story = { ...tinyStory, days, events };
  const timeline = timelineOf(story, { ...initialView(story), days: null });
  expect(timeline.unit).toBe(unit);
  expect(timeline.bars).toHaveLength(bars);
  expect(timeline.bars.flatMap((b) => b.parts.flatMap((p) => p.events.map((e) => e.id)))).toEqual(events.map((e) => e.id));
  expect(timeline.bars.at(-1)?.last).toBe(count - 1);
});
