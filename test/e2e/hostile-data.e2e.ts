/** A site whose every word tries to be something else, under the site's own policy, by every way that a reader takes. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadStory } from '../../src/build/load.ts';
import type { Story } from '../../src/core/story.ts';
import { plain, visible } from '../../src/core/text.ts';
import { DENSE_STORY, makeStory } from '../bench/make.ts';
import { payloads, withWords } from '../fixtures/payloads.ts';
import { compiled, DATA } from '../fixtures/stories.ts';
import { LONG, tried } from '../tried.ts';
import type { Reader } from './driver.ts';
import { PHONE, STORY, withBrowser } from './driver.ts';
import type { Variant } from './variant.ts';
import { serveData } from './variant.ts';

const { reader } = withBrowser();
const all = payloads();
const PER_STORY = 700;
/** As a browser lays text out: runs of space are one. */
const laid = (text: string) => text.replace(/[ \t\n\r\f]+/g, ' ').trim();

let used = 0;
/** The project's story, and the sample that has pictures, with other words in every field of theirs. */
async function hostileSite(n: number): Promise<{ site: Variant; story: Story }> {
  let at = n * PER_STORY;
  const next = () => `x${all[at++ % all.length] ?? ''}`;
  let story: Story | undefined;
  const site = await serveData(
    (dataDir) => {
      for (const id of ['kazakhstan-2022-01', 'sample-kites']) {
        const folder = join(dataDir, id);
        cpSync(join(DATA, id), folder, { recursive: true });
        for (const name of readdirSync(folder).filter((f) => /json$/.test(f))) {
          const words = withWords(JSON.parse(readFileSync(join(folder, name), 'utf8')), next) as object;
          writeFileSync(join(folder, name), JSON.stringify(name === 'story.json' ? { ...words, language: 'en', languages: LANGUAGES[id] } : words));
        }
      }
      const folder = join(dataDir, 'kazakhstan-2022-01');
      story = compiled(loadStory(folder, dataDir, () => null));
    },
    {},
    { samples: true },
  );
  used = at - n * PER_STORY;
  if (!story) throw new Error('The site was built without its story.');
  return { site, story };
}
const LANGUAGES: { readonly [id: string]: readonly string[] } = { 'kazakhstan-2022-01': ['en', 'ru', 'kk', 'ko'], 'sample-kites': ['en'] };

function watch(): void {
  Object.assign(window, {
    noted: [],
    pwned() {
      (window as unknown as { noted: string[] }).noted.push('pwned');
    },
  });
  for (const ask of ['alert', 'confirm', 'prompt', 'print', 'open'] as const)
    Object.assign(window, { [ask]: () => (window as unknown as { noted: string[] }).noted.push(ask) });
  document.addEventListener('securitypolicyviolation', (e) => (window as unknown as { noted: string[] }).noted.push(`${e.violatedDirective} ${e.blockedURI}`));
}

async function expectHarmless(r: Reader, site: Variant): Promise<void> {
  for (const frame of r.page.frames()) expect(await frame.evaluate(() => (window as unknown as { noted: string[] }).noted), frame.url()).toEqual([]);
  expect(r.faults).toEqual([]);
  expect([...r.hosts].filter((h) => h !== '')).toEqual([new URL(site.url).host]);
}

