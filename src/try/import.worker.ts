/** The importer beside the page: reading a long table holds up no gesture. It asks for nothing but the site's own gazetteer and words. */
import { compile } from '../core/compile.ts';
import { loadLaterStrings, loadStrings } from '../core/strings/strings.ts';
import { layerCss } from '../core/tokens.ts';
import { countryCode } from '../import/countries.ts';
import { readCsv } from '../import/csv.ts';
import { draftOf } from '../import/draft.ts';
import { slug } from '../import/fold.ts';
import type { Gazetteer } from '../import/gazetteer.ts';
import { readGazetteer } from '../import/gazetteer.ts';
import { readGeoJson } from '../import/geojson.ts';
import { MOST_TRIED, tooLarge } from '../import/limits.ts';
import type { ImportOptions } from '../import/options.ts';
import { DEFAULTS } from '../import/options.ts';
import { PRESETS, presetOf } from '../import/presets.ts';
import { languageOf, MAPPING, metaOf, newStoryFiles, sourceStoryOf, titleOfFile } from '../import/story.ts';
import type { ReadTable, TableIssue } from '../import/table.ts';
import { fileFault } from '../import/table.ts';
import type { FromImporter, Job, Outcome } from './protocol.ts';

const say = (message: FromImporter) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<Job>) => {
  read(data).then(
    (outcome) => say({ type: 'done', outcome }),
    (error: unknown) => say({ type: 'failed', why: error instanceof Error ? error.message : String(error) }),
  );
});

async function read(job: Job): Promise<Outcome> {
  const { file, choices } = job;
  const beginning = new TextDecoder().decode(await file.slice(0, 64).arrayBuffer());
  const isMap = /\.(geojson|json|umap)$/i.test(file.name) || (/^\s*\{/.test(beginning) && !/\.(csv|tsv|txt)$/i.test(file.name));
  const { table, issues } = isMap ? await readMap(file) : await readSheet(file);
  const nothing = { file: file.name, zone: '', story: null, css: '', folder: '', files: [] };
  if (!table) return { ...nothing, unit: 'row', rows: 0, set: null, columns: [], roles: {}, issues, language: 'en' };
  const language = choices.language || languageOf(table);
  await loadStrings(language);
  await loadLaterStrings(language);
  const country = choices.country === '' ? null : countryCode(choices.country);
  const preset = presetOf(table.columns);
  const options: ImportOptions = {
    ...DEFAULTS,
    language,
    dates: choices.dates || null,
    country,
    columns: new Map(Object.entries(choices.columns)),
    source: preset && PRESETS[preset].publisher ? preset : DEFAULTS.source,
    gazetteer: await gazetteer(job.gazetteer),
    today: job.today,
  };
  const draft = draftOf(table, options, (done, all) => say({ type: 'progress', done, all }));
  const more: TableIssue[] = [
    ...(choices.country !== '' && country === null
      ? [fileFault('a country’s name or its two letters, such as KZ', JSON.stringify(choices.country), 'Correct the country.')]
      : []),
    ...(options.gazetteer
      ? []
      : [
          {
            ...fileFault('the list of towns', 'none: it could not be loaded', 'Rows that name a place need latitude and longitude.'),
            severity: 'warning' as const,
          },
        ]),
  ];
  const title = titleOfFile(file.name);
  const story = { id: slug(title) || 'my-story', title, basemap: job.basemap.id };
  const meta = metaOf(story, draft, options);
  const mapping = {
    ...(choices.dates ? { dates: choices.dates } : {}),
    ...(country === null ? {} : { country }),
    language,
    ...(Object.keys(choices.columns).length > 0 ? { columns: choices.columns } : {}),
  };
  const sound = draft.events.length > 0;
  return {
    ...nothing,
    unit: table.unit,
    rows: table.rows.length,
    set: draft.recognised.preset && PRESETS[draft.recognised.preset].label,
    columns: table.columns,
    roles: Object.fromEntries(draft.recognised.columns),
    issues: [...more, ...issues, ...draft.issues],
    zone: draft.zone,
    language,
    story: sound ? compile(sourceStoryOf(meta, draft), language, job.basemap.index, 0).story : null,
    css: layerCss(meta.layers),
    folder: story.id,
    files: sound
      ? [
          ...newStoryFiles(story, file.name, draft, options),
          [MAPPING, `${JSON.stringify(mapping, null, 2)}\n`],
          [
            'README.md',
            readme(
              story.id,
              file.name,
              draft.events.some((e) => e.media),
            ),
          ],
        ]
      : [],
  };
}

async function readMap(file: File): Promise<ReadTable> {
  const large = tooLarge(file.size);
  if (large) return { table: null, issues: [large] };
  const read = readGeoJson(file.name, new Uint8Array(await file.arrayBuffer()));
  return (read.table?.rows.length ?? 0) > MOST_TRIED ? tooLong(file.name) : read;
}

/** More bytes than so many rows have: no more of a file needs to be read to know that it is too long. */
const BEGINNING = 32 * 2 ** 20;

async function readSheet(file: File): Promise<ReadTable> {
  const read = readCsv(file.name, new Uint8Array(await file.slice(0, BEGINNING).arrayBuffer()), MOST_TRIED);
  return file.size > BEGINNING || (read.table?.rows.length ?? 0) > MOST_TRIED ? tooLong(file.name) : read;
}

function tooLong(file: string): ReadTable {
  const name = /\s/.test(file) ? `"${file}"` : file;
  return {
    table: null,
    issues: [
      fileFault(
        `at most ${MOST_TRIED.toLocaleString('en')} rows on this page`,
        'more',
        `The command reads tables of any length and makes a map of them: npm run import -- ${name} --story ${slug(titleOfFile(file)) || 'my-story'}. Or choose a part of the table here.`,
      ),
    ],
  };
}

function readme(id: string, file: string, hasMedia: boolean): string {
  return `# ${id}

Made from ${file} by the page that tries data. To publish it with unrest-map:

1. Put this folder into \`data/\`${hasMedia ? ', and the pictures that the table names into its folder `media/`' : ''}.
2. \`npm run validate -- data/${id}\`, then \`npm run dev\` and look at it.
3. Write its title, summary, licence and credits in \`story.json\`; \`data/README.md\` explains every field.
4. When the table changes: \`npm run import -- ${/\s/.test(file) ? `"${file}"` : file} --story ${id}\`. What you changed by hand is kept.
`;
}

let towns: Promise<Gazetteer | null> | null = null;

/** The gazetteer, fetched once; null where it cannot be had. Some hosts unpack it themselves. */
function gazetteer(address: string): Promise<Gazetteer | null> {
  towns ??= (async () => {
    try {
      const response = await fetch(address);
      if (!response.ok) return null;
      const bytes = new Uint8Array(await response.arrayBuffer());
      const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
      const text = packed ? new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text() : new TextDecoder().decode(bytes);
      return readGazetteer(await text);
    } catch {
      return null;
    }
  })();
  return towns;
}
