/** A sound story → what readers get, in one language. Pure: same story, same bytes. */
import { createHash } from 'node:crypto';
import type { BasemapIndex } from '../core/basemap.ts';
import { roundPosition } from '../core/geo.ts';
import type { SourceClaim, SourceEvent, SourceFigure, SourceStory, SourceTime, Text, TimeBasis } from '../core/source.ts';
import type { Claim, Figure, Story, StoryEvent, When, Words } from '../core/story.ts';
import { STORY_FORMAT } from '../core/story.ts';
import type { Strings } from '../core/strings/en.ts';
import { stringsFor } from '../core/strings/strings.ts';
import { pick, plain } from '../core/text.ts';
import type { Edtf, TimeRange } from '../core/time.ts';
import { dateWords, daysOf, parseEdtf, span, toRange } from '../core/time.ts';

/** Decimals of published coordinates: about a metre, finer than any place here is known. */
const POSITION_DIGITS = 5;

/** How sure a date is, weakest last. An event is as well dated as its weakest claim. */
const BASIS_ORDER: readonly TimeBasis[] = ['stated', 'inferred', 'outside'];

interface Context {
  readonly source: SourceStory;
  readonly language: string;
  readonly t: Strings;
}

/**
 * Compile a validated story.
 * @param source   a story that `validate` found sound: every reference resolves, every date parses
 * @param basemap  what the page is to know of its basemap
 * @param leftOut  events set aside because of errors
 */
export function compile(source: SourceStory, language: string, basemap: BasemapIndex, leftOut: number): Story {
  const { meta } = source;
  const t = stringsFor(language);
  const context: Context = { source, language, t };
  const say = (text: Text): Words => pick(text, language, meta.language);
  const events = source.events.map((e) => compileEvent(e, context)).sort(byTime);
  const content: Omit<Story, 'version'> = {
    format: STORY_FORMAT,
    id: meta.id,
    language,
    title: say(meta.title),
    summary: say(meta.summary),
    timeZone: meta.timeZone,
    asOf: words(meta.asOf, t),
    updated: words(meta.updated, t),
    updatedDay: daysOf(toRange(edtf(meta.updated), meta.timeZone), meta.timeZone)[0] ?? meta.updated,
    bounds: meta.bounds,
    basemap,
    tiles: meta.tiles ? { ...meta.tiles, label: say(meta.tiles.label) } : null,
    layers: meta.layers.map(({ id, label, glyph, shown }) => ({ id, label: say(label), glyph, shown })),
    places: source.places.map((p) => ({
      id: p.id,
      name: say(p.name),
      kind: p.kind,
      precision: p.precision,
      note: p.note ? say(p.note) : null,
      at: p.at ? roundPosition(p.at, POSITION_DIGITS) : null,
      outline: p.outline,
    })),
    span: words(meta.extent, t),
    events,
    sources: Object.fromEntries(
      [...source.sources].map(([id, s]) => [id, { ...s, published: s.published && words(s.published, t), accessed: s.accessed && words(s.accessed, t) }]),
    ),
    keyFigures: meta.keyFigures.flatMap((claim) => {
      const event = events.find((e) => e.claims.some((c) => c.id === claim));
      return event ? [{ event: event.id, claim }] : [];
    }),
    article: meta.article,
    paragraphs: meta.paragraphs.map((p) => ({ id: p.id, label: say(p.label) })),
    glossary: meta.glossary.map((g) => ({ id: g.id, term: say(g.term), claim: compileClaim(g.claim, context) })),
    changes: meta.changes.map((c) => ({ date: words(c.date, t), event: c.event, note: say(c.note) })),
    licence: say(meta.licence),
    credits: meta.credits.map(say),
    leftOut,
  };
  const version = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
  return { ...content, version };
}

