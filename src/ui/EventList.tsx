import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { daySpanWords } from '../core/claim-words.ts';
import type { DenseFiles } from '../core/many.ts';
import type { StoryEvent } from '../core/story.ts';
import { countOffered, countShown, visibleEvents } from '../core/view.ts';
import { WithdrawnNotice } from './Changes.tsx';
import { EventAccount } from './EventAccount.tsx';
import { bringIntoView } from './host.ts';
import { StatusFilter } from './StatusFilter.tsx';
import { useCalmFilter, useDesk, useHovered, useView } from './store.ts';

/** A chunk of its own: few stories need it. */
const LaterManyList = lazy(() => import('./ManyList.tsx').then((m) => ({ default: m.ManyList })));

/** Every event on show, in order of time, whole: this is the account that needs no map, no pointer and no script. */
export function EventList() {
  const { story, t, clearFilters, playing } = useDesk();
  const filter = useCalmFilter();
  const events = useMemo(() => visibleEvents(story, filter), [story, filter]);
  const shown = useMemo(() => countShown(story, filter), [story, filter]);
  const offered = useMemo(() => countOffered(story, filter), [story, filter]);
  const silent = useStore(playing);
  return (
    <section className="events" id="events" aria-labelledby="events-heading" tabIndex={-1}>
      <h2 id="events-heading">{t.eventList}</h2>
      <StatusFilter />
      <p className="events-count" role="status" aria-live={silent ? 'off' : 'polite'}>
        {t.shownOf(shown, offered)}
        {filter.days && t.comma + t.shownInDays(daySpanWords(story, filter.days, t))}
      </p>
      <WithdrawnNotice />
      {shown === 0 && (
        <p className="empty">
          {t.noEvents}{' '}
          <button type="button" className="button" onClick={clearFilters}>
            {t.clearFilters}
          </button>
        </p>
      )}
      {byDate(events, t.undated).map(([date, group]) => (
        <section key={date} className="day">
          <h3 className="day-heading">{date}</h3>
          <ol className="day-events">
            {group.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </ol>
        </section>
      ))}
      {story.dense && <Many files={story.dense} />}
      <p className="to-map">
        <a href="#map">{t.backToMap}</a>
      </p>
    </section>
  );
}

/** Events too many for the page: a file of them, and for those who have scripts a list. */
function Many({ files }: { files: DenseFiles }) {
  const { t, home } = useDesk();
  const [here, setHere] = useState(false);
  // The HTML holds no list, and what takes it over must be as it is.
  useEffect(() => setHere(true), []);
  const nowhere = files.events - files.placed;
  if (files.download === null)
    return (
      <>
        <p className="hint">{t.many.onlyCounted}</p>
        <noscript>
          <p className="notice">{t.many.countsNeedScript}</p>
        </noscript>
      </>
    );
  return (
    <>
      <p className="hint">
        <a href={`${home}${files.download}`} download>
          {t.many.file(files.events)}
        </a>
        {nowhere > 0 && ` ${t.many.nowhere(nowhere)}`}
      </p>
      <noscript>
        <p className="notice">{t.many.needsScript}</p>
      </noscript>
      {here && (
        <Suspense fallback={null}>
          <LaterManyList />
        </Suspense>
      )}
    </>
  );
}

/** Events that share their date words, in the order of the list; undated ones last, as they come. */
function byDate(events: readonly StoryEvent[], undated: string): [string, StoryEvent[]][] {
  const groups = new Map<string, StoryEvent[]>();
  for (const event of events) {
    const date = event.when?.words ?? undated;
    groups.set(date, [...(groups.get(date) ?? []), event]);
  }
  return [...groups];
}

/** A row's id is what the links to its event say, so that they lead here without any script too. */
function EventRow({ event }: { event: StoryEvent }) {
  const { hoverPlace } = useDesk();
  const selected = useView((v) => v.selection.kind === 'event' && v.selection.id === event.id);
  const hovered = useHovered(event.place);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // Where the page itself scrolls, going to the row would take the reader away from the map and its card.
    const panel = row.current?.closest('.panel');
    if (selected && panel && panel.scrollHeight > panel.clientHeight) bringIntoView(row.current, 'nearest');
  }, [selected]);
  return (
    <li
      ref={row}
      id={`event=${event.id}`}
      className={`event layer-${event.layer}${selected ? ' is-selected' : ''}${hovered ? ' is-hovered' : ''}`}
      onPointerEnter={() => {
        hoverPlace(event.place);
      }}
      onPointerLeave={() => {
        hoverPlace(null);
      }}
      onFocus={() => {
        hoverPlace(event.place);
      }}
      onBlur={() => {
        hoverPlace(null);
      }}
    >
      <EventAccount event={event} heading={4} inList />
    </li>
  );
}
