/**
 * The rules of meaning: what no shape can say. Input is a story whose shapes are checked; output is every fault found.
 * Nothing here throws or stops early.
 */
import { contrast, LAYER_GROUNDS, MARK_CONTRAST, nearestWith } from './contrast.ts';
import { inRange } from './geo.ts';
import type { Issue } from './issue.ts';
import { show } from './issue.ts';
import type { LngLat, SourceStory, SourceTiles } from './source.ts';
import { isTimeZone } from './time.ts';
import type { Palette } from './tokens.ts';
import { checkCourse } from './validate-course.ts';
import type { EventPosition } from './validate-events.ts';
import { checkClaim, checkEvents } from './validate-events.ts';
import type { Report } from './validate-parts.ts';
import { checkDate, checkText, checkUnique } from './validate-parts.ts';
import { checkPlaces } from './validate-places.ts';

/** Answers whether a position lies in a country, by ISO 3166-1 alpha-2 code; null where its outline is not at hand. */
export type CountryTest = (country: string, at: LngLat) => boolean | null;

/** What validation needs to know from outside the story's own files. */
export interface Surroundings {
  readonly folder: string;
  readonly inCountry: CountryTest;
  /** Ids of the shapes that the story's basemap can draw. */
  readonly outlines: ReadonlySet<string>;
  /** What the site's pages and map look like. */
  readonly palettes: SitePalettes;
}

/** The colours of a site in either scheme. */
export interface SitePalettes {
  readonly light: Palette;
  readonly dark: Palette;
}

/** Faults that one check tells; whoever has more mends these first. */
const MOST_ISSUES = 10_000;

/**
 * Check a story's meaning.
 * @param positions for each kept event and place, its position in the file: broken neighbours may have been set aside
 * @returns every fault, file by file, up to ten thousand
 */
export function validate(
  story: SourceStory,
  positions: { readonly events: readonly EventPosition[]; readonly places: readonly number[] },
  around: Surroundings,
): Issue[] {
  const issues: Issue[] = [];
  const report: Report = (severity, file, path, expected, found, remedy) => {
    if (issues.length < MOST_ISSUES) issues.push({ severity, file, path, expected, found, remedy });
  };
  checkMeta(story, around, report);
  checkPlaces(story, positions.places, around, report);
  const used = usedIds(story);
  for (const id of story.speakers.keys()) {
    if (!used.speakers.has(id))
      report('warning', 'speakers.json', [id], 'a speaker that some claim names', `"${id}", which none does`, 'Remove it, or name it in a chain.');
  }
  for (const [id, source] of story.sources) {
    for (const key of ['published', 'accessed'] as const) {
      const date = source[key];
      if (date !== null) checkDate(date, 'sources.json', [id, key], report);
    }
    if (!used.sources.has(id))
      report('warning', 'sources.json', [id], 'a source that some claim or note cites', `"${id}", which none does`, 'Remove it, or cite it.');
  }
  checkEvents(story, positions.events, report);
  checkCourse(story, report);
  return issues;
}

