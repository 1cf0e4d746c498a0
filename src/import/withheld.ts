/** What a row keeps back of itself: an event that is still being written, or a point that may not be published as it is. */
import { coarse, round } from '../core/geo.ts';
import { show } from '../core/issue.ts';
import type { SourceEvent } from '../core/source.ts';
import type { Columns } from './columns.ts';
import { fold } from './fold.ts';
import type { RowPlace, RowReport } from './places.ts';
import type { Row } from './table.ts';

/** How far off a point may be published, km, as the schema of the story's files has it. */
const [LEAST_KM, MOST_KM] = [1, 500];

const words = (text: string) => new Set(text.split(' ').map(fold));
const NO = words('no n false 0 none нет жоқ 아니요 아니오 لا non nein');
const YES = words('yes y true 1 x draft да иә 예 네 نعم oui sí si ja');

export type Withheld = Pick<SourceEvent, 'draft' | 'publishPrecision'>;

/**
 * Read the columns `draft` and `publishPrecision`. Whatever else stands in a cell of `draft`, the event is one: it comes out
 * when an editor says so, not when a word is unknown. A row whose point is kept back needs an id of its own: one made of what
 * the row says would be made of that point, and whoever tries all points near it would find it.
 * @returns null for a row that cannot be kept back as it asks, and that has been told
 */
export function withheldOf(row: Row, columns: Columns, report: RowReport): Withheld | null {
  const [draftColumn, kmColumn] = [columns.get('draft'), columns.get('publishPrecision')];
  const draft = row.cells.get(draftColumn ?? '') ?? '';
  const isDraft = draft !== '' && !NO.has(fold(draft));
  if (isDraft && !YES.has(fold(draft))) report('warning', draftColumn ?? null, 'yes or no', show(draft), 'It is taken for a draft. Write yes or no.');
  const draftOnly: Withheld = isDraft ? { draft: true } : {};
  const cell = row.cells.get(kmColumn ?? '')?.trim() ?? '';
  if (cell === '') return draftOnly;
  const km = Number((/^(\d+(?:[.,]\d+)?)\s*(?:km|км|كم)?$/iu.exec(cell)?.[1] ?? 'none').replace(',', '.'));
  if (!(km >= LEAST_KM && km <= MOST_KM)) {
    report('error', kmColumn ?? null, `kilometres, ${LEAST_KM} to ${MOST_KM}`, show(cell), 'Correct it, or empty the cell.');
    return null;
  }
  if ((row.cells.get(columns.get('id') ?? '') ?? '') === '') {
    report(
      'error',
      kmColumn ?? null,
      'an id in a row whose point is kept back',
      'none',
      'Give it one in a column "id": an id made of the point would give it away.',
    );
    return null;
  }
  return { ...draftOnly, publishPrecision: km };
}

/** A place as it may be written down: not even the story's own files get a point that is kept back. */
export function publicPlace(place: RowPlace, { publishPrecision: km }: Withheld): RowPlace {
  if (km === undefined || place.kind !== 'new' || !place.at) return place;
  const [lng, lat] = coarse(place.at, km);
  return { ...place, at: [round(lng, 4), round(lat, 4)] };
}
