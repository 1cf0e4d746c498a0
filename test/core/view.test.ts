import { expect, test } from 'vitest';
import { hashWith } from '../../src/core/hash.ts';
import { hashFromView, viewFromHash } from '../../src/core/url.ts';
import { initialView, layerCounts, placesShown, selectEvent, selectedPlace, selectPlace, toggleLayer, visibleEvents } from '../../src/core/view.ts';
import { harbour, kazakhstan } from '../fixtures/stories.ts';

const story = kazakhstan();
const view = initialView(story);

test('hiding a layer takes its events from list, marks and counts alike', () => {
  const hidden = toggleLayer(story, view, 'statements');
  expect(visibleEvents(story, hidden).some((e) => e.layer === 'statements')).toBe(false);
  expect(
    placesShown(story, hidden)
      .flatMap((p) => p.layers)
      .some((l) => l.layer.id === 'statements'),
  ).toBe(false);
  expect(layerCounts(story, hidden).find((c) => c.layer.id === 'statements')).toMatchObject({ shown: 0 });
});

test('toggling twice brings the same view back', () => {
  const twice = toggleLayer(story, toggleLayer(story, view, 'troops'), 'troops');
  expect([...twice.hiddenLayers]).toEqual([...view.hiddenLayers]);
});

test('a place with nothing on show has no mark', () => {
  expect(placesShown(story, toggleLayer(story, view, 'troops')).map((p) => p.place.id)).toEqual(['kazakhstan', 'almaty']);
});

test('Almaty’s mark holds protests, internet and statements; the airport’s holds troops', () => {
  const layers = (id: string) =>
    placesShown(story, view)
      .find((p) => p.place.id === id)
      ?.layers.map((l) => l.layer.id);
  expect(layers('almaty')).toEqual(['protests', 'internet', 'statements']);
  expect(layers('almaty-airport')).toEqual(['troops']);
});

test('a layer that the story hides at first is hidden on arrival', () => {
  expect([...initialView(harbour()).hiddenLayers]).toEqual(['counts']);
});

test('selecting an event of a hidden layer shows the layer: it was asked for by name', () => {
  const next = selectEvent(story, toggleLayer(story, view, 'internet'), 'almaty-internet');
  expect(next.hiddenLayers.has('internet')).toBe(false);
  expect(selectedPlace(story, next.selection)).toBe('almaty');
});

test('a selection goes when its layer is hidden', () => {
  const open = selectEvent(story, view, 'almaty-internet');
  expect(toggleLayer(story, open, 'internet').selection).toEqual({ kind: 'none' });
  expect(toggleLayer(story, open, 'troops').selection).toEqual({ kind: 'event', id: 'almaty-internet' });
});

test('unknown ids select nothing', () => {
  expect(selectEvent(story, view, 'nope').selection).toEqual({ kind: 'none' });
  expect(selectPlace(story, view, 'nope').selection).toEqual({ kind: 'none' });
});

test('a placeless event is selected and opens no place', () => {
  expect(selectedPlace(story, selectEvent(story, view, 'csto-summit').selection)).toBeNull();
});

test('the address holds view, hidden layers and selection, as OpenStreetMap writes its map', () => {
  const next = { ...selectEvent(story, toggleLayer(story, view, 'statements'), 'almaty-internet'), viewport: { zoom: 6, center: [76.91, 43.25] as const } };
  expect(hashFromView(story, next)).toBe('map=6/43.25/76.91&hide=statements&event=almaty-internet');
});

test('reading back what was written gives the same view', () => {
  const written = { ...selectPlace(story, toggleLayer(story, view, 'troops'), 'almaty'), viewport: { zoom: 11.25, center: [-76.9123, -43.2512] as const } };
  expect(viewFromHash(story, `#${hashFromView(story, written)}`)).toEqual(written);
});

test('the view on arrival has no hash', () => {
  expect(hashFromView(story, view)).toBe('');
  expect(viewFromHash(story, '')).toEqual(view);
});

test('unknown keys, unknown ids and malformed values are ignored, the rest is kept', () => {
  const read = viewFromHash(story, '#utm_source=x&map=999/999/999&hide=statements,nothing&event=no-such&__proto__=1&%E0%A4%A=1&place=%');
  expect(read).toEqual({ ...view, hiddenLayers: new Set(['statements']) });
});

test('a secret that WordPress hangs on the hash is cut off', () => {
  expect(viewFromHash(story, '#event=almaty-internet#?secret=AbC12').selection).toEqual({ kind: 'event', id: 'almaty-internet' });
  expect(viewFromHash(story, '#event=almaty-internet?secret=AbC12').selection).toEqual({ kind: 'event', id: 'almaty-internet' });
});

test('a host’s filter changes the keys that it names, keeps the others and brings in no unknown one', () => {
  expect(hashWith('#hide=troops&event=arrests', { time: '2022-01-09/2022-01-10', event: null })).toBe('hide=troops&time=2022-01-09/2022-01-10');
  expect(hashWith('#event=arrests#?secret=abc', { place: 'almaty' })).toBe('place=almaty');
  expect(hashWith('', { hide: 'troops,internet', bogus: '1', step: 'a&event=b' })).toBe('hide=troops,internet&step=a%26event%3Db');
});

test('ten thousand random hashes are read without a throw and yield only known ids', () => {
  let seed = 7;
  const random = (n: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % n;
  };
  const pieces = [
    'map=',
    'time=',
    'status=',
    'context=',
    'step=',
    '2022-01-05',
    '..',
    'toll',
    'event=',
    'place=',
    'hide=',
    '&',
    '#',
    '?',
    '/',
    '%',
    '%41',
    'almaty',
    '1',
    '-',
    '.',
    '1e9',
    '\u0000',
    '<script>',
    '../',
    'constructor',
    '__proto__',
    '=',
    ',',
  ];
  for (let i = 0; i < 10_000; i++) {
    const hash = Array.from({ length: random(14) }, () => pieces[random(pieces.length)]).join('');
    const { hiddenLayers, selection } = viewFromHash(story, hash);
    for (const id of hiddenLayers) expect(story.layers.some((l) => l.id === id)).toBe(true);
    if (selection.kind === 'event') expect(story.events.some((e) => e.id === selection.id)).toBe(true);
  }
});
