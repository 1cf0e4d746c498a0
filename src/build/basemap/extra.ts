/**
 * Make what an operator may add to the basemap and the project does not ship, for its licence: `npx tsx src/build/basemap/extra.ts`.
 * Nothing is written unless every step and every check succeeds. What it is and what it asks of a site: data/basemap/README.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Feature, FeatureCollection, LineString } from 'geojson';
import { compareRunways, makeAirport } from './airport.ts';
import { readAirport } from './apt.ts';
import type { AttributionSource } from './attribution.ts';
import { KAZAKHSTAN } from './kazakhstan.ts';
import { checkLocal } from './local.ts';
import { measure, sizeTable, weight } from './sizes.ts';
import { readAirports } from './sources.ts';
import { type Mapshaper, openTools, PROJECT_ROOT } from './tools.ts';

/** Below the pack's folder. Ignored by git. */
const AIRPORT = 'extra/airport.geojson';
const ATTRIBUTION = 'extra/attribution.json';

const say = (line: string) => console.log(line);

const attribution = (pack: string): AttributionSource => ({
  id: 'flightgear',
  files: [`${pack}/${AIRPORT}`],
  title: 'FlightGear: taxiways, aprons and boundary of Almaty Airport, as of 2013',
  licence: 'GNU General Public License, version 2 or later',
  licenceUrl: 'https://www.gnu.org/licenses/old-licenses/gpl-2.0.html',
  attribution: 'FlightGear (GPL-2+)',
  url: 'https://www.flightgear.org/',
  note: 'From apt.dat, data cycle 2013.10, © 2013 Robin A. Peel, further modified by the FlightGear team; without any warranty. Changed: one airport taken out, curves made straight, outlines joined and simplified, taxiways drawn on under the runways. airport.geojson is offered under the same licence, whatever that of the code beside it.',
});

function readRunways(file: string): Feature<LineString>[] {
  const { features } = JSON.parse(readFileSync(file, 'utf8')) as FeatureCollection;
  return features.filter((feature): feature is Feature<LineString> => feature.geometry.type === 'LineString');
}

/** Check runways and weight, write, and print what was made. */
async function main(): Promise<void> {
  const pack = KAZAKHSTAN;
  const folder = join(PROJECT_ROOT, 'data/basemap', pack.id);
  checkLocal(join(folder, 'local.geojson'));
  const mapshaper = openTools(say)<Mapshaper>('mapshaper');
  const list = readAirports(say);
  if (list === null) throw new Error('Without it there is no airport to draw: nothing written.');
  const airport = readAirport(list, pack.airport);
  for (const { name, metres } of compareRunways(readRunways(join(folder, 'local.geojson')), airport)) {
    say(`runway ${name}: ends ${metres.map((off) => off.toFixed(1)).join(' and ')} m from the source's`);
  }
  const made = await makeAirport(airport, pack.airport, mapshaper);
  say(`${airport.name}: ${airport.shapes.length} shapes made ${made.features.map(({ properties }) => properties.id).join(', ')}`);

  const content = Buffer.from(`${JSON.stringify(made)}\n`);
  const size = measure(AIRPORT, content);
  console.log(sizeTable([size]));
  const limit = pack.limits[AIRPORT] ?? Number.POSITIVE_INFINITY;
  if (weight(size) > limit) throw new Error(`Too heavy, nothing written: ${AIRPORT} ${weight(size)} of ${limit} bytes.`);
  mkdirSync(join(folder, 'extra'), { recursive: true });
  writeFileSync(join(folder, AIRPORT), content);
  writeFileSync(join(folder, ATTRIBUTION), `${JSON.stringify(attribution(pack.id), null, 2)}\n`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
