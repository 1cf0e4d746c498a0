/**
 * The story as files for others: GeoJSON (RFC 7946), CSV (RFC 4180, safe in spreadsheets) and KML (OGC 07-147r2). The
 * build writes them whole; a reader's page writes what is on show, by giving a story with those events alone.
 */
import type { Feature, FeatureCollection, Point } from 'geojson';
import { eventText, figurePhrase } from './claim-words.ts';
import { leastAndMost, wrapped } from './geo.ts';
import type { EventRecord } from './record.ts';
import type { Media, Story, StoryEvent } from './story.ts';
import type { Strings } from './strings/make.ts';
import { plain } from './text.ts';

/** What both files say of an event; `precision` tells an event of the whole country from one with no place at all. */
interface Row {
  readonly id: string;
  readonly collection: string;
  readonly layer: string;
  readonly title: string;
  readonly placeId: string | null;
  readonly place: string | null;
  readonly precision: 'country' | 'region' | 'city' | 'facility' | 'none';
  /** The date in words; null when undated. */
  readonly time: string | null;
  /** ISO 8601 instants, half-open; null when undated. */
  readonly start: string | null;
  readonly end: string | null;
  /** The first claim's. */
  readonly status: string;
  /** For the context: the day on which it was checked against its source, or that nobody has. Empty for the article. */
  readonly checked: string;
  readonly text: string;
  /** Numbers in words with scope and status, never bare. */
  readonly figures: string;
  readonly sources: string;
  readonly updated: string;
  /** In words: up to which day the account goes, and on what terms it may be used. They travel with every row. */
  readonly asOf: string;
  readonly licence: string;
  /** Pictures, sounds, videos and posts: what they show, their file or address, credit and terms. Only where there are any. */
  readonly media?: string;
  /** Only on an invented story's rows: the words that mark it. */
  readonly sample?: string;
}

/** Each event whole, by id, for the column that an import reads; left out where they are not at hand, as in a reader's page. */
export type Records = ReadonlyMap<string, EventRecord>;

function toRow(story: Story, event: StoryEvent, t: Strings): Row {
  const place = story.places.find((p) => p.id === event.place) ?? null;
  const sources = [...new Set(event.claims.flatMap((c) => c.sources))].flatMap((id) => story.sources[id] ?? []);
  return {
    id: event.id,
    collection: event.collection,
    layer: event.layer,
    title: plain(event.title),
    placeId: event.place,
    place: place && plain(place.name),
    precision: place?.precision ?? 'none',
    time: event.when?.words ?? null,
    start: event.time && new Date(event.time.start).toISOString(),
    end: event.time && new Date(event.time.end).toISOString(),
    status: event.claims[0]?.status ?? '',
    checked: event.collection === 'article' ? '' : (event.checked ?? t.notChecked),
    text: eventText(event, t),
    figures: event.claims.flatMap((c) => c.figures.map((f) => figurePhrase(story, c, f, t))).join(' | '),
    sources: sources.map((s) => (s.url ? `${s.publisher} ${s.url}` : s.publisher)).join(' | '),
    updated: story.updatedDay,
    asOf: story.asOf,
    licence: plain(story.licence),
    ...(story.events.some((e) => e.media) ? { media: (event.media ?? []).map((m) => mediaPhrase(m, story, t)).join(' | ') } : {}),
    ...(story.sample ? { sample: plain(story.sample) } : {}),
  };
}

/** The warning before everything else. Paths are below the site's root. */
function mediaPhrase({ kind, alt, graphic, files, credit, licence, source }: Media, story: Story, t: Strings): string {
  const publication = source === null ? null : story.sources[source];
  const where = files.at(-1)?.path ?? [publication?.publisher, publication?.url, publication?.published, publication?.archivedUrl].filter((x) => x).join(' ');
  const parts = [graphic && t.media.graphic(plain(graphic)), `${t.media[kind]}: ${plain(alt)}`, where, credit && plain(credit), licence && plain(licence)];
  return parts.filter((x) => x).join('; ');
}

