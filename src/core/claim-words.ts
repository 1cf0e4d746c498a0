/**
 * Claims, figures and events as plain words. List, card, chart, poster and exports all take their words from here, so a
 * number never leaves its scope and status, and a claim never leaves its speaker.
 */
import type { Claim, Figure, Story, StoryEvent } from './story.ts';
import type { Strings } from './strings/make.ts';
import { plain } from './text.ts';
import type { DaySpan } from './view.ts';

/** The chosen days in words: "5 January to 10 January". Days that the story does not have say themselves. */
export function daySpanWords(story: Pick<Story, 'days'>, days: DaySpan, t: Strings): string {
  const first = story.days.find((d) => d.id >= days.first);
  const last = story.days.findLast((d) => d.id <= days.last);
  return t.daySpan(first?.words ?? days.first, last?.words ?? days.last);
}

/** "7,989 people arrested, whole country; officially announced". */
export function figurePhrase(story: Story, claim: Claim, figure: Figure, t: Strings): string {
  return t.figure(t.amount(figure.number, figure.exactness), plain(figure.label), scopeWords(story, figure, t), t.status[claim.status].short);
}

/** What a figure covers: "whole country", the place's name, or null when its label says it all. */
export function scopeWords(story: Story, figure: Figure, t: Strings): string | null {
  const place = story.places.find((p) => p.id === figure.scope);
  return place ? t.scope(plain(place.name), place.kind) : null;
}

/** One claim as text for files: the sentence, its status, its speaker. */
export function claimText(claim: Claim, t: Strings): string {
  return `${plain(claim.says)} [${t.status[claim.status].short}; ${claim.by}]`;
}

/** An event as text for files: every claim, those that qualify others included. */
export function eventText(event: StoryEvent, t: Strings): string {
  return event.claims.map((c) => claimText(c, t)).join(' ');
}

/** A claim and, under it, those of the same event that qualify, replace, contradict or round it. */
export interface ClaimTree {
  readonly claim: Claim;
  readonly under: readonly { readonly claim: Claim; readonly kind: Claim['relations'][number]['kind'] }[];
}

/**
 * Order an event's claims so that what changes a claim follows it directly. Every claim comes out exactly once, in
 * written order otherwise; a chain of corrections hangs under its first claim, and of claims that point at one another
 * the first written leads.
 */
export function claimTrees(event: StoryEvent): ClaimTree[] {
  const byId = new Map(event.claims.map((c) => [c.id, c]));
  const relationOf = (c: Claim) => c.relations.find((r) => r.claim !== c.id && byId.has(r.claim));
  const rootOf = (claim: Claim): Claim => {
    const path = [claim];
    for (let at = claim; ; ) {
      const relation = relationOf(at);
      const up = relation && byId.get(relation.claim);
      if (!up) return at;
      if (path.includes(up)) {
        const loop = path.slice(path.indexOf(up));
        return event.claims.find((c) => loop.includes(c)) ?? at;
      }
      path.push(up);
      at = up;
    }
  };
  return event.claims
    .filter((c) => rootOf(c) === c)
    .map((claim) => ({
      claim,
      under: event.claims.flatMap((c) => {
        const relation = relationOf(c);
        return c !== claim && relation && rootOf(c) === claim ? [{ claim: c, kind: relation.kind }] : [];
      }),
    }));
}
