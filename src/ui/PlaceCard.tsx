import { useEffect, useRef } from 'react';
import { placeWords } from '../core/describe.ts';
import type { PlaceShown } from '../core/view.ts';
import { EventAccount } from './EventAccount.tsx';
import { takeFocus } from './host.ts';
import { Say } from './Say.tsx';
import { useDesk, useView } from './store.ts';

/** All that is on show at one place, in order of time. Its words are those of the list. */
export function PlaceCard({ shown, onClose }: { shown: PlaceShown; onClose: () => void }) {
  const { t } = useDesk();
  const { place, events } = shown;
  const heading = useRef<HTMLHeadingElement>(null);
  const selected = useView((v) => (v.selection.kind === 'event' ? v.selection.id : null));
  const items = useRef(new Map<string, HTMLLIElement>());
  useEffect(
    function takeFocusAndGiveItBack() {
      const opener = document.activeElement;
      const card = heading.current?.closest('.card');
      takeFocus(heading.current);
      return () => {
        // The reader may have gone on elsewhere; focus that would be lost with the card returns to what opened it.
        if (!card?.contains(document.activeElement) && document.activeElement !== document.body) return;
        const back =
          opener instanceof HTMLElement && opener.isConnected && opener !== document.body
            ? opener
            : document.querySelector<HTMLElement>(`button[data-place="${place.id}"]`);
        back?.focus({ preventScroll: true });
      };
    },
    [place.id],
  );
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

export function CloseIcon() {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M6 6l12 12M18 6L6 18" />
    </svg>
  );
}
