import { expect, test } from 'vitest';
import type { StoryEvent } from '../../src/core/story.ts';
import { limitedReporting, stateBands, timelineOf } from '../../src/core/timeline.ts';
import { hashFromView, isViewHash, viewFromHash } from '../../src/core/url.ts';
import { goToStep, initialView, selectEvent, setDays, toggleStatus, visibleEvents } from '../../src/core/view.ts';
import { kazakhstan, kazakhstanWithContext } from '../fixtures/stories.ts';
import { tinyStory } from '../fixtures/tiny-story.ts';

const story = kazakhstan();
const view = initialView(story);
const ids = (events: readonly StoryEvent[]) => events.map((e) => e.id);

test('choosing days leaves what touches them and everything that is undated', () => {
  const shown = visibleEvents(story, setDays(story, view, { first: '2022-01-02', last: '2022-01-08' }));
  expect(ids(shown)).toEqual(['arrests', 'lull-reading', 'protests-lull']);
});

test('a count from the 2nd to the 10th is a span over nine days and no mark on the tenth', () => {
  const timeline = timelineOf(story, view);
  expect(timeline.spans.find((s) => s.event.id === 'arrests')).toMatchObject({ first: 0, last: 8 });
  expect(timeline.bars[8]?.parts.flatMap((p) => ids(p.events))).not.toContain('arrests');
});

test('each event stands on the timeline exactly once: on a day, over several, or undated', () => {
  for (const s of [story, tinyStory, kazakhstanWithContext()]) {
    const timeline = timelineOf(s, { ...initialView(s), showContext: true });
    const all = [...timeline.bars.flatMap((b) => b.parts.flatMap((p) => p.events)), ...timeline.spans.map((x) => x.event), ...timeline.undated];
    expect(ids(all).sort()).toEqual(ids(s.events).sort());
  }
});

test('a date that the article does not give is not drawn as one that it gives', () => {
  const tenth = timelineOf(story, view).bars[8]?.parts ?? [];
  expect(tenth.find((p) => p.events.some((e) => e.id === 'almaty-internet'))?.dating).toBe('inferred');
  expect(tenth.find((p) => p.events.some((e) => e.id === 'csto-summit'))?.dating).toBe('stated');
});

test('the chosen days do not thin out the timeline itself', () => {
  const chosen = setDays(story, view, { first: '2022-01-09', last: '2022-01-09' });
  expect(timelineOf(story, chosen)).toEqual(timelineOf(story, view));
});

test('in the article the internet is known from its return on alone', () => {
  const [band] = stateBands(story, { showContext: false });
  expect(band?.place.id).toBe('almaty');
  expect(band?.stretches.map((s) => s.value)).toEqual(['unknown', 'restored']);
  expect(limitedReporting(stateBands(story, { showContext: false }))).toEqual([]);
});

test('with the context the network is cut before it returns, and reporting was limited meanwhile', () => {
  const bands = stateBands(kazakhstanWithContext(), { showContext: true });
  const values = bands.flatMap((b) => b.stretches.map((s) => s.value));
  expect(values).toContain('cut');
  expect(limitedReporting(bands).length).toBeGreaterThan(0);
});

test('leaving out a kind of claim leaves out only events that have no other, and shows the rest whole', () => {
  const shown = visibleEvents(story, toggleStatus(story, view, 'retracted'));
  expect(ids(shown)).toContain('deaths-post');
  const without = toggleStatus(story, toggleStatus(story, view, 'retracted'), 'reported');
  expect(ids(visibleEvents(story, without))).not.toContain('deaths-post');
});

test('asking for an event by name brings back the days and kinds of claim that hid it', () => {
  const hidden = toggleStatus(story, setDays(story, view, { first: '2022-01-02', last: '2022-01-02' }), 'reported');
  const asked = selectEvent(story, hidden, 'airport-vehicles');
  expect(ids(visibleEvents(story, asked))).toContain('airport-vehicles');
});

test('an event that was withdrawn is answered by its record', () => {
  const asked = viewFromHash(tinyStory, '#event=blast');
  expect(asked.selection).toEqual({ kind: 'withdrawn', id: 'blast' });
  expect(hashFromView(tinyStory, asked)).toBe('event=blast');
});

test('the address holds days as EDTF, kinds of claim and a step, and gives the same view back', () => {
  const days = setDays(story, view, { first: '2022-01-05', last: '2022-01-10' });
  expect(hashFromView(story, days)).toBe('time=2022-01-05/2022-01-10');
  const written = [
    days,
    toggleStatus(story, view, 'asserted'),
    goToStep(story, view, 'toll'),
    setDays(story, goToStep(story, view, 'toll'), null),
    { ...goToStep(story, view, 'airport'), viewport: null, selection: { kind: 'none' as const } },
  ];
  for (const w of written) expect(viewFromHash(story, hashFromView(story, w))).toEqual(w);
});

test('every step of the walk says what it shows in an address of one key', () => {
  for (const step of story.steps) {
    expect(hashFromView(story, goToStep(story, view, step.id))).toBe(`step=${step.id}`);
    if (step.selection) expect(goToStep(story, view, step.id).selection).toEqual(step.selection);
  }
});

test('days that nobody has are no choice, and an open end is the story’s', () => {
  expect(viewFromHash(story, '#time=2022-01-10/2022-01-05').days).toBeNull();
  expect(viewFromHash(story, '#time=../..').days).toBeNull();
  expect(viewFromHash(story, '#time=2022-01-05/..').days).toEqual({ first: '2022-01-05', last: '2022-01-10' });
  expect(visibleEvents(story, viewFromHash(story, '#time=1999-01-01/1999-12-31'))).toEqual(visibleEvents(story, view));
});

test('an anchor of the page is no view', () => {
  expect(isViewHash('#events')).toBe(false);
  expect(isViewHash('#event=almaty-internet')).toBe(true);
  expect(isViewHash('')).toBe(true);
});
