/** What a reader will likely ask for next. */
import type { Day } from '../core/story.ts';
import type { DaySpan, Filter } from '../core/view.ts';

/** Whether two filters show the same, whatever events there are. */
export function isSameFilter(a: Filter, b: Filter): boolean {
  const same = <T>(x: ReadonlySet<T>, y: ReadonlySet<T>) => x.size === y.size && [...x].every((item) => y.has(item));
  return (
    a.showContext === b.showContext &&
    a.days?.first === b.days?.first &&
    a.days?.last === b.days?.last &&
    same(a.hiddenLayers, b.hiddenLayers) &&
    same(a.hiddenStatuses, b.hiddenStatuses)
  );
}

function positions(days: readonly Day[], { first, last }: DaySpan): [first: number, last: number] {
  return [days.findIndex((d) => d.id === first), days.findIndex((d) => d.id === last)];
}

/**
 * The filter that comes when days go on as they went from one filter to the next: each end by as many days again, and
 * after all days to the second, as the player does. Null where they did not move, and where the story has no such days.
 */
export function goingOn(days: readonly Day[], before: Filter, now: Filter): Filter | null {
  if (now.days === null || !isSameFilter({ ...before, days: now.days }, now)) return null;
  const [first, last] = positions(days, now.days);
  const [fromFirst, fromLast] = before.days === null ? [first - 1, last - 1] : positions(days, before.days);
  if (first < 0 || last < 0 || (first === fromFirst && last === fromLast)) return null;
  const [from, to] = [days[2 * first - fromFirst], days[2 * last - fromLast]];
  if (!from || !to || from.start > to.start) return null;
  return { ...now, days: { first: from.id, last: to.id } };
}
