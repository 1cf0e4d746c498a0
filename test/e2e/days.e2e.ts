import { describe, expect, test } from 'vitest';
import { kazakhstan } from '../fixtures/stories.ts';
import { PHONE, STORY, withBrowser } from './driver.ts';

const { reader } = withBrowser();
const story = kazakhstan();
const all = story.events.map((e) => e.id);
const onNinth = ['arrests', 'airport-vehicles', 'csto-force', 'deaths-post', 'lull-reading', 'protests-lull'];

describe('choosing days', () => {
  test('a click on a day leaves its events in list, marks, legend and figures; a second click brings all back', async () => {
    const r = await reader();
    await r.clickDay(7);
    expect(new Set(await r.listedIds())).toEqual(new Set(onNinth));
    expect(await r.layerCount('statements')).toBe('1');
    expect((await r.marks()).map((m) => m.split(':')[0])).toEqual(['Almaty Airport', 'Whole country']);
    await expect.poll(() => r.hash()).toBe('#time=2022-01-09/2022-01-09');
    expect(await r.page.locator('#events [role=status]').textContent()).toBe('6 of 11 events shown, in 9 January; undated events stay');
    await r.clickDay(7);
    expect(await r.listedIds()).toEqual(all);
  });

  test('dragging over the bars chooses from where it began to where it ends', async () => {
    const r = await reader();
    await r.dragDays(8, 3);
    await expect.poll(() => r.hash()).toBe('#time=2022-01-05/2022-01-10');
  });

  test('the sliders answer to keys and say the days and the number of events', async () => {
    const r = await reader();
    const first = r.page.getByRole('slider', { name: 'First day' });
    const last = r.page.getByRole('slider', { name: 'Last day' });
    expect(await first.getAttribute('aria-valuetext')).toBe('2 January to 10 January, 11 events');
    await first.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await r.page.keyboard.press(key);
    expect(await first.getAttribute('aria-valuetext')).toBe('5 January to 10 January, 11 events');
    await first.press('End');
    expect(await last.getAttribute('aria-valuetext')).toBe(`10 January, ${(await r.listedIds()).length} events`);
    await first.press('Home');
    await last.press('PageDown');
    await expect.poll(() => r.hash()).toMatch(/^#time=2022-01-02\/2022-01-0\d$/);
  });

  test('the address brings the days, “All days” lets them go', async () => {
    const r = await reader({ at: `${STORY}#time=2022-01-09/2022-01-09` });
    expect(new Set(await r.listedIds())).toEqual(new Set(onNinth));
    await r.page.getByRole('button', { name: 'All days' }).click();
    expect(await r.listedIds()).toEqual(all);
    await expect.poll(() => r.hash()).toBe('');
  });

  test('key figures of events that are not on show are not on show', async () => {
    const r = await reader({ at: `${STORY}#time=2022-01-02/2022-01-08` });
    const figures = await r.page.locator('.key-figures').innerText();
    expect(figures).toContain('7,989');
    expect(figures).not.toContain('164');
  });
});

describe('playing', () => {
  test('never starts by itself, goes a day at a time, and stops when the reader does anything', async () => {
    const r = await reader();
    await r.page.clock.install();
    await r.page.clock.runFor(10_000);
    expect(await r.listedIds()).toEqual(all);
    await r.page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => r.dayWords()).toBe('2 January');
    await r.page.clock.runFor(1700);
    await expect.poll(() => r.dayWords()).toBe('3 January');
    await r.page.keyboard.press('Shift');
    await r.page.getByRole('button', { name: 'Play' }).waitFor();
    await r.page.clock.runFor(10_000);
    expect(await r.dayWords()).toBe('3 January');
  });

  test('ends at the last day, announces nothing on its way, and runs at the chosen speed', async () => {
    const r = await reader({ at: `${STORY}#time=2022-01-08/2022-01-08` });
    await r.page.clock.install();
    await r.page.getByRole('combobox', { name: 'Speed' }).selectOption('fast');
    await r.page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => r.dayWords()).toBe('9 January');
    expect(await r.page.locator('#events [role=status]').getAttribute('aria-live')).toBe('off');
    await r.page.clock.runFor(900);
    await expect.poll(() => r.dayWords()).toBe('10 January');
    await r.page.clock.runFor(900);
    await r.page.getByRole('button', { name: 'Play' }).waitFor();
    expect(await r.dayWords()).toBe('10 January');
  });

  test('is not offered to a reader who wants less motion; stepping is', async () => {
    const r = await reader({ reducedMotion: 'reduce' });
    expect(await r.page.getByRole('button', { name: 'Play' }).count()).toBe(0);
    await r.page.getByRole('button', { name: 'A day on' }).click();
    expect(await r.dayWords()).toBe('2 January');
    await r.page.getByRole('button', { name: 'A day on' }).click();
    expect(await r.dayWords()).toBe('3 January');
    await r.page.getByRole('button', { name: 'A day back' }).click();
    expect(await r.dayWords()).toBe('2 January');
  });
});

