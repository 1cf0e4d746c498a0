import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeStory } from '../bench/make.ts';
import { interview, recording } from '../fixtures/media.ts';
import { DATA, ROOT } from '../fixtures/stories.ts';
import { TABLES } from '../fixtures/tables.ts';
import { LONG, tried } from '../tried.ts';
import type { Reader, ReaderOptions } from './driver.ts';
import { PHONE, STORY, withBrowser } from './driver.ts';
import { FRAME } from './host.ts';
import type { StaticSite } from './static.ts';
import { readRules, serveStatic } from './static.ts';
import type { Variant } from './variant.ts';
import { serveData } from './variant.ts';

const DIST = join(ROOT, 'dist');
const { reader } = withBrowser();

/** The widest that any page may be. Frames of our own maps are the builder's and the article's alone. */
const WIDEST: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'font-src': "'self'",
  'media-src': "'self'",
  'worker-src': "'self'",
  'frame-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "default 'none'",
};
/** Without these something is left open: `default-src` does not stand in for them. */
const REQUIRED = ['default-src', 'base-uri', 'form-action', 'require-trusted-types-for', 'trusted-types'];

function filesOf(folder: string, end: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile() && e.name.endsWith(end))
    .map((e) => join(e.parentPath, e.name));
}

/** Snippets are text to be pasted; they are pages only to somebody who opens them, and `_headers` takes care of that. */
const isSnippet = (file: string) => /\/m\/.*\/embed\//.test(file);
const pages = filesOf(DIST, '.html').filter((f) => !isSnippet(f));
const unescaped = (text: string) => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

function directives(policy: string): Map<string, string[]> {
  return new Map(
    policy.split(';').map((d): [string, string[]] => {
      const [name = '', ...values] = d.trim().split(/\s+/);
      return [name, values];
    }),
  );
}

/** What a page's policy may name beside the widest: its own style and script in the markup, by their hashes. */
function ownSources(html: string): Map<string, string> {
  const source = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return new Map(
    (['style', 'script'] as const).flatMap((element) => {
      const inside = [...html.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, 'g'))];
      expect(inside.length).toBeLessThanOrEqual(1);
      return inside.map(([, text = '']): [string, string] => [`${element}-src`, source(text)]);
    }),
  );
}

function expectNarrow(policy: string, html: string, where: string): void {
  const own = ownSources(html);
  const found = directives(policy);
  for (const name of REQUIRED) expect([...found.keys()], where).toContain(name);
  for (const [name, values] of found) {
    if (name === 'frame-ancestors' || name === 'sandbox') continue;
    const allowed = WIDEST[name]?.split(' ') ?? [];
    for (const value of values) expect([...allowed, own.get(name)], `${where}: ${name} ${value}`).toContain(value);
    if (own.has(name)) expect(values, where).toContain(own.get(name));
  }
}

