import { expect, test, vi } from 'vitest';
import { makeWorld } from '../../src/build/world/world.ts';
import { featuresOf } from '../../src/core/basemap.ts';
import { middleOf } from '../../src/core/geo.ts';
import type { Bounds } from '../../src/core/source.ts';
import { DATA } from '../fixtures/stories.ts';

// The first world reads all of its sources.
vi.setConfig({ testTimeout: 60_000 });

const world = (bounds: Bounds, country: string) => makeWorld(bounds, [country], ['ar'], DATA);

/** Every ring of an object, as lines of longitude and latitude. */
function rings(file: ReturnType<typeof world>, name: string): (readonly (readonly number[])[])[] {
  return featuresOf(file.base, name).flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? geometry.coordinates : geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : [],
  );
}

const CHUKOTKA: Bounds = [160, 60, -165, 72];
const MCMURDO: Bounds = [160, -80, 175, -75];

test('a story across the antimeridian has its land in one piece: no ring is cut at 180 degrees', () => {
  const file = world(CHUKOTKA, 'NO');
  const cut = rings(file, 'land').flatMap((ring) => ring.filter(([lng = 0], i) => Math.abs(lng) === 180 && Math.abs(ring[i + 1]?.[0] ?? 0) === 180));
  expect(cut).toEqual([]);
  expect(rings(file, 'land').some((ring) => ring.some(([lng = 0]) => lng < 179) && ring.some(([lng = 0]) => lng > 181))).toBe(true);
});

test('no ring jumps round the world, in Chukotka and at the pole alike', () => {
  for (const [bounds, country] of [
    [CHUKOTKA, 'US'],
    [MCMURDO, 'AQ'],
  ] as const) {
    const jumps = rings(world(bounds, country), 'land').flatMap((ring) =>
      ring.slice(1).filter(([lng = 0, lat = 0], i) => Math.abs(lng - (ring[i]?.[0] ?? 0)) > 180 && Math.abs(lat) < 85),
    );
    expect(jumps).toEqual([]);
  }
});

test('names and shapes stand on the copy of the world that the story stands on', () => {
  const fiji = world([176, -20, -178, -15], 'FJ');
  const middle = middleOf([176, -20, -178, -15]);
  expect(fiji.labels.filter((l) => Math.abs(l.at[0] - middle) > 180)).toEqual([]);
  expect(rings(fiji, 'focus').every((ring) => ring.every(([lng = 0]) => Math.abs(lng - middle) < 10))).toBe(true);
});

test('a country whose border is disputed has no tint, and that border is not drawn', () => {
  const file = world([22, 44, 40, 53], 'UA');
  expect(featuresOf(file.base, 'focus')).toEqual([]);
  const lines = featuresOf(file.base, 'borders').flatMap(({ geometry }) => (geometry.type === 'MultiLineString' ? geometry.coordinates : []));
  // The isthmus of Perekop, where the source draws who controls the land.
  expect(lines.filter((l) => l.some(([lng = 0, lat = 0]) => Math.abs(lng - 33.7) < 0.4 && Math.abs(lat - 46.1) < 0.2))).toEqual([]);
});

test('the same story has the same world, byte for byte', () => {
  const made = () => JSON.stringify(makeWorld([55.6, 21.6, 60.4, 26.5], ['OM'], ['ar'], DATA));
  expect(made()).toBe(made());
});
