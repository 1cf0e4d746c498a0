/**
 * An event whole, as its row in a download carries it beside the columns for people: claims with their chain, dates as
 * EDTF, figures as numbers, and what they name. One language, that of the file. What is kept from readers is not in it.
 */
import { roundPosition } from './geo.ts';
import type {
  SourceClaim,
  SourceEvent,
  SourceLayer,
  SourceMedia,
  SourceMeta,
  SourcePlace,
  SourcePublication,
  SourceSpeaker,
  SourceStory,
  SourceTime,
  Text,
} from './source.ts';
import { pick, plain } from './text.ts';

export interface EventRecord {
  readonly format: 1;
  /** IANA zone that the days of its dates are in. */
  readonly timeZone: string;
  /** Source id of the article that the story follows; it is among `sources`. */
  readonly article: string;
  readonly event: SourceEvent;
  readonly layer: SourceLayer | null;
  readonly paragraphs: SourceMeta['paragraphs'];
  readonly places: readonly SourcePlace[];
  readonly speakers: { readonly [id: string]: SourceSpeaker };
  readonly sources: { readonly [id: string]: SourcePublication };
}

/** Decimals of published coordinates, as `compile` has them. */
const POSITION_DIGITS = 5;

/** The record of each event, by id. @param source coarsened, without drafts: all of it may be read by everybody */
export function eventRecords(source: SourceStory, language: string): ReadonlyMap<string, EventRecord> {
  const { meta } = source;
  const say = (text: Text): Text => ({ [language]: plain(pick(text, language, meta.language)) });
  const placeOf = ({ name, note, at, coordinateSource, ...rest }: SourcePlace): SourcePlace => ({
    ...rest,
    name: say(name),
    note: note && say(note),
    at: at && roundPosition(at, POSITION_DIGITS),
    // Where an exact position is kept back, so is who gave it.
    coordinateSource: rest.publishPrecision === undefined ? coordinateSource : null,
  });
  return new Map(
    source.events.map(({ publishPrecision: _, media, ...event }): [string, EventRecord] => {
      const claims = event.claims.map((c) => claimIn(c, say));
      const layer = meta.layers.find((l) => l.id === event.layer);
      const has = {
        place: new Set([event.place, event.movement?.from, event.movement?.to, ...claims.flatMap((c) => c.figures.map((f) => f.scope))]),
        speaker: new Set(claims.flatMap((c) => c.chain.map((l) => l.who))),
        source: new Set([
          meta.article,
          ...claims.flatMap((c) => [...c.sources, ...(c.time?.evidence ?? []), ...c.notes.flatMap((n) => n.sources)]),
          ...(media ?? []).flatMap((m) => (m.kind === 'post' ? [m.source] : [])),
        ]),
        paragraph: new Set(claims.map((c) => c.paragraph)),
      };
      return [
        event.id,
        {
          format: 1,
          timeZone: meta.timeZone,
          article: meta.article,
          event: {
            ...event,
            title: say(event.title),
            ...(event.placeDetail ? { placeDetail: say(event.placeDetail) } : {}),
            claims,
            ...(media ? { media: media.map((m) => mediaIn(m, say)) } : {}),
          },
          layer: layer ? { ...layer, label: say(layer.label) } : null,
          paragraphs: meta.paragraphs.filter((p) => has.paragraph.has(p.id)).map((p) => ({ ...p, label: say(p.label) })),
          places: source.places.filter((p) => has.place.has(p.id)).map(placeOf),
          speakers: Object.fromEntries([...source.speakers].filter(([id]) => has.speaker.has(id)).map(([id, s]) => [id, { ...s, name: say(s.name) }])),
          sources: Object.fromEntries([...source.sources].filter(([id]) => has.source.has(id))),
        },
      ];
    }),
  );
}

/** Media with their words and the names of their files; the files themselves a row cannot carry. */
function mediaIn(media: SourceMedia, say: (text: Text) => Text): SourceMedia {
  const words = { alt: say(media.alt), ...(media.graphic ? { graphic: say(media.graphic) } : {}) };
  if (media.kind === 'post') return { ...media, ...words };
  const rights = { credit: say(media.credit), licence: say(media.licence) };
  return media.kind === 'image' ? { ...media, ...words, ...rights } : { ...media, ...words, ...rights, transcript: say(media.transcript) };
}

function claimIn(claim: SourceClaim, say: (text: Text) => Text): SourceClaim {
  const time = claim.time && { ...claim.time, ...(claim.time.text ? { text: say(claim.time.text) } : {}) };
  return {
    ...claim,
    says: say(claim.says),
    time: time satisfies SourceTime | null,
    figures: claim.figures.map((f) => ({ ...f, label: say(f.label) })),
    notes: claim.notes.map((n) => ({ ...n, text: say(n.text) })),
  };
}
