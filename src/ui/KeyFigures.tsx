import { useMemo } from 'react';
import { scopeWords } from '../core/claim-words.ts';
import { visibleEvents } from '../core/view.ts';
import { Say } from './Say.tsx';
import { StatusWord } from './StatusWord.tsx';
import { useCalmFilter, useDesk } from './store.ts';

/** The story's chief numbers. Each stands with what it counts, where, its status and its speaker, or not at all. */
export function KeyFigures() {
  const { story, t, selectEvent } = useDesk();
  const filter = useCalmFilter();
  const visible = useMemo(() => new Set(visibleEvents(story, filter).map((e) => e.id)), [story, filter]);
  if (story.keyFigures.length === 0) return null;
  const entries = story.keyFigures.flatMap(({ event, claim: id }) => {
    if (!visible.has(event)) return [];
    const found = story.events.find((e) => e.id === event)?.claims.find((c) => c.id === id);
    const figure = found?.figures[0];
    return found && figure ? [{ event, claim: found, figure }] : [];
  });
  return (
    <section className="key-figures" aria-labelledby="key-figures-heading">
      <h2 id="key-figures-heading">{t.keyFigures}</h2>
      {entries.length === 0 && <p className="empty">{t.noFigures}</p>}
      <ul>
        {entries.map(({ event, claim, figure }) => (
          <li key={claim.id} className={`key-figure status-${claim.status}`}>
            <p className="figure">
              <a
                href={`#event=${event}`}
                onClick={(e) => {
                  e.preventDefault();
                  selectEvent(event);
                }}
              >
                <span className="figure-number">{t.amount(figure.number, figure.exactness)}</span>{' '}
                <span className="figure-label">
                  <Say words={figure.label} />
                  {scopeWords(story, figure, t) ? t.comma + scopeWords(story, figure, t) : ''}
                </span>
              </a>
            </p>
            <StatusWord status={claim.status} />
            <p className="key-figure-by">
              {t.saidBy(claim.by)}
              {claim.when ? t.semicolon + claim.when.words : ''}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
