import { useMemo, useRef } from 'react';
import { daySpanWords } from '../core/claim-words.ts';
import type { Timeline as Layout, StateBand } from '../core/timeline.ts';
import { limitedReporting, stateBands, timelineOf } from '../core/timeline.ts';
import { DayPlayer } from './DayPlayer.tsx';
import { DayRange } from './DayRange.tsx';
import { DaysInWords } from './DaysInWords.tsx';
import { useCalmFilter, useDesk, useView } from './store.ts';
import { TimelineChart } from './TimelineChart.tsx';

/** The days of the story under the map: what is known of each, which of them are chosen, and how the network stood. */
export function Timeline() {
  const { story, t, setDays, expect } = useDesk();
  const now = useView((v) => v.days);
  const { hiddenLayers, hiddenStatuses, showContext } = useCalmFilter();
  // Which days are chosen changes neither: it is only drawn over them.
  const layout: Layout = useMemo(
    () => timelineOf(story, { hiddenLayers, hiddenStatuses, showContext, days: null }),
    [story, hiddenLayers, hiddenStatuses, showContext],
  );
  const bands: readonly StateBand[] = useMemo(() => stateBands(story, { showContext }), [story, showContext]);
  const limited = useMemo(() => limitedReporting(bands), [bands]);
  const { days } = story;
  const first = Math.max(
    0,
    days.findIndex((d) => now !== null && d.id >= now.first),
  );
  const last = now === null ? days.length - 1 : days.findLastIndex((d) => d.id <= now.last);
  const chosen = { first, last: Math.max(first, last) };
  const choose = (a: number, b: number, act = setDays) => {
    const [from, to] = [days[Math.min(a, b)], days[Math.max(a, b)]];
    if (from && to) act({ first: from.id, last: to.id });
  };
  const drag = useRef<number | null>(null);
  if (days.length < 2) return null;
  const single = days.filter((d) => d.bin === 'day');
  const isWhole = !showContext || story.contextEvents === 0;
  const words = now === null ? t.allDays : daySpanWords(story, now, t);
  return (
    <section className="timeline" aria-labelledby="timeline-heading">
      <div className="timeline-head">
        <h2 id="timeline-heading">
          {words}
          <span className="timeline-zone">
            {t.timelineOf(isWhole ? story.span : t.daySpan(single[0]?.words ?? '', single.at(-1)?.words ?? ''), story.timeZone)}
            {layout.unit !== 'day' && t.semicolon + t.barUnit[layout.unit]}
          </span>
        </h2>
        {layout.undatedCount > 0 && <span className="timeline-undated">{t.undatedCount(layout.undatedCount)}</span>}
        <DayPlayer
          chosen={now === null ? null : chosen}
          count={days.length}
          onChoose={choose}
          onAll={() => setDays(null)}
          onExpect={(a, b) => choose(a, b, expect.setDays)}
          onExpectAll={() => expect.setDays(null)}
        />
      </div>
      {/* A pointer drags over the bars, or clicks one; keys have the two sliders under them. */}
      <div
        className="timeline-bars"
        onPointerDown={(e) => {
          if (e.button !== 0) return;
          const at = dayAt(e, days.length);
          drag.current = at;
          e.currentTarget.setPointerCapture(e.pointerId);
          if (now !== null && chosen.first === at && chosen.last === at) setDays(null);
          else choose(at, at);
        }}
        onPointerMove={(e) => {
          if (drag.current === null) return;
          const at = dayAt(e, days.length);
          if (at !== drag.current) choose(drag.current, at);
        }}
        onPointerUp={() => {
          drag.current = null;
        }}
        onPointerCancel={() => {
          drag.current = null;
        }}
      >
        <TimelineChart days={days} layout={layout} bands={bands} limited={limited} chosen={now === null ? null : chosen} t={t} />
      </div>
      <DayRange days={days} chosen={chosen} onChoose={choose} />
      <DaysInWords layout={layout} bands={bands} limited={limited.length > 0} />
    </section>
  );
}

function dayAt(e: { readonly clientX: number; readonly currentTarget: Element }, count: number): number {
  const box = e.currentTarget.getBoundingClientRect();
  return Math.max(0, Math.min(count - 1, Math.floor(((e.clientX - box.left) / box.width) * count)));
}
