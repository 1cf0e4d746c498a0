/** The picture of a row: a file of the story's own, or a link to what lies elsewhere. Nothing is fetched. */
import { show } from '../core/issue.ts';
import type { SourceMedia, SourcePublication } from '../core/source.ts';
import { hostOf, plainText, publicationId } from './claim.ts';
import type { Columns, Role } from './columns.ts';
import { readDate } from './dates.ts';
import type { ImportOptions } from './options.ts';
import type { RowReport } from './places.ts';
import type { Row } from './table.ts';

export interface RowMedia {
  readonly media: readonly SourceMedia[];
  /** What the row cites by it. */
  readonly sources: ReadonlyMap<string, SourcePublication>;
}

const NONE: RowMedia = { media: [], sources: new Map() };
/** As the schema of the story's files has them. */
const PICTURE = /^(?:media\/)?([\w-][\w.-]*\.(?:jpe?g|png|webp))$/i;

/** Read a row's picture; null where one of its cells is at fault, and that has been told. */
export function mediaOf(row: Row, columns: Columns, options: ImportOptions, zone: string, report: RowReport): RowMedia | null {
  const cell = (role: Role) => plainText(row.cells.get(columns.get(role) ?? '') ?? '');
  const column = columns.get('image') ?? null;
  const image = cell('image');
  if (image === '') return NONE;
  if (/^https?:\/\//i.test(image)) return linkTo(image, cell, columns, options, zone, report);
  const name = PICTURE.exec(image)?.[1];
  if (name === undefined) {
    report(
      'error',
      column,
      'the name of a JPEG, PNG or WebP file, or an address',
      show(image),
      'Give the file a name of letters, digits, - and _. Sound and video need a transcript: write them into events.json by hand.',
    );
    return null;
  }
  const file = `media/${name}`;
  if (!options.hasMedia(file)) {
    report('error', column, `a file ${file} in the story’s folder`, 'none', 'Put it there before the import, or empty the cell.');
    return null;
  }
  let sound = true;
  const words = (role: 'alt' | 'credit' | 'licence', expected: string) => {
    const text = cell(role);
    if (text === '') {
      report('error', columns.get(role) ?? column, expected, 'nothing', `Fill in a column "${role}" beside the picture’s, or empty the picture’s cell.`);
      sound = false;
    }
    return { [options.language]: text };
  };
  const media: SourceMedia = {
    kind: 'image',
    file,
    alt: words('alt', 'what is to be seen in the picture, for those who do not see it'),
    credit: words('credit', 'who made the picture'),
    licence: words('licence', 'on what terms the picture may be shown'),
  };
  return sound ? { media: [media], sources: new Map() } : null;
}

/** An address is cited as a source; with its day and an archived copy it stands beside the event as a post does. */
function linkTo(url: string, cell: (role: Role) => string, columns: Columns, options: ImportOptions, zone: string, report: RowReport): RowMedia | null {
  const column = columns.get('image') ?? null;
  const archived = cell('archived');
  for (const [role, address] of [
    ['image', url],
    ['archived', archived],
  ] as const)
    if (address !== '' && !/^https?:\/\/[^\s@]+$/i.test(address)) {
      report('error', columns.get(role) ?? null, 'an http or https address', show(address), 'Correct it, or empty the cell.');
      return null;
    }
  const dated = cell('published');
  const day = dated === '' ? null : readDate(dated, options.dates, zone);
  const published = day?.ok ? day.edtf : null;
  const publisher = hostOf(url);
  const id = publicationId(publisher, url);
  const alt = cell('alt');
  const publication: SourcePublication = {
    publisher,
    title: alt.slice(0, 1000) || publisher,
    url,
    archivedUrl: archived || null,
    published,
    accessed: null,
    kind: 'newspaper',
    language: options.language,
  };
  const missing = [...(published === null ? ['published'] : []), ...(archived === '' ? ['archived'] : []), ...(alt === '' ? ['alt'] : [])];
  if (missing.length > 0)
    report(
      'warning',
      column,
      'a link with the day of its publication, an archived copy and words for what it shows',
      `none in ${missing.join(', ')}`,
      'It is cited as a source, and not shown beside the event. Nothing is fetched from there.',
    );
  return {
    media: missing.length > 0 ? [] : [{ kind: 'post', source: id, alt: { [options.language]: alt } }],
    sources: new Map([[id, publication]]),
  };
}
