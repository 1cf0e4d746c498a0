import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { loadStory } from '../../src/build/load.ts';
import { newCommand } from '../../src/build/new/command.ts';
import { boundsAround } from '../../src/build/new/place.ts';
import { DATA } from '../fixtures/stories.ts';

// The gazetteer and the world are read once.
vi.setConfig({ testTimeout: 60_000 });

function dataFolder(): string {
  const data = join(mkdtempSync(join(tmpdir(), 'unrest-map-new-')), 'data');
  for (const name of ['basemap', 'gazetteer']) cpSync(join(DATA, name), join(data, name), { recursive: true });
  return data;
}

async function run(data: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const say = (line: string) => {
    said.push(line);
  };
  return { code: await newCommand(args, data, { log: say, error: say }), said: said.join('\n') };
}

describe('a new story', () => {
  test.each([
    ['suva', ['--place', 'Suva'], 'Pacific/Fiji'],
    ['anadyr', ['--place', 'Anadyr', '--language', 'ru'], 'Asia/Anadyr'],
    ['svalbard', ['--place', 'Longyearbyen', '--language', 'ko'], 'Arctic/Longyearbyen'],
    ['mcmurdo', ['--place', 'McMurdo', '--at', '166.67,-77.85', '--language', 'ar'], 'Antarctica/McMurdo'],
  ])('holds neither error nor warning, and has the zone of its place: %s', async (id, args, zone) => {
    const data = dataFolder();
    expect(await run(data, id, ...args)).toMatchObject({ code: 0, said: expect.stringContaining(`data/${id}/events.json`) });
    const { story, issues } = loadStory(join(data, id), data);
    expect(issues).toEqual([]);
    expect(story?.meta.timeZone).toBe(zone);
    expect(readFileSync(join(data, id, 'README.md'), 'utf8')).toContain(`/m/${id}/`);
  });

  test('is never written over another, and a refusal leaves nothing behind', async () => {
    const data = dataFolder();
    await run(data, 'suva', '--place', 'Suva');
    const before = readFileSync(join(data, 'suva/story.json'), 'utf8');
    expect(await run(data, 'suva', '--place', 'Nadi')).toMatchObject({ code: 2, said: expect.stringContaining('exists already') });
    expect(await run(data, 'lost', '--at', '-18.1,178.4')).toMatchObject({ code: 2, said: expect.stringContaining('longitude first') });
    expect(readFileSync(join(data, 'suva/story.json'), 'utf8')).toBe(before);
    expect(readdirSync(data)).toEqual(['basemap', 'gazetteer', 'suva']);
  });

  test('is at no place that was guessed: a name that several share is refused with all of them', async () => {
    const { code, said } = await run(dataFolder(), 'aktau', '--place', 'Aktau');
    expect(code).toBe(2);
    expect(said.match(/Aktau, KZ/g)).toHaveLength(3);
  });

  test('is found by an old name too, as an import finds it', async () => {
    expect(await run(dataFolder(), 'old', '--place', 'Шевченко', '--country', 'KZ')).toMatchObject({ code: 0 });
  });

  test('without a terminal, and without a place, says which flags there are', async () => {
    expect(await run(dataFolder(), 'somewhere')).toMatchObject({ code: 2, said: expect.stringContaining('--place') });
  });
});

test('bounds around a point cross the antimeridian where they must, and end before the poles', () => {
  const [west, , east] = boundsAround([179.98, -16.85]);
  expect(west).toBeGreaterThan(170);
  expect(east).toBeLessThan(-170);
  for (const lat of [89.9, -89.9]) {
    const [, south, , north] = boundsAround([0, lat]);
    expect(south).toBeLessThan(north);
    expect(Math.max(Math.abs(south), Math.abs(north))).toBeLessThan(86);
  }
});
