import { expect, test } from 'vitest';
import { seriesCourse } from '../../src/core/series.ts';
import type { Claim, Story, StoryEvent } from '../../src/core/story.ts';
import { kazakhstan, kazakhstanWithContext } from '../fixtures/stories.ts';

const story = kazakhstan();
const of = (s: Story, id: string, showContext = false) => {
  const series = s.series.find((x) => x.id === id);
  if (!series) throw new Error(`No series ${id}.`);
  return seriesCourse(s, series, { showContext });
};

test('every figure of a measure and a scope is in its series, and nothing else', () => {
  for (const series of story.series) {
    const all = story.events.flatMap((e) => e.claims.flatMap((c) => c.figures)).filter((f) => f.measure === series.measure && f.scope === series.scope);
    expect(of(story, series.id).values.map((v) => v.figure)).toEqual(expect.arrayContaining(all));
    expect(of(story, series.id).values).toHaveLength(all.length);
  }
});

test('the toll that was deleted ends on the day of its withdrawal, and says by what', () => {
  const { values, days } = of(story, 'killed');
  expect(values).toHaveLength(1);
  expect(days.map((d) => d.id)).toEqual(['2022-01-09', '2022-01-10']);
  expect(values[0]).toMatchObject({ at: 0, until: 1, fates: [{ kind: 'qualifies', claim: { id: 'a21' } }] });
});

test('a headline’s rounding is undated and points at what it rounds', () => {
  const { values } = of(story, 'arrested');
  expect(values.map((v) => [v.claim.id, v.at])).toEqual([
    ['a19', 0],
    ['a01', null],
  ]);
  expect(values[0]?.fates.map((f) => f.kind)).toEqual(['rounds']);
});

test('values of different speakers stand side by side: neither ends the other', () => {
  const claim = (id: string, speaker: string, day: string, value: number): Claim => ({
    ...(story.events[0]?.claims[0] as Claim),
    id,
    speaker,
    day: { id: day, label: day },
    relations: [],
    figures: [{ value, number: String(value), label: 'people', measure: 'killed', scope: 'kazakhstan', exactness: 'exact' }],
  });
  const event: StoryEvent = {
    ...(story.events[0] as StoryEvent),
    claims: [claim('x', 'one', '2022-01-06', 10), claim('y', 'two', '2022-01-06', 20), claim('z', 'one', '2022-01-08', 15)],
  };
  const { values } = of({ ...story, events: [event] }, 'killed');
  expect(values.map((v) => [v.claim.id, v.until])).toEqual([
    ['x', 1],
    ['y', null],
    ['z', null],
  ]);
});

test('the context adds its values and takes none away', () => {
  const whole = kazakhstanWithContext();
  for (const series of story.series) {
    const before = of(story, series.id).values.map((v) => v.claim.id);
    expect(of(whole, series.id, false).values.map((v) => v.claim.id)).toEqual(before);
    expect(of(whole, series.id, true).values.map((v) => v.claim.id)).toEqual(expect.arrayContaining(before));
  }
});
