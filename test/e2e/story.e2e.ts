import { describe, expect, test } from 'vitest';
import { kazakhstan } from '../fixtures/stories.ts';
import { PHONE, withBrowser } from './driver.ts';

const { reader } = withBrowser();
const story = kazakhstan();
const LAYERS = story.layers.map((l) => l.id);
const idsWithout = (layer: string) => story.events.filter((e) => e.layer !== layer).map((e) => e.id);

describe('moving the map', () => {
  test('dragging moves it and the address follows', async () => {
    const r = await reader();
    await r.dragMap(-200, 60);
    await expect.poll(() => r.hash()).toMatch(/^#map=\d+(\.\d+)?\/\d+\.\d+\/\d+\.\d+$/);
  });

  test('arrow keys move it when it has the focus, and only then', async () => {
    const r = await reader();
    await r.page.keyboard.press('ArrowRight');
    expect(await r.hash()).toBe('');
    await r.page.locator('.map-canvas').focus();
    await r.page.keyboard.press('ArrowRight');
    await expect.poll(() => r.hash()).toMatch(/^#map=/);
  });

  test('“whole story” brings the first view back and empties the address', async () => {
    const r = await reader({ at: '/m/kazakhstan-2022-01/#map=9/45/70' });
    await r.page.getByRole('button', { name: 'Whole story' }).click();
    await expect.poll(() => r.hash()).toBe('');
  });

  test('the address holds the view: a second reader sees what the first saw', async () => {
    const r = await reader({ at: '/m/kazakhstan-2022-01/#map=9/43.3/76.9' });
    const almaty = await r.centre('.map-region button[data-place="almaty"]');
    const other = await reader({ at: `/m/kazakhstan-2022-01/${await r.hash()}` });
    const there = await other.centre('.map-region button[data-place="almaty"]');
    expect(Math.hypot(there.x - almaty.x, there.y - almaty.y)).toBeLessThan(1.5);
  });
});

describe('layers', () => {
  test('switching any of them off takes it from marks, count and list together, and on again brings it back', async () => {
    const r = await reader();
    const [marks, list] = [await r.marks(), await r.listedIds()];
    for (const { id, label } of story.layers) {
      await r.toggle(id);
      expect(await r.listedIds()).toEqual(idsWithout(id));
      expect(await r.layerCount(id)).toBe('0');
      expect((await r.marks()).join(' | ')).not.toContain(label);
      await expect.poll(() => r.hash()).toBe(`#hide=${id}`);
      await r.toggle(id);
      expect(await r.listedIds()).toEqual(list);
      expect(await r.marks()).toEqual(marks);
    }
  });

  test('all layers off leaves a sentence and a way back', async () => {
    const r = await reader();
    for (const layer of LAYERS) await r.toggle(layer);
    expect(await r.listed()).toEqual([]);
    expect(await r.marks()).toEqual([]);
    await r.page.getByRole('button', { name: 'Show everything' }).click();
    expect(await r.listedIds()).toEqual(story.events.map((e) => e.id));
  });

  test('a layer works by keyboard', async () => {
    const r = await reader();
    await r.page.getByRole('checkbox', { name: /Statements/ }).focus();
    await r.page.keyboard.press('Space');
    expect(await r.listedIds()).toEqual(idsWithout('statements'));
  });
});

describe('cards', () => {
  const titles: Readonly<Record<string, string>> = { almaty: 'Almaty', 'almaty-airport': 'Almaty Airport' };
  const event: Readonly<Record<string, string>> = { almaty: 'almaty-internet', 'almaty-airport': 'airport-vehicles' };

  for (const [place, title] of Object.entries(titles)) {
    const eventTitle = story.events.find((e) => e.id === event[place])?.title as string;

    test(`${title} opens from its mark, with all that is on show there, and from the list`, async () => {
      const r = await reader();
      await r.mark(place).click();
      await expect.poll(() => r.openCard()).toBe(title);
      expect(await r.card.locator('.event-title').allTextContents()).toEqual(story.events.filter((e) => e.place === place).map((e) => e.title));
      await expect.poll(() => r.hash()).toContain(`place=${place}`);
      await r.page.keyboard.press('Escape');
      await expect.poll(() => r.openCard()).toBe(null);
      await r.chooseInList(eventTitle);
      await expect.poll(() => r.openCard()).toBe(title);
      expect(await r.isMarked(event[place] ?? '')).toBe(true);
    });

    test(`${title} opens from the address, with focus on its heading`, async () => {
      const r = await reader({ at: `/m/kazakhstan-2022-01/#event=${event[place]}` });
      await expect.poll(() => r.openCard()).toBe(title);
      await expect.poll(() => r.page.evaluate(() => document.activeElement?.textContent)).toBe(title);
    });
  }

  test('the dot at a place’s point opens its card as its face does, also where a border lies under it', async () => {
    const r = await reader();
    const dot = r.page.locator('.leaflet-marker-icon:has([data-place="almaty"]) .mark-dot');
    await dot.click();
    expect(await r.openCard()).toBe('Almaty');
  });

  test('no card of a city or airport holds a figure of the whole country without those words', async () => {
    const r = await reader();
    for (const place of Object.keys(titles)) {
      await r.mark(place).click();
      await expect.poll(() => r.openCard()).toBe(titles[place]);
      const text = (await r.card.textContent()) ?? '';
      for (const number of ['7,989', '8,000', '164', '2,500']) if (text.includes(number)) expect(text).toContain('whole country');
      await r.card.getByRole('button', { name: 'Close' }).click();
    }
  });

  test('the whole country opens from its chip and from its outline, and is no mark', async () => {
    const r = await reader();
    await r.mark('kazakhstan').click();
    await expect.poll(() => r.openCard()).toBe('Whole country: Kazakhstan');
    expect(await r.page.locator('.leaflet-marker-pane [data-place="kazakhstan"]').count()).toBe(0);
    await r.card.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => r.openCard()).toBeNull();
    await r.page.locator('path.outline-hit').dispatchEvent('click');
    await expect.poll(() => r.openCard()).toBe('Whole country: Kazakhstan');
  });

  test('wherever 164 stands in the card, its withdrawal stands beside it', async () => {
    const r = await reader({ at: '/m/kazakhstan-2022-01/#event=deaths-post' });
    const claim = r.card.locator('.claim.status-retracted').first();
    await expect.poll(() => claim.textContent()).toMatch(/164.*deleted; not confirmed.*Qualifies the claim above.*deleted the post/s);
  });

  test('an event with no place is marked in the list and opens nothing on the map', async () => {
    const r = await reader();
    await r.chooseInList('The CSTO’s video summit');
    expect(await r.isMarked('csto-summit')).toBe(true);
    await expect.poll(() => r.openCard()).toBeNull();
  });

  test('Back closes the card, Forward opens it again', async () => {
    const r = await reader();
    await r.mark('almaty').click();
    await expect.poll(() => r.openCard()).toBe('Almaty');
    await r.page.goBack();
    await expect.poll(() => r.openCard()).toBeNull();
    await r.page.goForward();
    await expect.poll(() => r.openCard()).toBe('Almaty');
  });

  test('by keyboard: Enter on a mark opens the card, its content comes next, Escape returns to the mark', async () => {
    const r = await reader();
    await r.mark('almaty').focus();
    await r.page.keyboard.press('Enter');
    await expect.poll(() => r.page.evaluate(() => document.activeElement?.textContent)).toBe('Almaty');
    await r.page.keyboard.press('Tab');
    expect(await r.page.evaluate(() => document.activeElement?.closest('.card') !== null)).toBe(true);
    await r.page.keyboard.press('Escape');
    await expect.poll(() => r.openCard()).toBeNull();
    expect(await r.page.evaluate(() => document.activeElement?.getAttribute('data-place'))).toBe('almaty');
  });

  test('the card leaves its mark in sight', async () => {
    for (const viewport of [{ width: 1280, height: 800 }, PHONE]) {
      const r = await reader({ viewport });
      for (const place of Object.keys(titles)) {
        await r.mark(place).click();
        await expect.poll(() => r.openCard()).toBe(titles[place]);
        // The map pans until the card has room; the mark's face must end up uncovered.
        await expect
          .poll(() =>
            r.page.locator(`.map-region button[data-place="${place}"]`).evaluate((button) => {
              const { left, top, width, height } = button.getBoundingClientRect();
              return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
            }),
          )
          .toBe(true);
        await r.card.getByRole('button', { name: 'Close' }).click();
      }
    }
  });

  test('pointing at a row marks its place on the map, and pointing at a mark marks its rows', async () => {
    const r = await reader();
    await r.row('airport-vehicles').hover();
    await expect.poll(() => r.mark('almaty-airport').getAttribute('class')).toContain('is-hovered');
    await r.mark('almaty').hover();
    await expect.poll(() => r.page.locator('#events .event.is-hovered').count()).toBe(3);
  });
});

test('legend, marks, list and summary count the same events', async () => {
  const r = await reader();
  const counts = await Promise.all(LAYERS.map(async (l) => Number(await r.layerCount(l))));
  expect(counts.reduce((a, b) => a + b)).toBe(story.events.length);
  expect(await r.listedIds()).toEqual(story.events.map((e) => e.id));
  const onMarks = (await r.marks()).flatMap((name) => [...name.matchAll(/[a-z] (\d+)/g)].map((m) => Number(m[1]))).reduce((a, b) => a + b);
  expect(onMarks).toBe(story.events.filter((e) => e.place !== null).length);
  expect(await r.page.locator('.masthead-facts').textContent()).toContain('11 events');
});