for (let n = 0; n < (LONG ? 6 : 1); n++) {
  let site: Variant;
  let story: Story;
  beforeAll(async () => {
    ({ site, story } = await hostileSite(n));
  }, 60_000);
  afterAll(() => site.close());

  test(`number ${n}: list, marks, cards, search, days, context, print: all is shown letter by letter, and nothing runs, asks or leaves`, {
    timeout: 120_000,
  }, async () => {
    const r = await reader({ site: site.url, before: watch });
    r.page.setDefaultTimeout(10_000);
    // Text as it is laid out differs in its spaces alone.
    expect((await r.page.locator('#events .event-title').allTextContents()).map(laid)).toEqual(story.events.map((e) => laid(plain(e.title))));
    expect(laid((await r.page.locator('h1').textContent()) ?? '')).toBe(laid(plain(story.title)));
    expect((await r.page.locator('.layer-switch .layer-name, .layer-switch bdi').allTextContents()).map(laid)).toEqual(
      expect.arrayContaining(story.layers.map((l) => laid(plain(l.label)))),
    );
    for (const place of ['almaty', 'almaty-airport', 'kazakhstan']) {
      await r.mark(place).hover();
      await r.mark(place).click();
      const name = story.places.find((p) => p.id === place)?.name ?? '';
      expect(laid((await r.openCard()) ?? '')).toContain(laid(plain(name)));
      await r.card.locator('summary').first().click();
      await r.page.keyboard.press('Escape');
    }
    await r.showContext();
    await r.mark('zhanaozen').waitFor({ state: 'attached' });
    await r.page.locator('[role=combobox]').fill('x');
    await r.page.locator('[role=option]').first().waitFor();
    await r.page.locator('[role=combobox]').fill('"><script>pwned()</script>');
    await r.page.keyboard.press('Escape');
    await r.page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    await r.clickDay(3);
    await r.page.locator('.tools button').first().click();
    await r.page.emulateMedia({ media: 'print' });
    await expectHarmless(r, site);
    tried('hostile data: words in the browser', used);
  });

  test(`number ${n}: nor in the embed, in other languages, in the builder, in the picture opened by itself, or without scripts`, {
    timeout: 120_000,
  }, async () => {
    for (const at of [`${STORY}?embed=1#event=arrests`, `${STORY}ko/#place=almaty`]) {
      const r = await reader({ site: site.url, at, before: watch, viewport: PHONE });
      await expectHarmless(r, site);
    }
    // Pictures with their words, behind a warning and not, in list and card.
    const kites = await reader({ site: site.url, at: '/m/sample-kites/', before: watch });
    const buttons = kites.page.locator('#events .media button');
    for (let i = 0; i < (await buttons.count()); i++) await buttons.nth(i).click();
    expect(await kites.page.locator('#events .media img').count()).toBe(2);
    expect(await kites.page.locator('#events .media-credit').allTextContents()).toEqual([expect.stringMatching(/^x/), expect.stringMatching(/^x/)]);
    await kites.mark('muscat').click();
    await kites.card.locator('.media img').first().waitFor();
    await kites.page.emulateMedia({ media: 'print' });
    await expectHarmless(kites, site);
    const builder = await reader({ site: site.url, at: '/builder/', before: watch, live: false });
    await builder.page.frame({ name: 'preview' })!.waitForSelector('html[data-map="live"]');
    await expect.poll(() => builder.page.locator('.snippet').count()).toBeGreaterThan(3);
    expect(laid(await builder.page.locator('#story option').first().innerText())).toBe(laid(plain(story.title)));
    await expectHarmless(builder, site);
    const picture = await reader({ site: site.url, at: `${STORY}static-1200x900.svg`, before: watch, live: false });
    expect(await picture.page.locator('text').count()).toBeGreaterThan(10);
    expect(picture.faults).toEqual([]);
    const still = await reader({ site: site.url, javaScriptEnabled: false });
    expect(await still.page.locator('#events .event').count()).toBe(story.events.length);
    expect([...still.hosts]).toEqual([new URL(site.url).host]);
  });

  test(`number ${n}: snippets in a page without any policy become a picture, a link and a frame, and nothing else`, async () => {
    for (const name of ['figure.html', 'iframe.html', 'newsletter.html']) {
      const r = await reader({ site: site.url, at: `${STORY}embed/${name}`, before: watch, live: false });
      const tags = await r.page.evaluate(() => [...new Set([...document.body.querySelectorAll('*')].map((e) => e.localName))]);
      expect(
        tags.every((t) => ['figure', 'a', 'img', 'figcaption', 'script', 'iframe', 'p'].includes(t)),
        tags.join(),
      ).toBe(true);
      expect(await r.page.evaluate(() => (window as unknown as { noted: string[] }).noted.filter((x) => x === 'pwned'))).toEqual([]);
    }
  });
}

describe.runIf(LONG)('a dense story of such words', () => {
  const ROWS = 6000;
  let site: Variant;
  let rows: { readonly id: string; readonly title: string }[] = [];
  beforeAll(async () => {
    site = await serveData((dataDir) => {
      makeStory(dataDir, { events: 1 });
      rows = Array.from({ length: ROWS }, (_, i) => {
        const words = `x${all[i % all.length] ?? ''}`.slice(0, 400);
        const day = `2021-09-${String(1 + (i % 30)).padStart(2, '0')}`;
        return {
          id: `r${i}`,
          title: words,
          layer: 'protests',
          date: day,
          lng: 60 + (i % 40) / 2,
          lat: 45,
          place: words,
          says: words,
          who: words,
          source: 'generator',
        };
      });
      writeFileSync(join(dataDir, DENSE_STORY, 'events.csv'), Papa.unparse(rows));
    });
  }, 120_000);
  afterAll(() => site?.close());

  test('shows them letter by letter in list, card, marks, search and file', { timeout: 120_000 }, async () => {
    const r = await reader({ site: site.url, at: `/m/${DENSE_STORY}/`, before: watch });
    r.page.setDefaultTimeout(10_000);
    const titles = r.page.locator('.many-rows .event-title');
    await titles.first().waitFor({ state: 'attached' });
    const own = new Set(rows.map((row) => laid(visible(row.title))));
    // Down the list by steps that have other rows in sight each.
    for (let at = 0; at < 40; at++) {
      await r.page.locator('.many-list .many-rows').evaluate((box, n) => {
        box.scrollTop = (box.scrollHeight * n) / 40;
      }, at);
      await expect.poll(() => r.page.locator('.many-rows .is-loading').count()).toBe(0);
      for (const title of await titles.allTextContents()) expect(own).toContain(laid(title));
    }
    await r.page.locator('.dense-focus').focus();
    for (let i = 0; i < 10; i++) {
      await r.page.keyboard.press('ArrowRight');
      await r.page.keyboard.press('Enter');
      await r.card.locator('.event-title').first().waitFor();
      for (const title of await r.card.locator('.event-title').allTextContents()) expect(own).toContain(laid(title));
      await r.page.keyboard.press('Escape');
    }
    for (const words of ['script', '<img src=x onerror=pwned()>', '__proto__', '=cmd']) {
      await r.page.locator('[role=combobox]').fill(words);
      await expect.poll(() => r.page.locator('.findings-count').textContent()).toMatch(/found/i);
    }
    await r.page.emulateMedia({ media: 'print' });
    await expectHarmless(r, site);
    const file = readFileSync(
      join(site.outDir, `m/${DENSE_STORY}`, readdirSync(join(site.outDir, `m/${DENSE_STORY}`)).find((f) => f.startsWith('dense-')) ?? '', 'all-events.csv'),
      'utf8',
    );
    const csv = Papa.parse<Record<string, string>>(file.slice(1), { header: true, skipEmptyLines: true });
    expect(csv.errors).toEqual([]);
    expect(csv.data.length).toBe(ROWS);
    for (const row of csv.data) for (const cell of Object.values(row)) if (!/^-?[\d.]+$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    tried('hostile data: rows of a dense story', ROWS);
  });
});
