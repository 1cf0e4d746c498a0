/** Changing items of a JSON file and nothing else of it: what an editor wrote keeps its lines and its order. */
import type { Node } from 'jsonc-parser';
import { applyEdits, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';

/** New content by id; undefined takes an item out. */
export type Writes = ReadonlyMap<string, unknown>;

const FORMAT = { insertSpaces: true, tabSize: 2, eol: '\n' };

/**
 * Write items of a list, told apart by their `id`.
 * @param text sound JSON
 * @param path keys to the list
 */
export function editList(text: string, path: readonly string[], writes: Writes): string {
  if (writes.size === 0) return text;
  const node = nodeAt(text, path);
  if (node.type !== 'array') throw new Error(`Expected a list at ${path.join('.')}.`);
  const items = (node.children ?? []).map((child) => ({ id: String(findNodeAtLocation(child, ['id'])?.value), child }));
  return rebuild(text, node, items, writes, (_, value) => value);
}

/** Write entries of the file's outermost object. */
export function editTable(text: string, writes: Writes): string {
  if (writes.size === 0) return text;
  const node = nodeAt(text, []);
  const items = (node.children ?? []).map((child) => ({ id: String(child.children?.[0]?.value), child }));
  return rebuild(text, node, items, writes, (id, value) => `${JSON.stringify(id)}: ${value}`);
}

/** Set one value. */
export function editValue(text: string, path: readonly string[], value: unknown): string {
  return applyEdits(text, modify(text, [...path], value, { formattingOptions: FORMAT }));
}

function nodeAt(text: string, path: readonly string[]): Node {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, [...path]);
  if (!node) throw new Error(`Expected JSON with a value at "${path.join('.')}".`);
  return node;
}

function rebuild(text: string, node: Node, items: readonly { id: string; child: Node }[], writes: Writes, line: (id: string, value: string) => string): string {
  const first = items[0]?.child.offset ?? null;
  const indent = first === null ? '    ' : (/[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', first - 1) + 1, first))?.[0] ?? '    ');
  const fresh = (id: string, value: unknown) => line(id, JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`));
  const known = new Set(items.map((i) => i.id));
  const lines = [
    ...items.flatMap(({ id, child }): string[] => {
      if (!writes.has(id)) return [text.slice(child.offset, child.offset + child.length)];
      const value = writes.get(id);
      return value === undefined ? [] : [fresh(id, value)];
    }),
    ...[...writes].flatMap(([id, value]) => (known.has(id) || value === undefined ? [] : [fresh(id, value)])),
  ];
  const [open, close] = node.type === 'array' ? ['[', ']'] : ['{', '}'];
  const before = text.slice(0, node.offset);
  const after = text.slice(node.offset + node.length);
  if (lines.length === 0) return `${before}${open}${close}${after}`;
  return `${before}${open}\n${lines.map((l) => indent + l).join(',\n')}\n${indent.slice(2)}${close}${after}`;
}
