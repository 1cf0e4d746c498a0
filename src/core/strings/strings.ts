/** The interface's languages. A reader fetches one; the build has all. */
import type { Messages } from './compiled/types.ts';
import type { Strings } from './make.ts';
import { makeStrings } from './make.ts';

type Module = { readonly messages: Messages };

/** By language; an import of its own each, so that a page asks for no other. */
const MODULES: { readonly [language: string]: () => Promise<Module> } = {
  en: () => import('./compiled/en.js'),
  ru: () => import('./compiled/ru.js'),
  kk: () => import('./compiled/kk.js'),
  ko: () => import('./compiled/ko.js'),
};

export const LANGUAGES: readonly string[] = Object.keys(MODULES);

const loaded = new Map<string, Strings>();

/** Make a language's words known to `stringsFor`. */
export function addStrings(language: string, { messages }: Module): Strings {
  const strings = makeStrings(language, messages);
  loaded.set(language, strings);
  return strings;
}

/** Fetch the words of a language, or English where there are none in it. @throws Error when the file cannot be had */
export async function loadStrings(language: string): Promise<Strings> {
  const known = MODULES[language] ? language : 'en';
  return loaded.get(known) ?? addStrings(known, await (MODULES[known] ?? (() => import('./compiled/en.js')))());
}

/** The words of a language that have been loaded, or English. @throws Error where neither has */
export function stringsFor(language: string): Strings {
  const strings = loaded.get(language) ?? loaded.get('en');
  if (!strings) throw new Error(`The words of the interface in "${language}" have not been loaded.`);
  return strings;
}
