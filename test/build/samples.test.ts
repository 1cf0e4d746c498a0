import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { hasErrors, loadSite, ownStories } from '../../src/build/site.ts';
import { DATA } from '../fixtures/stories.ts';

// The world of the sample is made first.
vi.setConfig({ testTimeout: 60_000 });

const ids = (site: Awaited<ReturnType<typeof loadSite>>) => ownStories(site).map((s) => s.story.id);

test('an invented story is on a site only where samples were asked for', async () => {
  expect(ids(await loadSite(DATA))).toEqual(['kazakhstan-2022-01']);
  expect(ids(await loadSite(DATA, { samples: true }))).toEqual(['kazakhstan-2022-01', 'sample-kites']);
});

test('a story with an error is left out whole where only sound ones are wanted, is told of, and the others stand', async () => {
  const data = join(mkdtempSync(join(tmpdir(), 'unrest-map-data-')), 'data');
  for (const name of ['basemap', 'kazakhstan-2022-01', 'sample-kites']) cpSync(join(DATA, name), join(data, name), { recursive: true });
  const path = join(data, 'kazakhstan-2022-01/events.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"layer": "internet"', '"layer": "internot"'));
  const site = await loadSite(data, { samples: true, onlySound: true });
  expect(ids(site)).toEqual(['sample-kites']);
  expect(hasErrors(site)).toBe(true);
  expect(ids(await loadSite(data, { samples: true }))).toEqual(['kazakhstan-2022-01', 'sample-kites']);
});
