import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { loadStory } from '../../src/build/load.ts';
import { posterSvg } from '../../src/build/poster.tsx';
import { toPng } from '../../src/build/raster.ts';
import { loadSettings } from '../../src/build/settings.ts';
import { brandHtml, themeLinks } from '../../src/build/theme/brand.tsx';
import { palettesOf } from '../../src/build/theme/check.ts';
import { makeTheme, OUR_THEME, openTheme } from '../../src/build/theme/make.ts';
import { safeSvg } from '../../src/build/theme/svg.ts';
import { compile } from '../../src/core/compile.ts';
import { contrast, nearestWith } from '../../src/core/contrast.ts';
import type { SourceSite } from '../../src/core/source.ts';
import { OUR_STYLE, toCss } from '../../src/core/tokens.ts';
import { DATA } from '../fixtures/stories.ts';
import { HARBOUR, writeTheme } from '../fixtures/theme.ts';

vi.setConfig({ testTimeout: 60_000 });

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A data folder with the sample look, changed. */
function folderWith(change: (site: SourceSite) => unknown = (s) => s, also: (folder: string) => void = () => undefined): string {
  const folder = mkdtempSync(join(tmpdir(), 'unrest-map-theme-'));
  made.push(folder);
  writeTheme(folder, change(HARBOUR) as SourceSite);
  also(folder);
  return folder;
}

const faults = (folder: string) =>
  loadSettings(folder).issues.map((i) => ({ at: i.path.join('.'), line: i.line, found: i.found, remedy: i.remedy, expected: i.expected }));

describe('contrast', () => {
  test('is WCAG’s: 21 between black and white, 1 of a colour with itself, 4.54 for #767676 on white', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#3366cc', '#3366cc')).toBe(1);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  test('the nearest colour passes, and the step before it does not', () => {
    const near = nearestWith('#9bb8d8', [{ color: '#ffffff', needed: 4.5 }])!;
    expect(contrast(near, '#ffffff')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(near, '#ffffff')).toBeLessThan(4.6);
    expect(
      nearestWith('#777777', [
        { color: '#ffffff', needed: 15 },
        { color: '#000000', needed: 15 },
      ]),
    ).toBeNull();
  });

  test('a pair too faint is an error with its line, both names, both ratios and a colour that would do, in either scheme', () => {
    const folder = folderWith((s) => ({ ...s, colors: { ...s.colors, dark: { ...s.colors?.dark, inkSoft: '#3a4a40' } } }));
    const found = faults(folder);
    expect(found.map((f) => f.expected)).toContain('"inkSoft" on "paper" at 4.5:1 or more in the dark scheme');
    const [first] = found;
    expect(first).toMatchObject({ at: 'colors.dark.inkSoft', found: expect.stringMatching(/^\d\.\d\d:1, "#3a4a40" on "#\w{6}"$/) });
    expect(first?.line).toBeGreaterThan(1);
    const better = /is (#\w{6})\.$/.exec(first?.remedy ?? '')?.[1] ?? '';
    const mended = folderWith((s) => ({ ...s, colors: { ...s.colors, dark: { ...s.colors?.dark, inkSoft: better } } }));
    expect(faults(mended)).toEqual([]);
    // The whole of a faulty look is left out, never half of it.
    expect(loadSettings(folder).site).toEqual({});
  });

  test('a ground that makes our own words faint is told of the ground', () => {
    const [first] = faults(folderWith(() => ({ colors: { light: { paper: '#888888' } } })));
    expect(first).toMatchObject({ at: 'colors.light.paper' });
  });

  test('a layer that a site’s land swallows is told with its place in story.json and a colour that would do', () => {
    const palettes = palettesOf({ colors: { light: { land: '#c8602a' } } });
    const { issues } = loadStory(join(DATA, 'kazakhstan-2022-01'), DATA, () => null, undefined, palettes);
    const [first] = issues.filter((i) => i.file === 'story.json' && i.path[0] === 'layers');
    expect(first).toMatchObject({ severity: 'warning', path: ['layers', 0, 'color', 'light'], expected: expect.stringContaining('"land"') });
    expect(first?.line).toBeGreaterThan(1);
  });
});

