import { expect, test } from 'vitest';
import { initialView } from '../../src/core/view.ts';
import { goingOn, isSameFilter } from '../../src/dense/ahead.ts';
import { kazakhstan } from '../fixtures/stories.ts';

const story = kazakhstan();
const view = initialView(story);

test('two filters are the same by what they hide and show, not by how it came about', () => {
  const { hiddenLayers, hiddenStatuses } = view;
  const [day, one, other] = [{ first: '2022-01-05', last: '2022-01-05' }, new Set(['protests', 'troops']), new Set(['troops', 'protests'])];
  expect(isSameFilter({ ...view, hiddenLayers: one, days: day }, { ...view, hiddenLayers: other, days: { ...day } })).toBe(true);
  for (const change of [
    { hiddenLayers: new Set([...hiddenLayers, 'troops']) },
    { hiddenStatuses: new Set([...hiddenStatuses, 'reported' as const]) },
    { days: day },
    { showContext: !view.showContext },
  ])
    expect(isSameFilter(view, { ...view, ...change })).toBe(false);
});

test('days that move are expected to move on by as much at each end, and only within the story', () => {
  const { days } = story;
  const at = (first: number, last = first) => ({ ...view, days: { first: days[first]?.id ?? '', last: days[last]?.id ?? '' } });
  const end = days.length - 1;
  expect(goingOn(days, at(1), at(2))?.days).toEqual(at(3).days);
  expect(goingOn(days, at(4), at(3))?.days).toEqual(at(2).days);
  expect(goingOn(days, at(1, 3), at(1, 4))?.days).toEqual(at(1, 5).days);
  expect(goingOn(days, view, at(0))?.days).toEqual(at(1).days);
  expect(goingOn(days, at(end - 1), at(end))).toBeNull();
  expect(goingOn(days, at(1), at(0))).toBeNull();
  expect(goingOn(days, at(0, 3), at(1, 2))).toBeNull();
  expect(goingOn(days, at(2), at(2))).toBeNull();
  expect(goingOn(days, at(2), view)).toBeNull();
  expect(goingOn(days, at(1), { ...at(2), hiddenLayers: new Set(['troops']) })).toBeNull();
  expect(goingOn(days, at(1), { ...view, days: { first: '1999-01-01', last: '1999-01-02' } })).toBeNull();
});
