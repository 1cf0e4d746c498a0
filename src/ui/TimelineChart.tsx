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
/** Days whose numbers stand side by side on a narrow screen, and words of a first of the month that do. */
const MOST_LABELS = 31;
const FEW_MONTHS = 4;
const MONTH = 30;
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
    <svg className="timeline-chart" width="100%" height={height} aria-hidden="true" focusable="false">
      <Still {...still} />
      {chosen && chosen.first > 0 && <rect className="unchosen" x="0" width={x(chosen.first)} y="0" height={height} />}
      {chosen && chosen.last < count - 1 && <rect className="unchosen" x={x(chosen.last + 1)} width={x(count - 1 - chosen.last)} y="0" height={height} />}
      {chosen && <rect className="chosen" x={x(chosen.first)} width={x(chosen.last + 1 - chosen.first)} y="0.5" height={BARS + AXIS} rx="3" />}
    </svg>
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
      {days.map((day, i) => (
        <line key={day.id} className="tick" x1={x(i)} x2={x(i)} y1={BARS} y2={BARS + 5} />
      ))}
      <line className="axis" x1="0" x2="100%" y1={BARS} y2={BARS} />
      <Bars layout={layout} count={count} />
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

/** The days' bars and labels. */
function Bars({ layout, count }: { layout: Timeline; count: number }) {
  const unit = Math.min(MOST_UNIT, BARS / Math.max(1, layout.most));
  const x = (position: number) => share(position, count);
  const months = Math.ceil(count / MONTH / FEW_MONTHS);
  /** Every day where there is room; else a first of the month, now and then. */
  const label = ({ id, label: short, words }: Day) => {
    if (count <= MOST_LABELS) return short;
    return id.endsWith('-01') && Number(id.slice(5, 7)) % months === 1 % months ? words : null;
  };
  return (
    <>
      {unit < 1 && <ManyBars layout={layout} unit={unit} />}
      {layout.bars.map(({ day, parts }, i) => {
        let top = BARS;
        return (
          <g key={day.id}>
            {(unit < 1 ? [] : parts).flatMap(({ layer, dating, events, count: all }) =>
              pieces(events, all, unit).map(({ id, size, gap }) => {
                top -= size;
                return (
                  <rect
                    key={`${layer.id} ${dating} ${id}`}
                    className={`bar dated-${dating} layer-${layer.id}`}
                    x={x(i + (1 - BAR_SHARE) / 2)}
                    width={x(BAR_SHARE)}
                    y={round(top + gap)}
                    height={round(size - 2 * gap)}
                    rx={2 * gap}
                  />
                );
              }),
            )}
            {label(day) !== null && (
              <text
                className="day-label"
                x={x(count > MOST_LABELS && i === 0 ? 0 : i + 0.5)}
                y={BARS + 13}
                textAnchor={count > MOST_LABELS && i === 0 ? 'start' : 'middle'}
              >
                {label(day)}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

/** Bars of so many events that a block's least height would add up to more than the chart's: one shape for all days of a layer and kind of date. */
function ManyBars({ layout, unit }: { layout: Timeline; unit: number }) {
  const shapes = new Map<string, string>();
  layout.bars.forEach(({ parts }, i) => {
    let top = BARS;
    for (const { layer, dating, count } of parts) {
      const size = count * unit;
      top -= size;
      const key = `bar dated-${dating} layer-${layer.id}`;
      shapes.set(key, `${shapes.get(key) ?? ''}M${round(i + (1 - BAR_SHARE) / 2)} ${round(top)}h${BAR_SHARE}v${round(size)}h-${BAR_SHARE}z`);
    }
  });
  return (
    <svg className="many-bars" width="100%" height={BARS} viewBox={`0 0 ${layout.bars.length} ${BARS}`} preserveAspectRatio="none" aria-hidden="true">
      {[...shapes].map(([key, d]) => (
        <path key={key} className={key} d={d} />
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
