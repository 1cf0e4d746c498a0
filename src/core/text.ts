import type { Text } from './source.ts';
import type { Words } from './story.ts';

/**
 * The words of a text in the wanted language, else in the story's own, marked with the language they are in.
 * @param text  tag → words; the story's own language is there, validation sees to it
 */
export function pick(text: Text, language: string, own: string): Words {
  const wanted = text[language];
  if (wanted !== undefined) return wanted;
  return { text: text[own] ?? Object.values(text)[0] ?? '', lang: text[own] === undefined ? (Object.keys(text)[0] ?? own) : own };
}

/** The bare words, for names of controls, exports and search, where no language can be marked. */
export function plain(words: Words): string {
  return typeof words === 'string' ? words : words.text;
}

/**
 * Characters that nobody sees and that do harm: controls, halves of characters, overrides of direction, what has no width
 * and no use. Joiners and direction marks stay: Persian, Hindi and Hebrew are spelled with them.
 */
const UNSEEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\u200b\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/gu;

/** A text without what cannot be seen in it. */
export function visible(text: string): string {
  return /^[ -~]*$/.test(text) ? text : text.replace(UNSEEN, '');
}
