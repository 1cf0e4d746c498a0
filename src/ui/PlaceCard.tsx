import { useEffect, useRef } from 'react';
import { placeWords } from '../core/describe.ts';
import type { PlaceShown } from '../core/view.ts';
import { CloseIcon } from './CloseIcon.tsx';
import { EventAccount } from './EventAccount.tsx';
import { Say } from './Say.tsx';
import { useDesk, useView } from './store.ts';
import { useCardFocus } from './useCardFocus.ts';

/** All that is on show at one place, in order of time. Its words are those of the list. */
export function PlaceCard({ shown, onClose }: { shown: PlaceShown; onClose: () => void }) {
  const { t } = useDesk();
  const { place, events } = shown;
  const heading = useCardFocus(`button[data-place="${place.id}"]`);
  const selected = useView((v) => (v.selection.kind === 'event' ? v.selection.id : null));
  const items = useRef(new Map<string, HTMLLIElement>());
  useEffect(() => {
    const item = selected === null ? undefined : items.current.get(selected);
    // An event that is not the first would stand out of sight in a card that scrolls.
    if (item && item !== items.current.get(events[0]?.id ?? '')) scrollWithin(item);
  }, [selected, events]);
  return (
    <section
      className="card"
      aria-labelledby={`card-${place.id}`}
      onKeyDown={(e) => {
        if (e.key === 'Escape') {
          e.stopPropagation();
          onClose();
        }
      }}
    >
      <header className="card-head">
        <h2 className="card-title" id={`card-${place.id}`} ref={heading} tabIndex={-1}>
          {placeWords(place, t)}
        </h2>
        <button type="button" className="icon-button card-close" aria-label={t.close} onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      <div className="card-body">
        <p className="card-precision">
          {place.kind === 'region' && place.at === null ? t.wholeRegion : t.precision[place.precision]}
          {place.coarseKm !== undefined && ` ${t.coarsened(t.number(place.coarseKm))}`}
          {place.note && (
            <>
              {' '}
              <Say words={place.note} />
            </>
          )}
        </p>
        <ol className="card-events">
          {events.map((event) => (
            <li
              key={event.id}
              className={`event layer-${event.layer}${selected === event.id ? ' is-selected' : ''}`}
              ref={(li) => {
                if (li) items.current.set(event.id, li);
                else items.current.delete(event.id);
              }}
            >
              <EventAccount event={event} heading={3} inList={false} />
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

/** Bring an item to the top of the box that scrolls it, without moving the page. */
function scrollWithin(item: HTMLElement): void {
  const box = item.closest('.card-body');
  if (box) box.scrollTop += item.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
}
