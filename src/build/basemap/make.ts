/**
 * Remake the basemap: `npx tsx src/build/basemap/make.ts [pack]`. Nothing is written unless every step and every check succeeds.
 * What each file holds is specified in data/basemap/README.md.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAttribution } from './attribution.ts';
import { makeBase, mergeUnits } from './base.ts';
import { checkRegionLabels, checkTiling, checkTopology } from './checks.ts';
import { makeDetail } from './detail.ts';
import { readElevation } from './elevation.ts';
import { KAZAKHSTAN } from './kazakhstan.ts';
import { makeLabels } from './labels.ts';
import { checkLocal } from './local.ts';
import { readNames } from './names.ts';
import type { Pack } from './pack.ts';
import { makeRelief } from './relief.ts';
import { measure, sizeTable, weight } from './sizes.ts';
import { readAdminUnits, readNaturalEarthLakes, readOsmCountries, readOsmLakes, readPlaces, readRivers } from './sources.ts';
import { type Mapshaper, openTools, PROJECT_ROOT, type Sharp } from './tools.ts';
import { countVertices, type PackTopology, toGeometry } from './topology.ts';
import { makeWater } from './water.ts';

const PACKS: readonly Pack[] = [KAZAKHSTAN];
const DATA = join(PROJECT_ROOT, 'data/basemap');

/** Every file of a pack that a page may load, in the order a page would. */
const OUTPUTS = ['base.topo.json', 'water.topo.json', 'labels.json', 'detail.topo.json', 'relief-6km.webp', 'relief-3km.webp', 'relief.json', 'local.geojson'];

const say = (line: string) => console.log(line);

/** Make the files of a pack in memory. Those whose source is not to be had are left out, and said so. */
async function makePack(pack: Pack): Promise<Map<string, Uint8Array>> {
  const folder = join(DATA, pack.id);
  const load = openTools(say);
  const mapshaper = load<Mapshaper>('mapshaper');
  const sharp = load<Sharp>('sharp');
  const names = readNames(join(folder, 'names.json'));
  const files = new Map<string, Uint8Array>();
  const keep = (file: string, content: unknown) => files.set(file, Buffer.from(`${JSON.stringify(content)}\n`));
  const keepTopology = (file: string, topology: PackTopology) => {
    checkTopology(file, topology);
    say(`${file}: ${countVertices(topology)} vertices in ${Object.keys(topology.objects).join(', ')}`);
    keep(file, topology);
  };

  const units = await mergeUnits(readAdminUnits(), pack, mapshaper);
  const base = await makeBase(units, pack, mapshaper);
  checkTiling(base, 'regions', 'focus');
  keepTopology('base.topo.json', base);

  const labels = makeLabels(names, readPlaces(load));
  checkRegionLabels(labels, base);
  keep('labels.json', labels);

  const rivers = await readRivers(mapshaper, say);
  if (rivers !== null) {
    const water = await makeWater(readNaturalEarthLakes(load), rivers, names, pack, mapshaper);
    keepTopology('water.topo.json', water);
    const sources = { units, countries: readOsmCountries(), lakes: readOsmLakes(), rivers, names, water };
    keepTopology('detail.topo.json', await makeDetail(sources, pack, mapshaper));
  }

  const elevation = await readElevation(pack.relief.bounds, sharp, say);
  if (elevation !== null) {
    const { images, index } = await makeRelief(elevation, toGeometry(base, 'land'), pack, sharp);
    for (const { file, content } of images) files.set(file, content);
    keep('relief.json', index);
  }
  return files;
}

/** Check what was made and what was there, write it, and print the table. */
async function main(): Promise<void> {
  const [id = KAZAKHSTAN.id] = process.argv.slice(2);
  const pack = PACKS.find((candidate) => candidate.id === id);
  if (pack === undefined) throw new Error(`Expected one of the packs ${PACKS.map((p) => p.id).join(', ')}, got "${id}".`);
  const folder = join(DATA, pack.id);
  checkLocal(join(folder, 'local.geojson'));
  checkAttribution(
    join(DATA, 'attribution.json'),
    PACKS.flatMap((p) => OUTPUTS.map((file) => `${p.id}/${file}`)),
  );
  const made = await makePack(pack);
  const sizes = OUTPUTS.flatMap((file) => {
    const content = made.get(file) ?? (existsSync(join(folder, file)) ? readFileSync(join(folder, file)) : null);
    return content === null ? [] : [measure(file, content)];
  });
  const tooHeavy = sizes.filter((size) => weight(size) > (pack.limits[size.file] ?? Number.POSITIVE_INFINITY));
  console.log(sizeTable(sizes));
  if (tooHeavy.length > 0) {
    throw new Error(`Too heavy, nothing written: ${tooHeavy.map((size) => `${size.file} ${weight(size)} of ${pack.limits[size.file]} bytes`).join('; ')}.`);
  }
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of made) writeFileSync(join(folder, file), content);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
