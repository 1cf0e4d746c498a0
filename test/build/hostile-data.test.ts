import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import Papa from 'papaparse';
import { afterAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Basemap } from '../../src/build/basemap-files.ts';
import { loadBasemap } from '../../src/build/basemap-files.ts';
import { hostingFiles, hostingTags } from '../../src/build/hosting.ts';
import { loadStory } from '../../src/build/load.ts';
import { frontPageHtml, pageHtml } from '../../src/build/page.tsx';
import { builderFiles } from '../../src/build/pages.ts';
import { posterSvg } from '../../src/build/poster.tsx';
import { CARD } from '../../src/build/poster-scene.ts';
import { toPng } from '../../src/build/raster.ts';
import * as schema from '../../src/build/schema.ts';
import { checkShape } from '../../src/build/shape.ts';
import type { MadeMedia } from '../../src/core/compile.ts';
import { compile } from '../../src/core/compile.ts';
import { eventsCsv, eventsGeoJson, eventsKml, placesGeoJson } from '../../src/core/export.ts';
import { eventRecords } from '../../src/core/record.ts';
import type { SourceMedia } from '../../src/core/source.ts';
import type { Story } from '../../src/core/story.ts';
import { withContext } from '../../src/core/story.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { plain } from '../../src/core/text.ts';
import { safeUrl } from '../../src/ui/SafeLink.tsx';
import { interview, photograph, recording } from '../fixtures/media.ts';
import { payloads, withWords } from '../fixtures/payloads.ts';
import { DATA, ROOT } from '../fixtures/stories.ts';
import { LONG, tried } from '../tried.ts';