function checkMeta(story: SourceStory, around: Surroundings, report: Report): void {
  const { meta } = story;
  const file = 'story.json';
  if (meta.id !== around.folder)
    report('error', file, ['id'], `the folder's name, "${around.folder}"`, show(meta.id), 'Rename one of the two: the id is the story’s address.');
  if (!isTimeZone(meta.timeZone))
    report(
      'error',
      file,
      ['timeZone'],
      'an IANA time zone such as "Asia/Almaty"',
      show(meta.timeZone),
      'Look the name up in the IANA list; it has the form Area/City.',
    );
  for (const key of ['extent', 'asOf', 'updated'] as const) checkDate(meta[key], file, [key], report);
  checkBounds(meta.bounds, file, report);
  if (meta.tiles) checkTiles(meta.tiles, file, report);
  if (meta.tiles) checkText(meta.tiles.label, meta.language, file, ['tiles', 'label'], report);
  checkUnique(meta.layers, file, ['layers'], 'layer', report);
  checkUnique(meta.paragraphs, file, ['paragraphs'], 'paragraph', report);
  if (!story.sources.has(meta.article))
    report('error', file, ['article'], 'an id from sources.json', show(meta.article), 'Add the article to sources.json or correct the id.');
  const claims = new Map(story.events.flatMap((e) => e.claims).map((c) => [c.id, c]));
  meta.keyFigures.forEach((id, i) => {
    const claim = claims.get(id);
    if (!claim)
      report(
        'error',
        file,
        ['keyFigures', i],
        'the id of a claim in events.json',
        show(id),
        'Correct the id or remove it; a claim with errors of its own counts as missing.',
      );
    else if (claim.figures.length === 0)
      report('error', file, ['keyFigures', i], 'a claim with a figure', `${show(id)}, which has none`, 'Name a claim that carries a number.');
  });
  meta.changes.forEach((change, i) => {
    checkDate(change.date, file, ['changes', i, 'date'], report);
    if (change.event !== null && !story.events.some((e) => e.id === change.event) && !meta.withdrawn?.some((w) => w.id === change.event))
      report('error', file, ['changes', i, 'event'], 'the id of an event, or null', show(change.event), 'Correct the id.');
    if (change.claim !== undefined && !claims.has(change.claim))
      report('error', file, ['changes', i, 'claim'], 'the id of a claim', show(change.claim), 'Correct the id, or leave it out.');
    for (const key of ['from', 'to', 'note'] as const) {
      const words = change[key];
      if (words) checkText(words, meta.language, file, ['changes', i, key], report);
    }
  });
  meta.glossary.forEach((entry, i) => {
    checkText(entry.term, meta.language, file, ['glossary', i, 'term'], report);
    checkClaim(entry.claim, null, story, file, ['glossary', i, 'claim'], report);
  });
  if (meta.sample) checkText(meta.sample, meta.language, file, ['sample'], report);
  for (const key of ['title', 'summary', 'licence'] as const) checkText(meta[key], meta.language, file, [key], report);
  meta.layers.forEach((l, i) => {
    checkText(l.label, meta.language, file, ['layers', i, 'label'], report);
    for (const scheme of ['light', 'dark'] as const) checkLayerColor(l.color[scheme], scheme, around.palettes[scheme], i, report);
  });
  meta.paragraphs.forEach((p, i) => {
    checkText(p.label, meta.language, file, ['paragraphs', i, 'label'], report);
  });
}

/** A glyph is told by its shape too, so a faint one is no error. */
function checkLayerColor(color: string, scheme: string, palette: Palette, at: number, report: Report): void {
  const grounds = LAYER_GROUNDS.map((name) => ({ name, color: palette[name], needed: MARK_CONTRAST }));
  const [worst] = grounds.map((g) => ({ ...g, found: contrast(color, g.color) })).sort((a, b) => a.found - b.found);
  if (!worst || worst.found >= MARK_CONTRAST) return;
  const better = nearestWith(color, grounds);
  report(
    'warning',
    'story.json',
    ['layers', at, 'color', scheme],
    `a colour with ${MARK_CONTRAST}:1 or more on "${worst.name}" in the ${scheme} scheme`,
    `${(Math.floor(worst.found * 100) / 100).toFixed(2)}:1, ${show(color)} on ${show(worst.color)}`,
    better === null ? 'Choose another hue.' : `The nearest colour that is enough wherever it stands is ${better}.`,
  );
}

/** What a shape cannot say of an operator's tiles, be they a story's or the whole site's. */
export function checkTiles({ kind, url }: SourceTiles, file: string, report: Report): void {
  if (kind === 'raster' && !['{z}', '{x}', '{y}'].every((part) => url.includes(part)))
    report('error', file, ['tiles', 'url'], 'an address with {z}, {x} and {y}', show(url), 'Put them where the service wants zoom, column and row.');
}

/** RFC 7946 §5: west, south, east, north; west may exceed east only where the box crosses the antimeridian. */
function checkBounds(bounds: SourceStory['meta']['bounds'], file: string, report: Report): void {
  const [west, south, east, north] = bounds;
  if (!inRange([west, south]) || !inRange([east, north]))
    report('error', file, ['bounds'], 'west, south, east, north in degrees', bounds.join(', '), 'Longitudes lie in -180..180, latitudes in -90..90.');
  else if (south >= north) report('error', file, ['bounds'], 'a south that is less than the north', bounds.join(', '), 'Order them west, south, east, north.');
  else if (west === east) report('error', file, ['bounds'], 'bounds with some width', bounds.join(', '), 'Give the box around all places of the story.');
}

/** Ids of the speakers and sources that anything in the story names. */
function usedIds(story: SourceStory): { speakers: Set<string>; sources: Set<string> } {
  const claims = [...story.events.flatMap((e) => e.claims), ...story.meta.glossary.map((g) => g.claim)];
  return {
    speakers: new Set(claims.flatMap((c) => c.chain.map((l) => l.who))),
    sources: new Set([
      story.meta.article,
      ...story.events.flatMap((e) => e.media?.flatMap((m) => (m.kind === 'post' ? [m.source] : [])) ?? []),
      ...claims.flatMap((c) => [...c.sources, ...(c.time?.evidence ?? []), ...c.notes.flatMap((n) => n.sources)]),
    ]),
  };
}
