import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { axeFaults } from './axe.ts';
import { PHONE, WIDE, widths, withBrowser } from './driver.ts';
import { FRAME } from './host.ts';

const { reader } = withBrowser();

async function map(page: Page, name = FRAME) {
  await expect.poll(() => page.frame({ name })?.url() ?? '').toContain('embed=1');
  const frame = page.frame({ name })!;
  await frame.waitForSelector('html[data-map="live"]');
  return frame;
}

describe('the article', () => {
  test('holds about 400 words, at least three passages tied to the map, and names nobody a terrorist in its own voice', async () => {
    const r = await reader({ at: '/article/', live: false, javaScriptEnabled: false });
    const words = (await r.page.locator('article > p, article > h1, article > h2').allInnerTexts()).join(' ').split(/\s+/);
    expect(words.length).toBeGreaterThan(350);
    expect(words.length).toBeLessThan(520);
    expect(await r.page.locator(`article a[target="${FRAME}"]`).count()).toBeGreaterThanOrEqual(3);
    for (const p of await r.page.locator('article > p').allInnerTexts()) if (/terroris/i.test(p)) expect(p).toMatch(/Its own reading|President .* Tokayev/);
  });

  test('every link into the map names an event, and every claim it is tied to exists', async () => {
    const r = await reader({ at: '/article/', live: false });
    await r.page.locator('figure').first().scrollIntoViewIfNeeded();
    const frame = await map(r.page);
    const events = await r.page
      .locator(`article a[target="${FRAME}"]`)
      .evaluateAll((links) => links.map((a) => (a as HTMLAnchorElement).hash.replace('#event=', '')));
    for (const id of events) expect(await frame.locator(`[id="event=${id}"]`).count(), id).toBe(1);
  });

  test('both ways: a figure in the text opens its claim, whose card leads back to the passage', async () => {
    const r = await reader({ at: '/article/', live: false });
    await r.page.locator('figure').first().scrollIntoViewIfNeeded();
    const frame = await map(r.page);
    await expect.poll(() => r.page.locator(`iframe[name="${FRAME}"]`).evaluate((f) => getComputedStyle(f).opacity)).toBe('1');
    await r.page.getByRole('link', { name: 'spoke of 164 dead' }).click();
    await frame.locator('.card .event.is-selected', { hasText: '164' }).waitFor();
    await frame.locator('.card .event.is-selected').getByRole('button', { name: 'Read it in the article' }).first().click();
    await expect.poll(() => r.page.locator('[data-unrest-here]').innerText()).toContain('164 dead');
    expect(r.faults).toEqual([]);
    expect([...r.hosts]).toEqual([new URL(inject('site')).host]);
  });

  test('the second embed waits for its press', async () => {
    const r = await reader({ at: '/article/', live: false });
    const second = r.page.locator('#m-kazakhstan-2022-01-airport');
    await second.scrollIntoViewIfNeeded();
    expect(await second.locator('iframe').count()).toBe(0);
    await second.locator('img').click();
    const frame = await map(r.page, 'm-kazakhstan-2022-01-airport-frame');
    expect(await frame.locator('.card-title').textContent()).toContain('Almaty Airport');
  });

  test('prints its pictures and no frame', async () => {
    const r = await reader({ at: '/article/', live: false });
    await r.page.locator('figure').first().scrollIntoViewIfNeeded();
    await map(r.page);
    await r.page.emulateMedia({ media: 'print' });
    await expect.poll(() => r.page.locator('figure img').first().isVisible()).toBe(true);
    expect(await r.page.locator('iframe').first().isVisible()).toBe(false);
    await r.page.emulateMedia({ media: 'screen' });
    await expect.poll(() => r.page.locator('iframe').first().isVisible()).toBe(true);
  });
});

describe('the builder', () => {
  const code = (page: Page, title: string) => page.locator('.snippet', { hasText: title }).locator('pre').innerText();

  test('shows what is chosen, live and in every snippet, and keeps it in its address', async () => {
    const r = await reader({ at: '/builder/', live: false });
    const frame = await map(r.page, 'preview');
    await r.page.getByLabel('Troop deployments').uncheck();
    await expect.poll(() => frame.locator('.layer-switch.layer-troops.is-off').count()).toBe(1);
    await r.page.getByLabel('Opens at').selectOption('event=arrests');
    await frame.locator('.card .event.is-selected', { hasText: 'Arrests' }).waitFor();
    await r.page.getByLabel('Colours').selectOption('dark');
    await r.page.getByLabel('Loads').selectOption('click');
    expect(await code(r.page, 'Picture first')).toMatch(/data-unrest-map="click" data-theme="dark"[\s\S]*#hide=troops&#38;event=arrests/);
    expect(await code(r.page, 'Plain frame')).toContain('?embed=1&#38;theme=dark#hide=troops&#38;event=arrests');
    const again = await reader({ at: new URL(r.page.url()).pathname + new URL(r.page.url()).search, live: false });
    expect(await code(again.page, 'Picture first')).toBe(await code(r.page, 'Picture first'));
    expect(r.faults).toEqual([]);
  });

  test('takes over the view that the editor has moved the preview to', async () => {
    const r = await reader({ at: '/builder/', live: false });
    const frame = await map(r.page, 'preview');
    await frame.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(() => frame.evaluate(() => location.hash)).toContain('map=');
    await r.page.getByRole('button', { name: 'Take over' }).click();
    expect(await code(r.page, 'Address on a line')).toMatch(/#map=[\d./]+$/);
  });

  test('the copy button copies, and the three widths are the preview’s', async () => {
    const r = await reader({ at: '/builder/', live: false, permissions: ['clipboard-read', 'clipboard-write'] });
    await r.page.getByRole('button', { name: 'Copy: Newsletter, feed' }).click();
    await r.page.getByText('Copied: Newsletter, feed').waitFor({ state: 'attached' });
    expect(await r.page.evaluate(() => navigator.clipboard.readText())).toContain('<figure>');
    for (const width of [320, 640, 960]) {
      await r.page.locator(`[data-width="${width}"]`).click();
      expect((await r.page.locator('#preview').boundingBox())?.width).toBe(width);
    }
  });

  test('without scripts it offers the ready-made snippets', async () => {
    const r = await reader({ at: '/builder/', live: false, javaScriptEnabled: false });
    const href = (await r.page.getByRole('link', { name: 'figure.html' }).first().getAttribute('href')) ?? '';
    const response = await r.page.request.get(new URL(href, r.page.url()).href);
    expect(await response.text()).toContain('<figure class="unrest-map"');
  });
});

describe.each([
  ['/article/', 'light'],
  ['/article/', 'dark'],
  ['/builder/', 'light'],
  ['/builder/', 'dark'],
  ['/m/kazakhstan-2022-01/?embed=1#event=arrests', 'light'],
  ['/m/kazakhstan-2022-01/?embed=1#event=csto-summit', 'dark'],
] as const)('accessibility checks of %s, %s', (at, colorScheme) => {
  test('find nothing, on a wide screen or a small one', async () => {
    const r = await reader({ at, colorScheme, live: at.includes('embed'), bypassCSP: true });
    for (const { width } of [WIDE, PHONE]) {
      expect((await widths(r.page, [width]))[0]).toBeLessThanOrEqual(width);
      // The preview keeps its width until it is chosen anew.
      if (at === '/builder/') await r.page.reload();
      expect(await axeFaults(r.page), `${width} px wide`).toEqual([]);
    }
  });
});
