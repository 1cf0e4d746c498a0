/** Dropping a table on the page that tries data. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { visible } from '../../src/core/text.ts';
import { plainText } from '../../src/import/claim.ts';
import { MOST_LISTED } from '../../src/import/limits.ts';
import { tableIssueText } from '../../src/import/report.ts';
import { payloads } from '../fixtures/payloads.ts';
import { draftFrom, TABLES } from '../fixtures/tables.ts';
import { LONG, randomFrom, tried } from '../tried.ts';
import { axeFaults } from './axe.ts';
import type { Reader } from './driver.ts';
import { PHONE, withBrowser } from './driver.ts';

const { reader: open } = withBrowser();

async function tries(reader: Reader, name: string): Promise<void> {
  await reader.page.setInputFiles('#file', join(TABLES, name));
  await reader.page.locator('.try-state', { hasText: 'on the map' }).waitFor();
}

/** PALETTES.light.land */
const LAND = [0xec, 0xea, 0xe4];

const liveMap = (reader: Reader) => reader.page.waitForSelector('html[data-map="live"]');
/** The list comes to life after the map. */
async function titles(reader: Reader): Promise<string[]> {
  const found = reader.page.locator('#events .event-title');
  await found.first().waitFor();
  return found.allTextContents();
}

describe('a table that is tried', () => {
  test('is on the map and in the list, and nothing leaves the site', async () => {
    const reader = await open({ at: '/try/', live: false });
    await tries(reader, 'acled.csv');
    await liveMap(reader);
    expect(await titles(reader)).toEqual(['Other: Atyrau', 'Peaceful protest: Zhanaozen', 'Mob violence: Aktau']);
    expect((await reader.marks()).join()).toContain('Zhanaozen');
    expect([...reader.hosts]).toHaveLength(1);
    expect(reader.page.url()).not.toContain('acled');
    expect(reader.faults).toEqual([]);
  });

  test('is taken when it is dropped', async () => {
    const reader = await open({ at: '/try/', live: false });
    const text = readFileSync(join(TABLES, 'points.geojson'), 'utf8');
    const data = await reader.page.evaluateHandle((content: string) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], 'points.geojson'));
      return transfer;
    }, text);
    await reader.page.dispatchEvent('.drop', 'drop', { dataTransfer: data });
    await reader.page.locator('.try-state', { hasText: '2 events on the map' }).waitFor();
    await liveMap(reader);
    expect(await titles(reader)).toEqual(['Dockers stop work', 'Talks by video']);
  });

  test('has its faults in the very words of the command line', async () => {
    const reader = await open({ at: '/try/', live: false });
    await reader.page.setInputFiles('#file', join(TABLES, 'acled-bad.csv'));
    await reader.page.locator('.faults li').first().waitFor();
    const { issues } = await draftFrom('acled-bad.csv');
    const told = await reader.page.locator('.faults li').allTextContents();
    expect(told.sort()).toEqual(issues.map((i) => tableIssueText({ file: 'acled-bad.csv', unit: 'row' }, i)).sort());
  });

  test('is read again when its editor says how dates are meant, by keyboard alone', async () => {
    const reader = await open({ at: '/try/', live: false });
    await tries(reader, 'desk.csv');
    expect(await reader.page.locator('.faults li[data-severity="error"]').count()).toBe(1);
    await reader.page.getByLabel('Dates like 03/04/2022').focus();
    await reader.page.keyboard.press('ArrowDown');
    await reader.page.locator('.try-state', { hasText: '4 events on the map' }).waitFor();
    expect(await reader.page.locator('.faults li[data-severity="error"]').count()).toBe(0);
    expect(await reader.page.evaluate(() => document.activeElement?.tagName), 'the focus stays on the choice').toBe('SELECT');
    // Its language is told by its letters, and the page's own words follow.
    expect(await reader.page.locator('.tried').getAttribute('lang')).toBe('ru');
  });

  test('can be taken along as a story folder that knows its table', async () => {
    const reader = await open({ at: '/try/', live: false });
    await tries(reader, 'acled.csv');
    const [download] = await Promise.all([
      reader.page.waitForEvent('download'),
      reader.page.getByRole('button', { name: 'Download as a story folder' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('acled.zip');
    const files = unzipSync(readFileSync(await download.path()));
    expect(Object.keys(files).sort()).toEqual(
      ['README.md', 'events.json', 'import-record.json', 'import.json', 'places.geojson', 'sources.json', 'speakers.json', 'story.json']
        .map((n) => `acled/${n}`)
        .sort(),
    );
    expect(JSON.parse(strFromU8(files['acled/story.json'] ?? new Uint8Array()))).toMatchObject({
      id: 'acled',
      timeZone: 'Asia/Aqtau',
      extent: '2031-03-01/2031-03-31',
      basemap: 'world',
    });
    // There is land under a table of anywhere, with its towns.
    const suva = 'title,country,lat,lng\nFerries stop,Fiji,-17.8,178\nRoofs gone,Fiji,-17.8,178.01\n';
    await reader.page.setInputFiles('#file', { name: 'fiji.csv', mimeType: 'text/csv', buffer: Buffer.from(suva) });
    await reader.page.locator('h1', { hasText: 'Fiji' }).waitFor();
    await expect.poll(() => reader.groundInTheMiddle()).toEqual(LAND);
  });

  test('that is no table, or one too long for a page, is refused in a sentence, and the page goes on', async () => {
    const reader = await open({ at: '/try/', live: false });
    const long = `id,title\n${Array.from({ length: MOST_LISTED + 1 }, (_, i) => `e${i},Event ${i}`).join('\n')}`;
    await reader.page.setInputFiles('#file', { name: 'long table.csv', mimeType: 'text/csv', buffer: Buffer.from(long) });
    await reader.page.locator('.faults li', { hasText: 'npm run import -- "long table.csv" --story long-table' }).waitFor();
    await reader.page.setInputFiles('#file', { name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
    await reader.page.locator('.faults li', { hasText: 'got an empty file' }).waitFor();
    await tries(reader, 'acled.csv');
    expect(await reader.page.locator('.faults').count()).toBe(0);
  });
});

test('of hundreds of places shows those together that are close; a press parts them, a choice in the list brings one out', async () => {
  const random = randomFrom();
  const rows = Array.from(
    { length: 250 },
    (_, i) => `r${i},2022-01-05,Hall ${i},${(48 + random() * 2).toFixed(4)},${(66 + random() * 3).toFixed(4)},Gathering ${i}`,
  );
  const reader = await open({ at: '/try/', live: false });
  const { page } = reader;
  await page.setInputFiles('#file', { name: 'halls.csv', mimeType: 'text/csv', buffer: Buffer.from(['id,date,place,lat,lng,title', ...rows].join('\n')) });
  await page.locator('.try-state', { hasText: '250 events on the map' }).waitFor();
  await liveMap(reader);
  const shared = page.locator('.mark-face', { hasText: /^\d+ places$/ });
  await shared.first().waitFor();
  const names = await shared.allTextContents();
  expect(await page.locator('.mark-face').count()).toBeLessThan(60);
  await shared.first().focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.mark-face').allTextContents()).not.toEqual(names);
  await expect.poll(() => shared.allTextContents().then((all) => all.reduce((n, text) => n + Number.parseInt(text, 10), 0))).toBeLessThan(250);
  await page.locator('#events .event-title a').first().click();
  const chosen = (await titles(reader))[0]?.replace('Gathering', 'Hall') ?? '';
  await expect.poll(() => page.locator('.mark-face.is-selected').allTextContents()).toEqual([chosen]);
  expect(reader.faults).toEqual([]);
});

test('with markup, scripts and formulas in every cell shows them letter by letter, and nothing runs or asks', {
  timeout: LONG ? 300_000 : 30_000,
}, async () => {
  const reader = await open({ at: '/try/', live: false });
  reader.page.on('dialog', (d) => {
    reader.faults.push(`dialog: ${d.message()}`);
    void d.dismiss();
  });
  const all = payloads()
    .map((p) => Buffer.from(p).toString()) // UTF-8 has no half characters
    .filter((p) => visible(p).trim().length > 0 && p.length < 300);
  const ROWS = 60;
  for (let part = 0; part < (LONG ? 25 : 1); part++) {
    const words = all.slice(part * ROWS, (part + 1) * ROWS);
    const rows = words.map((p, i) => ({
      id: p,
      title: `T ${p}`,
      text: p,
      date: '2031-03-02',
      category: words[i % 5],
      lat: '43.2',
      lng: '76.9',
      country: 'KZ',
      source: p,
      status: '',
    }));
    await reader.page.setInputFiles('#file', { name: `${part}<img src=x onerror=pwned()>.csv`, mimeType: 'text/csv', buffer: Buffer.from(Papa.unparse(rows)) });
    await reader.page
      .locator('.try-state', { hasText: `${part}<img` })
      .filter({ hasText: 'on the map' })
      .waitFor();
    const shown = new Set((await titles(reader)).map((t) => t.replace(/\s+/g, ' ')));
    expect(shown.size).toBeGreaterThan(0);
    // Tags of a cell's HTML are taken out by the importer, as of TimelineJS; what only looks like one stays.
    for (const title of shown)
      expect(
        words.map((p) =>
          plainText(visible(`T ${p}`).trim())
            .replace(/\s+/g, ' ')
            .trim(),
        ),
      ).toContain(title.trim());
    expect(await reader.page.locator('iframe, object, embed, img[src="x"], [onerror], [onload]').count()).toBe(0);
  }
  expect([...reader.hosts]).toHaveLength(1);
  expect(reader.faults).toEqual([]);
  tried('hostile tables on the page that tries data: rows', LONG ? 25 * ROWS : ROWS);
});

test('without the gazetteer, rows with coordinates and a country are still shown', async () => {
  const reader = await open({ at: '/try/', live: false, blocked: /towns\.tsv/ });
  await tries(reader, 'acled.csv');
  expect(await reader.page.locator('.faults li').allTextContents()).toEqual([expect.stringContaining('the list of towns')]);
});

test.each([
  ['light', { bypassCSP: true }],
  ['dark, on a phone', { viewport: PHONE, colorScheme: 'dark' as const, bypassCSP: true }],
])('axe finds nothing, before and after a file, %s', async (_, options) => {
  const reader = await open({ at: '/try/', live: false, ...options });
  expect(await axeFaults(reader.page)).toEqual([]);
  await reader.page.getByRole('button', { name: 'Use the sample' }).click();
  await reader.page.locator('.try-state', { hasText: 'on the map' }).waitFor();
  await liveMap(reader);
  expect(await axeFaults(reader.page)).toEqual([]);
  // Nothing sticks out sideways.
  expect(await reader.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
});
