import { expect, test } from 'vitest';
import { distanceKm, frameOf, fromLeaflet, project, TILE, toLeaflet, unproject, viewOfFrame } from '../../src/core/geo.ts';
import type { LngLat } from '../../src/core/source.ts';

const ALMATY: LngLat = [76.9115, 43.25249];
const AIRPORT: LngLat = [77.04283, 43.35427];

test('Leaflet’s order is swapped both ways', () => {
  expect(toLeaflet(ALMATY)).toEqual([43.25249, 76.9115]);
  expect(fromLeaflet({ lat: 43.25249, lng: 76.9115 })).toEqual(ALMATY);
});

test('projecting and back gives the same place', () => {
  for (const at of [ALMATY, [-179.9, -84], [0, 0], [179.9, 84]] as const) {
    const [lng, lat] = unproject(project(at));
    expect(lng).toBeCloseTo(at[0], 9);
    expect(lat).toBeCloseTo(at[1], 9);
  }
});

test('Almaty and its airport are 15.5 km apart', () => {
  expect(distanceKm(ALMATY, AIRPORT)).toBeCloseTo(15.5, 1);
});

test('the frame’s view fits the frame exactly, in a wide box and in a tall one', () => {
  const frame = frameOf([46.49, 40.57, 87.32, 55.48], 0.05);
  for (const [width, height] of [
    [1600, 500],
    [390, 464],
  ] as const) {
    const scale = TILE * 2 ** viewOfFrame(frame, width, height).zoom;
    const fits = [frame.width * scale - width, frame.height * scale - height];
    expect(Math.max(...fits)).toBeCloseTo(0, 6);
  }
});

test('bounds across the antimeridian make a narrow frame, not one around the world', () => {
  expect(frameOf([170, -20, -170, 0], 0).width).toBeCloseTo(20 / 360, 9);
});
