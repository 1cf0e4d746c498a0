/**
 * From a story's rows to its dense files: columns, counts, details, ids and a download. A database holds the rows and
 * does the work; here is the order of the steps.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DenseOutcome } from '../../core/dense-days.ts';
import { FRAME_MARGIN, frameOf, viewOfFrame } from '../../core/geo.ts';
import type { LocatedIssue } from '../../core/issue.ts';
import { storyFolder } from '../../core/languages.ts';
import type { SourceStory } from '../../core/source.ts';
import type { Strings } from '../../core/strings/make.ts';
import { writeColumns } from '../../dense/columns.ts';
import { hashOf, kept } from './cache.ts';
import { checkRows } from './check.ts';
import { columnsOf, kindsOf } from './columns.ts';
import { writeDetails } from './details.ts';
import { DOWNLOAD, writeDownload } from './download.ts';
import { Duck } from './duck.ts';
import { countsFrom, makePyramid } from './pyramid.ts';

/** Another number makes every story's files anew. */
const MAKER = 8;
/** Size of the map on a wide screen, for the zoom that a reader sees first. */
const SCREEN = { width: 860, height: 560 };
const DAY_MS = 86_400_000;

/** What is told while rows become files. */
export interface Progress {
  readonly part: 'read' | 'check' | 'sort' | 'write';
  /** From 0 to 1. */
  readonly share: number;
}

export interface DenseBuild extends DenseOutcome {
  /** Folder that holds the files, to be copied to `path` of the site. */
  readonly from: string;
  /** From the site's root, with a slash at its end. */
  readonly path: string;
  readonly issues: readonly LocatedIssue[];
  /** Rows set aside. */
  readonly leftOut: number;
}

type Made = Omit<DenseBuild, 'from' | 'path'>;

/**
 * Make the dense files of a story in a cache, or take them from there when nothing has changed.
 * @param source   sound, for its layers, sources and time zone
 * @param cache    folder to keep them in
 * @param progress told now and then
 * @param threads  of the database; the files are the same whatever the number
 * @throws Error for a file that is no table of events
 */
export async function makeDense(
  file: string,
  source: SourceStory,
  t: Strings,
  cache: string,
  progress: (p: Progress) => void = () => undefined,
  threads?: number,
): Promise<DenseBuild> {
  const { meta } = source;
  const rest = [MAKER, t.language, meta, [...source.sources], source.events.map((e) => e.id)];
  const name = `dense-${hashOf(file, rest)}`;
  const path = `${storyFolder(meta.id, t.language, meta.language)}${name}/`;
  const { folder, result } = await kept(join(cache, `${meta.id}-${t.language}`), name, async (working) => {
    const spill = join(working, 'spill');
    for (const part of ['events', 'places', 'ids', 'find', 'spill']) mkdirSync(join(working, part), { recursive: true });
    const duck = await Duck.open(spill, threads);
    try {
      return await makeFiles(duck, file, source, t, working, path, progress);
    } finally {
      duck.close();
      rmSync(spill, { recursive: true, force: true });
    }
  });
  return { ...result, from: folder, path };
}

async function makeFiles(
  duck: Duck,
  file: string,
  source: SourceStory,
  t: Strings,
  folder: string,
  path: string,
  progress: (p: Progress) => void,
): Promise<Made> {
  const { meta } = source;
  const checked = await checkRows(duck, file, join(folder, 'spill'), source, t, (part, share) => progress({ part, share }));
  await writeDownload(duck, join(folder, DOWNLOAD), meta, t.language);
  await duck.script('sorted.sql', (share) => progress({ part: 'sort', share }));
  for (const table of ['given', 'given_rows']) await duck.forget(table);
  await duck.script('details.sql');
  const kinds = await kindsOf(duck);
  const columns = await columnsOf(duck, kinds);
  writeFileSync(join(folder, 'columns.bin'), writeColumns(columns));
  await duck.script('events.sql');
  const view = viewOfFrame(frameOf(meta.bounds, FRAME_MARGIN), SCREEN.width, SCREEN.height);
  await makePyramid(duck, Math.max(0, Math.round(view.zoom)) + 1);
  writeFileSync(join(folder, 'counts.bin'), await countsFrom(duck, kinds, columns));
  const places = columns.placeX.length;
  const idFiles = await writeDetails(duck, folder, columns.rows, places, (share) => progress({ part: 'write', share }));
  const sums = await duck.row<{ context: number; placed: number }>(
    'SELECT count(*) FILTER (k.context = 1) AS context, count(*) FILTER (s.place > 0) AS placed FROM sorted s JOIN kinds k ON k.kind = s.kind',
  );
  const article = await duck.row<{ placed: number; retracted: number; places: number }>(
    `SELECT count(*) FILTER (s.place > 0) AS placed, count(*) FILTER (k.status = 'retracted') AS retracted,
       count(DISTINCT s.place) FILTER (s.place > 0) AS places
     FROM sorted s JOIN kinds k ON k.kind = s.kind WHERE k.context = 0`,
  );
  const iso = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
  return {
    files: {
      counts: `${path}counts.bin`,
      columns: `${path}columns.bin`,
      folder: path,
      idFiles,
      download: `${path.split('/').at(-2)}/${DOWNLOAD}`,
      events: columns.rows,
      ...sums,
      places,
      article,
    },
    reach: columns.days === 0 ? null : { first: iso(columns.baseDay), last: iso(columns.baseDay + columns.days - 1) },
    ...checked,
  };
}
