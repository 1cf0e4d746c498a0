/** JSON text with positions: what is wrong, and where. */

import { readFileSync, statSync } from 'node:fs';
import type { Node, ParseError } from 'jsonc-parser';
import { findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Issue, LocatedIssue } from '../core/issue.ts';
import { show } from '../core/issue.ts';
import { beyondLimits } from '../core/json-limits.ts';

/** Deeper than any sound file; deeper still would overflow a parser's stack. */
const MAX_DEPTH = 32;
const MAX_BYTES = 64 * 1024 * 1024;
/** Each takes some hundred bytes of memory while a file is read. */
const MAX_VALUES = 1_000_000;

/** A parsed file that can say where any of its values stands. */
export interface JsonFile {
  readonly name: string;
  readonly value: unknown;
  /** Put an issue of this file on its line and column; the nearest existing ancestor for a value that is missing. */
  readonly locate: (issue: Issue) => LocatedIssue;
}

export type JsonResult =
  | { readonly ok: true; readonly file: JsonFile; readonly issues: LocatedIssue[] }
  | { readonly ok: false; readonly issues: LocatedIssue[] };

/** Read a file of JSON. @returns as `readJson`; a file that is too large is not read, and one that cannot be read is an issue */
export function readJsonFile(name: string, path: string): JsonResult {
  try {
    const { size } = statSync(path);
    return size > MAX_BYTES ? tooLarge(name, size) : readJson(name, readFileSync(path));
  } catch (error) {
    const found = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return refused(name, 'a file that can be read', found, 'Check its permissions and the disk.');
  }
}

function refused(name: string, expected: string, found: string, remedy: string, line: number | null = null, column: number | null = null): JsonResult {
  return { ok: false, issues: [{ severity: 'error', file: name, path: [], expected, found, remedy, line, column }] };
}

function tooLarge(name: string, bytes: number): JsonResult {
  return refused(name, `at most ${MAX_BYTES / 2 ** 20} MB`, `${(bytes / 2 ** 20).toFixed(0)} MB`, 'Split the story.');
}

/**
 * Read JSON (RFC 8259) from bytes. Syntax errors, too much depth and repeated keys come back as issues with line and
 * column; never throws.
 */
export function readJson(name: string, bytes: Uint8Array): JsonResult {
  const refuse = (expected: string, found: string, remedy: string, line: number | null = null, column: number | null = null) =>
    refused(name, expected, found, remedy, line, column);
  if (bytes.length > MAX_BYTES) return tooLarge(name, bytes.length);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes); // strips a byte order mark
  } catch {
    return refuse('UTF-8 text', 'bytes that are not UTF-8', 'Save the file as UTF-8.');
  }
  const beyond = beyondLimits(text, { depth: MAX_DEPTH, values: MAX_VALUES });
  if (beyond) {
    const at = position(lineStarts(text), beyond.at);
    return beyond.limit === 'depth'
      ? refuse(`at most ${MAX_DEPTH} levels of nesting`, 'more', 'Flatten the value.', at.line, at.column)
      : refuse(`at most ${MAX_VALUES} values`, 'more', 'Split the story.', at.line, at.column);
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true });
  const starts = lineStarts(text);
  const fault = errors[0];
  if (fault || !root) {
    const at = position(starts, fault?.offset ?? 0);
    const what = fault
      ? printParseErrorCode(fault.error)
          .replace(/([a-z])([A-Z])/g, '$1 $2')
          .toLowerCase()
      : 'an empty file';
    return refuse('JSON', what, 'Correct the text at this place; a missing comma or quotation mark is often just before it.', at.line, at.column);
  }
  const locate = (issue: Issue): LocatedIssue => {
    for (let n = issue.path.length; n >= 0; n--) {
      const node = n === 0 ? root : findNodeAtLocation(root, issue.path.slice(0, n));
      if (node) return { ...issue, ...position(starts, node.offset) };
    }
    return { ...issue, line: null, column: null };
  };
  const value: unknown = JSON.parse(text); // own properties only, whatever the keys are called
  const issues = repeatedKeys(root).map(
    ({ path, offset }): LocatedIssue => ({
      severity: 'error',
      file: name,
      path,
      expected: 'each key once',
      found: `${show(path.at(-1))} again`,
      remedy: 'Remove or rename one of the two; the second would silently win.',
      ...position(starts, offset),
    }),
  );
  return { ok: true, file: { name, value, locate }, issues };
}

/** Repeated keys that are told of one file. */
const MOST_REPEATED = 1000;

/** A node on the way from the top of a file, and the key or position that leads to it. */
interface Way {
  readonly node: Node;
  readonly key: string | number;
  readonly from: Way | null;
}

/** Keys that an object holds twice, with the offset of the second. */
function repeatedKeys(root: Node): { path: (string | number)[]; offset: number }[] {
  const found: { path: (string | number)[]; offset: number }[] = [];
  const open: Way[] = [{ node: root, key: '', from: null }];
  for (let way = open.pop(); way; way = open.pop()) {
    const from = way;
    const { type, children = [] } = from.node;
    const seen = new Set<string>();
    children.forEach((child, i) => {
      if (type === 'array') {
        if (child.children) open.push({ node: child, key: i, from });
        return;
      }
      const [key, value] = child.children ?? [];
      if (!key || !value) return;
      const name = String(key.value);
      if (seen.has(name) && found.length < MOST_REPEATED) found.push({ path: [...pathOf(from), name], offset: key.offset });
      seen.add(name);
      if (value.children) open.push({ node: value, key: name, from });
    });
  }
  return found;
}

function pathOf(way: Way): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Way | null = way; at?.from; at = at.from) path.unshift(at.key);
  return path;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

function position(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  for (let high = starts.length - 1; low < high; ) {
    const mid = (low + high + 1) >> 1;
    if ((starts[mid] ?? 0) <= offset) low = mid;
    else high = mid - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
