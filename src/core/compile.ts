/** A sound story → what readers get, in one language. Pure: same story, same bytes. */
import { axisLabels, spansYears } from './axis.ts';
import type { BasemapIndex } from './basemap.ts';
import type { DenseOutcome } from './dense-days.ts';
import { daysWithReach } from './dense-days.ts';
import { fingerprint } from './fingerprint.ts';
import { middleOf, nearTo, roundPosition } from './geo.ts';
import { languageName } from './languages.ts';
import type { LngLat, SourceClaim, SourceEvent, SourceFigure, SourceMedia, SourceStep, SourceStory, SourceTime, Text, TimeBasis } from './source.ts';
import type { Claim, Context, Day, Figure, Media, Publication, Step, Story, StoryEvent, When, Words } from './story.ts';
import { byTime, STORY_FORMAT } from './story.ts';
import type { Strings } from './strings/make.ts';
import { stringsFor } from './strings/strings.ts';
import { pick, plain } from './text.ts';
import type { Edtf, TimeRange } from './time.ts';
import { dateWords, daysOf, dayWords, parseEdtf, shortDayWords, span, toRange } from './time.ts';

/** Decimals of published coordinates: about a metre, finer than any place here is known. */
const POSITION_DIGITS = 5;

/** How sure a date is, weakest last. */
const BASIS_ORDER: readonly TimeBasis[] = ['stated', 'inferred', 'outside'];

/** What a media file has become, by its path in the story's folder. */
export type MadeMedia = ReadonlyMap<string, Pick<Media, 'files' | 'size'>>;

interface Frame {
  readonly made: MadeMedia;
  readonly source: SourceStory;
  readonly language: string;
  readonly t: Strings;
}

/**
 * Compile a validated story: the article's part, which is the page, and the context, which is fetched when asked for.
 * @param source   a story that `validate` found sound: every reference resolves, every date parses
 * @param basemap  what the page is to know of its basemap
 * @param leftOut  events set aside because of errors
 * @param dense    the story's many events, made beside it
 * @param made     its media files; what is not among them is left out
 */
export function compile(
  source: SourceStory,
  language: string,
  basemap: BasemapIndex,
  leftOut: number,
  dense: DenseOutcome | null = null,
  made: MadeMedia = new Map(),
): { story: Story; context: Context | null } {
  const { meta } = source;
  const t = stringsFor(language);
  const frame: Frame = { source, language, t, made };
  const say = (text: Text): Words => pick(text, language, meta.language);
  // Across the antimeridian the sheet goes on beyond 180: a story stands on one copy of the world.
  const onStorysCopy = ([lng, lat]: LngLat): LngLat => [nearTo(lng, middleOf(meta.bounds)), lat];
  const all = source.events.map((e) => compileEvent(e, frame)).sort(byTime);
  const events = all.filter((e) => e.collection === 'article');
  const outside = all.filter((e) => e.collection === 'context');
  const places = source.places.map((p) => ({
    id: p.id,
    name: say(p.name),
    aliases: [...new Set([...Object.values(p.name), ...p.aliases])].filter((n) => n !== plain(say(p.name))),
    kind: p.kind,
    precision: p.precision,
    note: p.note ? say(p.note) : null,
    at: p.at && onStorysCopy(roundPosition(p.at, POSITION_DIGITS)),
    outline: p.outline,
    ...(p.publishPrecision === undefined ? {} : { coarseKm: p.publishPrecision }),
  }));
  const sources = [...source.sources].map(([id, s]): [string, Publication] => [
    id,
    { ...s, published: s.published && words(s.published, t), accessed: s.accessed && words(s.accessed, t) },
  ]);
  const glossary = meta.glossary.map((g) => ({ id: g.id, term: say(g.term), claim: compileClaim(g.claim, frame) }));
  const placesOutside = namedPlaces(outside);
  const placesInside = namedPlaces(events);
  const cited = citedSources([...events.flatMap((e) => e.claims), ...glossary.map((g) => g.claim)]).add(meta.article);
  for (const id of events.flatMap((e) => e.media?.flatMap((m) => m.source ?? []) ?? [])) cited.add(id);
  const content: Omit<Story, 'version'> = {
    format: STORY_FORMAT,
    id: meta.id,
    language,
    ownLanguage: meta.language,
    languages: meta.languages.map((id) => ({ id, name: languageName(id) })),
    sample: meta.sample ? say(meta.sample) : null,
    title: meta.sample ? marked(say(meta.sample), say(meta.title)) : say(meta.title),
    summary: say(meta.summary),
    timeZone: meta.timeZone,
    asOf: words(meta.asOf, t),
    updated: words(meta.updated, t),
    updatedDay: daysOf(toRange(edtf(meta.updated), meta.timeZone), meta.timeZone)[0] ?? meta.updated,
    bounds: meta.bounds,
    basemap,
    tiles: meta.tiles ? { ...meta.tiles, label: say(meta.tiles.label) } : null,
    layers: meta.layers.map(({ id, label, glyph, shown }) => ({ id, label: say(label), glyph, shown })),
    // A place that nothing names yet is the article's: an editor may just have written it.
    places: places.filter((p) => placesInside.has(p.id) || !placesOutside.has(p.id)),
    span: words(meta.extent, t),
    days: daysWithReach(compileDays(meta.extent, meta.timeZone, events, t), dense?.reach ?? null, meta.timeZone, t),
    events,
    ...(dense ? { dense: dense.files } : {}),
    contextEvents: outside.length + (dense?.files.context ?? 0),
    sources: Object.fromEntries(sources.filter(([id]) => dense !== null || cited.has(id))),
    keyFigures: meta.keyFigures.flatMap((claim) => {
      const event = events.find((e) => e.claims.some((c) => c.id === claim));
      return event ? [{ event: event.id, claim }] : [];
    }),
    article: meta.article,
    paragraphs: meta.paragraphs.map((p) => ({ id: p.id, label: say(p.label) })),
    glossary,
    changes: meta.changes.map((c) => ({
      date: words(c.date, t),
      event: c.event,
      from: c.from ? say(c.from) : null,
      to: c.to ? say(c.to) : null,
      note: say(c.note),
    })),
    withdrawn: (meta.withdrawn ?? []).map((w) => ({ id: w.id, date: words(w.date, t), title: say(w.title), why: say(w.why) })),
    series: (meta.series ?? []).map((s) => ({ id: s.id, label: say(s.label), measure: s.measure, scope: s.scope })),
    steps: (meta.steps ?? []).map((s) => compileStep(s, meta.timeZone, say, onStorysCopy)),
    licence: say(meta.licence),
    credits: meta.credits.map(say),
    leftOut,
  };
  const context: Context | null =
    outside.length === 0
      ? null
      : {
          format: STORY_FORMAT,
          days: daysWithReach(compileDays(meta.contextExtent ?? meta.extent, meta.timeZone, all, t), dense?.reach ?? null, meta.timeZone, t),
          events: outside,
          places: places.filter((p) => placesOutside.has(p.id) && !placesInside.has(p.id)),
          sources: Object.fromEntries(sources.filter(([id]) => !cited.has(id))),
        };
  const version = fingerprint(JSON.stringify([content, context])).slice(0, 12);
  return { story: { ...content, version }, context };
}

