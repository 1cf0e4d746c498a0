import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { STORY, withBrowser } from './driver.ts';

const { reader } = withBrowser();

/** What the Tab key comes to from the top of the page to its end, as names. */
async function stops(page: Page, most: number): Promise<string[]> {
  const found: string[] = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const e = document.activeElement;
      return !e || e === document.body ? null : (e.getAttribute('aria-label') ?? e.closest('label')?.textContent ?? e.textContent ?? '').trim();
    });
    if (name === null) break;
    found.push(name);
  }
  return found;
}

describe('with the Tab key alone', () => {
  test('the list is one of the first three stops away, and the map is a link away from the list', async () => {
    const r = await reader();
    expect((await stops(r.page, 3)).some((name) => name.startsWith('Skip the map'))).toBe(true);
    await r.page.locator('.skip a').press('Enter');
    expect(await r.page.evaluate(() => document.activeElement?.id)).toBe('events');
    await r.page.getByRole('link', { name: 'Back to the map' }).press('Enter');
    expect(await r.page.evaluate(() => document.activeElement?.id)).toBe('map');
  });

  test('a reader passes through the embed in 25 presses or fewer, however many events it holds', async () => {
    const r = await reader({ at: `${STORY}?embed=1#context=1`, viewport: { width: 700, height: 600 } });
    await r.mark('zhanaozen').waitFor({ state: 'attached' });
    expect((await stops(r.page, 40)).length).toBeLessThanOrEqual(25);
  });

  test('each stop of the page is seen where it is: nothing lies over it', async () => {
    const r = await reader();
    const covered: string[] = [];
    for (let i = 0; i < 45; i++) {
      await r.page.keyboard.press('Tab');
      const hidden = await r.page.evaluate(() => {
        const e = document.activeElement;
        if (!e || e === document.body) return null;
        // A control without a face of its own is seen as its label; a slider as its thumb.
        const seen = e.closest('label') ?? e;
        // The map carries its own controls, and its ring runs along its edge.
        if ((e instanceof HTMLInputElement && e.type === 'range') || e.classList.contains('map-canvas')) return null;
        const box = seen.getBoundingClientRect();
        const at = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 12));
        return at && (seen.contains(at) || at.contains(seen)) ? null : `${e.outerHTML.slice(0, 80)} under ${at?.outerHTML.slice(0, 80)}`;
      });
      if (hidden) covered.push(hidden);
    }
    expect(covered).toEqual([]);
  });
});

describe('what is announced', () => {
  const watch = () => {
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const status = (target instanceof Element ? target : target.parentElement)?.closest('[role=status]');
        const text = status?.textContent ?? '';
        if (status && status.getAttribute('aria-live') !== 'off' && text !== '' && said.at(-1) !== text) said.push(text);
      }
    }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
  };
  const said = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said);

  test('is one sentence for each finished action', async () => {
    const r = await reader();
    await r.page.evaluate(watch);
    await r.toggle('statements');
    await expect.poll(() => said(r.page)).toEqual(['7 of 11 events shown']);
    await r.clickDay(7);
    await expect.poll(() => said(r.page)).toHaveLength(2);
  });

  test('is nothing while the map moves', async () => {
    const r = await reader();
    await r.page.evaluate(watch);
    await r.dragMap(-200, 40);
    await r.page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(() => r.hash()).toMatch(/^#map=/);
    expect(await said(r.page)).toEqual([]);
  });
});
