/**
 * Words made comparable across scripts and spellings: case, diacritics and Cyrillic letters fall away, so that Almaty,
 * Алматы and Алма-Ата meet. Russian and Kazakh letters after the romanisations that newsrooms use (BGN/PCGN, simplified);
 * scripts without letters of this kind, such as Hangul, are left as they are.
 */

/** Small letters that no decomposition turns into Latin ones, each with what stands for it. */
export const LATIN: { readonly [letter: string]: string } = {
  а: 'a',
  ә: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ғ: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  і: 'i',
  к: 'k',
  қ: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'n',
  о: 'o',
  ө: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ұ: 'u',
  ү: 'u',
  ф: 'f',
  х: 'kh',
  һ: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};

/** Latin spellings of one sound that differ from desk to desk. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/q/g, 'k'],
  [/iy|yi|ii|yy/g, 'y'],
  [/j|dzh/g, 'zh'],
];

/** A text as its comparable words, in order. */
export function comparable(text: string): string[] {
  const plainLetters = text
    .toLowerCase()
    .normalize('NFKD')
    // Short i and yo are letters, not marks on others; put together again before the table looks.
    .normalize('NFC')
    .replace(/\p{L}/gu, (c) => LATIN[c] ?? c)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC');
  const same = SAME.reduce((t, [from, to]) => t.replace(from, to), plainLetters);
  return same.split(/[^\p{L}\p{N}]+/u).filter((w) => w !== '');
}
