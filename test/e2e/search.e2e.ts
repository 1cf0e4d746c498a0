import { describe, expect, test } from 'vitest';
import { STORY, withBrowser } from './driver.ts';

const { reader } = withBrowser();

describe('searching', () => {
  test('a place is found by each of its names, in any letters, and opened by keys alone', async () => {
    const r = await reader();
    const field = r.page.getByRole('combobox', { name: 'Find a place' });
    for (const typed of ['Almaty', 'Алматы', 'алма-ата', 'Alma-Ata', '알마티']) {
      await field.focus();
      await field.fill(typed);
      await r.page.getByRole('option', { name: 'Almaty city' }).waitFor();
      await field.press('Enter');
      await expect.poll(() => r.openCard(), { message: typed }).toBe('Almaty');
      await r.page.keyboard.press('Escape');
      await expect.poll(() => r.openCard(), { message: typed }).toBe(null);
    }
  });

  test('a speaker’s name finds what they said; the choice opens in the list and clears what hid it', async () => {
    const r = await reader({ at: `${STORY}#hide=troops` });
    const field = r.page.getByRole('combobox', { name: 'Find a place' });
    await field.fill('Сердюков');
    await r.page.getByRole('option', { name: /CSTO’s peacekeeping force/ }).waitFor();
    await field.press('Enter');
    await expect.poll(() => r.isMarked('csto-force')).toBe(true);
  });

  test('says so when nothing is found, and Escape puts the findings away', async () => {
    const r = await reader();
    const field = r.page.getByRole('combobox', { name: 'Find a place' });
    await field.fill('zzzzzz');
    await r.page.getByText('Nothing found for “zzzzzz”.').waitFor();
    await field.fill('Putin');
    const findings = r.page.getByRole('listbox', { name: 'Found' }).getByRole('option');
    await findings.first().waitFor();
    await field.press('Escape');
    await expect.poll(() => findings.count()).toBe(0);
  });

  test('asks for nothing before a reader comes to the field', async () => {
    const r = await reader();
    expect(r.asked.some((url) => url.includes('finder'))).toBe(false);
  });
});

describe('the marks on the map are one stop of the Tab key', () => {
  test('however many there are', async () => {
    const r = await reader({ at: `${STORY}#context=1` });
    await r.mark('zhanaozen').waitFor({ state: 'attached' });
    expect(await r.page.locator('.map-canvas button[data-place][tabindex="0"]').count()).toBe(1);
  });

  test('arrows lead from mark to mark and leave the map where it is', async () => {
    const r = await reader();
    await r.mark('almaty').focus();
    await r.page.keyboard.press('ArrowUp');
    expect(await r.page.evaluate(() => document.activeElement?.getAttribute('data-place'))).toBe('almaty-airport');
    await r.page.keyboard.press('Home');
    expect(await r.page.evaluate(() => document.activeElement?.getAttribute('data-place'))).toBe('almaty');
    expect(await r.hash()).toBe('');
  });
});
