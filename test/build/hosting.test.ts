import { describe, expect, test } from 'vitest';
import { checkAddress, isLocal } from '../../src/build/address.ts';
import { headersText } from '../../src/build/headers.ts';
import { embeddableOf, hostingFiles, hostingTags } from '../../src/build/hosting.ts';
import { choiceOf, hashOf } from '../../src/builder/choices.ts';
import { viewFromHash } from '../../src/core/url.ts';
import { ampSnippet, figureSnippet, frameSnippet, newsletterSnippet, PLAIN } from '../../src/embed/snippets.ts';
import { builderStory, kazakhstan } from '../fixtures/stories.ts';

const SITE = 'https://maps.example/sub/';
const story = kazakhstan();
const e = embeddableOf(story, SITE);

describe('snippets', () => {
  const all = [figureSnippet(e, PLAIN), frameSnippet(e, PLAIN), ampSnippet(e, PLAIN), newsletterSnippet(e, PLAIN)];
  test('all carry a link with words to the full map, and absolute addresses alone', () => {
    for (const html of all) {
      expect(html).toContain(`<a href="${SITE}m/kazakhstan-2022-01/">${e.openMap}</a>`);
      for (const [, address] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect(address).toMatch(/^https:\/\/maps\.example\/sub\//);
    }
  });

  test('the figure is image first, with whole numbers and no style: that survives every filter', () => {
    const html = figureSnippet(e, PLAIN);
    expect(html).toMatch(/^<figure [^>]+>\s*<a [^>]+><img [^>]+><\/a>\s*<figcaption>/);
    expect(html).toMatch(/width="1200" height="900"/);
    for (const one of all) expect(one).not.toMatch(/\sstyle=|\son\w+=|scrolling=|referrerpolicy=/);
  });

  test('the alternative text says what the map shows and how sure it is, never a bare number of dead', () => {
    expect(e.alt).toContain('11 events');
    expect(e.alt).toContain('deleted by the source and never confirmed');
    expect(e.alt).not.toContain('164');
  });

  test('markup in a title stays text', () => {
    const hostile = embeddableOf({ ...story, title: '"><script>alert(1)</script>' }, SITE);
    for (const make of [figureSnippet, frameSnippet, ampSnippet, newsletterSnippet]) expect(make(hostile, PLAIN)).not.toContain('<script>alert');
  });

  test('a view, a theme, a mark and a pinned script go where they belong', () => {
    const html = figureSnippet(e, { ...PLAIN, hash: 'hide=troops', theme: 'dark', suffix: 'two', mode: 'click', integrity: 'sha384-x' });
    expect(html).toContain('id="m-kazakhstan-2022-01-two" data-unrest-map="click" data-theme="dark"');
    expect(html).toContain('m/kazakhstan-2022-01/#hide=troops"');
    expect(html).toContain('integrity="sha384-x" crossorigin="anonymous"');
    expect(frameSnippet(e, { ...PLAIN, hash: 'hide=troops', theme: 'dark' })).toContain('?embed=1&#38;theme=dark#hide=troops"');
  });
});

describe('oEmbed', () => {
  const json = JSON.parse(String(hostingFiles(story, SITE).find((f) => f.path.endsWith('oembed.json'))?.content)) as Record<string, unknown>;
  test('is a rich answer whose html is a bare frame: no class, no script, no quotation', () => {
    expect(json).toMatchObject({
      version: '1.0',
      type: 'rich',
      provider_name: 'maps.example',
      width: 640,
      height: 520,
      thumbnail_width: 1200,
      thumbnail_height: 900,
    });
    expect(json.html).toMatch(
      /^<iframe src="https:\/\/maps\.example\/sub\/m\/kazakhstan-2022-01\/\?embed=1" title="[^"]+" width="640" height="520"><\/iframe>$/,
    );
    expect(json.html).not.toMatch(/class=|script|blockquote/);
  });
});

describe('head tags', () => {
  const tags = hostingTags(story, SITE, '../..').join('\n');
  test('name card, canonical address and oEmbed absolutely, with size and words', () => {
    for (const part of [
      `<link rel="canonical" href="${SITE}m/kazakhstan-2022-01/">`,
      `type="application/json+oembed" href="${SITE}m/kazakhstan-2022-01/oembed.json"`,
      `<meta property="og:image" content="${SITE}m/kazakhstan-2022-01/card-1200x630.png">`,
      '<meta property="og:image:width" content="1200">',
      '<meta property="og:image:alt" content="Map: ',
      '<meta name="twitter:card" content="summary_large_image">',
    ])
      expect(tags).toContain(part);
  });

  test('name every language’s page once, for search engines and for ?lang=', () => {
    const languages = [...tags.matchAll(/hreflang="([\w-]+)" href="([^"]+)"/g)].map((m) => [m[1], m[2]]);
    expect(languages.map(([l]) => l).sort()).toEqual(story.languages.map((l) => l.id).sort());
    expect(languages.find(([l]) => l === story.language)?.[1]).toBe(`${SITE}m/kazakhstan-2022-01/`);
  });

  test('hold the data as a Dataset with the article as its source, in a block that no text can end', () => {
    const hostile = hostingTags({ ...story, title: '</script><script>alert(1)</script>' }, SITE, '../..').join('\n');
    expect(hostile.match(/<\/script>/g)).toHaveLength(1);
    const data = JSON.parse(/<script type="application\/ld\+json">(.*)<\/script>/.exec(tags)?.[1] ?? '') as Record<string, unknown>;
    expect(data).toMatchObject({
      '@type': 'Dataset',
      license: 'https://creativecommons.org/licenses/by/4.0/',
      dateModified: story.updatedDay,
      isBasedOn: { '@type': 'NewsArticle' },
    });
  });
});

describe('the site’s address', () => {
  test('is a folder’s, with http or https and nothing else in it', () => {
    expect(checkAddress('https://maps.example/sub')).toEqual({ ok: true, href: SITE });
    for (const text of ['maps.example', 'ftp://maps.example/', 'https://a:b@maps.example/', 'https://maps.example/?x', 'https://maps.example/#x', '']) {
      const checked = checkAddress(text);
      expect(checked.ok, text).toBe(false);
    }
  });

  test('of this machine is known as such', () => {
    for (const address of ['http://localhost:4173/', 'http://127.0.0.1/', 'http://[::1]:8080/', 'http://maps.localhost/'])
      expect(isLocal(address), address).toBe(true);
    for (const address of ['https://maps.example/', 'https://localhost.example/']) expect(isLocal(address), address).toBe(false);
  });
});

test('no path of _headers gets the same header twice', () => {
  const text = headersText(
    ['embed/v1.1.0.js', 'embed/v1.0.0.js'],
    [{ folder: 'm/x/', policy: "default-src 'none'", opened: ['m/x/embed/figure.html', 'm/x/static.svg'] }],
    [{ path: '/builder/', policy: "default-src 'none'", framed: false }],
  );
  for (const block of text.trim().split('\n\n')) {
    const names = block
      .split('\n')
      .slice(1)
      .map((l) => l.split(':')[0]);
    expect(new Set(names).size).toBe(names.length);
  }
  expect(text).not.toMatch(/x-frame-options/i);
});

describe('the builder’s choices', () => {
  const own = builderStory(story);
  const plain: [string, string[]][] = [
    ['layer', own.layers.map((l) => l.id)],
    ['from', [own.days[0]!.id]],
    ['to', [own.days.at(-1)!.id]],
  ];

  test('that change nothing make no hash', () => {
    expect(hashOf(own, new Map(plain))).toBe('');
  });

  test('make a hash that the map reads back as the same view', () => {
    const [, second, third] = own.days;
    const hash = hashOf(
      own,
      new Map([...plain, ['layer', ['protests', 'casualties']], ['from', [second!.id]], ['to', [third!.id]], ['map', ['6/43.25/76.91']], ['context', ['1']]]),
    );
    const view = viewFromHash(story, hash);
    expect([...view.hiddenLayers].sort()).toEqual(['internet', 'statements', 'troops']);
    expect(view).toMatchObject({ days: { first: second!.id, last: third!.id }, showContext: true, viewport: { zoom: 6 } });
    expect(viewFromHash(story, hashOf(own, new Map([...plain, ['open', ['event=arrests']]]))).selection).toEqual({ kind: 'event', id: 'arrests' });
  });

  test('that a typed address holds wrongly fall back to the plain embed', () => {
    const choice = choiceOf(
      own,
      new Map([...plain, ['theme', ['pink']], ['height', ['9e9']], ['mark', ['<b>']], ['mode', ['x']], ['open', ['event=nothing']], ['map', ['<x>']]]),
      'sha384-x',
    );
    expect(choice).toEqual({ ...PLAIN, height: 1000 });
  });
});