/** A sample's title with its mark before it: wherever the title goes, to cards, figures and citations, the mark goes too. */
function marked(mark: Words, title: Words): Words {
  const text = `${plain(mark)}: ${plain(title)}`;
  return typeof title === 'string' ? text : { ...title, text };
}

/** Ids of the places that events happen at, count over, or move between. */
function namedPlaces(events: readonly StoryEvent[]): Set<string> {
  return new Set(
    events.flatMap((e) => [
      ...(e.place === null ? [] : [e.place]),
      ...(e.movement ? [e.movement.from, e.movement.to] : []),
      ...e.claims.flatMap((c) => c.figures.flatMap((f) => f.scope ?? [])),
    ]),
  );
}

function citedSources(claims: readonly Claim[]): Set<string> {
  return new Set(claims.flatMap((c) => [...c.sources, ...(c.when?.evidence ?? []), ...c.notes.flatMap((n) => n.sources)]));
}

/** The days of an extent, one by one, with a bin at either end for what events lie beyond. */
function compileDays(extent: string, zone: string, events: readonly StoryEvent[], t: Strings): Day[] {
  const whole = toRange(edtf(extent), zone);
  const ids = daysOf(whole, zone);
  const labels = axisLabels(ids, t);
  const inWords = spansYears(ids) ? dateWords : dayWords;
  const days = ids.map((id, i): Day => {
    const date = edtf(id);
    return { id, ...toRange(date, zone), label: labels[i] ?? '', words: inWords(date, t.locale), bin: 'day' };
  });
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return days;
  const before = events.filter((e) => e.time && e.time.end <= first.start);
  const after = events.filter((e) => e.time && e.time.start >= last.end);
  const reach = span(events.flatMap((e) => e.time ?? []));
  const beside = (at: number) => daysOf({ start: at, end: at + 1 }, zone)[0] ?? '';
  return [
    ...(before.length > 0 && reach
      ? [{ id: beside(first.start - 1), start: reach.start, end: first.start, label: '‹', words: t.beforeDay(first.words), bin: 'before' as const }]
      : []),
    ...days,
    ...(after.length > 0 && reach
      ? [{ id: beside(last.end), start: last.end, end: reach.end, label: '›', words: t.afterDay(last.words), bin: 'after' as const }]
      : []),
  ];
}

function compileStep(step: SourceStep, zone: string, say: (text: Text) => Words, onStorysCopy: (at: LngLat) => LngLat): Step {
  const days = step.days === undefined ? [] : daysOf(toRange(edtf(step.days), zone), zone);
  const [first] = days;
  const last = days.at(-1);
  return {
    id: step.id,
    title: say(step.title),
    text: say(step.text),
    days: first !== undefined && last !== undefined ? { first, last } : null,
    layers: step.layers ?? null,
    selection: step.event !== undefined ? { kind: 'event', id: step.event } : step.place !== undefined ? { kind: 'place', id: step.place } : null,
    view: step.view ? { ...step.view, center: onStorysCopy(step.view.center) } : null,
    context: step.context ?? false,
  };
}

