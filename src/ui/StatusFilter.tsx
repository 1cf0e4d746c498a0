import { useMemo } from 'react';
import { STATUSES } from '../core/source.ts';
import { eventsOffered } from '../core/view.ts';
import { StatusMark } from './Marks.tsx';
import { onApproach, useDesk, useView } from './store.ts';

/** The kinds of claim that a story has, each with its mark, its word and what it means: read here, and chosen here. */
export function StatusFilter() {
  const { story, t, toggleStatus, expect } = useDesk();
  const hidden = useView((v) => v.hiddenStatuses);
  const showContext = useView((v) => v.showContext);
  const used = useMemo(() => {
    const claims = eventsOffered(story, { showContext }).flatMap((e) => e.claims);
    return STATUSES.map((status) => ({
      status,
      count: claims.filter((c) => c.status === status).length + (story.many?.statusCount(status, { showContext }) ?? 0),
    })).filter((s) => s.count > 0);
  }, [story, showContext]);
  return (
    <details className="status-filter">
      <summary>{t.statusFilter}</summary>
      <fieldset>
        <legend className="hint">{t.statusFilterHint}</legend>
        {used.map(({ status, count }) => (
          <div key={status} className={`status-option status-${status}`}>
            <label {...onApproach(() => expect.toggleStatus(status))}>
              <input
                type="checkbox"
                checked={!hidden.has(status)}
                onChange={() => {
                  toggleStatus(status);
                }}
              />
              <StatusMark status={status} /> {t.status[status].word} <span className="layer-count">{t.claims(count)}</span>
            </label>
            <p className="hint">{t.status[status].means}</p>
          </div>
        ))}
      </fieldset>
    </details>
  );
}
