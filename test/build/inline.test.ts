import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { inline } from '../../src/build/inline.ts';

test('a style in a page is named by the hash of every character between its tags', () => {
  const css = '.a::before{content:"▸ “é”"}\n';
  const { tag, source } = inline('style', css);
  expect(tag).toBe(`<style>${css}</style>`);
  expect(source).toBe(`'sha256-${createHash('sha256').update(Buffer.from(css, 'utf8')).digest('base64')}'`);
});

test.each(['a{content:"</style><script>"}', 'a{}<!-- b', '</STYLE>'])('a text that would end its element or open a comment is refused: %s', (css) => {
  expect(() => inline('style', css)).toThrow('markup');
});
