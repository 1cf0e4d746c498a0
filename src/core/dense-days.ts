import type { DenseFiles } from './many.ts';
import type { Day } from './story.ts';
import type { Strings } from './strings/make.ts';
import { daysOf, parseEdtf, toRange } from './time.ts';

/** What the build has made of a story's many events, as far as the story must know it. */
export interface DenseOutcome {
  readonly files: DenseFiles;
  /** First and last day with an event, `YYYY-MM-DD`; null where nothing is dated. */
  readonly reach: { readonly first: string; readonly last: string } | null;
}

/** The days of a story that has rows beyond its extent: a bin at either end for them, as `compile` makes them for listed events. */
export function daysWithReach(days: readonly Day[], reach: DenseOutcome['reach'], zone: string, t: Strings): readonly Day[] {
  const first = days.find((d) => d.bin === 'day');
  const last = days.findLast((d) => d.bin === 'day');
  if (!reach || !first || !last) return days;
  const at = (day: string) => {
    const parsed = parseEdtf(day);
    return parsed.ok ? toRange(parsed.value, zone) : { start: 0, end: 0 };
  };
  const beside = (ms: number) => daysOf({ start: ms, end: ms + 1 }, zone)[0] ?? '';
  const inner = days.filter((d) => d.bin === 'day');
  const before = days.find((d) => d.bin === 'before') ?? {
    id: beside(first.start - 1),
    start: first.start - 1,
    end: first.start,
    label: '‹',
    words: t.beforeDay(first.words),
    bin: 'before' as const,
  };
  const after = days.find((d) => d.bin === 'after') ?? {
    id: beside(last.end),
    start: last.end,
    end: last.end + 1,
    label: '›',
    words: t.afterDay(last.words),
    bin: 'after' as const,
  };
  return [
    ...(reach.first < first.id || days.some((d) => d.bin === 'before') ? [{ ...before, start: Math.min(before.start, at(reach.first).start) }] : []),
    ...inner,
    ...(reach.last > last.id || days.some((d) => d.bin === 'after') ? [{ ...after, end: Math.max(after.end, at(reach.last).end) }] : []),
  ];
}
