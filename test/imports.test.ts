import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../src');

/** Who may import whom: rooms by their first folder, and packages. Nothing else is allowed. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  dense: ['core'],
  ui: ['core', 'dense'],
  import: ['core'],
  map: ['core', 'dense', 'ui', 'embed'],
  build: ['core', 'dense', 'ui', 'embed', 'builder', 'import', 'dev'],
  try: ['core', 'import', 'ui', 'map'],
  embed: [],
  builder: ['core', 'embed'],
  dev: [],
  pages: ['map'],
};
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  core: ['topojson-client', '@messageformat/runtime'],
  dense: [],
  import: ['papaparse'],
  try: ['react', 'react-dom', 'fflate'],
  ui: ['react', 'zustand', 'minisearch', '@tanstack/react-virtual'],
  embed: [],
  builder: [],
  dev: [],
  map: ['react', 'react-dom', 'zustand', 'geojson-vt', 'pmtiles', '@mapbox/vector-tile', 'pbf'],
  'map/leaflet': ['react', 'react-dom', 'zustand', 'leaflet', 'react-leaflet'],
  build: [
    'zod',
    '@messageformat/core',
    '@messageformat/parser',
    'vite',
    '@vitejs/plugin-react',
    'react',
    'react-dom',
    '@resvg/resvg-js',
    'jsonc-parser',
    'read-excel-file',
    '@tmcw/togeojson',
    '@xmldom/xmldom',
    'fflate',
    '@turf/boolean-point-in-polygon',
    '@turf/bbox-clip',
    'd3-geo',
    'papaparse',
    'topojson-client',
    '@photostructure/tz-lookup',
    '@duckdb/node-api',
    'sharp',
    'wawoff2',
  ],
};
/** Types cost a reader nothing. */
const TYPE_PACKAGES = ['geojson', 'd3-geo', 'topojson-specification', 'react', 'leaflet', 'vite', 'zod', 'zustand'];

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'basemap')
      return entry.name === 'basemap' && !folder.endsWith('build') ? sources(join(folder, entry.name)) : [];
    if (entry.isDirectory()) return sources(join(folder, entry.name));
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [join(folder, entry.name)] : [];
  });
}

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = [...text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm), ...text.matchAll(/\bimport\((\s*)'([^']+)'\)/g)];
  return found.map((m) => ({ from: file, to: m[2] ?? '', typeOnly: (m[1] ?? '').startsWith('type') }));
}

const all = sources(SRC).flatMap(importsOf);
const roomOf = (file: string) => relative(SRC, file).split('/')[0] ?? '';
const nameOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

test('rooms import only the rooms below them', () => {
  const wrong = all
    .filter((i) => i.to.startsWith('.'))
    .map((i) => ({ file: relative(SRC, i.from), from: roomOf(i.from), to: roomOf(join(dirname(i.from), i.to)) }))
    .filter(({ from, to }) => from !== to && !ROOMS[from]?.includes(to));
  expect(wrong).toEqual([]);
});

test('packages are imported only where the list allows them', () => {
  const wrong = all
    .filter((i) => !i.to.startsWith('.') && !i.to.startsWith('virtual:'))
    .filter((i) => {
      const name = nameOf(i.to);
      if (i.typeOnly && TYPE_PACKAGES.includes(name)) return false;
      const path = relative(SRC, i.from);
      if (name.startsWith('node:')) return !path.startsWith('build/');
      return !PACKAGES[path.startsWith('map/leaflet/') ? 'map/leaflet' : roomOf(i.from)]?.includes(name);
    })
    .map((i) => `${relative(SRC, i.from)} imports ${i.to}`);
  expect(wrong).toEqual([]);
});

test('only core/geo.ts puts latitude before longitude', () => {
  const swaps = sources(SRC).filter((file) => !file.endsWith('core/geo.ts') && /\[\s*lat\s*,\s*lng\s*\]/.test(readFileSync(file, 'utf8')));
  expect(swaps.map((f) => relative(SRC, f))).toEqual([]);
});

test('no HTML sink and no type escape is used in src', () => {
  const banned =
    /dangerouslySetInnerHTML|\.innerHTML|\.outerHTML\s*=|insertAdjacentHTML|document\.write|createContextualFragment|srcdoc|bindPopup|bindTooltip|setContent\(|@ts-ignore|@ts-nocheck|\bas any\b/;
  expect(
    sources(SRC)
      .filter((f) => banned.test(readFileSync(f, 'utf8')))
      .map((f) => relative(SRC, f)),
  ).toEqual([]);
});

test('what searches text is written by us: no expression is made of data', () => {
  const made = sources(SRC).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:new |\b)RegExp\((.*)/g)].map(([, of = '']) => `${relative(SRC, file)} ${of}`),
  );
  // Of a list that stands in the source.
  expect(made.map((m) => m.split(' ')[0])).toEqual(['build/schema.ts', 'build/schema.ts']);
});
