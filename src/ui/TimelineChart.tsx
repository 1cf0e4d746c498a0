import { memo } from 'react';
import type { Day, StoryEvent } from '../core/story.ts';
import type { Strings } from '../core/strings/make.ts';
import { plain } from '../core/text.ts';
import type { StateBand, Timeline } from '../core/timeline.ts';

/** Heights in px. Widths are shares of the chart: it has no viewBox, so its text is never stretched. */
const BARS = 50;
const MOST_UNIT = 13;
const LEAST_UNIT = 6;
const AXIS = 16;
const LANE = 8;
/** Beyond this many lanes they move closer together, so that the map keeps its room. */
const FEW_LANES = 4;
const CLOSE_LANE = 5;
const BAND = 17;
/** Share of the chart at either end within which a label would reach beyond it. */
const EDGE = 0.06;
/** Share of a day's column that its bar takes. */
const BAR_SHARE = 0.56;

interface Props {
  days: readonly Day[];
  layout: Timeline;
  bands: readonly StateBand[];
  limited: readonly { readonly from: number; readonly to: number }[];
  /** Positions of the chosen days; null for all. */
  chosen: { readonly first: number; readonly last: number } | null;
  t: Strings;
}

/** The bars, spans and bands of the days. A picture for the eye: the same stands in words beneath it. */
export function TimelineChart({ chosen, ...still }: Props) {
  const { layout, bands, days } = still;
  const count = days.length;
  const x = (position: number) => share(position, count);
  const height = heights(layout, bands).all;
  return (
    <>
      <svg className="timeline-chart" width="100%" height={height} aria-hidden="true" focusable="false">
        <Still {...still} />
      </svg>
      {/* A picture of its own: while days are stepped through, a browser paints these and not all bars anew. */}
      {chosen && (
        <svg className="timeline-chart chosen-days" width="100%" height={height} aria-hidden="true" focusable="false">
          {chosen.first > 0 && <rect className="unchosen" x="0" width={x(chosen.first)} y="0" height={height} />}
          {chosen.last < count - 1 && <rect className="unchosen" x={x(chosen.last + 1)} width={x(count - 1 - chosen.last)} y="0" height={height} />}
          <rect className="chosen" x={x(chosen.first)} width={x(chosen.last + 1 - chosen.first)} y="0.5" height={BARS + AXIS} rx="3" />
        </svg>
      )}
    </>
  );
}

function heights(layout: Timeline, bands: readonly StateBand[]) {
  const lane = layout.lanes > FEW_LANES ? CLOSE_LANE : LANE;
  const spansTop = BARS + AXIS + 2;
  const bandsTop = spansTop + layout.lanes * lane + (layout.lanes > 0 ? 3 : 0);
  return { lane, spansTop, bandsTop, all: bandsTop + bands.length * BAND };
}

/** What stays as it is while other days are chosen. */
const Still = memo(function Still({ days, layout, bands, limited, t }: Omit<Props, 'chosen'>) {
  const count = days.length;
  const x = (position: number) => share(position, count);
  const { lane, spansTop, bandsTop } = heights(layout, bands);
  const end = lane === LANE ? 3 : 2;
  return (
    <>
      <defs>
        <pattern id="timeline-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path className="hatch" d="M0 0v6" />
        </pattern>
      </defs>
      {limited.map(({ from, to }) => (
        <rect key={from} className="limited" x={x(from)} y="0" width={x(to - from)} height={BARS} />
      ))}
      {layout.bars.map(({ first }) => (
        <line key={first} className="tick" x1={x(first)} x2={x(first)} y1={BARS} y2={BARS + (layout.unit === 'day' ? 5 : 3)} />
      ))}
      <line className="axis" x1="0" x2="100%" y1={BARS} y2={BARS} />
      <Bars layout={layout} count={count} />
      <Labels days={days} />
      {layout.spans.map(({ event, layer, dating, first, last, lane: at }) => {
        const y = spansTop + at * lane + 3;
        return (
          <g key={event.id} className={`span dated-${dating} layer-${layer.id}`}>
            <line x1={x(first + 0.2)} x2={x(last + 0.8)} y1={y} y2={y} />
            <line className="span-end" x1={x(first + 0.2)} x2={x(first + 0.2)} y1={y - end} y2={y + end} />
            <line className="span-end" x1={x(last + 0.8)} x2={x(last + 0.8)} y1={y - end} y2={y + end} />
          </g>
        );
      })}
      {bands.map(({ of, place, stretches }, i) => {
        const y = bandsTop + i * BAND;
        const ends = stretches.filter((s) => s.value === 'restored');
        const isFree = (from: number) => !stretches.some((s) => s.from >= from && s.from < from + count * 0.12 && s.value !== 'restored');
        return (
          <g key={`${of} ${place.id}`} className="state-band">
            {stretches
              .filter((s) => s.value !== 'restored')
              .map((s) => (
                <rect
                  key={s.event?.id ?? s.from}
                  className={`state state-${s.value}`}
                  x={x(s.from)}
                  width={x(s.to - s.from)}
                  y={y + 2}
                  height={BAND - 5}
                  rx="2"
                />
              ))}
            {ends.map((s) => (
              <g key={s.event?.id ?? s.from} className="state-restored">
                <line x1={x(s.from)} x2={x(s.from)} y1={y} y2={y + BAND - 1} />
                {isFree(s.from) && (
                  <text x={x(s.from)} y={y + 12} dx={s.from > count * 0.8 ? -5 : 5} textAnchor={s.from > count * 0.8 ? 'end' : 'start'}>
                    {t.stateValue.restored}
                  </text>
                )}
              </g>
            ))}
            <text className="band-label" x="0" y={y + 12} dx="6">
              {t.stateBand(t.service(of), place.kind === 'country' ? t.wholeCountry : plain(place.name))}
            </text>
          </g>
        );
      })}
    </>
  );
});

