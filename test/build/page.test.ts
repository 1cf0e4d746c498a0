import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBasemap } from '../../src/build/basemap-files.ts';
import { escapeHtml, fill, pageHtml } from '../../src/build/page.tsx';
import { pictureHtml } from '../../src/build/picture.tsx';
import type { Story, Words } from '../../src/core/story.ts';
import { plain } from '../../src/core/text.ts';
import { DATA, kazakhstan, ROOT } from '../fixtures/stories.ts';

const story = kazakhstan();
const basemap = loadBasemap(join(DATA, 'basemap/kazakhstan'))!;
const template = readFileSync(join(ROOT, 'src/pages/index.html'), 'utf8');
const addresses = {
  site: '../..',
  home: './',
  story: '../../assets/story.json',
  basemap: '../../assets/basemap.json',
  context: '',
};
const page = (s: Story) => pageHtml(template, s, basemap.file, addresses, { first: [], rest: [] });
const html = page(story);
const text = html
  .replace(/<svg.*?<\/svg>/gs, ' ')
  .replace(/<!--.*?-->/gs, '')
  .replace(/<[^>]+>/g, ' ')
  .replace(/&#x27;|&#39;/g, '’')
  .replace(/\s+/g, ' ');

test('the page holds every event’s title and every claim’s sentence before any script', () => {
  const flat = (words: Words) => plain(words).replace(/\s+/g, ' ');
  for (const e of story.events) {
    expect(text).toContain(flat(e.title));
    for (const c of e.claims) expect(text).toContain(flat(c.says));
  }
});

test('no style and no script stands in the markup: the policy would block them', () => {
  expect(html).not.toMatch(/\sstyle=/);
  expect(html).not.toMatch(/\son\w+="/);
  expect(html.match(/<script\b[^>]*>[^<]/g)).toBeNull();
});

test('markup in any text of the data stays text', () => {
  const payload = '<img src=x onerror=alert(1)>"\'</script><!--';
  const hostile: Story = {
    ...story,
    title: payload,
    summary: payload,
    events: story.events.map((e) => ({
      ...e,
      title: payload,
      claims: e.claims.map((c) => ({ ...c, says: payload, by: payload, notes: c.notes.map((n) => ({ ...n, text: payload })) })),
    })),
    places: story.places.map((p) => ({ ...p, name: payload })),
    layers: story.layers.map((l) => ({ ...l, label: payload })),
  };
  const out = page(hostile);
  expect(out).not.toContain('<img');
  expect(out.match(/<\/script>/g)?.length).toBe(html.match(/<\/script>/g)?.length);
});

test('the picture is the same bytes each time, names the summary, and marks both places', () => {
  const picture = pictureHtml(story, basemap.file);
  expect(pictureHtml(story, basemap.file)).toBe(picture);
  expect(picture).toContain('aria-label="11 events, 2–10 January 2022');
  expect(picture).toContain('at-almaty"');
  expect(picture).toContain('at-almaty-airport"');
});

test('a slot that nobody fills is a fault of ours and is named', () => {
  expect(() => fill('<!--slot:nothing-->', {})).toThrow(/slot "nothing"/);
});

test('escaping covers content and attributes', () => {
  expect(escapeHtml(`<a b="c" d='e'>&`)).toBe('&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;');
});
