import { expect, test } from 'vitest';
import type { Place, StoryEvent } from '../../src/core/story.ts';
import { DetailStore } from '../../src/dense/DetailStore.ts';
import { EVENTS_A_FILE, thinEvent } from '../../src/dense/details.ts';
import { tinyStory } from '../fixtures/tiny-story.ts';

const event = tinyStory.events[0] as StoryEvent;
const place = tinyStory.places[0] as Place;

/** A store of files with an event in each row, `e<row>`, at a place of its own; and what was fetched for it. */
function filled() {
  const fetched: string[] = [];
  const store = new DetailStore((path) => {
    fetched.push(path);
    const file = Number(/^events\/(\d+)\.json$/.exec(path)?.[1]);
    const rows = Array.from({ length: EVENTS_A_FILE }, (_, i) => file * EVENTS_A_FILE + i);
    return Promise.resolve(
      path.startsWith('ids/') ? { e300: 300 } : rows.map((row) => thinEvent({ ...event, id: `e${row}`, place: `p${row}` }, { ...place, id: `p${row}` }, row)),
    );
  });
  return { store, fetched };
}

const FILES = 60;

test('what was seen long ago is let go of, what is looked at stays the same object', async () => {
  const { store } = filled();
  await store.wantEvents([5]);
  const seen = store.event(5);
  for (let file = 0; file < FILES; file++) {
    await store.wantEvents([file * EVENTS_A_FILE]);
    expect(store.event(5)).toBe(seen);
    expect(store.placeOfEvent('e5')).toBe(5);
    expect(store.placeAt('p5')).toBe(5);
  }
  expect(store.place(5)).toMatchObject({ id: 'p5' });
  const kept = (has: (row: number) => boolean) => Array.from({ length: FILES * EVENTS_A_FILE }, (_, row) => row).filter(has).length;
  expect(kept((row) => store.event(row) !== null)).toBe(16 * EVENTS_A_FILE);
  expect(kept((row) => store.rowOf(`e${row}`) !== undefined)).toBe(16 * EVENTS_A_FILE);
  expect(kept((row) => store.find(`e${row}`) !== null)).toBe(16 * EVENTS_A_FILE);
  expect(kept((row) => store.placeAt(`p${row}`) !== undefined)).toBe(16 * EVENTS_A_FILE);
});

test('what was let go of is fetched again when it is wanted, also by its address alone', async () => {
  const { store, fetched } = filled();
  await store.wantEvents([300]);
  await store.wantEvents([301]);
  expect(fetched).toEqual(['events/1.json']);
  for (let file = 2; file < FILES; file++) await store.wantEvents([file * EVENTS_A_FILE]);
  expect(store.event(300)).toBeNull();
  expect(store.find('e300')).toBeNull();
  fetched.length = 0;
  await store.learn('e300', 'event', 1);
  expect(fetched).toEqual(['ids/0.json', 'events/1.json']);
  expect(store.find('e300')).toMatchObject({ id: 'e300', place: 'p300' });
  await store.wantEvents([301]);
  expect(fetched).toHaveLength(2);
});

test('a file that is on its way is asked for once, and one that failed only when somebody tries again', async () => {
  let down = true;
  const fetched: string[] = [];
  const store = new DetailStore((path) => {
    fetched.push(path);
    return down ? Promise.reject(new Error('down')) : Promise.resolve([thinEvent({ ...event, id: 'e0' }, null, -1)]);
  });
  await Promise.all([store.wantEvents([0]), store.wantEvents([1])]);
  await store.wantEvents([0]);
  expect(fetched).toHaveLength(1);
  expect(store.hasFailed(0)).toBe(true);
  down = false;
  await store.retry([0]);
  expect(store.hasFailed(0)).toBe(false);
  expect(store.event(0)?.event.id).toBe('e0');
  expect(fetched).toHaveLength(2);
});
