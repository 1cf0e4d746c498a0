import { expect, test } from 'vitest';
import { claimTrees, figurePhrase } from '../../src/core/claim-words.ts';
import { markName, placeWords, summaryOf } from '../../src/core/describe.ts';
import type { Claim, StoryEvent } from '../../src/core/story.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { initialView, placesShown } from '../../src/core/view.ts';
import { kazakhstan } from '../fixtures/stories.ts';

const en = stringsFor('en');

const story = kazakhstan();

function claim(id: string): Claim {
  const found = story.events.flatMap((e) => e.claims).find((c) => c.id === id);
  if (!found) throw new Error(`No claim ${id}.`);
  return found;
}

function eventOf(relations: readonly (readonly [id: string, kind: 'qualifies' | 'conflicts-with', to: string])[], ids: readonly string[]): StoryEvent {
  const [event] = story.events;
  if (!event) throw new Error('The story has no events.');
  const claims = ids.map(
    (id): Claim => ({ ...claim('a08'), id, relations: relations.filter((r) => r[0] === id).map(([, kind, to]) => ({ kind, claim: to })) }),
  );
  return { ...event, claims };
}

const shape = (event: StoryEvent) => claimTrees(event).map((t) => [t.claim.id, ...t.under.map((u) => u.claim.id)]);

test('a figure is one phrase with what it counts, its scope and its status', () => {
  const a20 = claim('a20');
  expect(figurePhrase(story, a20, a20.figures[0]!, en)).toBe('164 people killed, whole country; deleted, not confirmed');
  const a19 = claim('a19');
  expect(figurePhrase(story, a19, a19.figures[0]!, en)).toBe('7,989 people arrested, whole country; officially announced');
});

test('a country-wide event says so, a placeless one says that', () => {
  expect(placeWords(story.places.find((p) => p.id === 'kazakhstan')!, en)).toBe('Whole country: Kazakhstan');
  expect(placeWords(null, en)).toBe('No place');
});

test('a mark’s name says what it holds', () => {
  const shown = placesShown(story, initialView(story)).find((p) => p.place.id === 'almaty');
  expect(markName(shown!, en)).toBe('Almaty: Protests 1, Internet restoration 1 and Statements 1');
});

test('the summary’s counts are the data’s', () => {
  expect(summaryOf(story, en)).toBe(
    '11 events, 2–10 January 2022: 4 at Almaty and Almaty Airport, 5 for the whole country, 2 with no place. 1 claim was deleted by the source and never confirmed.',
  );
});

test('what qualifies a claim stands directly under it', () => {
  expect(shape(story.events.find((e) => e.id === 'deaths-post')!)).toEqual([['a20', 'a21']]);
  expect(shape(eventOf([['c', 'qualifies', 'a']], ['a', 'b', 'c']))).toEqual([['a', 'c'], ['b']]);
});

test('a chain of corrections hangs under its first claim', () => {
  expect(
    shape(
      eventOf(
        [
          ['b', 'qualifies', 'a'],
          ['c', 'qualifies', 'b'],
        ],
        ['a', 'b', 'c'],
      ),
    ),
  ).toEqual([['a', 'b', 'c']]);
});

test('of claims that point at one another the first leads, and none is lost', () => {
  expect(
    shape(
      eventOf(
        [
          ['a', 'conflicts-with', 'b'],
          ['b', 'conflicts-with', 'a'],
        ],
        ['a', 'b'],
      ),
    ),
  ).toEqual([['a', 'b']]);
  expect(
    shape(
      eventOf(
        [
          ['b', 'conflicts-with', 'c'],
          ['c', 'conflicts-with', 'b'],
          ['d', 'qualifies', 'c'],
        ],
        ['a', 'b', 'c', 'd'],
      ),
    ),
  ).toEqual([['a'], ['b', 'c', 'd']]);
});
