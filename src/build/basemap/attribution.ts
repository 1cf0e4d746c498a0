/** The hand-made `attribution.json`: who is to be named for which file. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const source = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  /** Paths below data/basemap/ that hold something of the source. */
  files: z.array(z.string()).min(1),
  title: z.string().min(1),
  licence: z.string().min(1),
  licenceUrl: z.url(),
  /** Short text for the map's corner. */
  attribution: z.string().min(1),
  url: z.url(),
  note: z.string().optional(),
});

/** Who is to be named, and for which files. */
export type AttributionSource = z.infer<typeof source>;

const file = z.strictObject({ sources: z.array(source) });

/**
 * Check that every output names its sources and every named file exists.
 * @param outputs paths below data/basemap/, e.g. `kazakhstan/base.topo.json`. Throws, naming the file, otherwise.
 */
export function checkAttribution(path: string, outputs: readonly string[]): void {
  const result = file.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!result.success) throw new Error(`${path}:\n${z.prettifyError(result.error)}`);
  const named = new Set(result.data.sources.flatMap(({ files }) => files));
  for (const output of outputs) if (!named.delete(output)) throw new Error(`${path} names no source for ${output}. Add it, or no one is credited.`);
  for (const rest of named) throw new Error(`${path} names ${rest}, which is no output. Remove it.`);
}
