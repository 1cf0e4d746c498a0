/** The column `record` of this project's own downloads: an event whole, as `core/record.ts` wrote it. */
import type { GlyphName } from '../core/glyphs.ts';
import { GLYPHS } from '../core/glyphs.ts';
import type { EventRecord } from '../core/record.ts';
import type {
  LngLat,
  SourceClaim,
  SourceEvent,
  SourceLayer,
  SourceMedia,
  SourcePlace,
  SourcePublication,
  SourceSpeaker,
  SourceTime,
  Text,
} from '../core/source.ts';
import {
  CHAIN_ROLES,
  COLLECTIONS,
  EXACTNESS,
  MEDIA_KINDS,
  NOTE_KINDS,
  PLACE_KINDS,
  PRECISIONS,
  RELATION_KINDS,
  SOURCE_KINDS,
  SPEAKER_KINDS,
  STATE_VALUES,
  STATUSES,
  TIME_BASES,
} from '../core/source.ts';
import { isTimeZone, parseEdtf } from '../core/time.ts';

/** Name of the column; folded it is the same. */
export const RECORD_COLUMN = 'record';

/** Where a record is of another form than it should be. */
class Misshapen extends Error {}

type Reader<T> = (value: unknown, at: string) => T;

function fail(at: string): never {
  throw new Misshapen(at);
}

type Tree = { readonly [key: string]: unknown };
const tree: Reader<Tree> = (v, at) => (typeof v === 'object' && v !== null && !Array.isArray(v) ? (v as Tree) : fail(at));
const string: Reader<string> = (v, at) => (typeof v === 'string' && v.length <= 5000 ? v : fail(at));
const id: Reader<string> = (v, at) => (typeof v === 'string' && /^[\w-]{1,64}$/.test(v) ? v : fail(at));
const edtf: Reader<string> = (v, at) => (parseEdtf(string(v, at)).ok ? (v as string) : fail(at));
const number: Reader<number> = (v, at) => (typeof v === 'number' && Number.isFinite(v) ? v : fail(at));
const flag: Reader<boolean> = (v, at) => (typeof v === 'boolean' ? v : fail(at));
const listOf =
  <T>(read: Reader<T>): Reader<T[]> =>
  (v, at) =>
    Array.isArray(v) ? v.map((x, i) => read(x, `${at}[${i}]`)) : fail(at);
const orNull =
  <T>(read: Reader<T>): Reader<T | null> =>
  (v, at) =>
    v === null || v === undefined ? null : read(v, at);
const oneOf =
  <T extends string>(all: readonly T[]): Reader<T> =>
  (v, at) =>
    all.find((x) => x === v) ?? fail(at);
const tableOf =
  <T>(read: Reader<T>): Reader<{ [id: string]: T }> =>
  (v, at) =>
    Object.fromEntries(Object.entries(tree(v, at)).map(([key, x]) => [id(key, at), read(x, `${at}.${key}`)]));
/** A member that may be left out stays left out. */
const maybe = <K extends string, T>(from: Tree, key: K, read: Reader<T>, at: string): { [P in K]?: T } =>
  from[key] === undefined ? {} : ({ [key]: from[key] === null ? null : read(from[key], `${at}.${key}`) } as { [P in K]?: T });

/**
 * Read a cell.
 * @param language the texts are said to be in it, whatever the cell calls theirs
 * @returns the record, or the place in it that is of another form
 */
export function readRecordCell(
  cell: string,
  language: string,
): { readonly ok: true; readonly record: EventRecord } | { readonly ok: false; readonly at: string } {
  try {
    return { ok: true, record: recordOf(JSON.parse(cell), language) };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, at: 'text that is cut off or no JSON' };
    if (error instanceof Misshapen) return { ok: false, at: error.message };
    throw error;
  }
}