test.each(['America/Los_Angeles', 'Asia/Almaty', 'Pacific/Kiritimati'])('a reader in %s sees the same days', async (timezoneId) => {
  const r = await reader({ timezoneId, at: `${STORY}#time=2022-01-09/2022-01-09` });
  expect(new Set(await r.listedIds())).toEqual(new Set(onNinth));
  expect(await r.dayWords()).toBe('9 January');
  expect(await r.page.locator('.timeline-zone').textContent()).toContain('Asia/Almaty');
});

test('at 360 px the days fit, each with its number', async () => {
  const r = await reader({ viewport: { width: 360, height: 740 } });
  expect(await r.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  const labels = await r.page
    .locator('.timeline .day-label')
    .evaluateAll((texts) => texts.map((t) => ({ text: t.textContent, box: t.getBoundingClientRect() })));
  expect(labels.map((l) => l.text)).toEqual(['2', '3', '4', '5', '6', '7', '8', '9', '10']);
  for (const [i, l] of labels.entries()) if (i > 0) expect(l.box.left).toBeGreaterThan(labels[i - 1]?.box.right ?? 0);
});

test('without a script the days stand in words, and no control is shown that would do nothing', async () => {
  const r = await reader({ javaScriptEnabled: false });
  await r.page.getByText('The days in words').click();
  await r.page.getByText('9 January: 2 events').waitFor();
  expect(await r.page.locator('.day-range').isVisible()).toBe(false);
  expect(await r.page.locator('.day-player').isVisible()).toBe(false);
});

describe('kinds of claim', () => {
  test('are explained where they stand', async () => {
    const r = await reader();
    const word = r.row('deaths-post').locator('.claim-status').first();
    await word.locator('summary').click();
    await word.getByText('nobody in charge confirmed it').waitFor();
  });

  test('can be left out: list and address follow, and what is left stands whole', async () => {
    const r = await reader();
    await r.page.getByText('How sure: choose kinds of claim').click();
    await r.page.getByRole('checkbox', { name: 'Asserted by a party' }).click();
    expect(await r.listedIds()).not.toContain('foreign-ministry');
    expect(await r.listedIds()).toContain('csto-summit');
    await expect.poll(() => r.hash()).toMatch(/^#status=announced,reported,/);
  });
});

describe('a figure through time', () => {
  test('has a chart of its own for each measure, labelled as of the whole country', async () => {
    const r = await reader();
    const headings = await r.page.locator('.one-series h3').allTextContents();
    expect(headings).toHaveLength(3);
    for (const h of headings) expect(h).toContain('whole country');
  });

  test('says in its chart and in its table that the toll was deleted', async () => {
    const r = await reader({ javaScriptEnabled: false });
    const series = r.page.locator('.one-series').filter({ hasText: 'People killed' });
    expect(await series.locator('.series-chart text.status-retracted').textContent()).toBe('164 deleted, not confirmed');
    expect((await series.locator('tbody tr').first().innerText()).replace(/\s+/g, ' ')).toMatch(
      /164 Reported, then deleted; not confirmed .* Qualified by Reuters reported/,
    );
  });
});

describe('the guided walk', () => {
  test('goes on and back by buttons and keys, each stop has an address, and Escape leaves it', async () => {
    const r = await reader();
    await r.page.getByText('Walk through it in 8 steps').click();
    await r.page.getByRole('link', { name: 'It began with the price of fuel' }).click();
    await r.page.getByText('Step 1 of 8').waitFor();
    await expect.poll(() => r.hash()).toBe('#step=fuel');
    await r.page.getByRole('button', { name: 'Next', exact: true }).press('Enter');
    await r.page.getByRole('button', { name: 'Next', exact: true }).press('Enter');
    await expect.poll(() => r.hash()).toMatch(/^#step=airport/);
    await expect.poll(() => r.openCard()).toBe('Almaty Airport');
    await r.page.getByRole('button', { name: 'Back', exact: true }).click();
    await r.page.getByText('Step 2 of 8').waitFor();
    await r.page.locator('.step-card h2').press('Escape');
    expect(await r.page.getByText('Step 2 of 8').count()).toBe(0);
  });

  test('is there to be read without a script', async () => {
    const r = await reader({ javaScriptEnabled: false });
    await r.page.getByText('Walk through it in 8 steps').click();
    expect(await r.page.locator('.step-list li').count()).toBe(8);
  });

  test('on a phone its card leaves the map in sight', async () => {
    const r = await reader({ viewport: PHONE, at: `${STORY}#step=quiet` });
    const card = await r.page.locator('.step-card').boundingBox();
    const map = await r.page.locator('.map-canvas').boundingBox();
    expect((card?.y ?? 0) + (card?.height ?? 0)).toBeLessThanOrEqual((map?.y ?? 0) + 20);
  });
});

test('a link to a part of the page leaves the view as it is', async () => {
  const r = await reader({ at: `${STORY}#hide=statements` });
  await r.page.locator('.skip a').press('Enter');
  expect(await r.listedIds()).not.toContain('csto-summit');
});

test('a reader can copy a line that names the version seen', async () => {
  const r = await reader({ permissions: ['clipboard-read', 'clipboard-write'] });
  await r.page.getByRole('button', { name: 'Copy' }).click();
  await r.page.getByText('Copied').waitFor();
  expect(await r.page.evaluate(() => navigator.clipboard.readText())).toContain(story.version);
});
