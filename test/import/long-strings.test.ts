/** Readers of foreign text take time in proportion to it: one that doubled back on itself would not end within a test's patience. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTable } from '../../src/build/import/read.ts';
import { writtenOut } from '../../src/core/issue.ts';
import { beyondLimits } from '../../src/core/json-limits.ts';
import { comparable } from '../../src/core/letters.ts';
import { visible } from '../../src/core/text.ts';
import { parseEdtf } from '../../src/core/time.ts';
import { readPairs } from '../../src/core/url.ts';
import { readHostMessage } from '../../src/embed/protocol.ts';
import { plainText } from '../../src/import/claim.ts';
import { readLngLat, readPair } from '../../src/import/coordinates.ts';
import { countryCode } from '../../src/import/countries.ts';
import { readCsv } from '../../src/import/csv.ts';
import { readDate } from '../../src/import/dates.ts';
import { draftOf } from '../../src/import/draft.ts';
import { slug } from '../../src/import/fold.ts';
import { fromGeoJson } from '../../src/import/geojson.ts';
import { repeatedKeys } from '../../src/import/repeated-keys.ts';
import type { ReadTable } from '../../src/import/table.ts';
import { safeUrl } from '../../src/ui/SafeLink.tsx';
import { optionsWith } from '../fixtures/tables.ts';
import { LONG, tried } from '../tried.ts';

/** What expressions tend to stumble over when it goes on and on. */
const PIECES = [
  'a',
  'é',
  '\u0301',
  'ل',
  '👩‍',
  '1',
  '٣',
  ' ',
  '\t',
  '\n',
  '\r',
  '\u00a0',
  '\u200b',
  '.',
  ',',
  ';',
  '-',
  '/',
  '\\',
  '(',
  '[',
  '{',
  '<',
  '>',
  '&',
  '=',
  '"',
  "'",
  '%',
  '#',
  '?',
  ':',
  '@',
  '~',
  '°',
  ' a',
  'a ',
  'a,',
  '1,',
  '1.',
  '1 ',
  '-1',
  '1-',
  '1/',
  '1°',
  '43°15′',
  '12:',
  '2022-',
  '2022-01-0',
  '2022-01-02/',
  '1 January ',
  'Jan ',
  'http://',
  'https://a.',
  'x:',
  '<a',
  '<a ',
  '<a b="',
  '</p> ',
  '<br ',
  '<!--',
  '<![CDATA[',
  '&#',
  '&amp',
  '&#x41;',
  '%4',
  'a=',
  'a=&',
  '""',
  '\\u',
  '[[',
  '{"a":',
  ' [a; ',
  '‘’',
  '. ',
  '? ',
  '…',
  '–',
];
const textsOf = (length: number) =>
  PIECES.flatMap((piece) => {
    const text = piece.repeat(Math.ceil(length / piece.length));
    return [text, `${text}!`, `x${text}\u0000`];
  });

const place = mkdtempSync(join(tmpdir(), 'unrest-map-long-'));

test('by every reader that is given foreign text', { timeout: 60_000 }, () => {
  const readers: readonly ((text: string) => unknown)[] = [
    parseEdtf,
    visible,
    comparable,
    readPairs,
    safeUrl,
    writtenOut,
    plainText,
    slug,
    countryCode,
    readPair,
    (t) => readLngLat(t, t),
    (t) => readDate(t, 'dmy', 'Asia/Almaty'),
    (t) => beyondLimits(t, { depth: 32, values: 1000 }),
    (t) => repeatedKeys(JSON.stringify({ [t]: t })),
    (t) => readHostMessage({ ns: 'unrest-map', v: 1, type: 'hello', lang: t, claims: [t] }),
  ];
  const texts = textsOf(LONG ? 60_000 : 15_000);
  for (const read of readers) for (const text of texts) read(text);
  expect(texts.length).toBeGreaterThan(200);
  tried('long strings: read', readers.length * texts.length);
});

describe('in a table', () => {
  const columns = ['id', 'title', 'text', 'date', 'time', 'end', 'lat', 'lng', 'place', 'country', 'category', 'status', 'source', 'url', 'who', 'figure'];
  const drafted = ({ table, issues }: ReadTable): number => (table ? draftOf(table, optionsWith()).issues.length : 0) + issues.length;

  const texts = textsOf(LONG ? 10_000 : 3000);

  test('in every cell, or as names of columns', { timeout: 120_000 }, () => {
    for (const text of texts) {
      const cell = `"${text.replaceAll('"', '""')}"`;
      expect(drafted(readCsv('long.csv', Buffer.from(`${columns.join()}\n${columns.map(() => cell).join()}\n`)))).toBeGreaterThan(0);
      drafted(readCsv('names.csv', Buffer.from(`title,date,${cell}\nWork stops,2031-03-02,x\n`)));
      drafted(readCsv('bare.csv', Buffer.from(text)));
    }
  });

  test('as properties of GeoJSON, and in XML', { timeout: 120_000 }, async () => {
    for (const [i, text] of texts.entries()) {
      drafted(
        fromGeoJson('long.geojson', {
          type: 'FeatureCollection',
          features: [{ type: 'Feature', geometry: null, properties: Object.fromEntries(columns.map((c) => [c, text])) }],
        }),
      );
      if (i % 3 !== 0) continue;
      const path = join(place, i % 2 ? 'long.kml' : 'long.gpx');
      writeFileSync(path, `<kml><Placemark><name>${text}</name><when>${text}</when></Placemark></kml>`);
      drafted(await readTable(path, null));
    }
    rmSync(place, { recursive: true });
  });
});
