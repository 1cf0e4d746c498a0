/** Languages by their own names, and the direction that they are written in. */

const NAMES: { readonly [language: string]: string } = { en: 'English', ru: 'Русский', kk: 'Қазақша', ko: '한국어', ar: 'العربية' };

/** ISO 639 codes of languages written from right to left. */
const RTL = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

/**
 * Browsers know fewer languages than Node does: numbers of these are grouped as in another that does it alike. And they
 * differ over which digits Arabic is written with. The build
 * compiles messages by the same table, so that page and browser agree.
 */
export const NUMBERS_AS: { readonly [language: string]: string } = { kk: 'ru', ar: 'ar-u-nu-latn' };

/** A language's name in that language; its tag where nobody knows one. */
export function languageName(tag: string): string {
  return NAMES[tag] ?? new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}

export function directionOf(tag: string): 'ltr' | 'rtl' {
  return RTL.has(tag.split('-')[0] ?? tag) ? 'rtl' : 'ltr';
}

/** The folder of a story's page in a language, from the site's root: its own language has the story's address itself. */
export function storyFolder(id: string, language: string, own: string): string {
  return language === own ? `m/${id}/` : `m/${id}/${language}/`;
}
