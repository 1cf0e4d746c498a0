import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Gazetteer } from '../../import/gazetteer.ts';
import { readGazetteer } from '../../import/gazetteer.ts';

/** Where a data folder keeps the towns of the world, packed. */
export const GAZETTEER_PATH = 'gazetteer/towns.tsv.gz';

/** The gazetteer of a data folder; null where there is none: then places need coordinates. */
export function loadGazetteer(dataDir: string): Gazetteer | null {
  const path = join(dataDir, GAZETTEER_PATH);
  return existsSync(path) ? readGazetteer(gunzipSync(readFileSync(path)).toString('utf8')) : null;
}
