import { languageName } from '../core/languages.ts';

/** Languages that a table's texts may be said to be in: those of the interface, and those whose columns are known. */
export const LANGUAGES: readonly (readonly [tag: string, name: string])[] = ['en', 'ru', 'kk', 'ko', 'ar', 'fr', 'es', 'de'].map((tag) => [
  tag,
  languageName(tag),
]);