describe('the pages as built', () => {
  test('each holds the policy as a tag before anything that it should bind', () => {
    expect(pages.length).toBeGreaterThanOrEqual(7);
    for (const file of pages) {
      const html = readFileSync(file, 'utf8');
      const head = /^<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)">/i.exec(
        html,
      );
      expect(head, relative(DIST, file)).not.toBeNull();
      expectNarrow(unescaped(head?.[1] ?? ''), html, relative(DIST, file));
    }
  });

  test('each is sent with the same policy by header, and the header says who may frame it', () => {
    const rules = readRules(readFileSync(join(DIST, '_headers'), 'utf8'));
    for (const file of pages) {
      const path = `/${relative(DIST, file).replace(/index\.html$/, '')}`;
      const sent = rules
        .filter(([pattern]) => pattern.test(path))
        .flatMap(([, headers]) => headers)
        .filter(([name]) => name === 'Content-Security-Policy');
      expect(sent, path).toHaveLength(1);
      const [, policy] = sent[0]!;
      expectNarrow(policy, readFileSync(file, 'utf8'), path);
      const tag = unescaped(/http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(readFileSync(file, 'utf8'))?.[1] ?? '');
      expect(policy.replace(/; frame-ancestors .*$/, ''), path).toBe(tag);
      expect(policy).toMatch(/frame-ancestors (\*|'none')$/);
    }
  });

  test('snippets and pictures, opened as pages, may run nothing', () => {
    const rules = readRules(readFileSync(join(DIST, '_headers'), 'utf8'));
    const opened = [...filesOf(DIST, '.html').filter(isSnippet), ...filesOf(join(DIST, 'm'), '.svg')];
    expect(opened.length).toBeGreaterThan(20);
    for (const file of opened) {
      const path = `/${relative(DIST, file)}`;
      const policies = rules.filter(([pattern]) => pattern.test(path)).flatMap(([, h]) => h.filter(([name]) => name === 'Content-Security-Policy'));
      expect(
        policies.map(([, p]) => /default-src 'none'.*sandbox/.test(p)),
        path,
      ).toEqual([true]);
    }
  });

  test('none holds a script or style in its markup but the one of each that its policy names, blocks of data aside, nor an address that is followed by itself', () => {
    for (const file of pages) {
      const html = readFileSync(file, 'utf8');
      const where = relative(DIST, file);
      for (const [, attributes = '', body = ''] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
        if (body.trim() !== '' && attributes !== '') expect(attributes, where).toMatch(/type="application\/(ld\+)?json"/);
        else if (body.trim() === '') expect(attributes, where).toMatch(/ src="/);
      }
      const markup = html.replace(/<script\b[\s\S]*?<\/script>|<style>[\s\S]*?<\/style>/g, '');
      expect(markup, where).not.toMatch(/<style\b|\sstyle=|\son[a-z]+=["']|<base\b|http-equiv="refresh"|<object\b|<embed\b|javascript:/i);
    }
  });

  test('no script of the site knows cookies, stores, service workers, beacons or other hosts’ analytics', () => {
    for (const file of filesOf(DIST, '.js')) {
      const text = readFileSync(file, 'utf8');
      expect(text, relative(DIST, file)).not.toMatch(/document\.cookie|localStorage|sessionStorage|indexedDB|serviceWorker|sendBeacon|\beval\(|new Function\(/);
    }
  });
});

/** What a page must never do, noted in every frame before its own scripts run. */
function watch(): void {
  const noted: string[] = [];
  Object.assign(window, { noted });
  document.addEventListener('securitypolicyviolation', (e) => noted.push(`violation: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
  navigator.sendBeacon = (url) => {
    noted.push(`beacon: ${String(url)}`);
    return false;
  };
  for (const [name, kind] of [
    ['localStorage', Storage],
    ['sessionStorage', Storage],
  ] as const)
    kind.prototype.setItem = () => {
      noted.push(`stored in ${name}`);
    };
  Object.defineProperty(document, 'cookie', { get: () => '', set: (v: string) => noted.push(`cookie: ${v}`) });
  for (const ask of ['alert', 'confirm', 'prompt'] as const) Object.assign(window, { [ask]: () => noted.push(ask) });
}

const noted = (frame: Frame | Page) => frame.evaluate(() => (window as unknown as { noted: string[] }).noted);

/** Nothing was broken, kept or sent, in any frame, and nobody else was asked. */
async function expectClean(r: Reader, site: string): Promise<void> {
  for (const frame of r.page.frames()) expect(await noted(frame), frame.url()).toEqual([]);
  expect(r.faults).toEqual([]);
  expect([...r.hosts].filter((h) => h !== '')).toEqual([new URL(site).host]);
  expect(await r.context.cookies()).toEqual([]);
  expect(await r.page.evaluate(async () => [(await navigator.serviceWorker?.getRegistrations())?.length ?? 0, (await indexedDB.databases()).length])).toEqual([
    0, 0,
  ]);
}

/** Everything that a reader can do on a story's page, whatever its language: by classes and places, not by words. */
async function everyState(r: Reader): Promise<number> {
  const { page } = r;
  page.setDefaultTimeout(8000);
  const steps: (() => Promise<unknown>)[] = [
    () => r.mark('almaty').click(),
    () => r.card.locator('summary').first().click(),
    () => page.keyboard.press('Escape'),
    () => r.mark('kazakhstan').click(),
    () => r.card.waitFor(),
    () => page.keyboard.press('Escape'),
    () => r.toggle('troops'),
    () => r.toggle('troops'),
    () => page.locator('.status-filter summary').click(),
    () => page.locator('.status-filter input').first().uncheck(),
    () => page.locator('.status-filter input').first().check(),
    () => r.clickDay(3),
    () => r.dragDays(2, 6),
    () => page.locator('.day-range input').first().press('Home'),
    () => page.locator('.day-range input').last().press('End'),
    () => r.showContext(),
    () => r.mark('zhanaozen').waitFor({ state: 'attached' }),
    () => page.locator('[role=combobox]').fill('a'),
    () => page.locator('[role=option]').first().waitFor(),
    () => page.keyboard.press('Escape'),
    () => page.locator('#events .event a').first().click(),
    () => r.dragMap(-120, 60),
    () => page.locator('.step-list summary').click(),
    () => page.locator('.step-list a, .step-list button').first().click(),
    () => page.locator('.step-leave').click(),
    () => page.locator('.tools button').first().click(),
    () => page.emulateMedia({ media: 'print' }),
    () => page.emulateMedia({ media: 'screen', colorScheme: 'dark', forcedColors: 'active' }),
    () => page.emulateMedia({ media: 'screen', colorScheme: 'light', forcedColors: 'none' }),
    () => page.setViewportSize(PHONE),
    () => r.mark('almaty').click(),
    () => page.locator('.sheet').waitFor(),
  ];
  for (const step of steps) await step();
  return steps.length;
}

describe.each(LONG ? [true, false] : [true])('with the headers of the site: %s', (headers) => {
  let site: StaticSite;
  beforeAll(async () => {
    site = await serveStatic(headers);
  });
  afterAll(() => site.close());
  const visit = (at: string, more: ReaderOptions = {}) => reader({ site: site.url, at, before: watch, permissions: ['clipboard-write'], ...more });

  test.each(LONG ? ['', 'ru/', 'kk/', 'ko/'] : ['kk/'])(
    'no state of the story’s page breaks the policy, asks anybody else or keeps anything (%s)',
    { timeout: 60_000 },
    async (language) => {
      const r = await visit(`${STORY}${language}`);
      tried('policy: states of a page', await everyState(r));
      await expectClean(r, site.url);
    },
  );

  test('nor does the front page, the embed folded open, or a page out of another’s frame', async () => {
    const front = await visit('/');
    await front.mark('almaty').click();
    await expectClean(front, site.url);
    const embed = await visit(`${STORY}?embed=1&theme=dark#event=arrests`, { viewport: { width: 640, height: 520 } });
    await embed.page.locator('.fold-button').click();
    await embed.page.locator('.context-switch').click();
    await expectClean(embed, site.url);
  });

  test.each(
    [
      ['the story', /assets\/story-.*\.json/],
      ['the later parts', /assets\/laterParts-/],
      ['the basemap', /assets\/basemap-.*\.json/],
      ['the map’s script', /assets\/StoryMap-/],
      ['the worker', /assets\/ground\.worker/],
    ].slice(0, LONG ? 5 : 2) as [string, RegExp][],
  )('nor does a page without %s', async (_, blocked) => {
    const r = await visit(STORY, { blocked, live: false });
    await r.page.locator('.map-notice, .masthead > .notice, html[data-map="live"]').first().waitFor({ state: 'attached' });
    for (const frame of r.page.frames()) expect(await noted(frame)).toEqual([]);
    expect(r.faults.filter((f) => /policy|Trusted/i.test(f))).toEqual([]);
  });

  test('nor does the page that tries data, before a table, with one, with a faulty one and when it is taken along', async () => {
    const r = await visit('/try/', { live: false });
    await expectClean(r, site.url);
    await r.page.getByRole('button', { name: 'Use the sample' }).click();
    await r.page.waitForSelector('html[data-map="live"]');
    await r.page.locator('.map-region button[data-place]').first().click();
    await r.card.locator('summary').first().click();
    await Promise.all([r.page.waitForEvent('download'), r.page.getByRole('button', { name: 'Download as a story folder' }).click()]);
    await r.page.setInputFiles('#file', join(TABLES, 'acled-bad.csv'));
    await r.page.locator('.faults li').first().waitFor();
    await r.page.emulateMedia({ media: 'print' });
    await expectClean(r, site.url);
  });

  test('nor do article and builder, in any of their frames', async () => {
    const article = await visit('/article/', { live: false });
    await article.page.locator('figure').first().scrollIntoViewIfNeeded();
    await expect.poll(() => article.page.frame({ name: FRAME })?.url() ?? '').toContain('embed=1');
    await article.page.frame({ name: FRAME })!.waitForSelector('html[data-map="live"]');
    await article.page.getByRole('link', { name: 'spoke of 164 dead' }).click();
    await article.page.frame({ name: FRAME })!.locator('.card').waitFor();
    await article.page.emulateMedia({ media: 'print' });
    await expectClean(article, site.url);
    const builder = await visit('/builder/', { live: false });
    builder.page.setDefaultTimeout(8000);
    await builder.page.frame({ name: 'preview' })!.waitForSelector('html[data-map="live"]');
    for (const name of ['open', 'theme', 'mode']) await builder.page.locator(`#choices select[name=${name}]`).selectOption({ index: 1 });
    await builder.page.locator('#choices input[name=pinned]').check();
    await builder.page.getByRole('button', { name: 'Copy: Newsletter, feed' }).click();
    await expectClean(builder, site.url);
  });
});

describe.runIf(LONG).each([true, false])('with the headers of a site that has an invented story, media and very many events: %s', (headers) => {
  let built: Variant;
  let site: StaticSite;
  beforeAll(async () => {
    built = await serveData(
      (dataDir) => {
        makeStory(dataDir, { events: 5000 });
        const folder = join(dataDir, 'sample-kites');
        cpSync(join(DATA, 'sample-kites'), folder, { recursive: true });
        for (const [name, bytes] of [
          ['talk.mp3', interview()],
          ['quay.mp4', recording()],
          ['quay.vtt', Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nGulls.\n')],
        ] as const)
          writeFileSync(join(folder, 'media', name), bytes);
        const events = JSON.parse(readFileSync(join(folder, 'events.json'), 'utf8')) as { events: { media?: object[] }[] };
        const ar = { ar: 'x' };
        const rights = { alt: ar, credit: ar, licence: ar, transcript: ar };
        const played = [
          { kind: 'audio', file: 'media/talk.mp3', ...rights },
          { kind: 'video', file: 'media/quay.mp4', captions: { ar: 'media/quay.vtt' }, ...rights },
        ];
        events.events = events.events.map((e) => (e.media ? { ...e, media: [...e.media, ...played] } : e));
        writeFileSync(join(folder, 'events.json'), JSON.stringify(events));
      },
      {},
      { samples: true },
    );
    site = await serveStatic(headers, '', built.outDir);
  }, 120_000);
  afterAll(async () => {
    await site?.close();
    await built?.close();
  });
  const visit = (at: string, more: ReaderOptions = {}) => reader({ site: site.url, at, before: watch, ...more });

  test.each(['', '?embed=1', 'en/'])('an invented story with pictures, sounds and videos breaks no policy (%s)', { timeout: 60_000 }, async (at) => {
    const r = await visit(`/m/sample-kites/${at}`);
    r.page.setDefaultTimeout(8000);
    if (at === '?embed=1') await r.page.locator('.fold-button').click();
    const buttons = r.page.locator('#events .media button');
    const count = await buttons.count();
    expect(count).toBeGreaterThan(3);
    for (let i = 0; i < count; i++) await buttons.nth(i).click();
    for (const kind of ['audio', 'video'])
      await r.page
        .locator(`#events ${kind}`)
        .first()
        .evaluate((e) => void (e as HTMLMediaElement).play().catch(() => undefined));
    await r.mark('muscat').click();
    await r.card.locator('.media').first().waitFor();
    await r.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    // The recordings are none that play: what is said of that is the browser's.
    for (const frame of r.page.frames()) expect(await noted(frame)).toEqual([]);
    expect(r.faults.filter((f) => /policy|Trusted|refused/i.test(f))).toEqual([]);
    expect([...r.hosts]).toEqual([new URL(site.url).host]);
    tried('policy: states of a page', count + 4);
  });

  test.each(['', '?embed=1'])('nor does a story of very many events (%s)', { timeout: 60_000 }, async (at) => {
    const r = await visit(`/m/many/${at}`);
    r.page.setDefaultTimeout(8000);
    if (at !== '') await r.page.locator('.fold-button').click();
    await r.page.locator('.many-rows .event-title').first().waitFor({ state: 'attached' });
    await r.page.locator('.dense-focus').focus();
    await r.page.keyboard.press('Enter');
    await r.card.locator('.event-title').first().waitFor();
    await r.card.locator('.event-title a').first().click();
    await r.toggle('protests');
    await r.page.keyboard.press('Escape');
    await r.page.locator('[role=combobox]').fill('bridge');
    await r.page.locator('[role=option]').first().waitFor();
    await r.page.keyboard.press('Escape');
    await r.page.emulateMedia({ media: 'print' });
    await r.page.emulateMedia({ media: 'screen', forcedColors: 'active' });
    await expectClean(r, site.url);
    tried('policy: states of a page', 8);
  });

  test('nor does a front page of several stories', async () => {
    const r = await visit('/', { live: false });
    await expectClean(r, site.url);
    tried('policy: states of a page', 1);
  });
});