test.each<[string, (site: SourceSite) => unknown, string, RegExp]>([
  ['a colour that has no such name', (s) => ({ ...s, colors: { light: { paperr: '#ffffff' } } }), 'colors.light.paperr', /./],
  ['a colour that is none', (s) => ({ ...s, colors: { light: { paper: 'red' } } }), 'colors.light.paper', /./],
  ['a logo that is not there', (s) => ({ ...s, logo: { light: 'site/none.svg' } }), 'logo.light', /Put it there/],
  ['a path out of the folder', (s) => ({ ...s, logo: { light: '../../secret/logo.svg' } }), 'logo.light', /./],
  ['a logo without a name', ({ name: _, ...s }) => s, 'logo', /"name"/],
  ['font files without a licence', (s) => ({ ...s, fonts: { title: { ...s.fonts?.title, licence: undefined } } }), 'fonts.title', /licence|leave/],
  ['font files without a family', (s) => ({ ...s, fonts: { title: { ...s.fonts?.title, family: undefined } } }), 'fonts.title', /family/],
  [
    'a font that is no WOFF2',
    (s) => ({ ...s, fonts: { title: { ...s.fonts?.title, files: [{ file: 'site/fake.woff2', weight: 600, style: 'normal' }] } } }),
    'fonts.title.files.0.file',
    /Convert/,
  ],
  [
    'a font that is too heavy',
    (s) => ({ ...s, fonts: { title: { ...s.fonts?.title, files: [{ file: 'site/heavy.woff2', weight: 600, style: 'normal' }] } } }),
    'fonts.title.files.0.file',
    /letters/,
  ],
  ['a stack that is more than one', (s) => ({ ...s, fonts: { text: { fallback: 'serif;}body{display:none' } } }), 'fonts.text.fallback', /./],
  ['a home that is no web address', (s) => ({ ...s, home: 'javascript:alert(1)' }), 'home', /./],
  ['corners too round', (s) => ({ ...s, radius: 40 }), 'radius', /./],
])('%s is an error that names its key and a remedy', (_, change, at, remedy) => {
  const folder = folderWith(change, (f) => {
    writeFileSync(join(f, 'site/fake.woff2'), 'no font');
    writeFileSync(join(f, 'site/heavy.woff2'), Buffer.concat([Buffer.from('wOF2'), Buffer.alloc(300_000)]));
  });
  const found = faults(folder);
  expect(found.map((f) => f.at)).toContain(at);
  expect(found.find((f) => f.at === at)?.remedy).toMatch(remedy);
});

