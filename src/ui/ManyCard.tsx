import { useMemo } from 'react';
import { placeWords } from '../core/describe.ts';
import { plain } from '../core/text.ts';
import type { Many, Target } from '../dense/Many.ts';
import { ManyRows } from './ManyRows.tsx';
import { CloseIcon } from './PlaceCard.tsx';
import { useCalmFilter, useDesk } from './store.ts';
import { useCardFocus } from './useCardFocus.ts';

interface Props {
  many: Many;
  target: Target;
  onClose: () => void;
  /** Goes nearer to the places; null where they cannot be told apart. */
  onZoom: (() => void) | null;
}

/** The events on show of one place, or of all places of a part of the map. Their words are those of the list. */
export function ManyCard({ many, target, onClose, onZoom }: Props) {
  const { story, t } = useDesk();
  const filter = useCalmFilter();
  const heading = useCardFocus('.dense-focus');
  const { from, to } = target;
  const rows = useMemo(() => many.index.rowsAt(from, to, many.mask(filter), many.window(filter)), [many, from, to, filter]);
  const counts = story.layers.flatMap((layer, l) => {
    let n = 0;
    for (const row of rows) if (many.index.columns.kinds[many.index.columns.kind[row] ?? 0]?.layer === l) n++;
    return n > 0 ? [t.layerOf(plain(layer.label), n)] : [];
  });
  const place = to - from === 1 ? many.store.place(from) : null;
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
          {place ? placeWords(place, t) : t.placesWords(to - from)}
        </h2>
        <button type="button" className="icon-button card-close" aria-label={t.close} onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      <p className="many-counts">
        {t.list(counts)}
        {onZoom && (
          <button type="button" className="button" onClick={onZoom}>
            {t.many.zoomHere}
          </button>
        )}
      </p>
      {place && <p className="card-precision">{t.precision[place.precision]}</p>}
      <ManyRows many={many} rows={rows} from={0} all={rows.length} heading={3} inList={to - from > 1} />
    </section>
  );
}
