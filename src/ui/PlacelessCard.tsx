import { useEffect, useRef } from 'react';
import { EventAccount } from './EventAccount.tsx';
import { takeFocus } from './host.ts';
import { useDesk, useView } from './store.ts';

/** In an embed the list is folded: an event without a place, asked for by the article, needs a card too. It has no mark. */
export function PlacelessCard() {
  const { story, t, clearSelection } = useDesk();
  const id = useView((v) => (v.selection.kind === 'event' ? v.selection.id : null));
  const event = story.events.find((e) => e.id === id && e.place === null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (event) takeFocus(heading.current);
  }, [event]);
  if (!event) return null;
  return (
    <div className="area-card placeless-card">
      <section
        className="card"
        aria-labelledby="card-no-place"
        onKeyDown={(e) => {
          if (e.key === 'Escape') clearSelection();
        }}
      >
        <header className="card-head">
          <h2 className="card-title" id="card-no-place" ref={heading} tabIndex={-1}>
            {t.noPlace}
          </h2>
          <button type="button" className="icon-button card-close" aria-label={t.close} onClick={clearSelection}>
            <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
              <path d="M6 6l12 12M18 6L6 18" />
            </svg>
          </button>
        </header>
        <div className="card-body">
          <div className={`event layer-${event.layer}`}>
            <EventAccount event={event} heading={3} inList={false} />
          </div>
        </div>
      </section>
    </div>
  );
}
