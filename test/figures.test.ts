/** 164 dead was posted, deleted and never confirmed: wherever the built site says the number, it says that too. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './fixtures/stories.ts';

const DIST = join(ROOT, 'dist');
const NUMBER = /(?<![\w.,/#-])164(?![\w%]|[.,]\d)/g;
const WITHDRAWAL =
  /delet|not confirmed|never confirmed|withdr[ae]w|retracted|denie[ds]|refute|удал|не подтвержд|опроверг|отозван|өшір|жойыл|расталма|қайтарып ал|жоққа шығар|삭제|확인되지 않|부인|철회/i;
/** How far from the number its withdrawal may stand in running text, characters. */
const REACH = 260;

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? files(join(folder, e.name)) : [join(folder, e.name)]));
}

/** What of a file a person reads: HTML and SVG without their drawing. */
function readable(path: string): string {
  const text = readFileSync(path, 'utf8');
  if (!/\.(html|svg)$/.test(path)) return text;
  return text
    .replace(/<(path|rect|line|circle|use|script)\b[^>]*>/g, ' ')
    .replace(/<[a-z][^>]*?(?:aria-label|alt|content|title)="([^"]*)"[^>]*>/g, ' $1 ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

/** Strings and figures in JSON that hold the number without its withdrawal, by path. */
function lonelyIn(value: unknown, path: string, around: string): string[] {
  if (typeof value === 'string') return value.match(NUMBER) && !WITHDRAWAL.test(value) && !WITHDRAWAL.test(around) ? [`${path}: ${value}`] : [];
  if (typeof value === 'number') return value === 164 && !WITHDRAWAL.test(around) ? [`${path}: ${value}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  // A figure's claim says how sure it is: its own members are what stands around it.
  const isClaim = 'status' in value;
  return Object.entries(value).flatMap(([key, v]) => lonelyIn(v, `${path}.${key}`, isClaim ? JSON.stringify(value) : around));
}

const all = files(DIST).filter((f) => !/assets\/(basemap|kazakhstan)-/.test(f));

describe('the number 164 stands nowhere alone', () => {
  test.each(all.filter((f) => /\.(html|svg|csv|txt|md)$/.test(f)).map((f) => [relative(DIST, f), f]))('in %s', (_, path) => {
    const text = readable(path);
    const lonely = [...text.matchAll(NUMBER)]
      .map((m) => text.slice(Math.max(0, m.index - REACH), m.index + REACH))
      .filter((around) => !WITHDRAWAL.test(around));
    expect(lonely).toEqual([]);
  });

  test.each(all.filter((f) => /\.(json|geojson)$/.test(f)).map((f) => [relative(DIST, f), f]))('in %s', (_, path) => {
    expect(lonelyIn(JSON.parse(readFileSync(path, 'utf8')), '', '')).toEqual([]);
  });

  test('and it is there to be found: in the page, the data, the table and the picture', () => {
    const holding = all.filter((f) => /\.(html|svg|csv|geojson)$/.test(f) && readable(f).match(NUMBER)).map((f) => relative(DIST, f));
    for (const name of ['index.html', 'events.csv', 'events.geojson', 'static-1200x900.svg'])
      expect(
        holding.some((h) => h.endsWith(name)),
        name,
      ).toBe(true);
  });
});
