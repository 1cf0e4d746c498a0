/** JSON text with positions: what is wrong, and where. */

import type { Node, ParseError } from 'jsonc-parser';
import { findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Issue, LocatedIssue } from '../core/issue.ts';

/** Deeper than any sound file; deeper still would overflow a parser's stack. */
const MAX_DEPTH = 32;
const MAX_BYTES = 64 * 1024 * 1024;

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

/**
 * Read JSON (RFC 8259) from bytes. Syntax errors, too much depth and repeated keys come back as issues with line and
 * column; never throws.
 */
export function readJson(name: string, bytes: Uint8Array): JsonResult {
  const refuse = (expected: string, found: string, remedy: string, line: number | null = null, column: number | null = null): JsonResult => ({
    ok: false,
    issues: [{ severity: 'error', file: name, path: [], expected, found, remedy, line, column }],
  });
  if (bytes.length > MAX_BYTES) return refuse(`at most ${MAX_BYTES / 2 ** 20} MB`, `${(bytes.length / 2 ** 20).toFixed(0)} MB`, 'Split the story.');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes); // strips a byte order mark
  } catch {
    return refuse('UTF-8 text', 'bytes that are not UTF-8', 'Save the file as UTF-8.');
  }
  const deepAt = tooDeep(text);
  if (deepAt !== null) {
    const at = position(lineStarts(text), deepAt);
    return refuse(`at most ${MAX_DEPTH} levels of nesting`, 'more', 'Flatten the value.', at.line, at.column);
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
      found: `"${path.at(-1)}" again`,
      remedy: 'Remove or rename one of the two; the second would silently win.',
      ...position(starts, offset),
    }),
  );
  return { ok: true, file: { name, value, locate }, issues };
}

/** Offset at which nesting passes the limit, or null. Runs before any recursive parser sees the text. */
function tooDeep(text: string): number | null {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 92) i++;
      else if (c === 34) inString = false;
    } else if (c === 34) inString = true;
    else if (c === 123 || c === 91) {
      if (++depth > MAX_DEPTH) return i;
    } else if (c === 125 || c === 93) depth--;
  }
  return null;
}

/** Every key that an object holds twice, with the offset of the second. */
function repeatedKeys(root: Node): { path: (string | number)[]; offset: number }[] {
  const found: { path: (string | number)[]; offset: number }[] = [];
  // It grows while it is walked: taking from its head would move half a million nodes each time.
  const queue: { node: Node; path: (string | number)[] }[] = [{ node: root, path: [] }];
  for (const { node, path } of queue) {
    const seen = new Set<string>();
    (node.children ?? []).forEach((child, i) => {
      if (node.type === 'array') queue.push({ node: child, path: [...path, i] });
      const [key, value] = node.type === 'object' ? (child.children ?? []) : [];
      if (!key || !value) return;
      const name = String(key.value);
      if (seen.has(name)) found.push({ path: [...path, name], offset: key.offset });
      seen.add(name);
      queue.push({ node: value, path: [...path, name] });
    });
  }
  return found;
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
