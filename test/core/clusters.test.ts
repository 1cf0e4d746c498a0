import { expect, test } from 'vitest';
import { clustered, MOST_MARKS } from '../../src/core/clusters.ts';
import { summaryOf } from '../../src/core/describe.ts';
import { pointsOf } from '../../src/core/marks.ts';
import type { Place, Story, StoryEvent } from '../../src/core/story.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { initialView, placesShown } from '../../src/core/view.ts';
import { tinyStory } from '../fixtures/tiny-story.ts';
import { randomFrom } from '../tried.ts';

const t = stringsFor('en');

/** The tiny story with events at so many places of a country. */
function storyOf(count: number): Story {
  const random = randomFrom();
  const place = tinyStory.places.find((p) => p.at !== null);
  const [event] = tinyStory.events;
  if (!place || !event) throw new Error('The tiny story has a place and an event.');
  const places = Array.from({ length: count }, (_, i): Place => ({ ...place, id: `p${i}`, name: `Place ${i}`, at: [50 + random() * 20, 42 + random() * 8] }));
  const events = places.flatMap((p, i): StoryEvent[] =>
    Array.from({ length: 1 + (i % 3) }, (_, k) => ({
      ...event,
      id: `${p.id}-${k}`,
      place: p.id,
      layer: tinyStory.layers[(i + k) % tinyStory.layers.length]?.id ?? '',
      title: `Event ${i} ${k}`,
    })),
  );
  return { ...tinyStory, places, events };
}

const marksOf = (story: Story, zoom: number, apart: string | null = null) =>
  clustered(pointsOf(placesShown(story, initialView(story))), zoom, apart, story.layers, t.placesWords);

test('few places have a mark each, however near they are', () => {
  expect(marksOf(storyOf(MOST_MARKS), 0).map((m) => m.members)).toEqual(Array(MOST_MARKS).fill(undefined));
});

test('of many places each belongs to one mark, with all its events', () => {
  const story = storyOf(300);
  for (const zoom of [2, 4, 6, 9]) {
    const marks = marksOf(story, zoom);
    expect(marks.flatMap((m) => (m.members ?? [m]).map((p) => p.place.id)).sort()).toEqual(story.places.map((p) => p.id).sort());
    expect(marks.flatMap((m) => m.events.map((e) => e.id)).sort()).toEqual(story.events.map((e) => e.id).sort());
    for (const { layers, events } of marks) expect(layers.reduce((n, l) => n + l.count, 0)).toBe(events.length);
  }
});

test('a mark stands where something happened, and its layers in the story’s order', () => {
  const story = storyOf(300);
  const order = story.layers.map((l) => l.id);
  for (const mark of marksOf(story, 4)) {
    const { at, layers, members = [mark] } = mark;
    expect(members.map((m) => m.at)).toContainEqual(at);
    const own = layers.map((l) => l.layer.id);
    expect(own).toEqual(order.filter((id) => own.includes(id)));
  }
});

test('nearer, marks part, until every place has its own', () => {
  const story = storyOf(300);
  const counts = [2, 3, 4, 5, 6, 16].map((zoom) => marksOf(story, zoom).length);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(counts[0]).toBeLessThan(10);
  expect(counts.at(-1)).toBe(300);
});

test('the chosen place keeps a mark of its own', () => {
  const mine = marksOf(storyOf(300), 3, 'p17').find((m) => m.place.id === 'p17');
  expect(mine?.members).toBeUndefined();
  expect(mine?.events.every((e) => e.place === 'p17')).toBe(true);
});

test('a summary names a few places, and counts many', () => {
  expect(summaryOf(storyOf(3), t)).toContain('Place 0, Place 1 and Place 2');
  expect(summaryOf(storyOf(300), t)).toContain('at 300 places');
  expect(summaryOf(storyOf(300), t).length).toBeLessThan(200);
});
