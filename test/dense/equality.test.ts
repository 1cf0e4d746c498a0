/** The dense layer and the marks of a small story answer alike: the same events, filters and counts, in both ways. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import '../../src/core/strings/all.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { binsOf } from '../../src/build/dense/bins.tsx';
import type { DenseBuild } from '../../src/build/dense/make.ts';
import { makeDense } from '../../src/build/dense/make.ts';
import { loadStory } from '../../src/build/load.ts';
import { pictureHtml } from '../../src/build/picture.tsx';
import { posterSvg } from '../../src/build/poster.tsx';
import { compile } from '../../src/core/compile.ts';
import { comparable } from '../../src/core/letters.ts';
import { STATUSES } from '../../src/core/source.ts';
import type { Place, Story, StoryEvent } from '../../src/core/story.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { plain } from '../../src/core/text.ts';
import { timelineOf } from '../../src/core/timeline.ts';
import type { Filter } from '../../src/core/view.ts';
import { countShown, layerCounts, placesShown, visibleEvents } from '../../src/core/view.ts';
import { readColumns } from '../../src/dense/columns.ts';
import { readCounts } from '../../src/dense/counts.ts';
import { DetailStore } from '../../src/dense/DetailStore.ts';
import { fullEvent } from '../../src/dense/details.ts';
import { Many } from '../../src/dense/Many.ts';
import { shortNumber } from '../../src/dense/marks.ts';
import { DENSE_STORY, makeStory } from '../bench/make.ts';
import { random } from './make.ts';

const EVENTS = 1200;
/** The slow way looks at every event for every filter. */
const PATIENCE = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'unrest-map-equal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
makeStory(folder, { events: EVENTS, days: 60, places: 60 });
const { story: source, basemap } = loadStory(join(folder, DENSE_STORY), folder);
if (!source || !basemap) throw new Error('The generated story is not sound.');
const t = stringsFor('en');
const build: DenseBuild = await makeDense(join(folder, DENSE_STORY, 'events.csv'), source, t, join(folder, 'cache'));
const base = compile(source, 'en', basemap.index, 0, build).story;
/** A file of the build, in a buffer of its own. */
const fetchDetail = async (path: string) => new Uint8Array(readFileSync(join(build.from, path))).buffer;
const bytes = (name: string) => new Uint8Array(readFileSync(join(build.from, name)));
const details = new DetailStore(fetchDetail);
const many = new Many(base, build.files, readColumns(bytes('columns.bin')), details);
const counted = new Many(base, build.files, readCounts(bytes('counts.bin')), details);

/** All events as a small story has them. */
const places = new Map<string, { readonly place: Place; readonly at: number }>();
const events = Array.from({ length: Math.ceil(EVENTS / 256) }, (_, n) => JSON.parse(readFileSync(join(build.from, `events/${n}.json`), 'utf8')) as object[])
  .flat()
  .map((data): StoryEvent => {
    const { event, place, at } = fullEvent(data as { readonly [key: string]: unknown });
    if (place) places.set(place.id, { place, at });
    return event;
  });
const marked: Story = { ...base, events, places: [...places.values()].map((p) => p.place) };
const dense: Story = { ...base, many };

/** Some words as they are typed, letter by letter. */
const WORDS = ['checkpoint', 'university', 'desk'].flatMap((w) => Array.from({ length: w.length }, (_, i) => w.slice(0, i + 1)));

const r = random(11);
const some = <T>(items: readonly T[], share: number) => new Set(items.filter(() => r() < share));
const filters = Array.from({ length: 200 }, (): Filter => {
  const [a, b] = [Math.floor(r() * base.days.length), Math.floor(r() * base.days.length)];
  const [first, last] = [base.days[Math.min(a, b)], base.days[Math.max(a, b)]];
  return {
    hiddenLayers: some(
      base.layers.map((l) => l.id),
      0.3,
    ),
    hiddenStatuses: r() < 0.5 ? new Set() : some(STATUSES, 0.3),
    days: r() < 0.2 || !first || !last ? null : { first: first.id, last: last.id },
    showContext: r() < 0.5,
  };
});

test(
  '200 random filters show the same counts at each place and layer, on the canvas as by marks',
  () => {
    const cells = many.index.cellsAt(23);
    const ids = Uint32Array.from({ length: cells.count - 1 }, (_, i) => i + 1);
    const K = many.index.columns.kinds.length;
    for (const filter of filters) {
      const byKind = many.index.count(ids, many.window(filter));
      const mask = many.mask(filter);
      const found = new Map<string, number>();
      for (const { place, at } of places.values()) {
        const cell = many.index.cellOfPlace(at);
        for (let k = 0; k < K; k++) {
          const n = byKind[(cell - 1) * K + k] ?? 0;
          const key = `${place.id} ${base.layers[(mask[k] ?? 0) - 1]?.id}`;
          if (n > 0 && mask[k] !== 0) found.set(key, (found.get(key) ?? 0) + n);
        }
      }
      const expected = new Map(placesShown(marked, filter).flatMap((p) => p.layers.map((l): [string, number] => [`${p.place.id} ${l.layer.id}`, l.count])));
      expect(found).toEqual(expected);
    }
  },
  PATIENCE,
);

