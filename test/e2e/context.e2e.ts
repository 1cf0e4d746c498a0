import { describe, expect, test } from 'vitest';
import { kazakhstan, kazakhstanWithContext } from '../fixtures/stories.ts';
import { STORY, withBrowser } from './driver.ts';

const { reader } = withBrowser();
const story = kazakhstan();
const whole = kazakhstanWithContext();
const article = story.events.map((e) => e.id);

describe('the second collection', () => {
  test('is off at first: nothing of it is fetched, listed, marked or counted', async () => {
    const r = await reader();
    expect(await r.listedIds()).toEqual(article);
    expect(r.asked.some((url) => url.includes('context-'))).toBe(false);
  });

  test('comes with its switch to list, marks, legend, days and figures, and goes with it', async () => {
    const r = await reader();
    const marks = await r.marks();
    await r.showContext();
    await expect.poll(() => r.listedIds()).toEqual(whole.events.map((e) => e.id));
    expect((await r.marks()).length).toBeGreaterThan(marks.length);
    expect(await r.layerCount('protests')).toBe(String(whole.events.filter((e) => e.layer === 'protests').length));
    expect(await r.page.locator('.one-series').count()).toBeGreaterThan(3);
    await expect.poll(() => r.hash()).toBe('#context=1');
    await r.showContext();
    expect(await r.listedIds()).toEqual(article);
    expect(await r.marks()).toEqual(marks);
  });

  test('is labelled wherever it stands: every event of it, and no event of the article', async () => {
    const r = await reader({ at: `${STORY}#context=1` });
    await expect.poll(() => r.listedIds()).toHaveLength(whole.events.length);
    for (const { id, collection } of whole.events) {
      const words = await r.row(id).locator('.outside').allTextContents();
      expect(words, id).toEqual(collection === 'context' ? [expect.stringContaining('Not in the article; not checked against its source')] : []);
    }
  });

  test('has hollow marks; a place that both name keeps its full ones', async () => {
    const r = await reader({ at: `${STORY}#context=1` });
    await r.mark('zhanaozen').waitFor({ state: 'attached' });
    expect(await r.mark('zhanaozen').locator('.glyph:not(.is-outside)').count()).toBe(0);
    expect(await r.mark('almaty').locator('.glyph:not(.is-outside)').count()).toBe(3);
  });

  test('an address of one of its events fetches it, opens the card and stays', async () => {
    const r = await reader({ at: `${STORY}#context=1&event=ctx-zhanaozen-first-rally` });
    await expect.poll(() => r.openCard()).toBe('Zhanaozen');
    await expect.poll(() => r.hash()).toMatch(/event=ctx-zhanaozen-first-rally/);
  });

  test('that cannot be had says so and leaves the article’s account as it is', async () => {
    const r = await reader({ blocked: /assets\/context-.*\.json/ });
    await r.showContext();
    await r.page.getByText('The context could not be loaded').waitFor();
    expect(await r.listedIds()).toEqual(article);
  });

  test('draws a movement only between two places that its source names', async () => {
    const r = await reader({ at: `${STORY}#context=1` });
    const moving = whole.events.filter((e) => e.movement !== null);
    expect(moving.length).toBeGreaterThan(0);
    await expect.poll(() => r.page.locator('.movement-reach').count()).toBe(moving.length);
  });

  test('shows the network cut and back as bands, each in words with its speaker', async () => {
    const r = await reader({ at: `${STORY}#context=1` });
    await r.page.locator('.state-cut').first().waitFor();
    expect(await r.page.locator('.timeline-chart .limited').count()).toBeGreaterThan(0);
    await r.page.getByText('The days in words').click();
    const words = await r.page.locator('.days-in-words').innerText();
    expect(words).toMatch(/Internet, Almaty: restored, 10 January 2022; Said by Sputnik/);
    expect(words).toMatch(/Internet, Whole country: cut off/);
    expect(words).toContain('few marks do not mean that little happened');
  });

  test('keeps unlike measures on axes of their own', async () => {
    const r = await reader({ at: `${STORY}#context=1` });
    const detained = r.page.locator('.one-series').filter({ hasText: 'People detained' });
    await expect.poll(() => detained.locator('tbody tr').count()).toBeGreaterThan(5);
    expect(await detained.innerText()).not.toContain('killed');
  });
});
