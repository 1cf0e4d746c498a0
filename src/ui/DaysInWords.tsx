import type { ReactNode } from 'react';
import { memo, useRef, useState } from 'react';
import { plain } from '../core/text.ts';
import type { StateBand, Timeline } from '../core/timeline.ts';
import { useDesk } from './store.ts';

interface Props {
  layout: Timeline;
  bands: readonly StateBand[];
  /** Whether the network was down on any of the days. */
  limited: boolean;
}

/** All that the chart of the days shows, as text; and how it draws dates that are not certain. */
export function DaysInWords(now: Props) {
  const { story, t } = useDesk();
  const [open, setOpen] = useState(false);
  // Words of many days cost more than all else that a filter changes, and nobody reads them while they are folded.
  const shown = useRef(now);
  if (open || !story.dense) shown.current = now;
  return (
    <details className="days-in-words" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t.daysInWords}</summary>
      <Words {...shown.current} />
    </details>
  );
}

const Words = memo(function Words({ layout, bands, limited }: Props) {
  const { story, t } = useDesk();
  const word = (position: number) => story.days[position]?.words ?? '';
  return (
    <>
      <ul>
        {layout.bars.map(({ first, last, parts }) => (
          <li key={first}>
            {t.dayCounts(
              t.daySpan(word(first), word(last)),
              parts.reduce((n, p) => n + p.count, 0),
              parts.map((p) => t.partWords(plain(p.layer.label), p.count, p.dating === 'stated' ? null : t.dating[p.dating])),
            )}
          </li>
        ))}
      </ul>
      {layout.spans.length > 0 && (
        <>
          <p className="hint">{t.overSeveral}</p>
          <ul>
            {layout.spans.map(({ event, first, last }) => (
              <li key={event.id}>
                <a href={`#event=${event.id}`}>{t.spanWords(plain(event.title), word(first), word(last))}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {layout.undated.length > 0 && <p>{t.undatedWords(layout.undated.map((e) => plain(e.title)))}</p>}
      {bands.length > 0 && (
        <ul>
          {bands.flatMap(({ of, place, stretches }) => {
            const service = t.service(of);
            const where = place.kind === 'country' ? t.wholeCountry : plain(place.name);
            return stretches.map(
              ({ event, value, from }): ReactNode => (
                <li key={`${of} ${place.id} ${event?.id ?? from}`}>
                  {event ? (
                    <>
                      <a href={`#event=${event.id}`}>{t.stateWords(service, where, t.stateValue[value], event.when?.words ?? t.undated)}</a>
                      {event.claims[0] && t.semicolon + t.saidBy(event.claims[0].by)}
                    </>
                  ) : (
                    t.stateUnknown(service, where)
                  )}
                </li>
              ),
            );
          })}
        </ul>
      )}
      {limited && <p>{t.limited}</p>}
      <p className="hint">{t.howDrawn}</p>
      <ul className="how-drawn">
        {(['stated', 'inferred', 'about', 'span'] as const).map((kind) => (
          <li key={kind}>
            <svg className="swatch" viewBox="0 0 24 14" aria-hidden="true" focusable="false">
              {kind === 'span' ? (
                <g className="span dated-stated">
                  <line x1="2" x2="22" y1="7" y2="7" />
                  <line className="span-end" x1="2" x2="2" y1="3" y2="11" />
                  <line className="span-end" x1="22" x2="22" y1="3" y2="11" />
                </g>
              ) : (
                <rect className={`bar dated-${kind}`} x="4" y="1" width="16" height="12" rx="2" />
              )}
            </svg>
            {t.drawn[kind]}
          </li>
        ))}
      </ul>
    </>
  );
});