/** What the days are called: numbers in the middle of their columns, months and years from their first day on. */
function Labels({ days }: Pick<Props, 'days'>) {
  const count = days.length;
  const areAll = days.every((d) => d.label !== '');
  return days.map((day, i) => {
    if (day.label === '') return null;
    const anchor = areAll || day.bin !== 'day' ? 'middle' : i > count * (1 - EDGE) ? 'end' : i < count * EDGE ? 'start' : 'middle';
    return (
      <g key={day.id}>
        {!areAll && day.bin === 'day' && <line className="tick" x1={share(i, count)} x2={share(i, count)} y1={BARS} y2={BARS + 5} />}
        <text className="day-label" x={share(areAll || day.bin !== 'day' ? i + 0.5 : i, count)} y={BARS + 13} textAnchor={anchor}>
          {day.label}
        </text>
      </g>
    );
  });
}

/** The bars of the days, weeks or months. */
function Bars({ layout, count }: { layout: Timeline; count: number }) {
  const unit = Math.min(MOST_UNIT, BARS / Math.max(1, layout.most));
  const x = (position: number) => share(position, count);
  if (unit < 1) return <ManyBars layout={layout} unit={unit} count={count} />;
  return layout.bars.map(({ first, last, parts }) => {
    let top = BARS;
    const width = last + 1 - first;
    return (
      <g key={first}>
        {parts.flatMap(({ layer, dating, events, count: all }) =>
          pieces(events, all, unit).map(({ id, size, gap }) => {
            top -= size;
            return (
              <rect
                key={`${layer.id} ${dating} ${id}`}
                className={`bar dated-${dating} layer-${layer.id}`}
                x={x(first + (width * (1 - BAR_SHARE)) / 2)}
                width={x(width * BAR_SHARE)}
                y={round(top + gap)}
                height={round(size - 2 * gap)}
                rx={2 * gap}
              />
            );
          }),
        )}
      </g>
    );
  });
}

/** Bars of so many events that a block's least height would add up to more than the chart's: one shape for all bars of a layer and kind of date. */
function ManyBars({ layout, unit, count: columns }: { layout: Timeline; unit: number; count: number }) {
  // Pieces, put together at the end: a filter makes them all anew, and what adding them up one by one leaves behind is seen at the next press.
  const shapes = new Map<string, (string | number)[]>();
  for (const { first, last, parts } of layout.bars) {
    const width = last + 1 - first;
    const wide = round(width * BAR_SHARE);
    const [right, back] = [`h${wide}v`, `h-${wide}z`];
    let top = BARS;
    for (const { layer, dating, count } of parts) {
      const size = count * unit;
      top -= size;
      const key = `bar dated-${dating} layer-${layer.id}`;
      const shape = shapes.get(key) ?? [];
      shapes.set(key, shape);
      shape.push('M', round(first + (width * (1 - BAR_SHARE)) / 2), ' ', round(top), right, round(size), back);
    }
  }
  return (
    <svg className="many-bars" width="100%" height={BARS} viewBox={`0 0 ${columns} ${BARS}`} preserveAspectRatio="none" aria-hidden="true">
      {[...shapes].map(([key, shape]) => (
        <path key={key} className={key} d={shape.join('')} />
      ))}
    </svg>
  );
}

/** One block for each event while there is room to count them, else one for all. */
function pieces(events: readonly StoryEvent[], count: number, unit: number): { readonly id: string; readonly size: number; readonly gap: number }[] {
  if (unit >= LEAST_UNIT && count === events.length) return events.map(({ id }) => ({ id, size: unit, gap: 1 }));
  return [{ id: '', size: Math.max(3, count * unit), gap: 1 }];
}

function round(n: number): number {
  return Math.round(n * 100) / 100;
}

/** A position among days as a share of the chart's width. */
function share(position: number, count: number): string {
  return `${round((position / count) * 100)}%`;
}
