import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { LONG } from '../tried.ts';
import { axeFaults, OF_COLOUR } from './axe.ts';
import type { Reader } from './driver.ts';
import { PHONE, STORY, withBrowser } from './driver.ts';
import type { Host } from './host.ts';
import { article, openHost } from './host.ts';

const { reader } = withBrowser();
const LANGUAGES = ['en', 'ru', 'kk', 'ko'];
/** In which every state is looked at: in the others, where only words differ, those states that show all words. */
const WHOLE = LONG ? LANGUAGES : ['en'];
const at = (language: string) => (language === 'en' ? STORY : `${STORY}${language}/`);

/** A state of the page by its name, and what leads there from the one before it. */
type State = readonly [name: string, act: (page: Page, map: Page | Frame) => Promise<void>];

const openCard: State = [
  'a card open',
  async (_, map) => {
    const mark = map.locator('.map-region button[data-place="almaty"]');
    await mark.click();
    await map.locator('.card .claim-says').first().waitFor();
    // The map makes room for the card: until then it may lie on its mark.
    await (await mark.elementHandle())?.waitForElementState('stable');
  },
];
const everythingOpen: State = [
  'every fold open',
  async (_, map) => {
    await map.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });
  },
];

/** Go through the states, and in each look at everything in the light theme and, where `dark`, at what colours decide in the dark one. */
async function walk(r: Reader, map: Page | Frame, states: readonly State[], dark = true): Promise<string[]> {
  const faults: string[] = [];
  for (const [name, act] of states) {
    await act(r.page, map);
    for (const fault of await axeFaults(map)) faults.push(`${name}: ${fault}`);
    if (!dark) continue;
    await r.page.emulateMedia({ colorScheme: 'dark' });
    for (const fault of await axeFaults(map, { only: OF_COLOUR })) faults.push(`${name}, dark: ${fault}`);
    await r.page.emulateMedia({ colorScheme: 'light' });
  }
  return faults;
}

const asIs: State = ['at first', async () => undefined];

describe.each(LANGUAGES)('the accessibility checks find nothing in %s', (language) => {
  const whole = WHOLE.includes(language);
  test('on the page, with a card and with all that can be unfolded', { timeout: 60_000 }, async () => {
    const r = await reader({ at: at(language), bypassCSP: true, reducedMotion: 'reduce' });
    expect(await walk(r, r.page, [openCard, everythingOpen], whole)).toEqual([]);
  });

  test.runIf(whole)('on a phone, with a sheet', { timeout: 60_000 }, async () => {
    const r = await reader({ at: at(language), bypassCSP: true, viewport: PHONE, hasTouch: true, reducedMotion: 'reduce' });
    expect(await walk(r, r.page, [asIs, openCard])).toEqual([]);
  });
});

describe.each(WHOLE)('the accessibility checks find nothing in %s', (language) => {
  test('on the page, in any state', { timeout: 120_000 }, async () => {
    const r = await reader({ at: at(language), bypassCSP: true, reducedMotion: 'reduce' });
    const faults = await walk(r, r.page, [
      asIs,
      [
        'the country’s card open, a layer off, days chosen',
        async () => {
          await r.toggle('statements');
          await r.clickDay(3);
          await r.mark('kazakhstan').click();
          await r.card.waitFor();
        },
      ],
      [
        'nothing left to show',
        async (page) => {
          await page.keyboard.press('Escape');
          for (const layer of ['protests', 'troops', 'internet', 'casualties']) await r.toggle(layer);
          await page.locator('.events-empty, #events .notice, #events button').first().waitFor();
        },
      ],
      [
        'the context shown, a search open, a guided step',
        async (page) => {
          await page.goto(`${inject('site')}${at(language)}#context=1&step=toll`);
          await page.reload();
          await r.seesLiveMap();
          await page.getByRole('combobox').fill('a');
          await page.getByRole('option').first().waitFor();
        },
      ],
      everythingOpen,
    ]);
    expect(faults).toEqual([]);
  });

  test('in the embed: closed, unfolded, with a card and in use', { timeout: 60_000 }, async () => {
    const r = await reader({ at: `${at(language)}?embed=1`, bypassCSP: true, viewport: { width: 700, height: 700 }, reducedMotion: 'reduce' });
    const faults = await walk(r, r.page, [
      asIs,
      openCard,
      [
        'in use and unfolded',
        async (page) => {
          await page.keyboard.press('Escape');
          await page.locator('.fold-button').click();
        },
      ],
    ]);
    expect(faults).toEqual([]);
  });

  test('when the data cannot be had', async () => {
    const r = await reader({ at: at(language), bypassCSP: true, blocked: /assets\/story-.*\.json/, live: false });
    await r.page.getByRole('alert').first().waitFor();
    expect(await walk(r, r.page, [asIs])).toEqual([]);
  });
});

describe('the accessibility checks find nothing', () => {
  let host: Host;
  beforeAll(async () => {
    host = await openHost();
  });
  afterAll(() => host.close());

  test('in a sandboxed frame', async () => {
    const frame = `<iframe sandbox="allow-scripts" title="A map" name="sandboxed" width="700" height="600" src="${inject('site')}${STORY}?embed=1"></iframe>`;
    host.put('/sandboxed', { html: article(frame, { before: 0 }) });
    const r = await reader({ site: host.url, at: '/sandboxed', live: false, bypassCSP: true, reducedMotion: 'reduce' });
    const map = r.page.frame({ name: 'sandboxed' })!;
    await map.waitForSelector('html[data-map="live"]');
    expect(await walk(r, map, [asIs, openCard])).toEqual([]);
  });

  test.each(['/article/', '/builder/', '/'])('on the site’s page %s, with its maps live', async (path) => {
    const r = await reader({ at: path, live: false, bypassCSP: true, reducedMotion: 'reduce' });
    if (path === '/article/') {
      await r.page.locator('figure.unrest-map').first().scrollIntoViewIfNeeded();
      await r.page.locator('figure.unrest-map iframe').first().waitFor();
      await expect.poll(() => r.page.frames().length).toBeGreaterThan(1);
      await r.page.frames()[1]!.waitForSelector('html[data-map="live"]');
    }
    expect(await walk(r, r.page, [asIs])).toEqual([]);
  });
});
