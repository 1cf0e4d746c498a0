/**
 * Places, marks and the whole story as plain words: names of controls, summary and pictures all take them from here.
 */
import type { Place, Story, StoryEvent } from './story.ts';
import type { Strings } from './strings/make.ts';
import { plain } from './text.ts';
import type { PlaceShown } from './view.ts';

/** Where an event stands: "Almaty", "Whole country: Kazakhstan", "No place". */
export function placeWords(place: Place | null, t: Strings): string {
  if (place === null) return t.noPlace;
  return place.kind === 'country' ? t.wholeCountryOf(plain(place.name)) : plain(place.name);
}

/** The name of a place's mark: "Almaty: Protests 1, Internet restoration 1 and Statements 1". */
export function markName(shown: PlaceShown, t: Strings): string {
  return t.placeMark(
    placeWords(shown.place, t),
    shown.layers.map((l) => t.layerOf(plain(l.layer.label), l.count)),
  );
}

/** Places that a summary names one by one. */
const MOST_NAMED = 6;

/** What the map shows, in a sentence or two: where, when, how many, how sure. Its counts are the data's. */
export function summaryOf(story: Story, t: Strings): string {
  return t.summary(countsOf(story, t));
}

/** Its first sentence alone, where the withdrawn figure is shown beside it: where, when and how many. */
export function shortSummaryOf(story: Story, t: Strings): string {
  return t.summary({ ...countsOf(story, t), retracted: 0 });
}

function countsOf(story: Story, t: Strings): Parameters<Strings['summary']>[0] {
  const kinds = new Map(story.places.map((p) => [p.id, p.kind]));
  const kindOf = (e: StoryEvent) => (e.place === null ? null : (kinds.get(e.place) ?? null));
  const points = story.events.filter((e) => {
    const kind = kindOf(e);
    return kind !== null && kind !== 'country';
  });
  const here = new Set(points.map((e) => e.place));
  const names = story.places.filter((p) => here.has(p.id)).map((p) => plain(p.name));
  const { dense } = story;
  return {
    events: story.events.length + (dense ? dense.events - dense.context : 0),
    points: points.length + (dense?.article.placed ?? 0),
    // Where some are known as parts of the map alone, places cannot be counted.
    places:
      dense?.article.places === null ? null : dense || names.length > MOST_NAMED ? t.placesWords((dense?.article.places ?? 0) + names.length) : t.list(names),
    country: story.events.filter((e) => kindOf(e) === 'country').length,
    none: story.events.filter((e) => e.place === null).length + (dense ? dense.events - dense.context - dense.article.placed : 0),
    span: story.span,
    retracted: story.events.flatMap((e) => e.claims).filter((c) => c.status === 'retracted').length + (dense?.article.retracted ?? 0),
  };
}
