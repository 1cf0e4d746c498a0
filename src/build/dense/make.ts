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
import type { CountedFiles } from './counted.ts';
import { checkCounted, makeCounted } from './counted.ts';
import { isoDay } from './dates.ts';
import { writeDetails } from './details.ts';
import { DOWNLOAD, writeDownload } from './download.ts';
import { Duck } from './duck.ts';
import { countsFrom, makePyramid } from './pyramid.ts';

/** Another number makes every story's files anew. */
const MAKER = 10;
/** Size of the map on a wide screen, for the zoom that a reader sees first. */
const SCREEN = { width: 860, height: 560 };

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

export type Made = Omit<DenseBuild, 'from' | 'path'>;

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
  const hash = hashOf(file, restOf(source, t));
  return inCache(hash, source, t, cache, threads, (duck, working, path) => makeFiles(duck, file, source, t, working, path, progress));
}

/**
 * The same of a story whose events were counted elsewhere.
 * @throws UnsoundError for tables that do not add up
 * @throws Error for files that are no such tables
 */
export async function makeCountedStory(files: CountedFiles, source: SourceStory, t: Strings, cache: string): Promise<DenseBuild> {
  const hash = hashOf(files.pyramid_cells, [hashOf(files.pyramid_counts, restOf(source, t))]);
  return inCache(hash, source, t, cache, undefined, async (duck, working, path) => {
    const issues = await checkCounted(duck, files, source);
    if (issues.length > 0) throw new UnsoundError(issues);
    return makeCounted(duck, working, path);
  });
}

/** Tables of which nothing can be shown. */
export class UnsoundError extends Error {
  readonly issues: readonly LocatedIssue[];

  constructor(issues: readonly LocatedIssue[]) {
    super('The tables of counts do not add up.');
    this.issues = issues;
  }
}

/** What dense files rest on beside the rows. */
function restOf({ meta, sources, events }: SourceStory, t: Strings): unknown[] {
  return [MAKER, t.language, meta, [...sources], events.map((e) => e.id)];
}

/** A folder of dense files from the cache, or made there in an empty database. */
async function inCache(
  hash: string,
  { meta }: SourceStory,
  t: Strings,
  cache: string,
  threads: number | undefined,
  make: (duck: Duck, working: string, path: string) => Promise<Made>,
): Promise<DenseBuild> {
  const name = `dense-${hash}`;
  const path = `${storyFolder(meta.id, t.language, meta.language)}${name}/`;
  const { folder, result } = await kept(join(cache, `${meta.id}-${t.language}`), name, async (working) => {
    const spill = join(working, 'spill');
    mkdirSync(spill, { recursive: true });
    const duck = await Duck.open(spill, threads);
    try {
      return await make(duck, working, path);
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
  for (const part of ['events', 'places', 'ids', 'find']) mkdirSync(join(folder, part));
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
  const { bytes, cells } = await countsFrom(duck, kinds, columns);
  writeFileSync(join(folder, 'counts.bin'), bytes);
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
  return {
    files: {
      counts: `${path}counts.bin`,
      columns: `${path}columns.bin`,
      folder: path,
      idFiles,
      download: `${path.split('/').at(-2)}/${DOWNLOAD}`,
      cells,
      events: columns.rows,
      ...sums,
      places,
      article,
    },
    reach: columns.days === 0 ? null : { first: isoDay(columns.baseDay), last: isoDay(columns.baseDay + columns.days - 1) },
    ...checked,
  };
}
