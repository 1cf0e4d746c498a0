/** What is still being written stays out of sight, and nothing that is published points at it. Pure. */
import type { SourceEvent, SourceMeta, SourceStory } from '../core/source.ts';

/** A story without its drafts and without every mention of them. */
export function withoutDrafts(story: SourceStory): SourceStory {
  const drafts = new Set(story.events.filter((e) => e.draft).map((e) => e.id));
  if (drafts.size === 0) return story;
  const events = story.events.filter((e) => !drafts.has(e.id));
  const claims = new Set(events.flatMap((e) => e.claims.map((c) => c.id)));
  const isOut = (id: string | null | undefined) => id != null && drafts.has(id);
  const [before, after] = [named(story.events, story.meta), named(events, story.meta)];
  /** What only drafts name would tell of them; what nothing names is the editor's to keep. */
  const isKept = (id: string) => after.has(id) || !before.has(id);
  const claimsBefore = new Set(story.events.flatMap((e) => e.claims.map((c) => c.id)));
  return {
    ...story,
    meta: {
      ...story.meta,
      keyFigures: story.meta.keyFigures.filter((id) => claims.has(id)),
      changes: story.meta.changes.filter((c) => !isOut(c.event) && (c.claim === undefined || claims.has(c.claim) || !claimsBefore.has(c.claim))),
      steps: story.meta.steps?.filter((s) => !isOut(s.event) && (s.place === undefined || isKept(s.place))),
      series: story.meta.series?.filter((s) => isKept(s.scope)),
    },
    places: story.places.filter((p) => isKept(p.id)),
    speakers: new Map([...story.speakers].filter(([id]) => isKept(id))),
    sources: new Map([...story.sources].filter(([id]) => isKept(id))),
    events: events.map((e) => ({
      ...e,
      related: e.related.filter((id) => !drafts.has(id)),
      claims: e.claims.map((c) => ({ ...c, relations: c.relations.filter((r) => claims.has(r.claim)) })),
    })),
  };
}

/** Ids of all places, speakers and sources that events and the story itself name. Kinds may share an id; then all of that id stay. */
function named(events: readonly SourceEvent[], { article, glossary }: SourceMeta): Set<string> {
  const claims = [...events.flatMap((e) => e.claims), ...glossary.map((g) => g.claim)];
  return new Set([
    article,
    ...events.flatMap((e) => e.media?.flatMap((m) => (m.kind === 'post' ? [m.source] : [])) ?? []),
    ...events.flatMap((e) => [...(e.place === null ? [] : [e.place]), ...(e.movement ? [e.movement.from, e.movement.to] : [])]),
    ...claims.flatMap((c) => [
      ...c.chain.map((l) => l.who),
      ...c.sources,
      ...(c.time?.evidence ?? []),
      ...c.notes.flatMap((n) => n.sources),
      ...c.figures.flatMap((f) => f.scope ?? []),
    ]),
  ]);
}
