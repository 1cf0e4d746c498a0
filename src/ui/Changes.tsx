import { useEffect, useRef } from 'react';
import type { Change } from '../core/story.ts';
import { plain } from '../core/text.ts';
import { bringIntoView } from './host.ts';
import { Say } from './Say.tsx';
import { useDesk, useView } from './store.ts';

/** One change: when, from what to what, why. */
export function ChangeLine({ change }: { change: Change }) {
  const { t } = useDesk();
  const { date, from, to, note } = change;
  return (
    <li>
      {t.changed(date)}
      {from && to && ` ${t.changedFromTo(plain(from), plain(to))}`}: <Say words={note} />
    </li>
  );
}

/** What was changed in one event since it was first published. */
export function EventChanges({ event, updated }: { event: string; updated: string | null }) {
  const { story, t } = useDesk();
  const changes = story.changes.filter((c) => c.event === event);
  if (changes.length === 0) return updated === null ? null : <p className="hint">{t.eventUpdated(updated)}</p>;
  return (
    <details className="changes">
      <summary>{t.eventChanges(changes.length)}</summary>
      <ul>
        {changes.map((c) => (
          <ChangeLine key={`${c.date} ${plain(c.note)}`} change={c} />
        ))}
      </ul>
    </details>
  );
}

/** Said to a reader whose link asks for an event that was taken back. */
export function WithdrawnNotice() {
  const { story, t } = useDesk();
  const id = useView((v) => (v.selection.kind === 'withdrawn' ? v.selection.id : null));
  const notice = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (id !== null) bringIntoView(notice.current, 'nearest');
  }, [id]);
  const found = story.withdrawn.find((w) => w.id === id);
  if (!found) return null;
  return (
    <p className="notice" role="status" ref={notice}>
      <strong>
        <Say words={found.title} />
      </strong>
      : {t.withdrawnEvent(found.date)} <Say words={found.why} />
    </p>
  );
}
