/**
 * The words of the interface, from ICU MessageFormat (`src/core/strings/messages/<language>.json`) to the functions that
 * pages run (`src/core/strings/compiled/`): made ahead, so that no reader's browser parses a message. English is the
 * measure: every other file has the same keys with the same placeholders.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import MessageFormat from '@messageformat/core';
import compileModule from '@messageformat/core/compile-module.js';
import type { Token } from '@messageformat/parser';
import { parse } from '@messageformat/parser';

export const MEASURE = 'en';

/** The folder of `messages/` and `compiled/`. */
export const WORDS = resolve(import.meta.dirname, '../core/strings');

/** A language's messages: key → ICU MessageFormat. */
export type MessageFile = { readonly [key: string]: string };

/** Browsers know fewer languages than Node does: numbers of these are grouped as in another that does it alike. */
const NUMBERS_AS: { readonly [language: string]: string } = { kk: 'ru' };

/** Every language's file in a folder. @throws SyntaxError for a file that is no JSON */
export function readMessages(folder: string): Map<string, MessageFile> {
  const names = readdirSync(folder).filter((n) => n.endsWith('.json'));
  return new Map(names.sort().map((n) => [n.slice(0, -'.json'.length), JSON.parse(readFileSync(join(folder, n), 'utf8')) as MessageFile]));
}

/** What is wrong with a language's messages, against those of the measure: missing, left over, placeholders that differ, text that does not parse. */
export function messageFaults(language: string, messages: MessageFile, measure: MessageFile): string[] {
  const missing = Object.keys(measure).filter((key) => !messages[key]?.trim());
  const left = Object.keys(messages).filter((key) => !Object.hasOwn(measure, key));
  const wrong = Object.keys(measure).flatMap((key): string[] => {
    const [own, theirs] = [messages[key], measure[key]];
    if (!own || !theirs) return [];
    try {
      const [a, b] = [placeholders(theirs), placeholders(own)];
      return [...a.keys()].sort().join() === [...b.keys()].sort().join()
        ? []
        : [`${language}.json, "${key}": has {${[...b.keys()].join('}, {')}} where ${MEASURE} has {${[...a.keys()].join('}, {')}}`];
    } catch (error) {
      return [`${language}.json, "${key}": is no ICU message (${error instanceof Error ? error.message : String(error)})`];
    }
  });
  return [
    ...missing.map((key) => `${language}.json, "${key}": is missing`),
    ...left.map((key) => `${language}.json, "${key}": is not among those of ${MEASURE}`),
    ...wrong,
  ];
}

/** The placeholders of a message, and whether each is a number. @throws Error for text that is no message */
function placeholders(message: string): Map<string, 'number' | 'string'> {
  const found = new Map<string, 'number' | 'string'>();
  const walk = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      if (token.type === 'argument') found.set(token.arg, found.get(token.arg) ?? 'string');
      else if (token.type === 'function') found.set(token.arg, 'number');
      else if (token.type === 'plural' || token.type === 'select' || token.type === 'selectordinal') {
        found.set(token.arg, token.type === 'select' ? 'string' : 'number');
        for (const c of token.cases) walk(c.tokens);
      }
    }
  };
  walk(parse(message));
  return found;
}

const HEAD = '// Made from `messages/` by `npm run messages`. Do not edit.\n';

/** Messages by their keys' parts: `status.announced.word` is in `status`, in `announced`. */
interface Tree {
  readonly [part: string]: string | Tree;
}

function toTree(messages: MessageFile): Tree {
  const root: { [part: string]: string | Tree } = {};
  for (const [key, message] of Object.entries(messages)) {
    const parts = key.split('.');
    let at = root;
    for (const part of parts.slice(0, -1)) {
      at[part] ??= {};
      at = at[part] as { [part: string]: string | Tree };
    }
    at[parts.at(-1) ?? ''] = message;
  }
  return root;
}

/** The type of all messages: those without placeholders are text, the others functions of theirs. */
export function messageTypes(measure: MessageFile): string {
  const type = (node: string | Tree): string => {
    if (typeof node === 'object')
      return `{ ${Object.entries(node)
        .map(([part, below]) => `readonly ${JSON.stringify(part)}: ${type(below)}`)
        .join('; ')} }`;
    const args = [...placeholders(node)].map(([name, kind]) => `${name}: ${kind}`);
    return args.length > 0 ? `(d: { ${args.join('; ')} }) => string` : 'string';
  };
  const lines = Object.entries(toTree(measure)).map(([part, node]) => `  readonly ${JSON.stringify(part)}: ${type(node)};`);
  return `${HEAD}export interface Messages {\n${lines.join('\n')}\n}\n`;
}

/** One language's messages as a module. @throws Error for a message that does not compile */
export function messageModule(language: string, messages: MessageFile): string {
  const text = compileModule(new MessageFormat(language, { returnType: 'string' }), toTree(messages));
  const numbers = NUMBERS_AS[language];
  const body = (numbers ? text.replaceAll(`number(${JSON.stringify(language)}`, `number(${JSON.stringify(numbers)}`) : text)
    .replace('export default {', 'export const messages = {')
    .replaceAll('() => "', '"');
  return `${HEAD}${body.trimEnd()}\n`;
}

const DECLARATION = `${HEAD}import type { Messages } from './types.ts';
export declare const messages: Messages;
`;

/** All files of `compiled/`, by name: a type for all, and for each language a module and its declaration. */
export function compiledFiles(all: ReadonlyMap<string, MessageFile>): Map<string, string> {
  const languages = [...all].flatMap(([language, messages]): [string, string][] => [
    [`${language}.js`, messageModule(language, messages)],
    [`${language}.d.ts`, DECLARATION],
  ]);
  return new Map([['types.ts', messageTypes(all.get(MEASURE) ?? {})], ...languages]);
}
