import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { ViewState } from '../../src/core/view.ts';
import { initialView } from '../../src/core/view.ts';
import { followCalmly } from '../../src/map/calm.ts';
import { tinyStory } from '../fixtures/tiny-story.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'requestAnimationFrame', 'cancelAnimationFrame', 'requestIdleCallback'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A view and what follows it; and how often that has changed since it was first there. */
function followed() {
  const view = createStore<ViewState>(() => initialView(tinyStory));
  const calm = createStore<ViewState>(() => view.getState());
  followCalmly({ view, calm });
  vi.advanceTimersByTime(1000);
  let changes = 0;
  calm.subscribe(() => changes++);
  const step = (n: number) => view.setState({ days: { first: `2022-01-${10 + n}`, last: `2022-01-${10 + n}` } });
  return { view, calm, step, changes: () => changes };
}

test('a change by itself is followed as soon as it is painted, however many there were before', () => {
  const { view, calm, step } = followed();
  for (let n = 0; n < 3; n++) {
    step(n);
    expect(calm.getState()).not.toBe(view.getState());
    vi.advanceTimersByTime(100);
    expect(calm.getState()).toBe(view.getState());
    vi.advanceTimersByTime(700);
  }
});

test('changes one upon the other are followed once a second, and when they pause', () => {
  const { view, calm, step, changes } = followed();
  for (let n = 0; n < 25; n++) {
    step(n);
    vi.advanceTimersByTime(100);
  }
  expect(changes()).toBeGreaterThanOrEqual(2);
  expect(changes()).toBeLessThanOrEqual(4);
  expect(calm.getState()).not.toBe(view.getState());
  vi.advanceTimersByTime(400);
  expect(calm.getState()).toBe(view.getState());
});

test('what filters nothing is followed at once, also amid such changes', () => {
  const { view, calm, step } = followed();
  step(0);
  vi.advanceTimersByTime(100);
  step(1);
  view.setState({ viewport: { zoom: 5, center: [67, 48] } });
  vi.advanceTimersByTime(100);
  expect(calm.getState()).toBe(view.getState());
});
