/** Text without what spellings differ in: for matching names, and for ids. */

/** Lower case letters and digits alone, without accents: "Event Date" and "event_date" are one, "Ақтау" and "Aqtaū" are not. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Letters that no decomposition turns into Latin ones, each with what stands for it. */
const LETTERS = new Map(
  'а:a ә:a б:b в:v г:g ғ:g д:d е:e ё:e ж:zh з:z и:i й:i к:k қ:q л:l м:m н:n ң:n о:o ө:o п:p р:r с:s т:t у:u ұ:u ү:u ф:f х:h һ:h ц:ts ч:ch ш:sh щ:sch ъ: ы:y і:i ь: э:e ю:yu я:ya ß:ss ø:o æ:ae œ:oe ł:l đ:d ı:i'
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(2)] as const),
);

/**
 * A readable id of letters, digits and `-`, at most 48 long: Cyrillic is written in Latin. Empty for words in a script
 * that has no letters here; then a hash serves.
 */
export function slug(text: string): string {
  const latin = [...text.toLowerCase()].map((c) => LETTERS.get(c) ?? c).join('');
  return latin
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 48)
    .replace(/-+$/, '');
}
