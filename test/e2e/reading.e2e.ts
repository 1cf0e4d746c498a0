/** The page as it is heard, as a browser's reader mode keeps it, and as it is printed. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { summaryOf } from '../../src/core/describe.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { plain } from '../../src/core/text.ts';
import { kazakhstan, ROOT } from '../fixtures/stories.ts';
import { LONG } from '../tried.ts';
import type { Reader } from './driver.ts';
import { STORY, withBrowser } from './driver.ts';

const { reader } = withBrowser();
const tool = (path: string) => readFileSync(resolve(ROOT, 'node_modules', path), 'utf8');

interface Virtual {
  readonly start: (options: { container: Element }) => Promise<void>;
  readonly next: () => Promise<void>;
  readonly lastSpokenPhrase: () => Promise<string>;
  readonly spokenPhraseLog: () => Promise<string[]>;
  readonly stop: () => Promise<void>;
}

/** What a screen reader says from the top of the page to its end, phrase by phrase. */
async function heard(r: Reader): Promise<string[]> {
  await r.page.route('**/virtual-screen-reader.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: tool('@guidepup/virtual-screen-reader/lib/esm/index.browser.js') }),
  );
  await r.page.addScriptTag({ type: 'module', content: "import { virtual } from '/virtual-screen-reader.js'; window.virtual = virtual;" });
  await r.page.waitForFunction(() => 'virtual' in window);
  return r.page.evaluate(async () => {
    const { virtual } = window as unknown as { virtual: Virtual };
    await virtual.start({ container: document.body });
    for (let i = 0; i < 5000 && (await virtual.lastSpokenPhrase()) !== 'end of document'; i++) await virtual.next();
    const log = await virtual.spokenPhraseLog();
    await virtual.stop();
    return log;
  });
}

describe.each(['en', 'ru', 'kk', 'ko'])('in %s', (language) => {
  const story = kazakhstan(language);
  const t = stringsFor(language);
  const at = language === 'en' ? STORY : `${STORY}${language}/`;

  test('a screen reader says title, summary with counts, the map by name, every layer, the days in words, and each event with how sure it is', async () => {
    const r = await reader({ at, bypassCSP: true });
    const said = await heard(r);
    const text = said.join('\n');
    expect(said.at(-1)).toBe('end of document');
    expect(text).toContain(`heading, ${plain(story.title)}, level 1`);
    expect(text).toContain(summaryOf(story, t));
    expect(text).toContain(`region, ${t.mapOf(plain(story.title))}`);
    for (const layer of story.layers) expect(text).toMatch(new RegExp(`checkbox, ${plain(layer.label)} \\d+, checked`));
    const days = `${t.daySpan(story.days[0]?.words ?? '', story.days.at(-1)?.words ?? '')}`;
    expect(text).toContain(`slider, ${t.firstDay}`);
    expect(text).toContain(`current value ${t.rangeValue(days, story.events.length)}`);
    // In the list each event's title is followed by how sure each of its claims is, before the next title.
    const list = said.slice(said.findIndex((phrase) => phrase.startsWith(`heading, ${t.eventList}`)));
    const starts = story.events.map((event) => list.findIndex((phrase) => phrase.startsWith(`heading, ${plain(event.title)}, level`)));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    for (const [i, event] of story.events.entries()) {
      expect(starts[i], plain(event.title)).toBeGreaterThan(0);
      const own = list.slice(starts[i], starts[i + 1]).join('\n');
      for (const claim of event.claims) expect(own).toContain(t.status[claim.status].word);
    }
  });

  test.runIf(LONG || language === 'en')('a reader mode keeps the account whole: every event, claim and status', async () => {
    const r = await reader({ at, bypassCSP: true });
    await r.page.addScriptTag({ content: tool('@mozilla/readability/Readability.js') });
    const kept = await r.page.evaluate(() => {
      const { Readability } = window as unknown as { Readability: new (page: Document) => { parse: () => { textContent: string } | null } };
      return new Readability(document.cloneNode(true) as Document).parse()?.textContent.replace(/\s+/g, ' ') ?? '';
    });
    for (const event of story.events) {
      expect(kept).toContain(plain(event.title));
      for (const claim of event.claims) {
        expect(kept).toContain(plain(claim.says).replace(/\s+/g, ' '));
        expect(kept).toContain(t.status[claim.status].word);
      }
    }
  });
});

/** Put Korean letters into a page: a bare machine has none to print, and paper has a box for each that is missing. */
async function withKorean(page: Page): Promise<void> {
  const folder = resolve(ROOT, 'node_modules/@fontsource/gowun-dodum');
  await page.route('**/letters/*', (route) => route.fulfill({ path: resolve(folder, 'files', new URL(route.request().url()).pathname.split('/').at(-1)!) }));
  const faces = readFileSync(resolve(folder, '400.css'), 'utf8').replaceAll('./files/', '/letters/');
  await page.addStyleTag({ content: `${faces}:root{--font-text:"Gowun Dodum",sans-serif;--font-title:"Gowun Dodum",sans-serif}` });
  await page.evaluate(async () => {
    await Promise.all([...document.fonts].map((face) => face.load()));
  });
}

/** Letters of each kind; the other languages' are among them. */
test.each(LONG ? ['en', 'ru', 'kk', 'ko'] : ['kk', 'ko'])(
  'on paper every event is there in order, with its claims, how sure, and its sources, and each page has its number (%s)',
  async (language) => {
    const story = kazakhstan(language);
    const t = stringsFor(language);
    const r = await reader({ at: language === 'en' ? STORY : `${STORY}${language}/`, bypassCSP: true });
    if (language === 'ko') await withKorean(r.page);
    const { text: pages, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(await r.page.pdf({ preferCSSPageSize: true }))));
    for (const [i, page] of pages.entries()) expect(page.replace(/\s/g, '')).toContain(`${i + 1}/${totalPages}`);
    // Lines break anywhere, pages between claims: what counts are the letters, in their order.
    const letters = (words: string) => words.replace(/\s/g, '');
    const whole = letters(pages.map((page, i) => page.replace(`${i + 1} / ${totalPages}`, '')).join(''));
    const list = whole.slice(whole.indexOf(letters(t.eventList)));
    for (const layer of story.layers) expect(whole).toContain(letters(plain(layer.label)));
    let from = 0;
    for (const event of story.events) {
      const at = list.indexOf(letters(plain(event.title)), from);
      expect(at, plain(event.title)).toBeGreaterThanOrEqual(from);
      from = at;
      for (const claim of event.claims) {
        expect(list.slice(from)).toContain(letters(plain(claim.says)));
        expect(list.slice(from)).toContain(letters(t.status[claim.status].word));
        for (const source of claim.sources) expect(list.slice(from)).toContain(letters(plain(story.sources[source]!.title)));
      }
    }
  },
);

test('a layer that is switched off is said to be off', async () => {
  const r = await reader();
  await r.toggle('troops');
  const tree = await r.page.locator('.layers').ariaSnapshot();
  expect(tree).toMatch(/checkbox "Troop deployments 0"(?! \[checked)/);
  expect(tree).toMatch(/checkbox "Protests 2" \[checked\]/);
});
