import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { integrityOf } from '../src/build/scripts.ts';
import { LOADER_VERSION } from '../src/embed/version.ts';
import { ROOT } from './fixtures/stories.ts';

const DIST = join(ROOT, 'dist');
const docs = readFileSync(join(ROOT, 'EMBEDDING.md'), 'utf8');
const loader = readFileSync(join(DIST, 'embed/v1.js'), 'utf8');

describe('the loader', () => {
  test('is 3 kB gzip at most', () => {
    expect(gzipSync(loader, { level: 9 }).length).toBeLessThanOrEqual(3000);
  });

  test('has an immutable copy under its version, whose name and integrity hash the documentation gives', () => {
    expect(readFileSync(join(DIST, `embed/v${LOADER_VERSION}.js`), 'utf8')).toBe(loader);
    expect(docs).toContain(`embed/v${LOADER_VERSION}.js`);
    expect(docs).toContain(`integrity="${integrityOf(loader)}"`);
  });

  test.each([['1.0.0', 'sha384-PTOa0f+CJFHv+trTssj1RC5nNFczpdFQH2MtD7YtejG4J4+xJaTRH6DNX0QcqCoq']])(
    'of version %s is still what pages have pinned',
    (version, integrity) => {
      expect(integrityOf(readFileSync(join(DIST, `embed/v${version}.js`), 'utf8'))).toBe(integrity);
    },
  );

  test('writes no HTML, keeps nothing, and evaluates nothing', () => {
    expect(loader).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|localStorage|sessionStorage|\.cookie|srcdoc/);
  });

  test('is one script without imports', () => {
    expect(loader).not.toMatch(/\bimport\b|\bexport\b/);
  });
});
