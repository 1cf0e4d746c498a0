/** zod's verdict on a value, in the grammar of our issues. */
import type { z } from 'zod';
import type { Issue } from '../core/issue.ts';
import { show } from '../core/issue.ts';

/**
 * Check a value's shape.
 * @param path where the value stands in its file
 * @returns the value, or null with an issue for each fault
 */
export function checkShape<T>(
  shape: z.ZodType<T>,
  value: unknown,
  file: string,
  path: readonly (string | number)[],
): { readonly value: T | null; readonly issues: readonly Issue[] } {
  const result = shape.safeParse(value, { reportInput: true });
  return result.success ? { value: result.data, issues: [] } : { value: null, issues: result.error.issues.flatMap((z) => fromZod(z, file, path)) };
}

/** zod's issues in the grammar of ours. Unions do not occur in our shapes. */
function fromZod(z: z.core.$ZodIssue, file: string, base: readonly (string | number)[]): Issue[] {
  const path = [...base, ...z.path.map((k) => (typeof k === 'symbol' ? String(k) : k))];
  const issue = (expected: string, found: string, remedy: string, at = path): Issue => ({ severity: 'error', file, path: at, expected, found, remedy });
  switch (z.code) {
    case 'invalid_type':
      return [
        z.input === undefined
          ? issue(`"${String(path.at(-1))}", ${article(z.expected)}`, 'nothing', 'Add it; data/README.md explains the field.')
          : issue(article(z.expected), show(z.input), 'Correct the value.'),
      ];
    case 'unrecognized_keys':
      return z.keys.map((key) =>
        issue('a field that the format knows', show(key), 'Remove it or correct its spelling; data/README.md lists the fields.', [...path, key]),
      );
    case 'invalid_value':
      return [issue(`one of ${z.values.map((v) => show(v)).join(', ')}`, show(z.input), 'Choose one of them.')];
    case 'invalid_format':
      return [issue('pattern' in z && z.pattern ? `text of the form ${z.pattern}` : `text of the form ${z.format}`, show(z.input), 'Correct the value.')];
    case 'too_small':
      return [issue(`at least ${z.minimum} ${z.origin === 'string' ? 'characters' : 'items'}`, show(z.input), 'Fill it in.')];
    case 'too_big':
      return [issue(`at most ${z.maximum} ${z.origin === 'string' ? 'characters' : 'items'}`, show(z.input), 'Shorten it.')];
    case 'invalid_key':
      return [issue('a language tag such as "en"', show(path.at(-1)), 'Correct the tag.')];
    default:
      return [issue('a sound value', show(z.input), `${z.message}.`)];
  }
}

function article(expected: string): string {
  const words: { readonly [type: string]: string } = {
    string: 'text',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    tuple: 'a list',
    object: 'an object',
    record: 'an object of language and text',
  };
  return words[expected] ?? expected;
}
