import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef, useState } from 'react';
import type { Rows } from '../dense/EventOrder.ts';
import type { Many } from '../dense/Many.ts';
import { EventAccount } from './EventAccount.tsx';
import { useDetails } from './many.ts';
import { useDesk, useView } from './store.ts';

/** Height of a row before it has been seen, px. */
const ROW = 190;

interface Props {
  many: Many;
  /** Positions of the events, in the order in which they are to stand. */
  rows: Rows;
  /** Which of all events the first of them is, and how many there are in all. */
  from: number;
  all: number;
  heading: 3 | 4;
  /** Whether the place stands with each event. */
  inList: boolean;
}

/** Events of any number in a box that scrolls: those in sight are in the page, and their details are fetched. */
export const ManyRows = memo(function ManyRows({ many, rows, from, all, heading, inList }: Props) {
  const { t } = useDesk();
  const box = useRef<HTMLElement>(null);
  const selected = useView((v) => (v.selection.kind === 'event' ? v.selection.id : null));
  const list = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 3 });
  const items = list.getVirtualItems();
  const details = useDetails(
    many,
    items.map(({ index }) => rows.at(index) ?? 0),
  );
  const [active, setActive] = useState(0);
  // The row that Tab goes into; it may have been scrolled out of the page.
  const stop = items.some((i) => i.index === active) ? active : (items[0]?.index ?? 0);
  useEffect(function oneRowForTab() {
    for (const row of box.current?.querySelectorAll<HTMLElement>('[data-index]') ?? [])
      for (const control of row.querySelectorAll<HTMLElement>('a, button, summary')) control.tabIndex = Number(row.dataset.index) === stop ? 0 : -1;
  });
  /** The row that is to have the focus; it may come into the page only with the next frame. */
  const pending = useRef<number | null>(null);
  const focusPending = () => {
    const control = pending.current === null ? null : box.current?.querySelector<HTMLElement>(`[data-index="${pending.current}"] :is(a, summary)`);
    if (!control) return;
    pending.current = null;
    control.focus({ preventScroll: true });
  };
  useEffect(focusPending);
  const goTo = (index: number) => {
    if (index < 0 || index >= rows.length) return;
    pending.current = index;
    setActive(index);
    list.scrollToIndex(index, { align: 'auto' });
    focusPending();
  };
  const failed = !many.store.trouble && items.some(({ index }) => many.store.hasFailed(rows.at(index) ?? 0));
  const target = selected === null ? undefined : many.store.rowOf(selected);
  useEffect(
    function bringSelectedIntoSight() {
      const at = target === undefined ? -1 : rows.indexOf(target);
      if (at >= 0) list.scrollToIndex(at, { align: 'auto' });
    },
    [target, rows, list],
  );
  return (
    <>
      {failed && (
        <p className="notice" role="alert">
          {t.many.failed}{' '}
          <button type="button" className="button" onClick={() => void many.store.retry(items.map(({ index }) => rows.at(index) ?? 0))}>
            {t.tryAgain}
          </button>
        </p>
      )}
      <section
        className="many-rows"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys; arrows go from event to event
        tabIndex={0}
        aria-label={t.eventList}
        onFocus={(e) => {
          const row = e.target.closest<HTMLElement>('[data-index]');
          if (row) setActive(Number(row.dataset.index));
        }}
        onKeyDown={(e) => {
          const by = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
          if (by === 0) return;
          e.preventDefault();
          const from = pending.current ?? (e.target === e.currentTarget ? null : active);
          goTo(from === null ? stop : from + by);
        }}
      >
        <ol className="many-sheet" style={{ blockSize: list.getTotalSize() }}>
          {items.map(({ index, start, key }, i) => {
            const detail = details[i];
            const event = detail?.event;
            return (
              <li
                key={key}
                ref={list.measureElement}
                data-index={index}
                aria-posinset={from + index + 1}
                aria-setsize={all}
                className={`event${event ? ` layer-${event.layer}` : ' is-loading'}${event && event.id === selected ? ' is-selected' : ''}`}
                style={{ transform: `translateY(${start}px)` }}
              >
                {event ? <EventAccount event={event} heading={heading} inList={inList} place={detail.place} /> : <p className="hint">{t.many.loading}…</p>}
              </li>
            );
          })}
        </ol>
      </section>
    </>
  );
});
