/** What is still being written stays out of sight, and nothing that is published points at it. Pure. */
import type { SourceStory } from '../core/source.ts';

/** A story without its drafts and without every mention of them. */
export function withoutDrafts(story: SourceStory): SourceStory {
  const drafts = new Set(story.events.filter((e) => e.draft).map((e) => e.id));
  if (drafts.size === 0) return story;
  const events = story.events.filter((e) => !drafts.has(e.id));
  const claims = new Set(events.flatMap((e) => e.claims.map((c) => c.id)));
  const isOut = (id: string | null | undefined) => id != null && drafts.has(id);
  return {
    ...story,
    meta: {
      ...story.meta,
      keyFigures: story.meta.keyFigures.filter((id) => claims.has(id)),
      changes: story.meta.changes.filter((c) => !isOut(c.event)),
      steps: story.meta.steps?.filter((s) => !isOut(s.event)),
    },
    events: events.map((e) => ({
      ...e,
      related: e.related.filter((id) => !drafts.has(id)),
      claims: e.claims.map((c) => ({ ...c, relations: c.relations.filter((r) => claims.has(r.claim)) })),
    })),
  };
}
