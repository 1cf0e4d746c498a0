/** Seeded stories of any size, invented from end to end, for benchmarks and tests. The same numbers give the same bytes. */
import { closeSync, cpSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { random } from '../dense/make.ts';
import { DATA } from '../fixtures/stories.ts';

export interface StoryRecipe {
  readonly events: number;
  /** Different points; a fifth of the events' number at most. */
  readonly places?: number;
  readonly days?: number;
  readonly seed?: number;
}

export const DENSE_STORY = 'many';
const DAY_MS = 86_400_000;
const START = Date.UTC(2021, 8, 1);

const LAYERS = [
  { id: 'protests', label: { en: 'Protests' }, glyph: 'raised', color: { light: '#c2410c', dark: '#ff8a5c' }, shown: true },
  { id: 'troops', label: { en: 'Troops' }, glyph: 'chevron', color: { light: '#3f5d2a', dark: '#a3c585' }, shown: true },
  { id: 'internet', label: { en: 'Network' }, glyph: 'arcs', color: { light: '#0b5f8a', dark: '#6bbbe8' }, shown: true },
  { id: 'counts', label: { en: 'Counts' }, glyph: 'bar', color: { light: '#7a2e6d', dark: '#dc93cf' }, shown: true },
  { id: 'statements', label: { en: 'Statements' }, glyph: 'speech', color: { light: '#5b4a9c', dark: '#b3a4ee' }, shown: true },
] as const;
const WHAT = [
  'A rally',
  'A march',
  'A column of vehicles',
  'An outage',
  'A count of people held',
  'A statement',
  'A strike',
  'A meeting',
  'A road closed',
  'A checkpoint',
];
const WHERE = ['the square', 'the market', 'the station', 'the akimat', 'the bridge', 'the plant', 'the airport road', 'the university'];
const TOWNS = [
  [76.91, 43.25],
  [71.43, 51.13],
  [69.6, 42.32],
  [51.17, 43.65],
  [52.85, 43.34],
  [51.92, 47.11],
  [57.17, 50.28],
  [73.1, 49.8],
  [71.37, 42.9],
  [65.51, 44.85],
  [80.27, 50.41],
  [82.61, 49.95],
  [76.97, 52.29],
  [63.63, 53.21],
  [69.15, 54.87],
  [51.37, 51.23],
  [78.37, 45.02],
  [75.0, 46.85],
] as const;

const iso = (day: number) => new Date(START + day * DAY_MS).toISOString().slice(0, 10);

/** Write a whole story folder, `<dataDir>/many`, with its basemap. */
export function makeStory(
  dataDir: string,
  { events, places = Math.max(20, Math.min(50_000, Math.round(events / 20))), days = 150, seed = 1 }: StoryRecipe,
): void {
  const folder = join(dataDir, DENSE_STORY);
  mkdirSync(folder, { recursive: true });
  cpSync(join(DATA, 'basemap'), join(dataDir, 'basemap'), { recursive: true });
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), `${JSON.stringify(value, null, 1)}\n`);
  write('story.json', {
    format: 1,
    id: DENSE_STORY,
    language: 'en',
    languages: ['en'],
    title: { en: `${events.toLocaleString('en')} events (invented)` },
    summary: { en: 'Made by a generator to measure the map. Nothing here happened.' },
    timeZone: 'Asia/Almaty',
    extent: `${iso(0)}/${iso(days - 1)}`,
    asOf: iso(days),
    updated: iso(days),
    bounds: [46.5, 40.6, 87.3, 55.4],
    basemap: 'kazakhstan',
    layers: LAYERS,
    keyFigures: [],
    article: 'generator',
    paragraphs: [{ id: 'P1', label: { en: 'Paragraph 1' } }],
    glossary: [],
    changes: [],
    licence: { en: 'Public domain' },
    credits: [],
  });
  write('places.geojson', { type: 'FeatureCollection', features: [] });
  write('speakers.json', {});
  write('events.json', { events: [] });
  write('sources.json', {
    generator: {
      publisher: 'The generator',
      title: 'Seeded events',
      url: null,
      archivedUrl: null,
      published: null,
      accessed: null,
      kind: 'aggregator',
      language: 'en',
    },
  });
  const r = random(seed);
  const points = Array.from({ length: places }, (_, i) => {
    const town = TOWNS[Math.floor(r() ** 1.6 * TOWNS.length)] ?? TOWNS[0];
    const far = r() < 0.25 ? 3 : r() < 0.5 ? 0.5 : 0.08;
    const [a, d] = [r() * 2 * Math.PI, Math.sqrt(r()) * far];
    return `${(town[0] + Math.cos(a) * d * 1.4).toFixed(4)},${Math.max(40.7, Math.min(55.3, town[1] + Math.sin(a) * d)).toFixed(4)},Place ${i + 1}`;
  });
  const file = openSync(join(folder, 'events.csv'), 'w');
  writeSync(file, 'id,title,layer,date,lng,lat,place,says,status,who,source,collection\n');
  let lines: string[] = [];
  for (let i = 0; i < events; i++) {
    const layer = LAYERS[Math.floor(r() ** 1.5 * LAYERS.length)] ?? LAYERS[0];
    const day = Math.min(days - 1, Math.floor((0.7 * r() + 0.3 * (0.5 + (r() + r() + r() - 1.5) / 6)) * days));
    const date =
      r() < 0.01 ? '' : r() < 0.03 ? `${iso(day)}/${iso(Math.min(days - 1, day + 1 + Math.floor(r() * 6)))}` : r() < 0.05 ? `${iso(day)}~` : iso(day);
    const where = r() < 0.02 ? ',,' : (points[Math.floor(r() ** 2 * places)] ?? ',,');
    const what = WHAT[Math.floor(r() * WHAT.length)] ?? '';
    const at = WHERE[Math.floor(r() * WHERE.length)] ?? '';
    const status = ['reported', 'reported', 'reported', 'announced', 'asserted', 'measured', 'retracted'][Math.floor(r() ** 1.4 * 7)] ?? 'reported';
    lines.push(
      `e${i + 1},${what} at ${at},${layer.id},${date},${where},"${what} at ${at}, as the generator has it; about ${Math.ceil(r() * 900)} people.",${status},Desk ${1 + Math.floor(r() * 40)},generator,${r() < 0.1 ? 'context' : 'article'}\n`,
    );
    if (lines.length === 20_000) {
      writeSync(file, lines.join(''));
      lines = [];
    }
  }
  writeSync(file, lines.join(''));
  closeSync(file);
}
