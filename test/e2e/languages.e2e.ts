import { describe, expect, test } from 'vitest';
import { PHONE, STORY, widths, withBrowser } from './driver.ts';

const { reader } = withBrowser();
const LANGUAGES = ['en', 'ru', 'kk', 'ko'] as const;
const at = (language: string) => (language === 'en' ? STORY : `${STORY}${language}/`);

describe.each(LANGUAGES)('the page in %s', (language) => {
  test('is in its language from the start, and complete without a script', async () => {
    const r = await reader({ at: at(language), javaScriptEnabled: false });
    expect(await r.page.locator('html').getAttribute('lang')).toBe(language);
    expect(await r.page.locator('#events .event').count()).toBe(11);
    const title = await r.page.locator('h1').innerText();
    expect(title === 'Unrest in Kazakhstan, January 2022').toBe(language === 'en');
    // Nothing of the story falls back to another language.
    expect(await r.page.locator('.masthead bdi[lang], .layers bdi[lang], #events bdi[lang]').count()).toBe(0);
  });

  test('is taken over without a fault or a missing word, and fetches no other language', async () => {
    const r = await reader({ at: at(language) });
    await r.mark('almaty').click();
    expect(await r.card.count()).toBe(1);
    expect(r.faults).toEqual([]);
    const others = LANGUAGES.filter((l) => l !== language);
    for (const url of r.asked) for (const other of others) expect(url).not.toMatch(new RegExp(`assets/(${other}(\\.later)?-|(story|basemap)-[^/]*-${other}-)`));
    await r.showContext();
    await expect.poll(() => r.listedIds()).toHaveLength(87);
    const text = await r.page.locator('body').innerText();
    expect(text).not.toMatch(/undefined|\[object|NaN|\{\w+\}/);
  });

  test('on small screens nothing sticks out sideways', async () => {
    const r = await reader({ at: at(language), viewport: PHONE });
    expect(await widths(r.page, [PHONE.width, 320])).toEqual([PHONE.width, 320]);
  });
});

test('changing the language keeps view, days and selection', async () => {
  const r = await reader({ at: `${STORY}#map=8/43.3/76.9&time=2022-01-09/2022-01-10&event=almaty-internet` });
  await r.page.getByRole('link', { name: 'Русский' }).click();
  await r.page.waitForURL(/\/ru\/#/);
  await r.seesLiveMap();
  expect(await r.hash()).toMatch(/^#map=8\/43\.\d+\/76\.9\d*&time=2022-01-09\/2022-01-10&event=almaty-internet$/);
  await expect.poll(() => r.openCard()).toBe('Алматы');
});

test('dates and numbers are those of the language', async () => {
  const said = async (language: string) => {
    const r = await reader({ at: at(language), javaScriptEnabled: false });
    return (await r.page.locator('.key-figure').first().innerText()).replace(/\s+/g, ' ');
  };
  expect(await said('ru')).toMatch(/7 989 арестованных.*2–10 января 2022 г\./);
  expect(await said('kk')).toMatch(/7 989 .*2–10 қаңтар/);
  expect(await said('ko')).toMatch(/7,989 .*2022년 1월 2일~10일/);
});