function compileEvent(event: SourceEvent, frame: Frame): StoryEvent {
  const { source, language, t } = frame;
  const { timeZone, language: own } = source.meta;
  const times = event.claims.flatMap((c) => (c.time ? [c.time] : []));
  const dates = times.flatMap((time) => time.about ?? time.said ?? []).map(edtf);
  const range = span(dates.map((d) => toRange(d, timeZone)));
  const media = (event.media ?? []).flatMap((m) => compileMedia(m, frame));
  return {
    id: event.id,
    collection: event.collection,
    layer: event.layer,
    place: event.place,
    placeDetail: event.placeDetail ? pick(event.placeDetail, language, own) : null,
    title: pick(event.title, language, own),
    related: event.related,
    claims: event.claims.map((c) => compileClaim(c, frame)),
    time: range,
    when: range && { words: rangeWords(dates, range, timeZone, t), basis: basisOf(times, range, timeZone), about: dates.some((d) => d.approximate) },
    checked: event.checked == null ? null : words(event.checked, t),
    updated: event.updated === undefined ? null : words(event.updated, t),
    state: event.state ?? null,
    movement: event.movement ?? null,
    ...(media.length > 0 ? { media } : {}),
  };
}

/** One piece of media; none where its file is not fit to show. */
function compileMedia(media: SourceMedia, { source, language, made }: Frame): Media[] {
  const say = (text: Text): Words => pick(text, language, source.meta.language);
  const words = { kind: media.kind, alt: say(media.alt), graphic: media.graphic ? say(media.graphic) : null };
  if (media.kind === 'post') return [{ ...words, files: [], size: null, credit: null, licence: null, transcript: null, captions: [], source: media.source }];
  const file = made.get(media.file);
  if (!file) return [];
  const captions = media.kind === 'image' ? {} : (media.captions ?? {});
  return [
    {
      ...words,
      ...file,
      credit: say(media.credit),
      licence: say(media.licence),
      transcript: media.kind === 'image' ? null : say(media.transcript),
      captions: Object.entries(captions).flatMap(([tag, path]) => {
        const track = made.get(path)?.files[0];
        return track ? [{ language: tag, name: languageName(tag), path: track.path }] : [];
      }),
      source: null,
    },
  ];
}

/** The event's date: as written when its claims agree, else the days from the first to the last. */
function rangeWords(dates: readonly Edtf[], range: TimeRange, zone: string, t: Strings): string {
  const texts = new Set(dates.map((d) => edtfWords(d, t)));
  const [only] = texts;
  if (texts.size === 1 && only !== undefined) return only;
  const days = daysOf(range, zone);
  return words(days.length === 1 ? `${days[0]}` : `${days[0]}/${days.at(-1)}`, t);
}

/**
 * Where an event's date comes from: a claim that dates the whole of it speaks for it, the best one if there are several;
 * where it takes all claims together, the date is no better than its weakest.
 */
function basisOf(times: readonly SourceTime[], range: TimeRange, zone: string): TimeBasis {
  const whole = times.filter((time) => {
    const text = time.about ?? time.said;
    const own = text === null ? null : toRange(edtf(text), zone);
    return own?.start === range.start && own.end === range.end;
  });
  const best = BASIS_ORDER.find((b) => whole.some((w) => w.basis === b));
  return best ?? BASIS_ORDER.findLast((b) => times.some((x) => x.basis === b)) ?? 'stated';
}

function compileClaim(claim: SourceClaim, frame: Frame): Claim {
  const say = (text: Text): Words => pick(text, frame.language, frame.source.meta.language);
  return {
    id: claim.id,
    paragraph: claim.paragraph,
    says: say(claim.says),
    when: claim.time && compileWhen(claim.time, say, frame.t),
    status: claim.status,
    by: speakers(claim, frame),
    speaker: claim.chain
      .filter((l) => l.role === 'originator')
      .map((l) => l.who)
      .join(' '),
    day: dayOf(claim.time, frame),
    figures: claim.figures.map((f) => compileFigure(f, say, frame.t)),
    sources: claim.sources,
    relations: claim.relations,
    notes: claim.notes.map((n) => ({ kind: n.kind, text: say(n.text), sources: n.sources })),
  };
}

/** The day on which a claim became known: when it was said, else the last day that it is about. */
function dayOf(time: SourceTime | null, { source, t }: Frame): Claim['day'] {
  const { extent, timeZone: zone } = source.meta;
  const text = time?.said ?? time?.about ?? null;
  const id = text === null ? undefined : daysOf(toRange(edtf(text), zone), zone).at(-1);
  return id === undefined ? null : { id, label: shortDayWords(edtf(id), t.locale, spansYears(extent.split('/'))) };
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
function speakers(claim: SourceClaim, { source, language, t }: Frame): string {
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

/** A date in words with its hedges: "about 9 January 2022". */
export function edtfWords(date: Edtf, t: Strings): string {
  const bare = dateWords(date, t.locale);
  const hedged = date.approximate ? t.about(bare) : bare;
  return date.uncertain ? t.uncertain(hedged) : hedged;
}