function byTime(a: StoryEvent, b: StoryEvent): number {
  if (a.time && b.time) return a.time.start - b.time.start || a.time.end - b.time.end || (a.id < b.id ? -1 : 1);
  if (a.time || b.time) return a.time ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function compileEvent(event: SourceEvent, context: Context): StoryEvent {
  const { source, language, t } = context;
  const { timeZone, language: own } = source.meta;
  const times = event.claims.flatMap((c) => (c.time ? [c.time] : []));
  const dates = times.flatMap((time) => time.about ?? time.said ?? []).map(edtf);
  const range = span(dates.map((d) => toRange(d, timeZone)));
  return {
    id: event.id,
    collection: event.collection,
    layer: event.layer,
    place: event.place,
    placeDetail: event.placeDetail ? pick(event.placeDetail, language, own) : null,
    title: pick(event.title, language, own),
    related: event.related,
    claims: event.claims.map((c) => compileClaim(c, context)),
    time: range,
    when: range && { words: rangeWords(dates, range, timeZone, t), basis: weakest(times) },
  };
}

/** The event's date: as written when its claims agree, else the days from the first to the last. */
function rangeWords(dates: readonly Edtf[], range: TimeRange, zone: string, t: Strings): string {
  const texts = new Set(dates.map((d) => edtfWords(d, t)));
  const [only] = texts;
  if (texts.size === 1 && only !== undefined) return only;
  const days = daysOf(range, zone);
  return words(days.length === 1 ? `${days[0]}` : `${days[0]}/${days.at(-1)}`, t);
}

function weakest(times: readonly SourceTime[]): TimeBasis {
  return times.map((x) => x.basis).reduce((a, b) => (BASIS_ORDER.indexOf(b) > BASIS_ORDER.indexOf(a) ? b : a), 'stated');
}

function compileClaim(claim: SourceClaim, context: Context): Claim {
  const say = (text: Text): Words => pick(text, context.language, context.source.meta.language);
  return {
    id: claim.id,
    paragraph: claim.paragraph,
    says: say(claim.says),
    when: claim.time && compileWhen(claim.time, say, context.t),
    status: claim.status,
    by: speakers(claim, context),
    figures: claim.figures.map((f) => compileFigure(f, say, context.t)),
    sources: claim.sources,
    relations: claim.relations,
    notes: claim.notes.map((n) => ({ kind: n.kind, text: say(n.text), sources: n.sources })),
  };
}

function compileWhen(time: SourceTime, say: (text: Text) => Words, t: Strings): When {
  const about = time.about === null ? null : words(time.about, t);
  const said = time.said === null ? null : words(time.said, t);
  return {
    words: about ?? said ?? '',
    said: about !== null && said !== about ? said : null,
    basis: time.basis,
    text: time.text ? say(time.text) : null,
    evidence: time.evidence ?? [],
  };
}

function compileFigure(figure: SourceFigure, say: (text: Text) => Words, t: Strings): Figure {
  return {
    value: figure.value,
    number: t.number(figure.value),
    label: say(figure.label),
    measure: figure.measure,
    scope: figure.scope,
    exactness: figure.exactness,
  };
}

/** "Kazakhstan's interior ministry, through Reuters and AFP". The publisher is named by the sources, unless it speaks for itself. */
function speakers(claim: SourceClaim, { source, language, t }: Context): string {
  const named = claim.chain.flatMap((link) => {
    const speaker = source.speakers.get(link.who);
    if (!speaker) return [];
    const name = plain(pick(speaker.name, language, source.meta.language));
    return [{ ...link, kind: speaker.kind, name: link.disputed ? t.disputed(name) : name }];
  });
  const originators = named.filter((n) => n.role === 'originator');
  if (originators.every((n) => n.kind === 'newspaper')) return t.ownWords;
  const who = t.list(originators.map((n) => n.name));
  const carriers = named.filter((n) => n.role === 'carrier').map((n) => n.name);
  return carriers.length > 0 ? t.through(who, t.list(carriers)) : who;
}

/** A validated date. @throws Error for text that validation should have refused */
function edtf(text: string): Edtf {
  const parsed = parseEdtf(text);
  if (!parsed.ok) throw new Error(`Date "${text}" reached compile unvalidated: ${parsed.reason}.`);
  return parsed.value;
}

function words(text: string, t: Strings): string {
  return edtfWords(edtf(text), t);
}

function edtfWords(date: Edtf, t: Strings): string {
  const bare = dateWords(date, t.locale);
  const hedged = date.approximate ? t.about(bare) : bare;
  return date.uncertain ? t.uncertain(hedged) : hedged;
}
