/**
 * The shapes of the data files as zod schemas, each held to its type in `core/source.ts`. They run at build and in
 * `validate`; the JSON Schema made from them is what `$schema` in the data files points at. None of it reaches a reader.
 */
import { z } from 'zod';
import { GLYPH_NAMES } from '../core/glyphs.ts';
import type {
  SourceClaim,
  SourceColors,
  SourceEvent,
  SourceFont,
  SourceMedia,
  SourceMeta,
  SourcePublication,
  SourceSite,
  SourceSpeaker,
} from '../core/source.ts';
import {
  CHAIN_ROLES,
  COLLECTIONS,
  EXACTNESS,
  FONT_STYLES,
  NOTE_KINDS,
  PLACE_KINDS,
  PRECISIONS,
  RELATION_KINDS,
  SOURCE_KINDS,
  SPEAKER_KINDS,
  STATE_VALUES,
  STATUSES,
  TILE_KINDS,
  TIME_BASES,
} from '../core/source.ts';
import { PALETTES } from '../core/tokens.ts';

const MAX_TEXT = 5000;

const id = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .describe('Letters, digits, - and _, at most 64. Never reused, never a position.');
const publishPrecision = z
  .number()
  .min(1)
  .max(500)
  .optional()
  .describe('Kilometres to within which the position may be published. The exact one is in no output.');
const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  .describe('BCP 47 language tag: en, ru, kk, ko.');
const text = z.record(language, z.string().min(1).max(MAX_TEXT)).describe('The same words in several languages. The story’s own language is required.');
const edtf = z.string().min(4).max(64).describe('EDTF: 2022-01-09, 2022-01-02/2022-01-10, 2022-01-07~, 2022-01-05T16:30+06:00.');
const color = z.string().regex(/^#[0-9a-f]{6}$/i);
const webAddress = z
  .string()
  .max(2048)
  .regex(/^https?:\/\/[^\s@]+$/i)
  .describe('An http or https address without a user name.');
const schemaHint = z.string().optional();

const link = z.strictObject({ who: id.describe('Id from speakers.json.'), role: z.enum(CHAIN_ROLES), disputed: z.boolean().optional() });

const figure = z.strictObject({
  value: z.number(),
  unit: z.string().min(1).max(64),
  measure: id.describe('What is measured: killed, arrested, force-size. Unlike measures are never summed or compared.'),
  scope: id.nullable().describe('Place id that the number covers; null when it covers no place.'),
  label: text.describe('The words behind the number: "people arrested".'),
  exactness: z.enum(EXACTNESS),
});

const time = z.strictObject({
  about: edtf.nullable().describe('When it happened.'),
  said: edtf.nullable().describe('When it was said.'),
  basis: z.enum(TIME_BASES).describe('Where the date comes from.'),
  text: text.optional().describe('The source’s own date words, in short.'),
  evidence: z.array(id).optional().describe('Source ids behind a date from outside the article.'),
});

export const claim = z.strictObject({
  id,
  paragraph: id.nullable(),
  says: text.describe('One sentence in our own words, with its speaker and its hedges.'),
  time: time.nullable(),
  status: z.enum(STATUSES),
  chain: z.array(link).describe('Who said it first, who carried it, who printed it.'),
  figures: z.array(figure),
  sources: z.array(id),
  relations: z.array(z.strictObject({ kind: z.enum(RELATION_KINDS), claim: id })),
  notes: z.array(z.strictObject({ kind: z.enum(NOTE_KINDS), text, sources: z.array(id) })),
}) satisfies z.ZodType<SourceClaim>;

/** A file of the story's own `media/` folder. */
const mediaFile = (extensions: string) =>
  z
    .string()
    .max(200)
    .regex(new RegExp(`^media/[\\w-][\\w.-]*\\.(${extensions})$`, 'i'))
    .describe(`Path in the story’s folder: media/name.${extensions.split('|')[0]}.`);
const mediaWords = {
  alt: text.describe('What is to be seen or heard, for those who do not see or hear it.'),
  graphic: text.optional().describe('A warning: it is hidden until a reader asks for it.'),
};
const mediaRights = {
  credit: text.describe('Who made it.'),
  licence: text.describe('On what terms it may be shown.'),
};
const heard = {
  ...mediaWords,
  ...mediaRights,
  transcript: text.describe('Every word that is spoken, and the sounds that matter.'),
  captions: z.record(language, mediaFile('vtt')).optional().describe('WebVTT by language.'),
};

const media = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('image'), file: mediaFile('jpg|jpeg|png|webp'), ...mediaWords, ...mediaRights }),
  z.strictObject({ kind: z.literal('audio'), file: mediaFile('mp3|m4a'), ...heard }),
  z.strictObject({ kind: z.literal('video'), file: mediaFile('mp4'), ...heard }),
  z.strictObject({ kind: z.literal('post'), source: id.describe('Id from sources.json, with address, date and archived copy.'), ...mediaWords }),
]) satisfies z.ZodType<SourceMedia>;

