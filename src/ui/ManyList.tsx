import { useMemo, useState } from 'react';
import { total } from '../core/many.ts';
import { partOf } from '../dense/EventOrder.ts';
import { ManyRows } from './ManyRows.tsx';
import { useDetailsVersion, useMany } from './many.ts';
import { useCalmFilter, useDesk } from './store.ts';
import { TroubleWords } from './TroubleWords.tsx';

/** Rows in one box: browsers draw nothing that is higher than some thirty million px. */
const PAGE = 20_000;

/** The many events that are on show, in the story's order. */
export function ManyList() {
  const { t } = useDesk();
  const many = useMany();
  const filter = useCalmFilter();
  useDetailsVersion(many);
  const rows = useMemo(() => (many?.complete ? many.index.order(many.mask(filter), many.window(filter)) : null), [many, filter]);
  const [page, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil((rows?.length ?? 0) / PAGE));
  const at = Math.min(page, pages - 1);
  const shown = useMemo(() => rows && partOf(rows, at * PAGE, (at + 1) * PAGE), [rows, at]);
  if (!many) return null;
  const { trouble } = many.store;
  const turn = (by: number) => setPage(Math.max(0, Math.min(pages - 1, at + by)));
  return (
    <div className="many-list">
      {trouble && (
        <p className="notice">
          <TroubleWords trouble={trouble} />
        </p>
      )}
      {!shown && !trouble && total(many.layerCounts(filter)) > 0 && <p className="hint needs-script">{t.many.counted}</p>}
      {shown && shown.length > 0 && (
        <>
          {pages > 1 && (
            <p className="many-pages">
              <button type="button" className="button" aria-disabled={at === 0} onClick={() => turn(-1)}>
                {t.many.earlier}
              </button>
              <span role="status">{t.many.pageOf(at * PAGE + 1, at * PAGE + shown.length, rows?.length ?? 0)}</span>
              <button type="button" className="button" aria-disabled={at === pages - 1} onClick={() => turn(1)}>
                {t.many.later}
              </button>
            </p>
          )}
          <ManyRows key={at} many={many} rows={shown} from={at * PAGE} all={rows?.length ?? 0} heading={4} inList />
        </>
      )}
    </div>
  );
}
