/**
 * A number through time: every value that was claimed of one measure in one scope, by whom, how surely, and what became
 * of it. Nothing is settled here: values that contradict one another stand side by side.
 */
import type { RelationKind } from './source.ts';
import type { Claim, Figure, Series, Story, StoryEvent } from './story.ts';
import type { Filter } from './view.ts';
import { eventsOffered } from './view.ts';

/** What another claim does to a value. */
export interface Fate {
  readonly kind: RelationKind;
  readonly claim: Claim;
  readonly event: StoryEvent;
}

export interface SeriesValue {
  readonly event: StoryEvent;
  readonly claim: Claim;
  readonly figure: Figure;
  /** Position of its day among `days`; null when undated. */
  readonly at: number | null;
  /** Claims that qualify, replace, contradict or round it. */
  readonly fates: readonly Fate[];
  /** Position of the day on which its speaker gave another value, or on which it was replaced or withdrawn; null while it stands. */
  readonly until: number | null;
}

export interface SeriesCourse {
  /** The days on which something was claimed or withdrawn, in order. Steps between them are not to scale. */
  readonly days: readonly { readonly id: string; readonly label: string }[];
  /** In order of time, undated ones last. */
  readonly values: readonly SeriesValue[];
}

/** The course of a series. Days and layers do not filter it: withdrawn and later values are what it is for. */
export function seriesCourse(story: Story, series: Series, filter: Pick<Filter, 'showContext'>): SeriesCourse {
  const events = eventsOffered(story, filter);
  const claims = events.flatMap((event) => event.claims.map((claim) => ({ event, claim })));
  const fatesOf = (id: string): Fate[] =>
    claims.flatMap(({ event, claim }) => claim.relations.filter((r) => r.claim === id).map((r): Fate => ({ kind: r.kind, claim, event })));
  const found = claims
    .flatMap(({ event, claim }) =>
      claim.figures
        .filter((f) => f.measure === series.measure && f.scope === series.scope)
        .map((figure) => ({ event, claim, figure, fates: fatesOf(claim.id) })),
    )
    .sort((a, b) => (key(a.claim) === key(b.claim) ? 0 : key(a.claim) < key(b.claim) ? -1 : 1));
  const ends = found.map(({ claim, fates }): Claim['day'] => {
    const later = found.find((v) => v.claim.speaker === claim.speaker && claim.day !== null && v.claim.day !== null && v.claim.day.id > claim.day.id);
    const ended = fates.filter((f) => f.kind === 'supersedes' || (f.kind === 'qualifies' && claim.status === 'retracted')).map((f) => f.claim.day);
    return [later?.claim.day ?? null, ...ended].filter((d) => d !== null).sort((x, y) => (x.id < y.id ? -1 : 1))[0] ?? null;
  });
  const known = [...found.map((v) => v.claim.day), ...ends.filter((_, i) => found[i]?.claim.day !== null)].filter((d) => d !== null);
  const days = [...new Map(known.map((d) => [d.id, d])).values()].sort((x, y) => (x.id < y.id ? -1 : 1));
  const position = (day: Claim['day']) => days.findIndex((d) => d.id === day?.id);
  return {
    days,
    values: found.map((value, i) => ({
      ...value,
      at: value.claim.day === null ? null : position(value.claim.day),
      until: ends[i] == null || value.claim.day === null ? null : position(ends[i]),
    })),
  };
}

/** Undated claims sort behind every date. */
function key(claim: Claim): string {
  return claim.day?.id ?? '9999';
}