test(
  'legend, count, order of the list and days agree for the same filters',
  () => {
    for (const filter of filters) {
      expect(layerCounts(dense, filter)).toEqual(layerCounts(marked, filter));
      expect(countShown(dense, filter)).toBe(visibleEvents(marked, filter).length);
      const rows = many.index.order(many.mask(filter), many.window(filter));
      const order = Array.from({ length: rows.length }, (_, i) => events[rows.at(i) ?? -1]?.id);
      expect(order).toEqual(visibleEvents(marked, filter).map((e) => e.id));
      expect(timelineOf(dense, filter).undatedCount).toBe(timelineOf(marked, filter).undatedCount);
    }
  },
  PATIENCE,
);

test('the counts that paint first have the same totals as the events', () => {
  for (const filter of filters) {
    expect(counted.layerCounts(filter)).toEqual(many.layerCounts(filter));
    for (const status of STATUSES) expect(counted.statusCount(status, filter)).toBe(many.statusCount(status, filter));
  }
});

test('the picture, the poster and its legend show every event of the first view that has a point, before any script', () => {
  const first: Story = { ...base, many: counted };
  const placed = build.files.article.placed;
  for (const zoom of [3, 5]) expect(binsOf(first, zoom).reduce((n, bin) => n + bin.count, 0)).toBe(placed);
  const page = pictureHtml(first, basemap.file);
  const poster = posterSvg(first, basemap.file, new Map(base.layers.map((l) => [l.id, '#123456'])), 'light');
  for (const { count } of binsOf(first, 4)) expect(page).toContain(`>${shortNumber(count, '.')}<`);
  expect(page).toContain('many-4');
  expect(poster).toContain('stroke="#123456"');
  expect(poster).toContain(`${(build.files.events - build.files.context).toLocaleString('en')} events`);
});

test('an id leads to its event and its place, without the page having either', async () => {
  const far = new DetailStore(fetchDetail);
  const fresh = new Many(base, build.files, readColumns(bytes('columns.bin')), far);
  expect(fresh.find('e77')).toBeNull();
  await far.learn('e77', 'event', build.files.idFiles);
  const event = events.find((e) => e.id === 'e77');
  expect(fresh.find('e77')).toMatchObject({ layer: event?.layer, place: event?.place });
  const [place] = places.values();
  await far.learn(place?.place.id ?? '', 'place', build.files.idFiles);
  expect(fresh.target({ kind: 'place', id: place?.place.id ?? '' })).toEqual({ from: place?.at, to: (place?.at ?? 0) + 1 });
  await far.learn('nobody', 'event', build.files.idFiles);
  expect(fresh.find('nobody')).toBeNull();
});

test('Find gives every event and place whose words begin with all that is typed, in order, and no other', async () => {
  const wordsOfEvent = events.map(({ title, claims, place }) =>
    comparable([plain(title), ...claims.map((c) => c.by), plain(places.get(place ?? '')?.place.name ?? '')].join(' ')),
  );
  const typedAll = ['march', 'MAR brid', 'desk 7', 'place 1', 'akimat an', 'a', 'nothing of this', '', '…', ...WORDS];
  for (const typed of typedAll) {
    const terms = comparable(typed);
    const expected = wordsOfEvent.flatMap((words, row) => (terms.length > 0 && terms.every((t) => words.some((w) => w.startsWith(t))) ? [row] : []));
    expect([...(await details.finder.find('events', typed))], typed).toEqual(expected);
  }
  const named = [...places.values()].filter(({ place }) => comparable(plain(place.name)).some((w) => w.startsWith('5'))).map((p) => p.at);
  expect([...(await details.finder.find('places', 'place 5'))]).toEqual(named.sort((a, b) => a - b));
  const offered = await details.finder.find('events', 'march', (row) => many.isOffered(row, { showContext: false }));
  expect([...offered]).toEqual([...(await details.finder.find('events', 'march'))].filter((row) => events[row]?.collection === 'article'));
});

test('two builds of the same rows give the same bytes', async () => {
  const again = await makeDense(join(folder, DENSE_STORY, 'events.csv'), source, t, join(folder, 'cache-2'));
  for (const name of ['columns.bin', 'counts.bin', 'events/3.json', 'places/0.json', 'ids/0.json', 'find/events-0.json'])
    expect(readFileSync(join(again.from, name)).equals(readFileSync(join(build.from, name)))).toBe(true);
});
