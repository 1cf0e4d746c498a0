import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { compile } from '../../src/core/compile.ts';
import { eventsCsv, eventsGeoJson, placesGeoJson } from '../../src/core/export.ts';
import type { Story } from '../../src/core/story.ts';
import { withContext } from '../../src/core/story.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { plain } from '../../src/core/text.ts';
import { safeUrl } from '../../src/ui/SafeLink.tsx';
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
  css: '../../assets/s.css',
};

/** The project's story with other words in every field. */
function storyOf(next: () => string): { article: Story; whole: Story } {
  const folder = join(place, ID);
  cpSync(join(DATA, ID), folder, { recursive: true });
  for (const name of FILES) writeFileSync(join(folder, name), JSON.stringify(withWords(JSON.parse(readFileSync(join(DATA, ID, name), 'utf8')), next)));
  const { story, issues } = loadStory(
    folder,
    DATA,
    () => null,
    () => basemap,
  );
  if (!story) throw new Error(`The hostile story is refused: ${JSON.stringify(issues.filter((i) => i.severity === 'error').slice(0, 3))}`);
  const { story: article, context } = compile(story, 'en', basemap.index, 0);
  return { article, whole: context ? withContext(article, context) : article };
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

async function outputs({ article, whole }: { article: Story; whole: Story }): Promise<Map<string, string>> {
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
  });

  test('can be drawn: poster and card become pictures', async () => {
    const made = await outputs(story);
    for (const name of ['the poster', 'the card']) expect(toPng(made.get(name) ?? '').length).toBeGreaterThan(1000);
  });

  test('comes back whole from CSV, without a formula in it, and from GeoJSON', () => {
    const t = stringsFor('en');
    const csv = Papa.parse<Record<string, string>>(eventsCsv(story.whole, t).slice(1), { header: true, skipEmptyLines: true });
    expect(csv.errors).toEqual([]);
    expect(csv.data.map((r) => r.title)).toEqual(story.whole.events.map((e) => plain(e.title)));
    for (const row of csv.data) for (const cell of Object.values(row)) if (!/^-?[\d.]+$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    const json = JSON.parse(eventsGeoJson(story.whole, t)) as { features: { properties: { title: string } }[] };
    expect(json.features.map((f) => f.properties.title)).toEqual(story.whole.events.map((e) => plain(e.title)));
    JSON.parse(placesGeoJson(story.whole));
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
    if (link) expect([link.protocol, link.username, link.password]).toEqual([expect.stringMatching(/^https?:$/), '', '']);
  }
  tried('hostile data: ids, colours and addresses', some.length);
});
