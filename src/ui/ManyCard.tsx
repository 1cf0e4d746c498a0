import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { placeWords } from '../core/describe.ts';
import { unproject } from '../core/geo.ts';
import { cellKm } from '../core/many.ts';
import { plain } from '../core/text.ts';
import { SHEET_UNITS } from '../dense/columns.ts';
import type { CountedPart, Many, Target } from '../dense/Many.ts';
import { CloseIcon } from './CloseIcon.tsx';
import { ManyRows } from './ManyRows.tsx';
import { useCalmFilter, useDesk } from './store.ts';
import { useCardFocus } from './useCardFocus.ts';

interface Props {
  onClose: () => void;
  /** Goes nearer to the places; null where they cannot be told apart. */
  onZoom: (() => void) | null;
}

/** The events on show of one place, or of all places of a part of the map. Their words are those of the list. */
export function ManyCard({ many, target: { from, to }, ...rest }: Props & { many: Many; target: Target }) {
  const { story, t } = useDesk();
  const filter = useCalmFilter();
  const rows = useMemo(() => many.index.rowsAt(from, to, many.mask(filter), many.window(filter)), [many, from, to, filter]);
  const { kinds, kind } = many.index.columns;
  const layers = story.layers.map((_, l) => rows.reduce((n, row) => n + Number(kinds[kind[row] ?? 0]?.layer === l), 0));
  const place = to - from === 1 ? many.store.place(from) : null;
  return (
    <Card title={place ? placeWords(place, t) : t.placesWords(to - from)} layers={layers} {...rest}>
      {place && <p className="card-precision">{t.precision[place.precision]}</p>}
      <ManyRows many={many} rows={rows} from={0} all={rows.length} heading={3} inList={to - from > 1} />
    </Card>
  );
}

/** The counts of a part of the map, where nobody can look at an event of it. */
export function CountedCard({ part, ...rest }: Props & { part: CountedPart }) {
  const { story, t } = useDesk();
  const { days } = useCalmFilter();
  const { all = 0, daily = 0 } = story.dense?.cells ?? {};
  // Nearer than the counts are fine, a mark is still one of their cells.
  const zoom = Math.min(part.zoom, days === null ? all : daily);
  const [, lat] = unproject({ x: part.x / SHEET_UNITS, y: part.y / SHEET_UNITS });
  return (
    <Card title={t.mapPart} layers={part.layers} {...rest}>
      <p className="card-precision">{t.many.square(cellKm(zoom, lat))}</p>
      <p className="card-precision">{t.many.onlyCounted}</p>
    </Card>
  );
}

/** @param layers events on show, by position of the layer */
function Card({ title, layers, onClose, onZoom, children }: Props & { title: string; layers: readonly number[]; children: ReactNode }) {
  const { story, t } = useDesk();
  const heading = useCardFocus('.dense-focus');
  return (
    <section
      className="card many-card"
      aria-labelledby="many-card"
      onKeyDown={(e) => {
        if (e.key === 'Escape') {
          e.stopPropagation();
          onClose();
        }
      }}
    >
      <header className="card-head">
        <h2 className="card-title" id="many-card" ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="icon-button card-close" aria-label={t.close} onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      <p className="many-counts">
        {t.list(
          story.layers.flatMap((layer, l) => {
            const n = layers[l] ?? 0;
            return n > 0 ? [t.layerOf(plain(layer.label), n)] : [];
          }),
        )}
        {onZoom && (
          <button type="button" className="button" onClick={onZoom}>
            {t.many.zoomHere}
          </button>
        )}
      </p>
      {children}
    </section>
  );
}
