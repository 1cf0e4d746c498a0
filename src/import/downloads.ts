/** Rows of this project's own downloads that have their event whole in the column `record`. */
import type { EventRecord } from '../core/record.ts';
import type { SourceEvent, SourceLayer, SourceMedia, SourceMeta, SourcePlace, SourcePublication, SourceSpeaker } from '../core/source.ts';
import { plainText } from './claim.ts';
import type { ImportOptions } from './options.ts';
import type { PlaceFeature, RowReport } from './places.ts';
import { outlineOf } from './places.ts';
import { RECORD_COLUMN, readRecordCell } from './record.ts';
import type { Row, TableIssue } from './table.ts';
import { cellNamed, fileFault } from './table.ts';

/** The record of each row that has one; null where it is at fault and that has been told. */
export function recordsOf(rows: readonly Row[], options: ImportOptions, reportOf: (row: Row) => RowReport): ReadonlyMap<Row, EventRecord | null> {
  return new Map(
    rows.flatMap((row): [Row, EventRecord | null][] => {
      const cell = (name: string) => cellNamed(row, name) ?? '';
      const text = cell(RECORD_COLUMN);
      if (text === '') return [];
      const report = reportOf(row);
      const read = readRecordCell(text, options.language);
      if (!read.ok) {
        report(
          'error',
          RECORD_COLUMN,
          'an event as a download has it',
          `a fault at ${read.at}`,
          'Download the file again, or empty the cell: the other columns are read then.',
        );
        return [[row, null]];
      }
      const changed = changedBeside(read.record, row, cell, options.language);
      if (changed === null) return [[row, read.record]];
      report(
        'error',
        changed,
        'what the row’s record says',
        JSON.stringify(cell(changed)),
        'A change by hand? Empty the cell record of this row, and its other columns are read. Otherwise download the file again.',
      );
      return [[row, null]];
    }),
  );
}

/** The column that says something else than the record does: an edit that must not be lost in silence; null for none. */
function changedBeside({ event, places }: EventRecord, row: Row, cell: (name: string) => string, language: string): string | null {
  const place = places.find((p) => p.id === event.place);
  const says = event.claims.length === 1 ? (event.claims[0]?.says[language] ?? '') : null;
  const [lng, lat] = row.at ?? [cell('lng'), cell('lat')].map((n) => (n === '' ? null : Number(n)));
  const moved = [lng ?? null, lat ?? null].some((n, i) => {
    const own = place?.at?.[i] ?? null;
    // A story beyond the antimeridian is written within -180..180.
    return (n === null) !== (own === null) || (n !== null && own !== null && Math.abs(((n - own + 540) % 360) - 180) > 1e-5);
  });
  const same = (a: string, b: string) => bare(a) === bare(b);
  if (cell('id') !== event.id) return 'id';
  if (!same(cell('title'), event.title[language] ?? '')) return 'title';
  if (cell('layer') !== event.layer) return 'layer';
  if (cell('status') !== (event.claims[0]?.status ?? '')) return 'status';
  if (cell('placeid') !== (event.place ?? '')) return 'placeid';
  if (moved) return row.at === undefined ? 'lat' : 'geometry';
  if (says !== null && !bare(cell('text')).startsWith(bare(says))) return 'text';
  return null;
}

/** Text without the mark against formulas and what plain text leaves out. */
const bare = (text: string): string => plainText(text).replace(/^'(?=[=+\-@＝＋－＠])/, '');

/** What a table gives a story. */
export interface StoryParts {
  readonly events: readonly SourceEvent[];
  readonly layers: readonly SourceLayer[];
  readonly places: readonly PlaceFeature[];
  /** Paragraphs of the article that a download names; that of the table's own rows is not among them. */
  readonly paragraphs: SourceMeta['paragraphs'];
  readonly speakers: ReadonlyMap<string, SourceSpeaker>;
  readonly sources: ReadonlyMap<string, SourcePublication>;
}

/** What the records bring beside their events. Names of events and claims that are nowhere are left out, and told. */
export function recordParts(events: readonly SourceEvent[], records: readonly EventRecord[], options: ImportOptions, issues: TableIssue[]): StoryParts {
  const ids = new Set([...options.ids, ...events.flatMap((e) => [e.id, ...e.claims.map((c) => c.id)])]);
  const lost = new Set<string>();
  const known = (id: string) => {
    if (!ids.has(id)) lost.add(id);
    return ids.has(id);
  };
  const absent = new Set<string>();
  const here = (media: SourceMedia) => {
    const files = media.kind === 'post' ? [] : [media.file, ...(media.kind === 'image' ? [] : Object.values(media.captions ?? {}))];
    const missing = files.filter((file) => !options.hasMedia(file));
    for (const file of missing) absent.add(file);
    return missing.length === 0;
  };
  const sound = events.map(
    ({ media, ...e }): SourceEvent => ({
      ...e,
      ...(media ? { media: media.filter(here) } : {}),
      related: e.related.filter(known),
      claims: e.claims.map((c) => ({ ...c, relations: c.relations.filter((r) => known(r.claim)) })),
    }),
  );
  if (lost.size > 0)
    issues.push({
      ...fileFault(
        'events and claims of this table or of the story',
        [...lost].join(', '),
        'What names them is left out; import their file too, such as context.csv, and then this one again.',
      ),
      severity: 'warning',
    });
  if (absent.size > 0)
    issues.push({
      ...fileFault(
        'files of media in the story’s folder',
        `none at ${[...absent].join(', ')}`,
        'What they belong to is left out: a download names files and has none. Put them there, and import again.',
      ),
      severity: 'warning',
    });
  const byId = <T extends { readonly id: string }>(items: readonly T[]): T[] => [...new Map(items.map((x) => [x.id, x])).values()];
  return {
    events: sound,
    layers: byId(records.flatMap((r) => r.layer ?? [])),
    places: byId(records.flatMap((r) => r.places)).map((p) => featureOf(p, options)),
    paragraphs: byId(records.flatMap((r) => r.paragraphs)),
    speakers: new Map(records.flatMap((r) => Object.entries(r.speakers))),
    sources: new Map(records.flatMap((r) => Object.entries(r.sources))),
  };
}

function featureOf({ id, at, outline, ...rest }: SourcePlace, options: ImportOptions): PlaceFeature {
  return {
    type: 'Feature',
    id,
    geometry: at && { type: 'Point', coordinates: at },
    properties: { ...rest, outline: outline !== null && options.hasShape(outline) ? outline : outlineOf(rest.kind, rest.country, options) },
  };
}