export const event = z.strictObject({
  id,
  collection: z.enum(COLLECTIONS),
  layer: id,
  place: id.nullable().describe('Place id, or null for what happened nowhere in particular.'),
  placeDetail: text.optional(),
  title: text,
  related: z.array(id),
  claims: z.array(claim),
  draft: z.boolean().optional().describe('Still being written: never in a public build.'),
  checked: edtf.nullable().optional().describe('For the context: the day it was checked against its source; null while nobody has.'),
  updated: edtf.optional().describe('Day of this event’s own last change.'),
  state: z
    .strictObject({ of: id.describe('The service: internet.'), value: z.enum(STATE_VALUES) })
    .optional()
    .describe('How a service stands at the event’s place from its date on.'),
  movement: z.strictObject({ from: id, to: id }).optional().describe('Two place ids, only where a source names both ends.'),
  publishPrecision,
  media: z.array(media).max(12).optional().describe('Pictures, sounds and videos of the story’s own, and posts elsewhere as links.'),
}) satisfies z.ZodType<SourceEvent>;

const longitude = z.number();
const latitude = z.number();

/** RFC 7946 §5: four numbers, or six with altitudes. Nothing reads it. */
const bbox = z.array(z.number()).min(4).max(6).optional();

/** One Feature of places.geojson, RFC 7946 §3.2. Range and country are judged later, with better words. */
export const placeFeature = z.strictObject({
  type: z.literal('Feature'),
  id,
  bbox,
  geometry: z
    .strictObject({ type: z.literal('Point'), bbox, coordinates: z.tuple([longitude, latitude], z.number()).describe('Longitude, latitude.') })
    .nullable(),
  properties: z.strictObject({
    name: text,
    aliases: z.array(z.string().min(1).max(200)),
    kind: z.enum(PLACE_KINDS),
    precision: z.enum(PRECISIONS).describe('What the point stands for.'),
    note: text.nullable(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .describe('ISO 3166-1 alpha-2.'),
    coordinateSource: z.string().min(1).max(500).nullable(),
    outline: id.nullable().describe('Id of the shape in data/basemap.'),
    publishPrecision,
  }),
});

export const speaker = z.strictObject({ name: text, kind: z.enum(SPEAKER_KINDS) }) satisfies z.ZodType<SourceSpeaker>;

export const publication = z.strictObject({
  publisher: z.string().min(1).max(500),
  title: z.string().min(1).max(1000),
  url: webAddress.nullable(),
  archivedUrl: webAddress.nullable(),
  published: edtf.nullable(),
  accessed: edtf.nullable(),
  kind: z.enum(SOURCE_KINDS),
  language,
}) satisfies z.ZodType<SourcePublication>;

/** An http(s) address, or a path below the site's root: no scheme, no way out of it. */
const ADDRESS = /^(https?:\/\/[^\s@]+|(?!\/)(?!.*\.\.)[\w./{}-]+)$/i;

const tiles = z
  .strictObject({
    kind: z.enum(TILE_KINDS),
    url: z.string().max(2048).regex(ADDRESS).describe('http(s) address or a path below the site’s root; for raster with {z}, {x}, {y}.'),
    label: text,
    attribution: z.string().min(1).max(500).describe('Whose data and service it is. Required.'),
    maxZoom: z.number().int().min(1).max(22),
    shown: z.boolean().describe('Whether it is on when a reader arrives.'),
  })
  .nullable()
  .optional();

const metaShape = {
  format: z.literal(1),
  id,
  language,
  languages: z.array(language).min(1),
  sample: text.optional().describe('Words that mark an invented story in every view; it is built only with --samples.'),
  title: text,
  summary: text,
  timeZone: z.string().min(1).max(64).describe('IANA time zone in which the story’s days are read.'),
  extent: edtf.describe('EDTF interval in which the article’s events lie.'),
  contextExtent: edtf.optional().describe('EDTF interval of the timeline’s days while the context is on.'),
  asOf: edtf,
  updated: edtf,
  bounds: z.tuple([longitude, latitude, longitude, latitude]).describe('West, south, east, north.'),
  basemap: id.describe('Folder of data/basemap, or "world", which is made for the story’s bounds.'),
  tiles,
  layers: z
    .array(z.strictObject({ id, label: text, glyph: z.enum(GLYPH_NAMES), color: z.strictObject({ light: color, dark: color }), shown: z.boolean() }))
    .min(1),
  keyFigures: z.array(id),
  article: id,
  paragraphs: z.array(z.strictObject({ id, label: text })),
  glossary: z.array(z.strictObject({ id, term: text, claim })),
  changes: z.array(
    z.strictObject({
      date: edtf,
      event: id.nullable(),
      claim: id.optional().describe('Id of the claim whose figure or words changed.'),
      from: text.optional(),
      to: text.optional(),
      note: text.describe('Why.'),
    }),
  ),
  withdrawn: z
    .array(z.strictObject({ id, date: edtf, title: text, why: text }))
    .optional()
    .describe('Events that were taken back: old links find the reason here.'),
  series: z
    .array(z.strictObject({ id, label: text, measure: id, scope: id }))
    .optional()
    .describe('Numbers followed through time: every figure of a measure and a scope.'),
  steps: z
    .array(
      z.strictObject({
        id,
        title: text,
        text,
        days: edtf.optional(),
        layers: z.array(id).optional().describe('Layers on show.'),
        event: id.optional(),
        place: id.optional(),
        view: z
          .strictObject({ zoom: z.number().min(1).max(22), center: z.tuple([longitude, latitude]) })
          .optional()
          .describe('Where the map looks; the story’s bounds if left out.'),
        context: z.boolean().optional(),
      }),
    )
    .optional()
    .describe('A guided walk.'),
  licence: text,
  credits: z.array(text),
};

/** A path below data/ with no way out of it. */
const fileBelow = (extensions: string) =>
  z
    .string()
    .max(200)
    .regex(new RegExp(`^[\\w-]+(/[\\w-][\\w.-]*)*/[\\w-][\\w.-]*\\.(${extensions})$`, 'i'));
const logoFile = fileBelow('svg|png|jpe?g').describe('Path below data/ of an SVG, PNG or JPEG: site/logo.svg.');
const font = z.strictObject({
  fallback: z
    .string()
    .max(300)
    .regex(/^[\w\s,'-]+$/)
    .describe('CSS font stack: Georgia, serif. All there is where no files are named.'),
  family: z
    .string()
    .regex(/^[\w -]{1,64}$/)
    .optional()
    .describe('Name of the family that the files are. Required with them.'),
  files: z
    .array(
      z.strictObject({
        file: fileBelow('woff2').describe('Path below data/ of a WOFF2 file: site/serif-600.woff2.'),
        weight: z.number().int().min(100).max(900),
        style: z.enum(FONT_STYLES),
      }),
    )
    .min(1)
    .max(6)
    .optional(),
  licence: z.string().min(1).max(500).optional().describe('By whose leave the files are passed on: SIL Open Font License 1.1. Required with them.'),
}) satisfies z.ZodType<SourceFont>;
/** The shadow alone is no colour of six digits. */
const colors = z.strictObject(
  Object.fromEntries(
    Object.keys(PALETTES.light)
      .filter((name) => name !== 'shadow')
      .map((name) => [name, color.optional()]),
  ),
) satisfies z.ZodType<SourceColors>;

/** data/site.json. */
export const site = z.strictObject({
  $schema: schemaHint,
  baseUrl: webAddress.optional().describe('Address of the folder where the site will stand, for cards, oEmbed and snippets. --base-url wins.'),
  tiles,
  name: text.optional().describe('Who publishes the site. Required with a logo, a home or a credit.'),
  home: webAddress.optional().describe('Address that name and logo lead to.'),
  credit: text.optional().describe('Stands on pictures, in downloads of the view and among the credits.'),
  logo: z
    .strictObject({ light: logoFile, dark: logoFile.optional().describe('For dark grounds; the other one if left out.') })
    .optional()
    .describe('Shown 28 px high in pages, 36 px on posters.'),
  fonts: z
    .strictObject({ text: font.optional().describe('All but titles.'), title: font.optional().describe('Titles and figures.') })
    .optional()
    .describe('Letters.'),
  colors: z
    .strictObject({ light: colors.optional(), dark: colors.optional() })
    .optional()
    .describe('By name, for either scheme. Contrast is checked. Readers who ask for more contrast get ours.'),
  radius: z.number().min(0).max(16).optional().describe('Corners of buttons, panels and cards, px; 6 if left out.'),
}) satisfies z.ZodType<SourceSite>;

/** story.json. */
export const meta = z.strictObject({ $schema: schemaHint, ...metaShape }) satisfies z.ZodType<SourceMeta>;

/** The outer shape of each file whose items are checked one by one, so that a broken one is set aside alone. */
export const envelopes = {
  events: z.strictObject({ $schema: schemaHint, events: z.array(z.unknown()) }),
  places: z.looseObject({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) }),
} as const;

/** The data files of a story and the JSON Schema that editors' tools complete from. */
export const FILE_SCHEMAS = {
  'story.schema.json': meta,
  'site.schema.json': site,
  'events.schema.json': z.strictObject({ $schema: schemaHint, events: z.array(event) }),
  'places.schema.json': z.looseObject({ $schema: schemaHint, type: z.literal('FeatureCollection'), features: z.array(placeFeature) }),
  'speakers.schema.json': z.object({ $schema: schemaHint }).catchall(speaker),
  'sources.schema.json': z.object({ $schema: schemaHint }).catchall(publication),
} as const;

/** The text of `data/schema/<name>`: JSON Schema 2020-12. */
export function jsonSchemaText(name: keyof typeof FILE_SCHEMAS): string {
  const schema = z.toJSONSchema(FILE_SCHEMAS[name], { io: 'input', unrepresentable: 'any' });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