function recordOf(value: unknown, language: string): EventRecord {
  const r = tree(value, 'record');
  if (r.format !== 1) fail('format');
  const text: Reader<Text> = (v, at) => ({ [language]: string(Object.values(tree(v, at))[0], at) });
  const at: Reader<LngLat> = (v, path) => (Array.isArray(v) && v.length === 2 ? [number(v[0], path), number(v[1], path)] : fail(path));
  const time: Reader<SourceTime> = (v, path) => {
    const x = tree(v, path);
    return {
      about: orNull(edtf)(x.about, `${path}.about`),
      said: orNull(edtf)(x.said, `${path}.said`),
      basis: oneOf(TIME_BASES)(x.basis, `${path}.basis`),
      ...maybe(x, 'text', text, path),
      ...maybe(x, 'evidence', listOf(id), path),
    };
  };
  const claim: Reader<SourceClaim> = (v, path) => {
    const x = tree(v, path);
    return {
      id: id(x.id, `${path}.id`),
      paragraph: orNull(id)(x.paragraph, `${path}.paragraph`),
      says: text(x.says, `${path}.says`),
      time: orNull(time)(x.time, `${path}.time`),
      status: oneOf(STATUSES)(x.status, `${path}.status`),
      chain: listOf((l, p) => {
        const link = tree(l, p);
        return { who: id(link.who, `${p}.who`), role: oneOf(CHAIN_ROLES)(link.role, `${p}.role`), ...maybe(link, 'disputed', flag, p) };
      })(x.chain, `${path}.chain`),
      figures: listOf((f, p) => {
        const figure = tree(f, p);
        return {
          value: number(figure.value, `${p}.value`),
          unit: string(figure.unit, `${p}.unit`),
          measure: string(figure.measure, `${p}.measure`),
          scope: orNull(id)(figure.scope, `${p}.scope`),
          label: text(figure.label, `${p}.label`),
          exactness: oneOf(EXACTNESS)(figure.exactness, `${p}.exactness`),
        };
      })(x.figures, `${path}.figures`),
      sources: listOf(id)(x.sources, `${path}.sources`),
      relations: listOf((l, p) => ({ kind: oneOf(RELATION_KINDS)(tree(l, p).kind, `${p}.kind`), claim: id(tree(l, p).claim, `${p}.claim`) }))(
        x.relations,
        `${path}.relations`,
      ),
      notes: listOf((n, p) => {
        const note = tree(n, p);
        return { kind: oneOf(NOTE_KINDS)(note.kind, `${p}.kind`), text: text(note.text, `${p}.text`), sources: listOf(id)(note.sources, `${p}.sources`) };
      })(x.notes, `${path}.notes`),
    };
  };
  const media: Reader<SourceMedia> = (v, path) => {
    const x = tree(v, path);
    const kind = oneOf(MEDIA_KINDS)(x.kind, `${path}.kind`);
    const words = { alt: text(x.alt, `${path}.alt`), ...maybe(x, 'graphic', text, path) };
    if (kind === 'post') return { kind, source: id(x.source, `${path}.source`), ...words };
    const file: Reader<string> = (f, p) => (/^media\/[\w-][\w.-]*\.[a-z0-9]+$/i.test(string(f, p)) ? (f as string) : fail(p));
    const whole = { file: file(x.file, `${path}.file`), ...words, credit: text(x.credit, `${path}.credit`), licence: text(x.licence, `${path}.licence`) };
    if (kind === 'image') return { kind, ...whole };
    const captions: Reader<Text> = (c, p) => Object.fromEntries(Object.entries(tree(c, p)).map(([tag, f]) => [string(tag, p), file(f, p)]));
    return { kind, ...whole, transcript: text(x.transcript, `${path}.transcript`), ...maybe(x, 'captions', captions, path) };
  };
  const event: Reader<SourceEvent> = (v, path) => {
    const x = tree(v, path);
    return {
      id: id(x.id, `${path}.id`),
      collection: oneOf(COLLECTIONS)(x.collection, `${path}.collection`),
      layer: id(x.layer, `${path}.layer`),
      place: orNull(id)(x.place, `${path}.place`),
      ...maybe(x, 'placeDetail', text, path),
      title: text(x.title, `${path}.title`),
      related: listOf(id)(x.related, `${path}.related`),
      claims: listOf(claim)(x.claims, `${path}.claims`),
      ...maybe(x, 'checked', edtf, path),
      ...maybe(x, 'updated', edtf, path),
      ...maybe(x, 'state', (s, p) => ({ of: id(tree(s, p).of, p), value: oneOf(STATE_VALUES)(tree(s, p).value, p) }), path),
      ...maybe(x, 'movement', (m, p) => ({ from: id(tree(m, p).from, p), to: id(tree(m, p).to, p) }), path),
      ...maybe(x, 'media', listOf(media), path),
    };
  };
  const layer: Reader<SourceLayer> = (v, path) => {
    const x = tree(v, path);
    const color = tree(x.color, `${path}.color`);
    const hex: Reader<string> = (c, p) => (/^#[0-9a-f]{6}$/i.test(string(c, p)) ? (c as string) : fail(p));
    return {
      id: id(x.id, `${path}.id`),
      label: text(x.label, `${path}.label`),
      glyph: oneOf(Object.keys(GLYPHS) as GlyphName[])(x.glyph, `${path}.glyph`),
      color: { light: hex(color.light, `${path}.color`), dark: hex(color.dark, `${path}.color`) },
      shown: flag(x.shown, `${path}.shown`),
    };
  };
  const place: Reader<SourcePlace> = (v, path) => {
    const x = tree(v, path);
    return {
      id: id(x.id, `${path}.id`),
      name: text(x.name, `${path}.name`),
      aliases: listOf(string)(x.aliases, `${path}.aliases`),
      kind: oneOf(PLACE_KINDS)(x.kind, `${path}.kind`),
      precision: oneOf(PRECISIONS)(x.precision, `${path}.precision`),
      note: orNull(text)(x.note, `${path}.note`),
      country: string(x.country, `${path}.country`),
      coordinateSource: orNull(string)(x.coordinateSource, `${path}.coordinateSource`),
      outline: orNull(id)(x.outline, `${path}.outline`),
      at: orNull(at)(x.at, `${path}.at`),
      ...maybe(x, 'publishPrecision', number, path),
    };
  };
  const speaker: Reader<SourceSpeaker> = (v, path) => ({
    name: text(tree(v, path).name, `${path}.name`),
    kind: oneOf(SPEAKER_KINDS)(tree(v, path).kind, `${path}.kind`),
  });
  const source: Reader<SourcePublication> = (v, path) => {
    const x = tree(v, path);
    const url: Reader<string> = (u, p) => (/^https?:\/\/[^\s@]+$/i.test(string(u, p)) ? (u as string) : fail(p));
    return {
      publisher: string(x.publisher, `${path}.publisher`),
      title: string(x.title, `${path}.title`),
      url: orNull(url)(x.url, `${path}.url`),
      archivedUrl: orNull(url)(x.archivedUrl, `${path}.archivedUrl`),
      published: orNull(edtf)(x.published, `${path}.published`),
      accessed: orNull(edtf)(x.accessed, `${path}.accessed`),
      kind: oneOf(SOURCE_KINDS)(x.kind, `${path}.kind`),
      language: string(x.language, `${path}.language`),
    };
  };
  return {
    format: 1,
    timeZone: ((zone) => (isTimeZone(zone) ? zone : fail('timeZone')))(string(r.timeZone, 'timeZone')),
    article: id(r.article, 'article'),
    event: event(r.event, 'event'),
    layer: orNull(layer)(r.layer, 'layer'),
    paragraphs: listOf((p, path) => ({ id: id(tree(p, path).id, path), label: text(tree(p, path).label, path) }))(r.paragraphs, 'paragraphs'),
    places: listOf(place)(r.places, 'places'),
    speakers: tableOf(speaker)(r.speakers, 'speakers'),
    sources: tableOf(source)(r.sources, 'sources'),
  };
}
