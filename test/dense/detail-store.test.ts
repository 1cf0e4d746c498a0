import { expect, test } from 'vitest';
import type { Place, StoryEvent } from '../../src/core/story.ts';
import { DetailStore } from '../../src/dense/DetailStore.ts';
import { EVENTS_A_FILE, EventLines, thinEvent } from '../../src/dense/details.ts';
import { tinyStory } from '../fixtures/tiny-story.ts';

const event = tinyStory.events[0] as StoryEvent;
const place = tinyStory.places[0] as Place;

/** A file as the build writes it. */
function fileOf(data: object): ArrayBuffer {
  const text = Array.isArray(data) ? `[${data.map((d) => JSON.stringify(d)).join(',\n')}]` : JSON.stringify(data);
  return new TextEncoder().encode(text).buffer;
}

/** A store of files with an event in each row, `e<row>`, at a place of its own; and what was fetched for it. */
function filled() {
  const fetched: string[] = [];
  const store = new DetailStore((path) => {
    fetched.push(path);
    const file = Number(/^events\/(\d+)\.json$/.exec(path)?.[1]);
    const rows = Array.from({ length: EVENTS_A_FILE }, (_, i) => file * EVENTS_A_FILE + i);
    const there = rows.map((row) => thinEvent({ ...event, id: `e${row}`, place: `p${row}` }, { ...place, id: `p${row}` }, row));
    return Promise.resolve(fileOf(path.startsWith('ids/') ? { e300: 300 } : there));
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
  const rows = Array.from({ length: FILES * EVENTS_A_FILE }, (_, row) => row);
  // The last files that came, and what is looked at.
  expect(rows.filter((row) => store.event(row) !== null)).toHaveLength(16 * EVENTS_A_FILE + 1);
  // Of those the last that were looked at.
  for (const has of [(row: number) => store.rowOf(`e${row}`), (row: number) => store.find(`e${row}`) ?? undefined])
    expect(rows.filter((row) => has(row) !== undefined)).toEqual(rows.slice(-1024));
});

test('an event is read when it is looked at, from its own line and no other', () => {
  const there = ['a', 'b\n,]', 'ц'].map((title, i) => thinEvent({ ...event, id: `e${i}`, title }, null, -1));
  const lines = new EventLines(fileOf(there));
  expect([0, 1, 2].map((i) => lines.at(i).event.title)).toEqual(['a', 'b\n,]', 'ц']);
  expect(() => lines.at(3)).toThrow();
  const broken = new TextDecoder().decode(fileOf(there)).replace('"a"', '"a');
  const damaged = new EventLines(new TextEncoder().encode(broken).buffer);
  expect(() => damaged.at(0)).toThrow();
  expect(damaged.at(2).event.title).toBe('ц');
  for (const bytes of ['', '[', '{}', '[{}\n{}]', JSON.stringify(there).slice(0, -1)])
    expect(() => new EventLines(new TextEncoder().encode(bytes).buffer).at(1), bytes).toThrow();
});

test('an event that cannot be read is one that failed; the next try is not answered from a cache', async () => {
  const asked: boolean[] = [];
  const store = new DetailStore((_, again) => {
    asked.push(again);
    const good = fileOf([0, 1].map((row) => thinEvent({ ...event, id: `e${row}` }, null, -1)));
    return Promise.resolve(again ? good : new TextEncoder().encode(new TextDecoder().decode(good).replace('"e1"', '"e1')).buffer);
  });
  await store.wantEvents([0, 1]);
  expect(store.event(0)?.event.id).toBe('e0');
  expect(store.hasFailed(1)).toBe(false);
  expect(store.event(1)).toBeNull();
  expect(store.hasFailed(1)).toBe(true);
  await store.retry([1]);
  expect(store.event(1)?.event.id).toBe('e1');
  expect(asked).toEqual([false, true]);
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
    return down ? Promise.reject(new Error('down')) : Promise.resolve(fileOf([thinEvent({ ...event, id: 'e0' }, null, -1)]));
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
