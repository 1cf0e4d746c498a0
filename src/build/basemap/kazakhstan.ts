/** The pack of Kazakhstan as it was divided in January 2022: 14 regions and 3 cities, of which Shymkent has no polygon in the source. */
import type { Pack } from './pack.ts';

export const KAZAKHSTAN: Pack = {
  id: 'kazakhstan',
  // KAB is the Baikonur lease, which Natural Earth counts as a country of its own.
  focusCountries: ['KAZ', 'KAB'],
  units: {
    'KAZ-3202': { id: 'akmola', kind: 'region' },
    'KAZ-3195': { id: 'aktobe-region', kind: 'region' },
    'KAZ-3207': { id: 'almaty-region', kind: 'region' },
    'KAZ-3198': { id: 'atyrau-region', kind: 'region' },
    'KAZ-3206': { id: 'east-kazakhstan', kind: 'region' },
    'KAZ-3203': { id: 'karaganda-region', kind: 'region' },
    'KAZ-3196': { id: 'kostanay-region', kind: 'region' },
    'KAZ-3197': { id: 'kyzylorda-region', kind: 'region' },
    'KAB+00?': { id: 'kyzylorda-region', kind: 'region' },
    'KAZ-3236': { id: 'mangystau', kind: 'region' },
    'KAZ-3204': { id: 'north-kazakhstan', kind: 'region' },
    'KAZ-3205': { id: 'pavlodar-region', kind: 'region' },
    // The source still says "South Kazakhstan": renamed Turkistan on 19 June 2018.
    'KAZ-3251': { id: 'turkistan-region', kind: 'region' },
    'KAZ-3201': { id: 'west-kazakhstan', kind: 'region' },
    'KAZ-3252': { id: 'zhambyl', kind: 'region' },
    'KAZ-4829': { id: 'almaty', kind: 'city', within: 'almaty-region' },
    'KAZ-4830': { id: 'nur-sultan', kind: 'city', within: 'akmola' },
  },
  unitCount: 16,
  // Pakistan, India and the Caucasus are left out on purpose: their lines are disputed, and they are no part of the story.
  borderCountries: ['RUS', 'CHN', 'KGZ', 'UZB', 'TKM', 'TJK', 'MNG', 'AFG', 'IRN'],
  focusZone: { interval: 450, minIsland: 20 },
  zones: [
    { within: [44, 34, 92, 60], interval: 1000, minIsland: 40 },
    { within: [26, 22, 100, 68], interval: 3600, minIsland: 200 },
    { within: [-12, 5, 145, 75], interval: 13_000, minIsland: 1200 },
    { within: [-180, -60, 180, 85], interval: 40_000, minIsland: 6000 },
    { within: [-180, -90, 180, 90], interval: 60_000, minIsland: 10_000 },
  ],
  quantization: 40_000,
  waterBounds: [38, 34, 98, 61],
  riverBounds: [46, 37, 90, 57],
  nearLakeKm2: 350,
  farLakeKm2: 9000,
  waterQuantization: 30_000,
  detail: {
    bounds: [44.5, 39, 89.5, 57],
    // The Caspian, with Garabogazköl as its lagoon.
    coast: { id: 'caspian-sea', bounds: [46, 35.8, 56, 47.8], lagoon: [52.85, 40.5, 55, 42.4] },
    lakeKm2: 80,
    quantization: 45_000,
  },
  relief: {
    bounds: [44, 36, 92, 58],
    images: [
      { file: 'relief-6km.webp', metres: 6000, quality: 21 },
      { file: 'relief-3km.webp', metres: 3000, quality: 55 },
    ],
  },
  airport: 'UAAA',
  limits: {
    'base.topo.json': 50_000,
    'water.topo.json': 14_000,
    'labels.json': 8_000,
    'detail.topo.json': 60_000,
    'relief-6km.webp': 13_000,
    'relief-3km.webp': 60_000,
    'extra/airport.geojson': 15_000,
  },
};