const FILES = ['story.json', 'places.geojson', 'speakers.json', 'sources.json', 'events.json', 'context.json'];
const ID = 'kazakhstan-2022-01';
const all = payloads();
const place = mkdtempSync(join(tmpdir(), 'unrest-map-hostile-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));
const basemap = loadBasemap(join(DATA, 'basemap/kazakhstan')) as Basemap;
const template = readFileSync(join(ROOT, 'src/pages/index.html'), 'utf8');
const addresses = {
  site: '../..',
  home: './',
  story: '../../assets/s.json',
  basemap: '../../assets/b.json',
  context: '../../assets/c.json',
};

/** Media of every kind, which the project's own story has none of. */
const words = { en: 'words' };
const rights = { credit: words, licence: words };
const MEDIA: readonly SourceMedia[] = [
  { kind: 'image', file: 'media/quay.jpg', alt: words, graphic: words, ...rights },
  { kind: 'video', file: 'media/quay.mp4', alt: words, transcript: words, captions: { en: 'media/quay.vtt' }, ...rights },
  { kind: 'audio', file: 'media/talk.mp3', alt: words, transcript: words, ...rights },
];
const recordings: Readonly<Record<string, Buffer>> = {
  'quay.jpg': await photograph(),
  'quay.mp4': recording(),
  'talk.mp3': interview(),
  'quay.vtt': Buffer.from('WEBVTT\n'),
};
const made: MadeMedia = new Map(
  Object.keys(recordings).map((name) => [`media/${name}`, { files: [{ path: `m/${ID}/media/${name}`, type: 'x/y', width: 640 }], size: null }]),
);

interface Hostile {
  readonly article: Story;
  readonly whole: Story;
  readonly records: ReturnType<typeof eventRecords>;
}

/** The project's story with media, and with other words in every field. */
function storyOf(next: () => string): Hostile {
  const folder = join(place, ID);
  cpSync(join(DATA, ID), folder, { recursive: true });
  mkdirSync(join(folder, 'media'), { recursive: true });
  for (const [name, bytes] of Object.entries(recordings)) writeFileSync(join(folder, 'media', name), bytes);
  const read = (name: string) => JSON.parse(readFileSync(join(DATA, ID, name), 'utf8')) as unknown;
  const events = read('events.json') as { events: object[] };
  const withMedia = { ...events, events: events.events.map((e, i) => (i === 0 ? { ...e, media: MEDIA } : e)) };
  for (const name of FILES) writeFileSync(join(folder, name), JSON.stringify(withWords(name === 'events.json' ? withMedia : read(name), next)));
  const { story, issues } = loadStory(
    folder,
    DATA,
    () => null,
    () => basemap,
  );
  if (!story) throw new Error(`The hostile story is refused: ${JSON.stringify(issues.filter((i) => i.severity === 'error').slice(0, 3))}`);
  const { story: article, context } = compile(story, 'en', basemap.index, 0, null, made);
  return { article, whole: context ? withContext(article, context) : article, records: eventRecords(story, 'en') };
}

/** Every tag of a text with the names of its attributes, once: what no words may add to. */
function tags(html: string): Set<string> {
  return new Set(
    [...html.matchAll(/<[a-z!/?][^>]*>/gi)].map(([tag]) => {
      const name = /^<\/?[\w!?:-]+/.exec(tag)?.[0].toLowerCase() ?? '';
      const attributes = tag.startsWith('</') ? [] : [...tag.matchAll(/\s([\w:-]+)(?:="[^"]*")?/g)].map((m) => m[1]);
      return `${name} ${[...new Set(attributes)].sort().join(' ')}`;
    }),
  );
}

async function outputs({ article, whole }: Hostile): Promise<Map<string, string>> {
  const colors = new Map(article.layers.map((l) => [l.id, '#c2410c']));
  const builder = await builderFiles([article], 'https://maps.example/');
  return new Map([
    ['the page', pageHtml(template, article, basemap.file, addresses, { first: [], rest: hostingTags(article, 'https://maps.example/', '../..') })],
    ['the page with its context', pageHtml(template, whole, basemap.file, addresses, { first: [], rest: [] })],
    ['the front page', frontPageHtml(template, [article, article])],
    ['the poster', posterSvg(article, basemap.file, colors, 'light')],
    ['the card', posterSvg(article, basemap.file, colors, 'dark', CARD)],
    ...hostingFiles(article, 'https://maps.example/').map((f): [string, string] => [
      f.path,
      f.path.endsWith('.json') ? (JSON.parse(String(f.content)) as { html: string }).html : String(f.content),
    ]),
    ['the builder', String(builder.find((f) => f.path === 'builder/index.html')?.content)],
  ]);
}

const neutral = await outputs(storyOf(() => 'words of some length'));
/** Words of several lines add lines of text to a picture, none of another kind. */
const PER_STORY = 700;
const count = LONG ? Math.ceil(all.length / PER_STORY) : 2;

describe.each(Array.from({ length: count }, (_, i) => i))('a story made of hostile words, number %i', (n) => {
  let at = n * PER_STORY;
  const used: string[] = [];
  const story = storyOf(() => {
    const words = all[at++ % all.length] ?? '';
    used.push(words);
    // Words of nothing but what cannot be seen are no words, and refused as such.
    return `x${words}`;
  });

  test('adds no tag, no attribute and no block to any page, picture or snippet', async () => {
    tried('hostile data: words in every field and output', used.length);
    for (const [name, text] of await outputs(story)) {
      const before = tags(neutral.get(name) ?? '');
      // React leaves out what is empty and marks words of another language.
      const added = [...tags(text)].filter((t) => !before.has(t) && !/^<(bdi|text|tspan|a|h1)\b/.test(t));
      expect(added, name).toEqual([]);
      expect(text.match(/<\/script>/gi)?.length ?? 0, name).toBe(neutral.get(name)?.match(/<\/script>/gi)?.length ?? 0);
    }
  });

  test('stands in the page letter by letter', async () => {
    const decoded = (html: string) =>
      html
        .replace(/<!--.*?-->|<[^>]+>/gs, '')
        .replace(/&#(x?)([\da-f]+);/gi, (_, hex: string, code: string) => String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)))
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&');
    const text = decoded((await outputs(story)).get('the page') ?? '');
    for (const e of story.article.events) {
      expect(text).toContain(plain(e.title).replaceAll('\r\n', '\n'));
      for (const c of e.claims) expect(text).toContain(plain(c.says).replaceAll('\r\n', '\n'));
    }
    const media = story.article.events.flatMap((e) => e.media ?? []);
    expect(media).toHaveLength(MEDIA.length);
    for (const m of media)
      for (const said of [m.alt, m.credit, m.licence, m.graphic, m.transcript]) if (said) expect(text).toContain(plain(said).replaceAll('\r\n', '\n'));
  });

  test('can be drawn: poster and card become pictures', async () => {
    const made = await outputs(story);
    for (const name of ['the poster', 'the card']) expect(toPng(made.get(name) ?? '').length).toBeGreaterThan(1000);
  });

  test('comes back whole from CSV, without a formula in it, from GeoJSON and from KML, with the record that each row carries', () => {
    const t = stringsFor('en');
    const csv = Papa.parse<Record<string, string>>(eventsCsv(story.whole, t, story.records).slice(1), { header: true, skipEmptyLines: true });
    expect(csv.errors).toEqual([]);
    expect(csv.data.map((r) => r.title)).toEqual(story.whole.events.map((e) => plain(e.title)));
    for (const row of csv.data) for (const cell of Object.values(row)) if (!/^-?[\d.]+$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    for (const row of csv.data)
      expect(JSON.parse(row.record ?? '')).toMatchObject({ event: { title: { en: plain(story.records.get(row.id ?? '')?.event.title.en ?? '') } } });
    const [media] = story.article.events.flatMap((e) => e.media ?? []);
    expect(csv.data.map((r) => r.media ?? '').join()).toContain(plain(media?.credit ?? ''));
    const json = JSON.parse(eventsGeoJson(story.whole, t, story.records)) as { features: { properties: { title: string } }[] };
    expect(json.features.map((f) => f.properties.title)).toEqual(story.whole.events.map((e) => plain(e.title)));
    JSON.parse(placesGeoJson(story.whole));
    const faults: string[] = [];
    const kml = new DOMParser({ onError: (_, message) => void faults.push(message) }).parseFromString(eventsKml(story.whole, t, story.records), 'text/xml');
    expect(faults).toEqual([]);
    const names = [...kml.getElementsByTagName('Placemark')].map((p) => p.getElementsByTagName('name')[0]?.textContent ?? '');
    // XML has no carriage return of its own: it reads as the end of a line.
    const ends = (text: string) => text.replace(/\r\n?/g, '\n');
    expect(names.map(ends)).toEqual(story.whole.events.map((e) => ends(plain(e.title))));
    const kinds = new Set([...kml.getElementsByTagName('*')].map((e) => e.tagName));
    expect([...kinds].sort()).toEqual([
      'Data',
      'Document',
      'ExtendedData',
      'Placemark',
      'Point',
      'TimeSpan',
      'begin',
      'coordinates',
      'description',
      'end',
      'kml',
      'name',
      'value',
    ]);
  });
});

test('every formula of the corpus at the head of a cell is defused, and numbers stay numbers', () => {
  const story = storyOf(() => 'words');
  const t = stringsFor('en');
  const heads = all.filter((p) => /^[=+\-@\t\r\n＝＋－＠]/.test(p));
  const [first] = story.article.events;
  if (!first) throw new Error('The story has no event.');
  const csv = Papa.parse<Record<string, string>>(
    eventsCsv({ ...story.article, events: heads.map((title) => ({ ...first, title, place: 'almaty' })) }, t).slice(1),
    {
      header: true,
      skipEmptyLines: true,
    },
  );
  expect(csv.data.map((r) => r.title)).toEqual(heads.map((h) => `'${h}`));
  for (const row of csv.data) expect(Number(row.lng)).toBeGreaterThan(70);
  tried('hostile data: formulas in CSV', heads.length);
});

test('as id, colour or address the corpus is refused, or is one that does no harm', { timeout: 60_000 }, () => {
  const layer = { id: 'x', label: { en: 'x' }, glyph: 'bar', color: { light: '#000000', dark: '#ffffff' }, shown: true };
  const story = JSON.parse(readFileSync(join(DATA, ID, 'story.json'), 'utf8')) as object;
  const sources = JSON.parse(readFileSync(join(DATA, ID, 'sources.json'), 'utf8')) as Record<string, object>;
  const source = Object.entries(sources).find(([id]) => id !== '$schema')?.[1] ?? {};
  const accepts = (shape: z.ZodType, value: unknown) => checkShape(shape, value, 'x', []).value !== null;
  expect(accepts(schema.publication, source) && accepts(schema.meta, { ...story, layers: [layer] })).toBe(true);
  const some = LONG ? all : all.slice(0, 1000);
  for (const payload of some) {
    if (accepts(schema.meta, { ...story, layers: [{ ...layer, id: payload }] })) expect(payload).toMatch(/^[\w-]{1,64}$/);
    expect(accepts(schema.meta, { ...story, layers: [{ ...layer, color: { light: payload, dark: '#000000' } }] })).toBe(false);
    expect(accepts(schema.meta, { ...story, id: payload }) && !/^[\w-]{1,64}$/.test(payload)).toBe(false);
    if (accepts(schema.publication, { ...source, url: payload })) expect(payload).toMatch(/^https?:\/\/[^\s@]+$/i);
    const link = safeUrl(payload);
    if (!link) continue;
    expect([link.protocol, link.username, link.password]).toEqual([expect.stringMatching(/^https?:$/), '', '']);
    // Letters that only look like others are seen for what they are.
    expect(link.host).toMatch(/^[\x21-\x7e]+$/);
  }
  tried('hostile data: ids, colours and addresses', some.length);
});