/** One Feature per event, in the story's order; null geometry where an event has no point of its own. */
export function eventsGeoJson(story: Story, t: Strings, records?: Records): string {
  const features = story.events.map((event): Feature<Point | null> => {
    const at = story.places.find((p) => p.id === event.place)?.at ?? null;
    return {
      type: 'Feature',
      id: event.id,
      geometry: at && { type: 'Point', coordinates: [wrapped(at[0]), at[1]] },
      properties: { ...toRow(story, event, t), ...(records ? { record: records.get(event.id) } : {}) },
    };
  });
  const named = new Set(story.events.map((e) => e.place));
  const points = story.places.flatMap((p) => (p.at && named.has(p.id) ? [p.at] : []));
  const [west, east] = leastAndMost(points.map((p) => p[0]));
  const [south, north] = leastAndMost(points.map((p) => p[1]));
  const collection: FeatureCollection<Point | null> & { readonly [about: string]: unknown } = {
    type: 'FeatureCollection',
    // Members beyond the format's own (RFC 7946 §6.1): readers that do not know them pass them by.
    title: plain(story.title),
    asOf: story.asOf,
    licence: plain(story.licence),
    version: story.version,
    ...(points.length > 0 ? { bbox: [wrapped(west), south, wrapped(east), north] } : {}),
    features,
  };
  return `${JSON.stringify(collection, null, 1)}\n`;
}

function recordText(records: Records | undefined, event: StoryEvent): { readonly record?: string } {
  const record = records?.get(event.id);
  return record ? { record: JSON.stringify(record) } : {};
}

/** Text that a spreadsheet would run as a formula, full-width forms included. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** The same rows with `lng` and `lat`: UTF-8 with a byte order mark, as Excel needs, lines ended by CR LF. */
export function eventsCsv(story: Story, t: Strings, records?: Records): string {
  const rows = story.events.map((event) => {
    const at = story.places.find((p) => p.id === event.place)?.at;
    return { ...toRow(story, event, t), lng: at ? wrapped(at[0]) : null, lat: at?.[1] ?? null, ...recordText(records, event) };
  });
  const [first] = rows;
  const lines = [Object.keys(first ?? {}), ...rows.map((row) => Object.values(row))].map((values) => `${values.map(field).join(',')}\r\n`);
  return `\ufeff${lines.join('')}`;
}

/** One value: numbers as they are, text in quotes and disarmed. */
function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return `"${(FORMULA.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
}

/** The same rows as placemarks, for globes and phones: nothing in it is markup, and an event without a point has none. */
export function eventsKml(story: Story, t: Strings, records?: Records): string {
  const marks = story.events.map((event) => {
    const at = story.places.find((p) => p.id === event.place)?.at;
    const { title, text, start, end, ...rest } = { ...toRow(story, event, t), ...recordText(records, event) };
    const data = Object.entries(rest).flatMap(([name, value]: [string, string | null]) =>
      value === null || value === '' ? [] : [`<Data name="${name}"><value>${xml(value)}</value></Data>`],
    );
    const span = start !== null && end !== null ? `<TimeSpan><begin>${start}</begin><end>${end}</end></TimeSpan>` : '';
    const point = at ? `<Point><coordinates>${wrapped(at[0])},${at[1]}</coordinates></Point>` : '';
    return `<Placemark id="${xml(event.id)}"><name>${xml(title)}</name><description>${xml(text)}</description>${span}<ExtendedData>${data.join('')}</ExtendedData>${point}</Placemark>\n`;
  });
  const about = `${plain(story.summary)} ${t.asOf(story.asOf)}. ${plain(story.licence)}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${xml(plain(story.title))}</name><description>${xml(about)}</description>
${marks.join('')}</Document></kml>
`;
}

/** Characters that XML 1.0 §2.2 has no place for, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSPEAKABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function xml(text: string): string {
  return text.replace(UNSPEAKABLE, '').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** The places as they were written, for those who want to redraw the map. */
export function placesGeoJson(story: Story): string {
  const features = story.places.map(
    (p): Feature<Point | null> => ({
      type: 'Feature',
      id: p.id,
      geometry: p.at && { type: 'Point', coordinates: [wrapped(p.at[0]), p.at[1]] },
      properties: {
        name: plain(p.name),
        kind: p.kind,
        precision: p.precision,
        note: p.note && plain(p.note),
        outline: p.outline,
        ...(p.coarseKm === undefined ? {} : { coarseKm: p.coarseKm }),
        ...(story.sample ? { sample: plain(story.sample) } : {}),
      },
    }),
  );
  return `${JSON.stringify({ type: 'FeatureCollection', features }, null, 1)}\n`;
}
