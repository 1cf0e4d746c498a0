import { memo } from 'react';
import { claimTrees } from '../core/claim-words.ts';
import { placeWords } from '../core/describe.ts';
import type { Place, StoryEvent } from '../core/story.ts';
import { EventChanges } from './Changes.tsx';
import { ClaimView } from './ClaimView.tsx';
import { LayerGlyph } from './Marks.tsx';
import { MediaList } from './Media.tsx';
import { Say } from './Say.tsx';
import { SourceList } from './Sources.tsx';
import { useDesk } from './store.ts';

interface Props {
  event: StoryEvent;
  /** Level of the event's heading: the list and the card stand at different depths. */
  heading: 3 | 4;
  /** In the list the place is said and the title opens it; in a place's own card the place is said once, at the top. */
  inList: boolean;
  /** Its place, where that is not among the story's. */
  place?: Place | null;
}

/**
 * One event with all its claims: the same component, hence the same words, in the list, the card and the printed page.
 * Its content never changes, so pointing at a row must not write it anew.
 */
export const EventAccount = memo(function EventAccount({ event, heading, inList, place: own = null }: Props) {
  const { story, t, selectEvent } = useDesk();
  const layer = story.layers.find((l) => l.id === event.layer);
  const place = own ?? story.places.find((p) => p.id === event.place) ?? null;
  const Heading = `h${heading}` as const;
  const sources = [...new Set(event.claims.flatMap((c) => [...c.sources, ...(c.when?.evidence ?? [])]))];
  const related = event.related.flatMap((id) => story.events.find((e) => e.id === id) ?? []);
  return (
    <>
      <p className="event-kicker">
        {layer && (
          <>
            <LayerGlyph layer={layer.id} glyph={layer.glyph} outside={event.collection === 'context'} /> <Say words={layer.label} />
          </>
        )}
        {inList && <span className="event-place">{placeWords(place, t)}</span>}
        {!inList && <span className="event-place">{event.when ? event.when.words : t.undated}</span>}
      </p>
      {event.collection === 'context' && (
        <p className="outside">
          {t.notInArticle}; {event.checked === null ? t.notChecked : t.checkedOn(event.checked)}
        </p>
      )}
      <Heading className="event-title">
        {inList ? (
          <a
            href={`#event=${event.id}`}
            onClick={(e) => {
              if (isPlainClick(e)) {
                e.preventDefault();
                selectEvent(event.id);
              }
            }}
          >
            <Say words={event.title} />
          </a>
        ) : (
          <Say words={event.title} />
        )}
      </Heading>
      {event.placeDetail && (
        <p className="event-detail">
          <Say words={event.placeDetail} />
        </p>
      )}
      <ul className="claims">
        {claimTrees(event).map((tree) => (
          <ClaimView key={tree.claim.id} tree={tree} />
        ))}
      </ul>
      {event.media && <MediaList media={event.media} inList={inList} />}
      {related.length > 0 && (
        <p className="related">
          {t.related}:{' '}
          {related.map((r, i) => (
            <span key={r.id}>
              {i > 0 && t.semicolon}
              <a href={`#event=${r.id}`}>
                <Say words={r.title} />
              </a>
            </span>
          ))}
        </p>
      )}
      <EventChanges event={event.id} updated={event.updated} />
      <SourceList ids={sources} />
    </>
  );
});

/** A click that the page may answer itself: without the keys that mean "open elsewhere". */
function isPlainClick(e: { button: number; metaKey: boolean; ctrlKey: boolean; shiftKey: boolean; altKey: boolean }): boolean {
  return e.button === 0 && !e.metaKey && !e.ctrlKey && !e.shiftKey && !e.altKey;
}
