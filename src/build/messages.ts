/**
 * The words of the interface, from ICU MessageFormat (`src/core/strings/messages/<language>.json`, and `glossary/` for the
 * words of how sure a claim is) to the functions that
 * pages run (`src/core/strings/compiled/`): made ahead, so that no reader's browser parses a message. English is the
 * measure: every other file has the same keys with the same placeholders.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import MessageFormat from '@messageformat/core';
import compileModule from '@messageformat/core/compile-module.js';
import type { Token } from '@messageformat/parser';
import { parse } from '@messageformat/parser';
import { NUMBERS_AS } from '../core/languages.ts';

export const MEASURE = 'en';

/** The folder of `messages/`, `glossary/` and `compiled/`. */
export const WORDS = resolve(import.meta.dirname, '../core/strings');

/** A language's messages: key → ICU MessageFormat. Those under `later.` are of the parts that come to life after the map, and a file of their own. */
export type MessageFile = { readonly [key: string]: string };

/** Where the words for how sure a claim is stand among the messages: `glossary/<language>.json` defines them, once a language. */
const GLOSSARY = 'later.status.';

/** Every language's messages and glossary, as one, below the folder of both. @throws SyntaxError for a file that is no JSON */
export function readMessages(folder: string): Map<string, MessageFile> {
  const read = (room: string, name: string) =>
    existsSync(join(folder, room, name)) ? (JSON.parse(readFileSync(join(folder, room, name), 'utf8')) as MessageFile) : {};
  const names = readdirSync(join(folder, 'messages')).filter((n) => n.endsWith('.json'));
  return new Map(
    names.sort().map((n) => {
      const glossary = Object.entries(read('glossary', n)).map(([key, word]): [string, string] => [GLOSSARY + key, word]);
      return [n.slice(0, -'.json'.length), { ...read('messages', n), ...Object.fromEntries(glossary) }];
    }),
  );
}

/** A message's file and key, for those who correct it. */
function where(language: string, key: string): string {
  return key.startsWith(GLOSSARY) ? `glossary/${language}.json, "${key.slice(GLOSSARY.length)}"` : `messages/${language}.json, "${key}"`;
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
        : [`${where(language, key)}: has {${[...b.keys()].join('}, {')}} where ${MEASURE} has {${[...a.keys()].join('}, {')}}`];
    } catch (error) {
      return [`${where(language, key)}: is no ICU message (${error instanceof Error ? error.message : String(error)})`];
    }
  });
  return [
    ...missing.map((key) => `${where(language, key)}: is missing`),
    ...left.map((key) => `${where(language, key)}: is not among those of ${MEASURE}`),
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

/** The type of messages: those without placeholders are text, the others functions of theirs, in the order in which the measure names them. */
function messageTypes(name: string, measure: MessageFile): string {
  const type = (node: string | Tree): string => {
    if (typeof node === 'object')
      return `{ ${Object.entries(node)
        .map(([part, below]) => `readonly ${JSON.stringify(part)}: ${type(below)}`)
        .join('; ')} }`;
    const args = [...placeholders(node)].map(([name, kind]) => `${name}: ${kind}`);
    return args.length > 0 ? `(${args.join(', ')}) => string` : 'string';
  };
  const lines = Object.entries(toTree(measure)).map(([part, node]) => `  readonly ${JSON.stringify(part)}: ${type(node)};`);
  return `export interface ${name} {\n${lines.join('\n')}\n}\n`;
}

/** What the compiler writes of one message: its key and its function of an object `d`. */
const COMPILED = /^ {2}("(?:[^"\\]|\\.)*"|[\w$]+): \((d?)\) => (.*?),?$/;
/** A string, to be left alone, or a placeholder. */
const PART = /"(?:[^"\\]|\\.)*"|\bd\.(\w+)/g;

/** One language's messages as a module. @throws Error for a message that does not compile */
function messageModule(language: string, messages: MessageFile, measure: MessageFile): string {
  const text = compileModule(new MessageFormat(language, { returnType: 'string' }), { ...messages });
  const numbers = NUMBERS_AS[language];
  const lines = (numbers ? text.replaceAll(`number(${JSON.stringify(language)}`, `number(${JSON.stringify(numbers)}`) : text).split('\n');
  const bodies = Object.fromEntries(
    lines.flatMap((line): [string, string][] => {
      const [, key = '', object, body = ''] = COMPILED.exec(line) ?? [];
      if (key === '') return [];
      const name = key.startsWith('"') ? (JSON.parse(key) as string) : key;
      const args = [...placeholders(measure[name] ?? '').keys()].join(', ');
      return [[name, object === 'd' ? `(${args}) => ${body.replace(PART, (all, arg?: string) => arg ?? all)}` : body]];
    }),
  );
  const lost = Object.keys(messages).filter((key) => bodies[key] === undefined);
  if (lost.length > 0) throw new Error(`The compiler writes ${lost.join(', ')} otherwise than is expected here.`);
  const nested = (node: string | Tree): string =>
    typeof node === 'string'
      ? node
      : `{ ${Object.entries(node)
          .map(([part, below]) => `${JSON.stringify(part)}: ${nested(below)}`)
          .join(', ')} }`;
  const members = Object.entries(toTree(bodies)).map(([part, node]) => `  ${JSON.stringify(part)}: ${nested(node)},`);
  return `${HEAD}${lines.filter((l) => l.startsWith('import ')).join('\n')}\nexport const messages = {\n${members.join('\n')}\n};\n`;
}

const LATER = 'later.';

/** The messages of one of the two files of a language, without the prefix. */
function half(messages: MessageFile, later: boolean): MessageFile {
  const own = Object.entries(messages).filter(([key]) => key.startsWith(LATER) === later);
  return Object.fromEntries(own.map(([key, message]) => [later ? key.slice(LATER.length) : key, message]));
}

const HALVES = [
  { later: false, type: 'Messages', suffix: '' },
  { later: true, type: 'LaterMessages', suffix: '.later' },
] as const;

/** All files of `compiled/`, by name: the types, and for each language two modules and their declarations. */
export function compiledFiles(all: ReadonlyMap<string, MessageFile>): Map<string, string> {
  const measure = all.get(MEASURE) ?? {};
  const types = HALVES.map(({ later, type }) => messageTypes(type, half(measure, later)));
  const modules = [...all].flatMap(([language, messages]) =>
    HALVES.flatMap(({ later, type, suffix }): [string, string][] => [
      [`${language}${suffix}.js`, messageModule(language, half(messages, later), half(measure, later))],
      [`${language}${suffix}.d.ts`, `${HEAD}import type { ${type} } from './types.ts';\nexport declare const messages: ${type};\n`],
    ]),
  );
  return new Map([['types.ts', `${HEAD}${types.join('\n')}`], ...modules]);
}