test.each([
  ['a script', '<script>alert(1)</script>'],
  ['an event handler', '<path d="M0 0h9" onload="alert(1)"/>'],
  ['a picture from elsewhere', '<image href="https://else.example/x.png"/>'],
  ['a use of another file', '<use href="https://else.example/x.svg#a"/>'],
  ['an old link', '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:text/html,x"/>'],
  ['HTML', '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'],
  ['a style that fetches', '<style>@import url(https://else.example/x.css);</style>'],
  ['a fill that fetches', '<path d="M0 0h9" fill="url(https://else.example/x#a)"/>'],
  ['letters', '<text>POST</text>'],
  ['motion', '<animate attributeName="x"/>'],
])('a logo with %s is refused', (_, part) => {
  expect(safeSvg(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${part}</svg>`)).toMatchObject({ ok: false });
});

test('entities, other formats and drawings without a size are refused too', () => {
  for (const text of [
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    '<html/>',
    'GIF89a',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
  ])
    expect(safeSvg(text)).toMatchObject({ ok: false });
});

describe('a look of its own', async () => {
  const folder = folderWith();
  const { theme, issues } = await openTheme(folder);

  test('is made without faults, its files under names of their content', () => {
    expect(issues).toEqual([]);
    expect(faults(folder)).toEqual([]);
    expect(theme.files.map((f) => f.path.replace(/-[0-9a-f]{10}\./, '-#.')).sort()).toEqual([
      'assets/font-slab-600-#.woff2',
      'assets/logo-#.svg',
      'assets/logo-#.svg',
      'assets/theme-#.css',
    ]);
  });

  test('says nothing of who drew the logo, or with what', () => {
    const logos = theme.files.filter((f) => f.path.endsWith('.svg')).map((f) => String(f.content));
    for (const svg of logos) expect(svg).not.toMatch(/Jane|inkscape|metadata|<!--/);
  });

  test('keeps nothing of a photographed logo’s place and author', async () => {
    const photo = await sharp({ create: { width: 300, height: 80, channels: 3, background: '#0c5c3b' } })
      .withExif({ IFD0: { Artist: 'Jane Doe' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '43/1 15/1 0/1' } })
      .jpeg()
      .toBuffer();
    expect(photo.includes('Jane Doe')).toBe(true);
    const withPhoto = folderWith(
      (s) => ({ ...s, logo: { light: 'site/logo.jpg' } }),
      (f) => writeFileSync(join(f, 'site/logo.jpg'), photo),
    );
    const logo = (await openTheme(withPhoto)).theme.files.find((f) => f.path.endsWith('.png'));
    expect((await sharp(Buffer.from(logo!.content)).metadata()).exif).toBeUndefined();
    expect(Buffer.from(logo!.content).includes('Jane Doe')).toBe(false);
  });

  test('asks for nothing of others: every address in it is of the site', () => {
    const text = [String(theme.files.find((f) => f.path.endsWith('.css'))?.content), toCss(theme.style), ...themeLinks(theme, '../..')].join('\n');
    expect(text).not.toMatch(/https?:/);
  });

  test('names its pages in words and links to its home, which opens apart', () => {
    const html = brandHtml(theme, 'ru', '../..');
    expect(html).toContain('aria-label="Harbour Post"');
    expect(html).toMatch(/<a href="https:\/\/harbour\.example\/" rel="noopener" target="_blank">/);
    expect(html).toContain('data-credit="Карта: Harbour Post"');
    expect(html).not.toMatch(/style=|<script|<svg/);
  });

  test('is on the poster: colours, letters, logo and credit; the picture is drawn with the site’s own font', () => {
    const { story, basemap } = loadStory(join(DATA, 'kazakhstan-2022-01'), DATA, () => null);
    const { story: compiled } = compile(story!, 'en', basemap!.index, 0);
    const svg = posterSvg(compiled, basemap!.file, new Map(), 'light', undefined, theme.poster);
    for (const part of ['#eef3ef', 'Bitter', 'data:image/svg+xml;base64,', 'Map: The Harbour Post']) expect(svg.includes(part), part).toBe(true);
    const word = `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text y="30" font-size="24" font-weight="600" font-family="${theme.poster.fonts.title}">Quay</text></svg>`;
    expect(Buffer.compare(Buffer.from(toPng(word, theme.poster.fontFiles)), Buffer.from(toPng(word)))).not.toBe(0);
  });

  test('leaves the colours of readers who ask for more contrast, and of forced colours, as they are', () => {
    for (const name of ['lightContrast', 'darkContrast', 'forced'] as const) expect(theme.style.palettes[name]).toBe(OUR_STYLE.palettes[name]);
  });
});

test('a damaged font is an error of its file, and the site keeps our look', async () => {
  const folder = folderWith(undefined, (f) => {
    mkdirSync(join(f, 'site'), { recursive: true });
    writeFileSync(join(f, 'site/slab-600.woff2'), Buffer.concat([Buffer.from('wOF2'), Buffer.alloc(2000)]));
  });
  const { theme, issues } = await openTheme(folder);
  expect(theme).toBe(OUR_THEME);
  expect(issues).toEqual(
    expect.arrayContaining([expect.objectContaining({ severity: 'error', file: 'site.json', expected: 'a sound file at data/site/slab-600.woff2' })]),
  );
});

test('without settings of its look a site has ours, and no file for it', async () => {
  expect((await makeTheme({ baseUrl: 'https://maps.example/' }, DATA)).theme).toBe(OUR_THEME);
  expect(brandHtml(OUR_THEME, 'en', '.')).toBe('');
  expect(themeLinks(OUR_THEME, '.')).toEqual([]);
  expect(readFileSync(join(DATA, '../src/pages/index.html'), 'utf8')).not.toContain('theme-');
});
