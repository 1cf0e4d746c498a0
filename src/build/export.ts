/** The story as files for others: GeoJSON (RFC 7946) and CSV (RFC 4180, safe in spreadsheets). Pure. */
import type { Feature, FeatureCollection, Point } from 'geojson';
import Papa from 'papaparse';
import { eventText, figurePhrase } from '../core/claim-words.ts';
import { wrapped } from '../core/geo.ts';
import type { Story, StoryEvent } from '../core/story.ts';
import type { Strings } from '../core/strings/make.ts';
import { plain } from '../core/text.ts';

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
  /** Only on an invented story's rows: the words that mark it. */
  readonly sample?: string;
}

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
    ...(story.sample ? { sample: plain(story.sample) } : {}),
  };
}

/** One Feature per event, in the story's order; null geometry where an event has no point of its own. */
export function eventsGeoJson(story: Story, t: Strings): string {
  const features = story.events.map((event): Feature<Point | null> => {
    const at = story.places.find((p) => p.id === event.place)?.at ?? null;
    return {
      type: 'Feature',
      id: event.id,
      geometry: at && { type: 'Point', coordinates: [wrapped(at[0]), at[1]] },
      properties: { ...toRow(story, event, t) },
    };
  });
  const named = new Set(story.events.map((e) => e.place));
  const points = story.places.flatMap((p) => (p.at && named.has(p.id) ? [p.at] : []));
  const [lngs, lats] = [points.map((p) => p[0]), points.map((p) => p[1])];
  const collection: FeatureCollection<Point | null> = {
    type: 'FeatureCollection',
    ...(points.length > 0 ? { bbox: [wrapped(Math.min(...lngs)), Math.min(...lats), wrapped(Math.max(...lngs)), Math.max(...lats)] } : {}),
    features,
  };
  return `${JSON.stringify(collection, null, 1)}\n`;
}

/** Text that a spreadsheet would run as a formula, full-width forms included. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** The same rows with `lng` and `lat`: UTF-8 with a byte order mark, as Excel needs, lines ended by CR LF. */
export function eventsCsv(story: Story, t: Strings): string {
  const rows = story.events.map((event) => {
    const at = story.places.find((p) => p.id === event.place)?.at;
    return { ...toRow(story, event, t), lng: at ? wrapped(at[0]) : null, lat: at?.[1] ?? null };
  });
  return `\ufeff${Papa.unparse(rows, { quotes: (value) => typeof value === 'string', escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`;
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
        ...(story.sample ? { sample: plain(story.sample) } : {}),
      },
    }),
  );
  return `${JSON.stringify({ type: 'FeatureCollection', features }, null, 1)}\n`;
}
