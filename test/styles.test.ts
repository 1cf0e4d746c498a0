import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './fixtures/stories.ts';

const sheets = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.css'));
/** What stands on a map or a chart has east on the right in every language; and rules for one direction may name its side. */
const ON_THE_SHEET = /leaflet|\.mark|\.picture|\.place-mark|\.at-|\.canvas|\.inset|\.globe|\.day-|\.dense-|\[dir=/;

test.each(sheets)('%s says start and end, not left and right, so that pages turn round with their language', (path) => {
  const text = readFileSync(join(ROOT, 'src', path), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const physical = [...text.matchAll(/([^{}]*)\{([^{}]*)\}/g)].flatMap(([, selector = '', body = '']) =>
    ON_THE_SHEET.test(selector)
      ? []
      : [...body.matchAll(/(?:^|[;\s])((?:margin|padding|border)-(?:left|right)[\w-]*|(?:left|right)\s*:|text-align:\s*(?:left|right)|float:)/g)].map(
          (m) => `${selector.trim()}: ${m[1]}`,
        ),
  );
  expect(physical).toEqual([]);
});
