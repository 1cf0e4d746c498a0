import { STATUS_MARKS } from '../core/glyphs.ts';
import type { SeriesCourse, SeriesValue } from '../core/series.ts';
import type { Strings } from '../core/strings/make.ts';

/** Units of the drawing; it scales with the column it stands in. */
const WIDTH = 340;
const HEIGHT = 128;
const LEFT = 18;
const RIGHT = 46;
const TOP = 22;
const BOTTOM = 22;
/** Estimated size of a number's text. */
const LETTER = 6;
const LINE = 12;

/** A step for every speaker: a value holds until its speaker gives another, or until it is replaced or withdrawn. */
export function SeriesChart({ course, label, t }: { course: SeriesCourse; label: string; t: Strings }) {
  const { days } = course;
  const values = course.values.filter((v): v is SeriesValue & { readonly at: number } => v.at !== null);
  const most = Math.max(1, ...values.map((v) => v.figure.value));
  const x = (at: number) => LEFT + (days.length < 2 ? 0 : (at / (days.length - 1)) * (WIDTH - LEFT - RIGHT));
  const y = (value: number) => round(HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM));
  const end = WIDTH - 6;
  const speakers = [...new Set(values.map((v) => v.claim.speaker))];
  return (
    <svg className="series-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <line className="axis" x1="0" x2={WIDTH} y1={y(0)} y2={y(0)} />
      {days.map((day, i) => (
        <g key={day.id}>
          <line className="tick" x1={round(x(i))} x2={round(x(i))} y1={y(0)} y2={y(0) + 4} />
          {isLabelled(i, days.length) && (
            <text className="day-label" x={round(x(i))} y={HEIGHT - 6} textAnchor={i === 0 ? 'start' : 'middle'}>
              {day.label}
            </text>
          )}
        </g>
      ))}
      {speakers.map((speaker) => {
        const own = values.filter((v) => v.claim.speaker === speaker);
        return own.map((v, i) => {
          const next = own[i + 1];
          const until = v.until === null ? end : x(v.until);
          const rise = next && v.until === next.at ? `V${y(next.figure.value)}` : '';
          return <path key={v.claim.id} className={`course status-${v.claim.status}`} d={`M${round(x(v.at))} ${y(v.figure.value)}H${round(until)}${rise}`} />;
        });
      })}
      {values.map((v) => (
        <Mark key={`${v.claim.id} ${v.figure.value}`} value={v} x={round(x(v.at))} y={y(v.figure.value)} end={v.until === null ? null : round(x(v.until))} />
      ))}
      {placed(values, x, y, t).map(({ value, text, left, top }) => (
        <text key={`${value.claim.id} ${value.figure.value}`} className={`value status-${value.claim.status}`} x={round(left)} y={round(top)}>
          <tspan className="value-number">{t.amount(value.figure.number, value.figure.exactness)}</tspan>
          {text !== '' && <tspan className="value-status"> {text}</tspan>}
        </text>
      ))}
    </svg>
  );
}

function Mark({ value, x, y, end }: { value: SeriesValue; x: number; y: number; end: number | null }) {
  const { fill, dashed } = STATUS_MARKS[value.claim.status];
  const { status } = value.claim;
  return (
    <g className={`point status-${status}`}>
      <circle className="point-ring" cx={x} cy={y} r="4" strokeDasharray={dashed ? '2 1.6' : undefined} />
      {fill === 'full' && <circle className="point-fill" cx={x} cy={y} r={dashed ? 2.4 : 4} />}
      {fill === 'dot' && <circle className="point-fill" cx={x} cy={y} r="1.6" />}
      {fill === 'half' && <path className="point-fill" d={`M${x} ${y - 4}a4 4 0 0 1 0 8z`} />}
      {status === 'retracted' && <path className="point-ring" d={`M${x - 4} ${y + 4}l8 -8`} />}
      {status === 'retracted' && end !== null && <path className="point-ring" d={`M${end - 3} ${y - 3}l6 6m0 -6l-6 6`} />}
    </g>
  );
}

/** Each number over its point where it finds room; a withdrawn one is never without that word, so it goes first. */
function placed(values: readonly (SeriesValue & { readonly at: number })[], x: (at: number) => number, y: (value: number) => number, t: Strings) {
  const taken: { left: number; right: number; top: number; bottom: number }[] = [];
  // Two accounts of one number on one day are one number to look at; the table has both.
  const once = values.filter((v, i) => values.findIndex((w) => w.at === v.at && w.figure.value === v.figure.value) === i);
  const order = once.sort((a, b) => Number(b.claim.status === 'retracted') - Number(a.claim.status === 'retracted'));
  return order.flatMap((value) => {
    const text = value.claim.status === 'retracted' ? t.status.retracted.short : '';
    const width = (t.amount(value.figure.number, value.figure.exactness).length + (text === '' ? 0 : text.length + 1)) * LETTER;
    const px = x(value.at);
    const py = y(value.figure.value);
    for (const [left, top] of [
      [px - 4, py - 8],
      [px - width + 6, py - 8],
      [px - 4, py + 16],
      [px - width + 6, py + 16],
    ] as const) {
      const box = { left, right: left + width, top: top - LINE + 2, bottom: top + 2 };
      const fits = box.left >= 0 && box.right <= WIDTH && box.top >= 0 && box.bottom <= y(0);
      if (!fits || taken.some((b) => box.left < b.right && b.left < box.right && box.top < b.bottom && b.top < box.bottom)) continue;
      taken.push(box);
      return [{ value, text, left, top }];
    }
    return [];
  });
}

/** With many days only some have room for their name; the first and the last always do. */
function isLabelled(i: number, count: number): boolean {
  const every = Math.ceil(count / 6);
  return i === count - 1 || (i % every === 0 && count - 1 - i >= every / 2);
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
