/** Positions as people write them: decimals with point or comma, degrees with minutes and seconds, two in one cell. */
import { exchanged, inRange } from '../core/geo.ts';
import type { LngLat } from '../core/source.ts';

export type ReadPosition = { readonly ok: true; readonly at: LngLat } | { readonly ok: false; readonly expected: string; readonly remedy: string };

const PAIR = 'latitude and longitude, such as 43.2389, 76.8897 or 43°14′20″N 76°53′23″E';

interface Angle {
  readonly value: number;
  /** The axis that its letter names, if it has one. */
  readonly axis: 'lng' | 'lat' | null;
}

/** Letters of the four winds in English, Russian, French, Spanish and German; O is west in French and Spanish, and east in German: it is not read. */
const WINDS: { readonly [letter: string]: { readonly axis: 'lng' | 'lat'; readonly sign: 1 | -1 } } = {
  n: { axis: 'lat', sign: 1 },
  s: { axis: 'lat', sign: -1 },
  e: { axis: 'lng', sign: 1 },
  w: { axis: 'lng', sign: -1 },
  с: { axis: 'lat', sign: 1 },
  ю: { axis: 'lat', sign: -1 },
  в: { axis: 'lng', sign: 1 },
  з: { axis: 'lng', sign: -1 },
};

const ANGLE = /^([+-]?)\s*(\d+(?:[.,]\d+)?)\s*[°º]?\s*(?:(\d+(?:[.,]\d+)?)\s*['′’]?\s*)?(?:(\d+(?:[.,]\d+)?)\s*(?:["″”]|''|′′)?)?$/u;

/** Degrees of one angle; null for text that is none. Sixty minutes and more are no angle. */
/** Characters of a position at most, however it is written: the searches below take far more time than a text is long. */
const LONGEST = 150;

function readAngle(text: string): Angle | null {
  if (text.length > LONGEST) return null;
  const clean = text
    .normalize('NFC')
    .replace(/−/g, '-')
    .replace(/\.?\s*ш\.?|\.?\s*д\.?/giu, '')
    .trim();
  const letter = /^([nsewсювз])\.?\s*(.*)$|^(.*?)\s*([nsewсювз])\.?$/iu.exec(clean);
  const wind = letter ? WINDS[(letter[1] ?? letter[4] ?? '').toLowerCase()] : undefined;
  const match = ANGLE.exec((letter ? (letter[2] ?? letter[3] ?? '') : clean).trim());
  if (!match) return null;
  const [degrees = Number.NaN, minutes = 0, seconds = 0] = [match[2], match[3], match[4]].map((n) => (n === undefined ? 0 : Number(n.replace(',', '.'))));
  if (minutes >= 60 || seconds >= 60 || (wind && match[1] === '-')) return null;
  const value = degrees + minutes / 60 + seconds / 3600;
  return { value: (match[1] === '-' ? -1 : 1) * (wind?.sign ?? 1) * value, axis: wind?.axis ?? null };
}

/** A longitude and a latitude from two cells. Never throws. */
export function readLngLat(lngText: string, latText: string): ReadPosition {
  const lng = readAngle(lngText.trim());
  const lat = readAngle(latText.trim());
  if (!lng || !lat)
    return { ok: false, expected: 'degrees such as 76.8897 or 76°53′23″E', remedy: 'Correct the number, or empty both cells for an event without a place.' };
  if (lng.axis === 'lat' || lat.axis === 'lng')
    return { ok: false, expected: 'a longitude (E or W) and a latitude (N or S)', remedy: 'The two are exchanged: swap the cells.' };
  return ranged([lng.value, lat.value]);
}

/** One cell with both, latitude first unless letters say otherwise; `POINT(lng lat)` of WKT has longitude first. Never throws. */
export function readPair(cell: string): ReadPosition {
  const text = cell.trim();
  if (text.length > LONGEST) return { ok: false, expected: PAIR, remedy: 'Keep nothing but the position in this cell.' };
  const wkt = /^(?:SRID=4326;)?POINT\s*Z?\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)(?:\s+-?[\d.]+)?\s*\)$/i.exec(text);
  if (wkt) return ranged([Number(wkt[1]), Number(wkt[2])]);
  const halves = halvesOf(text);
  const [first, second] = (halves ?? []).map(readAngle);
  if (!first || !second) return { ok: false, expected: PAIR, remedy: 'Write the two with a comma between, or in two columns.' };
  if (first.axis === 'lng' || second.axis === 'lat') return ranged([first.value, second.value]);
  return ranged([second.value, first.value]);
}

/** Where a pair is cut: before or behind its letters. */
const LETTERED: readonly RegExp[] = [
  /^([nsсю][\s\d].*?)[\s,;]+([ewвз][\s\d].*)$/iu,
  /^([ewвз][\s\d].*?)[\s,;]+([nsсю][\s\d].*)$/iu,
  /^(.*?[nsсю]\.?(?:\s*ш\.?)?)[\s,;]+(.*[ewвз]\.?(?:\s*д\.?)?)$/iu,
  /^(.*?[ewвз]\.?(?:\s*д\.?)?)[\s,;]+(.*[nsсю]\.?(?:\s*ш\.?)?)$/iu,
];

function halvesOf(text: string): readonly [string, string] | null {
  const lettered = LETTERED.map((pattern) => pattern.exec(text)).find((match) => match !== null);
  if (lettered) return [lettered[1] ?? '', lettered[2] ?? ''];
  const parts = text.split(/\s*;\s*|,\s+|\s+/).filter((p) => p !== '');
  if (parts.length === 2) return [parts[0] ?? '', parts[1] ?? ''];
  // "43.2389,76.8897": a comma between two decimal points.
  const tight = /^([+-]?\d+\.\d+),([+-]?\d+\.\d+)$/.exec(text);
  return tight ? [tight[1] ?? '', tight[2] ?? ''] : null;
}

function ranged(at: LngLat): ReadPosition {
  if (at[0] === 0 && at[1] === 0)
    return {
      ok: false,
      expected: 'a place on the map',
      remedy: '0, 0 lies in the Atlantic and mostly means "unknown": empty the cells, and the event is listed without a place.',
    };
  if (inRange(at)) return { ok: true, at };
  return {
    ok: false,
    expected: 'a latitude in -90..90 and a longitude in -180..180',
    remedy: inRange(exchanged(at)) ? 'They look swapped: exchange latitude and longitude.' : 'Correct the numbers.',
  };
}
