/** A table of very many rows into a dense story: its file of rows, what story.json needs for it, and what changes by both. */
import { closeSync, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { writtenOut } from '../../core/issue.ts';
import { daysOf, parseEdtf, toRange } from '../../core/time.ts';
import type { Draft } from '../../import/draft.ts';
import type { ManyDraft } from '../../import/many.ts';
import { RowMaker } from '../../import/many.ts';
import type { Change, ImportRecord } from '../../import/merge.ts';
import { mergeImport } from '../../import/merge.ts';
import type { ImportOptions } from '../../import/options.ts';
import { PRESETS } from '../../import/presets.ts';
import { tableIssueText } from '../../import/report.ts';
import type { NewStory, RowRecord } from '../../import/story.ts';
import { newStoryFiles, RECORD, shelvesOf } from '../../import/story.ts';
import type { Table, TableIssue } from '../../import/table.ts';
import { fileFault } from '../../import/table.ts';
import { hashOf } from '../dense/cache.ts';
import { FAR_YEARS } from '../dense/dates.ts';
import { PUBLISHED_COLUMNS, rowsFile } from '../dense/rows.ts';
import { issueText } from '../report.ts';
import { filesOf } from './files.ts';
import type { StoryFolder } from './folder.ts';
import { recordFile, replaceFiles } from './folder.ts';
import { eachCsvRow } from './long-csv.ts';
import type { RowDiff } from './row-file.ts';
import { makeRowFile, RowsWriter } from './row-file.ts';
import type { Surface } from './tell.ts';

/** Name of the file of rows that an import makes. */
const ROWS = 'events.csv';
/** Rows at the beginning that tell the zone and the language. */
const TELLING = 200;
const SAY_EVERY_MS = 1000;

export interface LongImport {
  readonly folder: string;
  readonly dataDir: string;
  /** Folder on the story's disk for what is made on the way. */
  readonly working: string;
  readonly head: Table;
  /** CSV file to read; null where `head` holds all rows. */
  readonly rest: string | null;
  /** What reading a whole table found. */
  readonly issues: readonly TableIssue[];
  readonly story: StoryFolder | null;
  readonly fresh: NewStory;
  readonly options: ImportOptions;
  readonly last: ImportRecord;
  readonly more: ReadonlyMap<string, string>;
  readonly flags: { readonly dry: boolean; readonly fit: boolean; readonly overwrite: boolean; readonly skipErrors: boolean; readonly json: boolean };
}

// The rows of the table's beginning live on, and Node then takes all rows to be such as do: it would put every one where
// only the slow kind of clearing up comes, a third of the work and 300 MB.
setFlagsFromString('--no-allocation-site-pretenuring');

/** @returns the exit code: 0 for done, 1 for errors in the data */
export async function importLong(job: LongImport, surface: Surface, where: string): Promise<number> {
  const { folder, working, head, options, flags } = job;
  const maker = new RowMaker({ ...head, rows: head.rows.slice(0, TELLING) }, options);
  const told = (draft: ManyDraft | null, diff: RowDiff | null, changes: readonly Change[], written: boolean, code: number) =>
    tellLong(job, maker, draft, diff, changes, written, code, surface, where);
  const hand = rowsByHand(folder, options.source, flags.overwrite);
  if (hand) maker.issues.add(hand);
  if (maker.issues.errors > 0) return told(null, null, [], false, 1);
  for (const issue of job.issues) maker.issues.add(issue);

  const written = join(working, 'read.csv');
  const writer = new RowsWriter(written);
  await readRows(job, maker, writer, surface);
  writer.end();
  const draft = maker.end();
  if (draft.rowsKept === 0) return told(draft, null, [], false, 1);

  const parts = draftOf(maker, draft, options);
  const empty = { events: new Map(), places: new Map(), speakers: new Map(), sources: new Map(), layers: new Map(), paragraphs: new Map() };
  const merged = mergeImport(job.last, shelvesOf(parts, options), job.story?.shelves ?? empty, flags.overwrite);
  const gone = new Set([...merged.writes.events].filter(([, value]) => value === undefined).map(([id]) => id));
  const events = [...(job.story?.shelves.events.keys() ?? [])].filter((id) => !gone.has(id));
  const spill = join(working, 'spill');
  mkdirSync(spill);
  const target = join(working, ROWS);
  const before = join(folder, ROWS);
  const diff = await makeRowFile(written, target, sameColumns(before) ? before : null, spill, options.source, draft, events, !flags.overwrite, maker.issues, {
    unit: head.unit,
    id: maker.recognised.columns.get('id') ?? null,
  });
  if (maker.issues.errors > 0 && !flags.skipErrors) return told(draft, null, [], false, 1);

  const changes = [...merged.changes];
  if (flags.overwrite)
    for (const id of diff.inEvents) {
      merged.writes.events.set(id, undefined);
      changes.push({ kind: 'removed', shelf: 'events', id });
    }

  const rows: RowRecord = { file: ROWS, print: hashOf(target, null) };
  const files = job.story
    ? filesOf(job.story, merged, parts, options, folder, flags.fit, job.last, head.file, rows)
    : newStoryFiles({ ...job.fresh, events: diff.rows }, head.file, parts, options, rows);
  const far = tooFar(files.get('story.json') ?? '{}', draft.extent, maker.zone);
  if (far) {
    maker.issues.add(far);
    return told(draft, null, [], false, 1);
  }
  for (const [name, text] of job.more) files.set(name, text);
  const same = diff.added + diff.changed + diff.removed === 0 && existsSync(before) && hashOf(before, null) === rows.print;
  const nothing =
    same && job.more.size === 0 && job.story !== null && [...files].every(([name, text]) => name === RECORD || job.story?.texts.get(name) === text);
  const others = ['events.ndjson', 'events.parquet'];
  const broken = nothing ? [] : replaceFiles(folder, files, job.dataDir, flags.dry, { made: target, gone: others });
  for (const issue of broken) surface.err(issueText(where, issue));
  if (broken.length > 0) {
    surface.err('Nothing was written: the story would have the errors above. Mend what names the missing parts, then import again.');
    return 1;
  }
  return told(draft, diff, changes, !flags.dry && !nothing, maker.issues.errors > 0 ? 1 : 0);
}

async function readRows({ head, rest }: LongImport, maker: RowMaker, writer: RowsWriter, { long }: Surface): Promise<void> {
  const from = performance.now();
  let [said, rows, share] = [from, 0, 0];
  const add = (row: Table['rows'][number]) => {
    rows++;
    const made = maker.make(row);
    if (made) writer.add(made);
  };
  const say = () => {
    const now = performance.now();
    if (now - said < SAY_EVERY_MS) return;
    said = now;
    long?.(rows, share, Math.round((1000 * rows) / (now - from)));
  };
  if (rest === null)
    for (const row of head.rows) {
      add(row);
      share = rows / head.rows.length;
      say();
    }
  else
    await eachCsvRow(rest, maker.wanted, maker.issues, add, (read) => {
      share = read;
      say();
    });
}

/** What the rows come to beside themselves, as the rest of the importer has it. */
function draftOf(maker: RowMaker, { rowsRead, layers, extent, bounds, sources }: ManyDraft, { source, language }: ImportOptions): Draft {
  const { recognised, zone, publisher } = maker;
  return {
    recognised,
    language,
    zone,
    extent,
    bounds,
    article: source,
    publisher,
    issues: [],
    rowsRead,
    layers,
    sources,
    events: [],
    places: [],
    paragraphs: [],
    speakers: new Map(),
  };
}

/** The fault of a file of rows that is not as an import of this table left it; null where it may be written anew. */
function rowsByHand(folder: string, source: string, overwrite: boolean): TableIssue | null {
  const path = rowsFile(folder);
  if (path === null || overwrite) return null;
  const { imports } = recordFile(folder);
  const print = hashOf(path, null);
  const name = basename(path);
  if (imports[source]?.rows?.file === name && imports[source].rows.print === print) return null;
  const other = Object.entries(imports).find(([, { rows }]) => rows?.file === name && rows.print === print)?.[0];
  return fileFault(
    `${name} as the last import left it`,
    other === undefined ? 'rows that were written or changed by hand' : `the rows of the table "${other}"`,
    other === undefined
      ? 'Make the same changes in the table and say --overwrite; or give the event its own entry in events.json, which wins over the row of its id.'
      : 'A story has one file of rows: put both tables into one, or say --overwrite to replace those rows.',
  );
}

/** Whether a file of rows has the columns of those that imports make, and can be held against one. */
function sameColumns(path: string): boolean {
  if (!existsSync(path)) return false;
  const names = Buffer.from(`${PUBLISHED_COLUMNS.join(',')}\n`);
  const read = Buffer.alloc(names.length);
  const from = openSync(path, 'r');
  readSync(from, read);
  closeSync(from);
  return read.equals(names);
}

/** Days that the build would set aside, since the story's own extent is set by hand. */
function tooFar(storyText: string, extent: string | null, zone: string): TableIssue | null {
  const own = (JSON.parse(storyText) as { extent?: string; contextExtent?: string | null }).extent;
  const days = (text: string | null | undefined) => {
    const parsed = text ? parseEdtf(text) : null;
    if (!parsed?.ok) return null;
    const { start, end } = toRange(parsed.value, zone);
    return [start, end].map((ms) => Number(daysOf({ start: ms - 1, end: ms }, zone)[0]?.slice(0, 4)));
  };
  const [table, story] = [days(extent), days(own)];
  if (!table || !story || ((story[0] ?? 0) - (table[0] ?? 0) <= FAR_YEARS && (table[1] ?? 0) - (story[1] ?? 0) <= FAR_YEARS)) return null;
  return fileFault(
    `days within ${FAR_YEARS} years of the story's, ${own}`,
    `${extent}`,
    'Correct the rows that are out of time; or say --fit, and the story’s days follow the table.',
  );
}

/** Two texts from a little before where they differ. */
function apartText(before: string, after: string): string {
  let from = 0;
  while (from < before.length && before[from] === after[from]) from++;
  const start = before.length < 80 && after.length < 80 ? 0 : Math.max(0, from - 20);
  const cut = (text: string) => JSON.stringify(`${start > 0 ? '…' : ''}${text.slice(start, start + 80)}`);
  return `${cut(before)} → ${cut(after)}`;
}

/** In words or as JSON; the members are those of a shorter table's. @returns the code */
function tellLong(
  { head, flags, rest }: LongImport,
  { recognised, zone, issues }: RowMaker,
  draft: ManyDraft | null,
  diff: RowDiff | null,
  changes: readonly Change[],
  written: boolean,
  code: number,
  surface: Surface,
  where: string,
): number {
  const kept = changes.filter((c) => c.kind === 'kept' || c.kind === 'both' || c.kind === 'away');
  const counts = { added: diff?.added ?? 0, changed: diff?.changed ?? 0, removed: diff?.removed ?? 0, kept: kept.length };
  const faults = issues.list();
  if (flags.json) {
    surface.out(
      JSON.stringify(
        {
          file: head.file,
          unit: head.unit,
          set: recognised.preset,
          columns: Object.fromEntries(recognised.columns),
          unused: recognised.unused,
          written,
          rows: draft?.rowsRead ?? (rest === null ? head.rows.length : null),
          events: diff?.rows ?? 0,
          counts,
          changes: [
            ...(diff?.examples ?? []).map(({ kind, id, differences }) => ({
              kind,
              shelf: 'rows',
              id,
              differences: differences.map(({ column, ...d }) => ({ path: column, ...d })),
            })),
            ...changes.map(({ kind, shelf, id }) => ({ kind, shelf, id, differences: [] })),
          ],
          faults: { errors: issues.errors, warnings: issues.warnings },
          issues: faults,
        },
        null,
        2,
      ),
    );
    return code;
  }
  for (const issue of faults) surface.err(tableIssueText(head, issue));
  const columns = [...recognised.columns].map(([role, column]) => (role === column ? role : `${role} = "${column}"`));
  const number = (n: number) => n.toLocaleString('en');
  if (draft)
    surface.out(
      [
        `${head.file}: ${number(draft.rowsRead)} ${head.unit}s, ${number(diff?.rows ?? draft.rowsKept)} events${recognised.preset ? `, in the columns of ${PRESETS[recognised.preset].label}` : ''}; days in ${zone}`,
        `  columns: ${columns.join(', ') || 'none'}`,
        ...(recognised.unused.length > 0 ? [`  not used: ${recognised.unused.join(', ')}`] : []),
        `  They are very many: a file of rows, ${ROWS}, and not events.json. data/README.md, “Very many events”, says what that means.`,
      ]
        .map(writtenOut)
        .join('\n'),
    );
  const marks = { added: '+', changed: '~', removed: '-' } as const;
  for (const { kind, id, title, differences } of diff?.examples ?? [])
    surface.out(
      writtenOut(
        `  ${marks[kind]} ${id} ${title}${differences
          .slice(0, 4)
          .map((d, i) => `${i === 0 ? ': ' : '; '}${d.column} ${apartText(d.before, d.after)}`)
          .join('')}`,
      ),
    );
  for (const kind of ['added', 'changed', 'removed'] as const) {
    const named = diff?.examples.filter((e) => e.kind === kind).length ?? 0;
    if (counts[kind] > named) surface.out(`  … and ${number(counts[kind] - named)} more ${kind}`);
  }
  for (const { shelf, id } of kept) surface.out(writtenOut(`  ! ${shelf} ${id}: changed by hand: kept as it is`));
  if (diff && diff.inEvents.length > 0)
    surface.out(
      flags.overwrite
        ? `  ${number(diff.inEvents.length)} events of events.json have become rows`
        : `  ! ${number(diff.inEvents.length)} rows have events of their ids in events.json: those are kept, the rows left out`,
    );
  if (issues.errors + issues.warnings > 0) surface.err(`${number(issues.errors)} errors, ${number(issues.warnings)} warnings`);
  if (!diff) surface.err('Nothing was written. --skip-errors leaves out the rows with errors.');
  else
    surface.out(
      `${number(counts.added)} added, ${number(counts.changed)} changed, ${number(counts.removed)} removed, ${number(counts.kept)} kept as changed by hand. ${written ? `Written to ${where}.` : 'Nothing was written.'}`,
    );
  return code;
}
