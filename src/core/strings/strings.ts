import type { Strings } from './en.ts';
import { en } from './en.ts';

const LANGUAGES: { readonly [language: string]: Strings } = { en };

/** The interface in a language, or in English where there is no file for it. */
export function stringsFor(language: string): Strings {
  return LANGUAGES[language] ?? en;
}
