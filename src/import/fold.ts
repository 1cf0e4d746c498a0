/** Text without what spellings differ in: for matching names, and for ids. */
import { LATIN } from '../core/letters.ts';

/** Lower case letters and digits alone, without accents: "Event Date" and "event_date" are one, "Ақтау" and "Aqtaū" are not. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Letters of Latin scripts that no decomposition turns into plain ones, beside the Cyrillic ones of the search. */
const LETTERS: { readonly [letter: string]: string } = { ...LATIN, ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ı: 'i' };

/**
 * A readable id of letters, digits and `-`, at most 48 long: Cyrillic is written in Latin. Empty for words in a script
 * that has no letters here; then a hash serves.
 */
export function slug(text: string): string {
  const latin = [...text.toLowerCase()].map((c) => LETTERS[c] ?? c).join('');
  return latin
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 48)
    .replace(/-+$/, '');
}
