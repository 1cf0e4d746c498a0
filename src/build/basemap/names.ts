/** The hand-made `names.json` of a pack: what is called how, in which language, and how early it may appear. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const lngLat = z.tuple([z.number().min(-180).max(180), z.number().min(-85).max(85)]);

/** A language is left out rather than guessed; the reader then sees English. */
export const localName = z.strictObject({
  en: z.string().min(1),
  ru: z.string().min(1).optional(),
  kk: z.string().min(1).optional(),
  ko: z.string().min(1).optional(),
});

const label = { id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), rank: z.number().min(0).max(15), name: localName };

const file = z.strictObject({
  /** Points set by hand where the name reads well: they are no measurement. */
  fixed: z.array(z.strictObject({ ...label, kind: z.enum(['country', 'region', 'water', 'range']), at: lngLat })),
  /** Points come from GeoNames: `source.name` is its spelling, `near` (degrees, rough) tells namesakes apart. */
  places: z.array(
    z.strictObject({
      ...label,
      kind: z.enum(['capital', 'city', 'town']),
      source: z.strictObject({ name: z.string(), country: z.string().length(2).default('KZ'), near: lngLat.optional() }),
    }),
  ),
  /** English names for rivers whose spelling in the source is damaged or differs along their course. */
  rivers: z.array(z.strictObject({ source: z.array(z.string()).min(1), name: z.string(), rank: z.number().optional() })),
});

export type PackNames = Readonly<z.infer<typeof file>>;
export type RiverName = PackNames['rivers'][number];
export type LocalName = Readonly<z.infer<typeof localName>>;

/** Read and check `names.json`. Throws with every fault and its path when it is not as specified above. */
export function readNames(path: string): PackNames {
  const result = file.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!result.success) throw new Error(`${path}:\n${z.prettifyError(result.error)}`);
  return result.data;
}
