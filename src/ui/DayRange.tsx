import { useEffect, useMemo, useRef } from 'react';
import type { Day } from '../core/story.ts';
import { countShown } from '../core/view.ts';
import { useCalmFilter, useDesk, useView } from './store.ts';

interface Props {
  days: readonly Day[];
  /** Positions of the first and last chosen day. */
  chosen: { readonly first: number; readonly last: number };
  onChoose: (first: number, last: number) => void;
}

/** Two native sliders on one track, one for each end: arrow keys, Home, End, Page Up and Page Down as every slider has them. */
export function DayRange({ days, chosen, onChoose }: Props) {
  const { story, t } = useDesk();
  const now = useView((v) => v.days);
  const filter = useCalmFilter();
  const shown = useMemo(() => countShown(story, { ...filter, days: now }), [story, filter, now]);
  const box = useRef<HTMLDivElement>(null);
  useEffect(
    function alignWithBars() {
      // Half a column at either end: the policy of the page allows no style in its HTML, but does allow this.
      box.current?.style.setProperty('--columns', String(days.length));
    },
    [days],
  );
  const words = t.rangeValue(t.daySpan(days[chosen.first]?.words ?? '', days[chosen.last]?.words ?? ''), shown);
  const end = (which: 'first' | 'last') => (
    <input
      type="range"
      className={`day-${which}`}
      min={0}
      max={days.length - 1}
      step={1}
      value={chosen[which]}
      aria-label={which === 'first' ? t.firstDay : t.lastDay}
      aria-valuetext={words}
      onChange={(e) => {
        const at = Number(e.currentTarget.value);
        if (which === 'first') onChoose(Math.min(at, chosen.last), chosen.last);
        else onChoose(chosen.first, Math.max(at, chosen.first));
      }}
    />
  );
  return (
    <div className={`day-range${chosen.first > days.length / 2 ? ' first-on-top' : ''}`} ref={box}>
      <svg className="day-track" width="100%" height="4" aria-hidden="true" focusable="false">
        <rect className="day-track-all" width="100%" height="4" rx="2" />
        <rect
          className="day-track-chosen"
          x={`${(chosen.first / (days.length - 1)) * 100}%`}
          width={`${((chosen.last - chosen.first) / (days.length - 1)) * 100}%`}
          height="4"
        />
      </svg>
      {end('first')}
      {end('last')}
    </div>
  );
}
