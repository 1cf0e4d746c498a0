/** The interface's languages. A reader fetches one, in two parts; the build has all. */
import type { LaterMessages, Messages } from './compiled/types.ts';
import type { Strings } from './make.ts';
import { makeFirst, makeLater } from './make.ts';

interface FirstModule {
  readonly messages: Messages;
}
interface LaterModule {
  readonly messages: LaterMessages;
}

/** By language; an import of its own each, so that a page asks for no other. */
const FIRST: { readonly [language: string]: () => Promise<FirstModule> } = {
  en: () => import('./compiled/en.js'),
  ru: () => import('./compiled/ru.js'),
  kk: () => import('./compiled/kk.js'),
  ko: () => import('./compiled/ko.js'),
  ar: () => import('./compiled/ar.js'),
};
const LATER: { readonly [language: string]: () => Promise<LaterModule> } = {
  en: () => import('./compiled/en.later.js'),
  ru: () => import('./compiled/ru.later.js'),
  kk: () => import('./compiled/kk.later.js'),
  ko: () => import('./compiled/ko.later.js'),
  ar: () => import('./compiled/ar.later.js'),
};

const known = (language: string): string => (Object.hasOwn(FIRST, language) ? language : 'en');
const loaded = new Map<string, Strings>();

/** Make a language's words known to `stringsFor`. */
export function addFirst(language: string, { messages }: FirstModule): Strings {
  // The others join the same object before anything that needs them is drawn.
  const strings = makeFirst(language, messages) as Strings;
  loaded.set(language, strings);
  return strings;
}

/** @throws Error for a file that came empty, which is a module without messages */
export function addLater(language: string, { messages }: LaterModule): void {
  if (!messages) throw new Error('It came empty.');
  const strings = loaded.get(language);
  if (strings) Object.assign(strings, makeLater(strings, messages));
}

/** Fetch the first words of a language, or of English where there are none in it. @throws Error when the file cannot be had */
export async function loadStrings(language: string): Promise<Strings> {
  const wanted = known(language);
  const first = await (FIRST[wanted] as () => Promise<FirstModule>)();
  // Whoever asked meanwhile holds the same object: what joins it later reaches all.
  return loaded.get(wanted) ?? addFirst(wanted, first);
}

/** Fetch the other words of a language, and its first ones: whichever comes first over the network. @throws Error when a file cannot be had */
export async function loadLaterStrings(language: string): Promise<void> {
  const wanted = known(language);
  const [later] = await Promise.all([(LATER[wanted] as () => Promise<LaterModule>)(), loadStrings(wanted)]);
  addLater(wanted, later);
}

/** The words of a language that have been loaded, or English. @throws Error where neither has */
export function stringsFor(language: string): Strings {
  const strings = loaded.get(language) ?? loaded.get('en');
  if (!strings) throw new Error(`The words of the interface in "${language}" have not been loaded.`);
  return strings;
}
