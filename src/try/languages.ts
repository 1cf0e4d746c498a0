import { languageName } from '../core/languages.ts';
import { TABLE_LANGUAGES } from '../import/countries.ts';

/** Languages that a table's texts may be said to be in: those of the interface, and those whose columns are known. */
export const LANGUAGES: readonly (readonly [tag: string, name: string])[] = TABLE_LANGUAGES.map((tag) => [tag, languageName(tag)]);
