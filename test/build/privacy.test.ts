import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleFiles } from '../../src/build/bundle.ts';
import type { OutputFile } from '../../src/build/files.ts';
import { hostingFiles, hostingTags } from '../../src/build/hosting.ts';
import { pageHtml } from '../../src/build/page.tsx';
import { builderFiles } from '../../src/build/pages.ts';
import { buildWhole } from '../../src/build/publish.ts';
import { assetFiles, loadSite, storyAssets, storyDownloads, storyPosters } from '../../src/build/site.ts';
import { coarse, distanceKm } from '../../src/core/geo.ts';
import { DENSE_STORY, makeStory } from '../bench/make.ts';
import { SECRETS as CAMERA, photograph } from '../fixtures/media.ts';
import { DATA, ROOT } from '../fixtures/stories.ts';
import { LONG, runs, tried } from '../tried.ts';

const ID = 'kazakhstan-2022-01';
/** Numbers that stand nowhere else. */
const HOUSE = [68.137913, 49.731937] as const;
const WITNESS = [70.513197, 47.291713] as const;
const SECRET = ['68.1379', '49.7319', '70.5131', '47.2917', 'Informant', 'informant', 'secret-source', 'draft-place'];

let files: OutputFile[] = [];
const place = mkdtempSync(join(tmpdir(), 'unrest-map-private-'));
const dataDir = join(place, 'data');
const folder = join(dataDir, ID);
beforeAll(async () => {
  cpSync(join(DATA, ID), folder, { recursive: true });
  cpSync(join(DATA, 'basemap'), join(dataDir, 'basemap'), { recursive: true });
  const edit = <T>(name: string, change: (value: T) => void) => {
    const value = JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
    change(value);
    writeFileSync(join(folder, name), JSON.stringify(value));
  };
  const spot = (id: string, coordinates: readonly number[], more: object) => ({
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates },
    properties: {
      name: { en: `Place ${id}` },
      aliases: [],
      kind: 'facility',
      precision: 'facility',
      note: null,
      country: 'KZ',
      coordinateSource: 'Informant',
      outline: null,
      ...more,
    },
  });
  edit<{ features: object[] }>('places.geojson', (v) => {
    v.features.push(
      spot('house', HOUSE, { publishPrecision: 20 }),
      spot('witness', WITNESS, {}),
      spot('draft-place', [71.5, 50.5], { name: { en: 'Informant’s flat' } }),
    );
  });
  edit<Record<string, object>>('sources.json', (v) => {
    v['secret-source'] = { ...v.article, title: 'Informant' };
  });
  edit<{ events: { id: string; claims: { id: string }[] }[] }>('events.json', (v) => {
    const [model] = v.events;
    const event = (id: string, at: string, more: object, claim: object = {}) => ({
      ...model,
      id,
      place: at,
      related: [],
      claims: model?.claims.slice(0, 1).map((c) => ({ ...c, id: `c-${id}`, relations: [], figures: [], ...claim })),
      ...more,
    });
    v.events.push(
      event('at-house', 'house', {}) as never,
      event('at-witness', 'witness', { publishPrecision: 50 }) as never,
      event('unfinished', 'draft-place', { draft: true }, { sources: ['secret-source'] }) as never,
    );
  });
  const media = (name: string) => [{ kind: 'image', file: `media/${name}.jpg`, alt: { en: 'A house' }, credit: { en: 'Staff' }, licence: { en: 'CC0' } }];
  mkdirSync(join(folder, 'media'));
  for (const name of ['house', 'informant']) writeFileSync(join(folder, 'media', `${name}.jpg`), await photograph());
  edit<{ events: { id: string }[] }>('events.json', (v) => {
    for (const [id, name] of [
      ['at-house', 'house'],
      ['unfinished', 'informant'],
    ] as const)
      Object.assign(v.events.find((e) => e.id === id) ?? {}, { media: media(name) });
  });
  edit<{ steps?: object[] }>('story.json', (v) => {
    v.steps = [...(v.steps ?? []), { id: 'look', title: { en: 'Look' }, text: { en: 'Here.' }, view: { zoom: 12, center: HOUSE } }];
  });
  const site = await loadSite(dataDir);
  expect(site.issues.flatMap((i) => i.issues).filter((i) => i.severity === 'error')).toEqual([]);
  const template = readFileSync(join(ROOT, 'src/pages/index.html'), 'utf8');
  const all = site.stories.map((s) => s.story);
  files = [
    ...site.stories.flatMap((s) => [
      ...assetFiles(storyAssets(s)).filter((f) => typeof f.content === 'string'),
      ...storyDownloads(s),
      ...storyPosters(s).filter((f) => typeof f.content === 'string'),
      ...hostingFiles(s.story, 'https://maps.example/'),
      {
        path: `${s.folder}index.html`,
        content: pageHtml(
          template,
          s.story,
          s.basemap.file,
          { site: '.', home: './', story: 'x', basemap: 'x', context: 'x' },
          { first: [], rest: hostingTags(s.story, 'https://maps.example/', '.') },
        ),
      },
    ]),
    ...(await builderFiles(all, 'https://maps.example/')),
  ];
}, 60_000);
afterAll(() => {
  files = [];
  rmSync(place, { recursive: true, force: true });
});

describe('what is to be published coarsely, or not at all', () => {
  test('is in no file that readers, hosts or editors’ pages get', () => {
    expect(files.length).toBeGreaterThan(50);
    const found = files.flatMap(({ path, content }) => SECRET.filter((s) => String(content).includes(s)).map((s) => `${path}: ${s}`));
    expect(found).toEqual([]);
  });

  test.runIf(LONG)('is in no byte of a whole site, dense story and media included, nor of a bundle', { timeout: 300_000 }, async () => {
    makeStory(dataDir, { events: 2000 });
    const rows = join(dataDir, DENSE_STORY, 'events.csv');
    const [head = '', ...lines] = readFileSync(rows, 'utf8').trim().split('\n');
    const held = (id: string, cells: string) =>
      `${id},Informant’s house,protests,2021-10-01,${HOUSE.join()},Informant,Informant,reported,Informant,generator,article,${cells}`;
    writeFileSync(rows, [`${head},draft,publishPrecision`, ...lines.map((l) => `${l},,`), held('x1', 'true,'), held('x2', ',20')].join('\n'));
    await buildWhole({ root: ROOT, dataDir, outDir: join(place, 'dist'), baseUrl: 'https://maps.example/' });
    const bundle = await bundleFiles({ root: ROOT, dataDir, outDir: join(place, 'bundle'), choice: { only: ID } });
    const built = readdirSync(join(place, 'dist'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
    const all = new Map<string, Uint8Array | string>([
      ...built.map((e): [string, Buffer] => [relative(place, join(e.parentPath, e.name)), readFileSync(join(e.parentPath, e.name))]),
      ...[...bundle].map(([name, content]): [string, Uint8Array | string] => [join('bundle', name), content]),
    ]);
    for (const needed of [/^dist\/m\/many\/dense-.*\/events\/0\.json$/, /^dist\/m\/kazakhstan.*\/media\/house-.*\.webp$/, /^bundle\/.*media\/house-/, /\.kml$/])
      expect(
        [...all.keys()].some((name) => needed.test(name)),
        String(needed),
      ).toBe(true);
    for (const [name, content] of all) {
      const bytes = Buffer.from(content);
      for (const secret of [...SECRET, ...CAMERA]) expect(name.includes(secret) || bytes.includes(secret), `${name}: ${secret}`).toBe(false);
    }
    tried('privacy: files of a whole site and bundle', all.size);
  });

  test('is published at a coarse place, for the place’s own wish and for an event’s, and says how coarse', () => {
    const places = JSON.parse(String(files.find((f) => f.path === `m/${ID}/places.geojson`)?.content)) as {
      features: { id: string; geometry: { coordinates: [number, number] }; properties: { coarseKm?: number } }[];
    };
    for (const [id, exact, km] of [
      ['house', HOUSE, 20],
      ['witness', WITNESS, 50],
    ] as const) {
      const feature = places.features.find((f) => f.id === id);
      expect(feature?.properties.coarseKm).toBe(km);
      const off = distanceKm(feature?.geometry.coordinates ?? [0, 0], [...exact]);
      expect(off).toBeGreaterThan(0.01);
      expect(off).toBeLessThan(km);
    }
  });
});

test('a coarse position is one for all that lies in its cell, and never further off than the cell is wide', () => {
  const settings = runs(1000, 20_000);
  fc.assert(
    fc.property(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -89.9, max: 89.9, noNaN: true }),
      fc.integer({ min: 1, max: 500 }),
      (lng, lat, km) => {
        const published = coarse([lng, lat], km);
        expect(Math.abs(published[0])).toBeLessThanOrEqual(180);
        expect(Math.abs(published[1])).toBeLessThanOrEqual(90);
        if (Math.abs(lat) < 80) expect(distanceKm(published, [lng, lat])).toBeLessThanOrEqual(km);
        const same = coarse(published, km);
        if (Math.abs(published[0]) < 179 && Math.abs(published[1]) < 80) expect(distanceKm(same, published)).toBeLessThan(0.001);
      },
    ),
    settings,
  );
  tried('privacy: coarse positions', settings.numRuns);
});

test('pictures that readers get carry no data of the camera or the maker', () => {
  const pictures = readdirSync(join(ROOT, 'dist'), { recursive: true, withFileTypes: true }).filter((e) => /\.(png|webp|jpe?g)$/.test(e.name));
  expect(pictures.length).toBeGreaterThan(5);
  for (const { parentPath, name } of pictures)
    expect(readFileSync(join(parentPath, name)).toString('latin1'), name).not.toMatch(/Exif\0|EXIF|eXIf|tEXt|iTXt|zTXt|<x:xmpmeta|XMP /);
});
