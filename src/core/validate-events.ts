/** What must hold of events and claims: who said it, on what evidence, and how claims relate. */
import { show } from './issue.ts';
import type { SourceClaim, SourceEvent, SourceFigure, SourceLink, SourcePlace, SourceStory } from './source.ts';
import { isTimeZone, parseEdtf, toRange, within } from './time.ts';
import { checkMedia } from './validate-media.ts';
import type { Path, Report } from './validate-parts.ts';
import { checkAgain, checkDate, checkSourceIds, checkText } from './validate-parts.ts';

/** Width of a place by kind: a figure's scope may not be wider than its event's place. */
const WIDTH = { country: 3, region: 2, city: 1, facility: 0 } as const;

/** In which file an event stands, and where. */
export interface EventPosition {
  readonly file: string;
  readonly at: number;
}

/** Where an event belongs: each collection has a file of its own, so that neither is mixed in silently. */
const HOME = { article: 'events.json', context: 'context.json' } as const;

/** What claims and events refer to, looked up by id: a story may have many thousands. */
interface Register {
  readonly events: ReadonlySet<string>;
  readonly claims: ReadonlySet<string>;
  readonly places: ReadonlyMap<string, SourcePlace>;
  readonly paragraphs: ReadonlySet<string>;
  /** Claims that another one qualifies or supersedes. */
  readonly answered: ReadonlySet<string>;
}

/** Made once a story: checks run again and again while faulty parts are set aside, each time on a new one. */
const registers = new WeakMap<SourceStory, Register>();

function registerOf(story: SourceStory): Register {
  const known = registers.get(story);
  if (known) return known;
  const claims = story.events.flatMap((e) => e.claims);
  const places = new Map<string, SourcePlace>();
  // Of two with one id, which is a fault of its own, the first holds.
  for (const place of story.places) if (!places.has(place.id)) places.set(place.id, place);
  const register: Register = {
    events: new Set(story.events.map((e) => e.id)),
    claims: new Set(claims.map((c) => c.id)),
    places,
    paragraphs: new Set(story.meta.paragraphs.map((p) => p.id)),
    answered: new Set(claims.flatMap((c) => c.relations.filter((r) => r.kind === 'qualifies' || r.kind === 'supersedes').map((r) => r.claim))),
  };
  registers.set(story, register);
  return register;
}

/** Ids are unique, every reference resolves, and the article's events lie in its extent. */
export function checkEvents(story: SourceStory, positions: readonly EventPosition[], report: Report): void {
  const { meta } = story;
  const register = registerOf(story);
  const layers = new Set(meta.layers.map((l) => l.id));
  const eventIds = new Map<string, number>();
  const claimIds = new Map<string, number>(meta.glossary.map((g) => [g.claim.id, -1]));
  const extent = parseEdtf(meta.extent);
  const extentRange = extent.ok && isTimeZone(meta.timeZone) ? toRange(extent.value, meta.timeZone) : null;
  story.events.forEach((event, i) => {
    const { file, at } = positions[i] ?? { file: HOME[event.collection], at: i };
    const path = ['events', at];
    if (file !== HOME[event.collection])
      report('error', file, [...path, 'collection'], `an event of ${HOME[event.collection]}`, show(event.collection), 'Move it, or correct its collection.');
    checkAgain(eventIds, event.id, i, file, [...path, 'id'], 'event', report);
    checkText(event.title, meta.language, file, [...path, 'title'], report);
    event.media?.forEach((m, k) => {
      checkMedia(m, story, file, [...path, 'media', k], report);
    });
    if (!layers.has(event.layer))
      report('error', file, [...path, 'layer'], `a layer of story.json (${[...layers].join(', ')})`, show(event.layer), 'Correct the id or add the layer.');
    if (event.place !== null && !register.places.has(event.place))
      report(
        'error',
        file,
        [...path, 'place'],
        'the id of a place in places.geojson, or null',
        show(event.place),
        'Correct the id, or add the place; a place with errors of its own counts as missing.',
      );
    for (const end of event.movement ? (['from', 'to'] as const) : []) {
      const place = register.places.get(event.movement?.[end] ?? '');
      if (!place?.at)
        report(
          'error',
          file,
          [...path, 'movement', end],
          'the id of a place that has a point',
          show(event.movement?.[end]),
          'An arrow needs both ends; leave it out where a source names only one.',
        );
    }
    if (event.state && event.claims.every((c) => c.time === null))
      report('error', file, [...path, 'state'], 'a dated claim: a state begins or ends at some time', 'none', 'Date the claim, or leave the state out.');
    for (const key of ['checked', 'updated'] as const) if (typeof event[key] === 'string') checkDate(event[key], file, [...path, key], report);
    event.related.forEach((id, k) => {
      if (id === event.id || !register.events.has(id))
        report(
          'error',
          file,
          [...path, 'related', k],
          'the id of another event',
          show(id),
          'Correct or remove it; an event with errors of its own counts as missing.',
        );
    });
    if (event.claims.length === 0)
      report('error', file, [...path, 'claims'], 'at least one claim', 'an empty list', 'An event is what somebody said: add the claim or remove the event.');
    event.claims.forEach((claim, k) => {
      const claimPath = [...path, 'claims', k];
      checkAgain(claimIds, claim.id, i, file, [...claimPath, 'id'], 'claim', report);
      checkClaim(claim, event, story, file, claimPath, report);
      if (event.collection === 'article' && claim.paragraph === null)
        report(
          'error',
          file,
          [...claimPath, 'paragraph'],
          'the paragraph of the article that says so',
          'null',
          'Name it, or move the event to the context collection.',
        );
      for (const key of ['about', 'said'] as const) {
        const date = claim.time?.[key];
        const parsed = typeof date === 'string' ? parseEdtf(date) : null;
        if (event.collection === 'article' && extentRange && parsed?.ok && !within(toRange(parsed.value, meta.timeZone), extentRange)) {
          report(
            'warning',
            file,
            [...claimPath, 'time', key],
            `a date within the story's extent, ${meta.extent}`,
            show(date),
            'Correct the date, or widen the extent in story.json.',
          );
        }
      }
    });
    checkConflicts(event, file, path, report);
  });
  checkCycles(story, positions, report);
}

/**
 * A claim has words, a speaker, a source and a sound date; its figures fit its event's place; a withdrawn one has its withdrawal.
 * @param event null for a claim of the glossary, which belongs to no event
 */
export function checkClaim(claim: SourceClaim, event: SourceEvent | null, story: SourceStory, file: string, path: Path, report: Report): void {
  const { meta } = story;
  const register = registerOf(story);
  checkText(claim.says, meta.language, file, [...path, 'says'], report);
  if (claim.paragraph !== null && !register.paragraphs.has(claim.paragraph)) {
    report(
      'error',
      file,
      [...path, 'paragraph'],
      `a paragraph of story.json (${meta.paragraphs.map((p) => p.id).join(', ')})`,
      show(claim.paragraph),
      'Correct it.',
    );
  }
  if (claim.sources.length === 0) report('error', file, [...path, 'sources'], 'at least one source', 'an empty list', 'Cite a source or remove the claim.');
  checkSourceIds(claim.sources, story, file, [...path, 'sources'], report);
  checkChain(claim, story, file, [...path, 'chain'], report);
  claim.figures.forEach((figure, i) => {
    checkFigure(figure, event, story, file, [...path, 'figures', i], report);
  });
  claim.notes.forEach((note, i) => {
    checkText(note.text, meta.language, file, [...path, 'notes', i, 'text'], report);
    checkSourceIds(note.sources, story, file, [...path, 'notes', i, 'sources'], report);
  });
  if (claim.time) {
    const { about, said, basis, evidence = [] } = claim.time;
    if (about === null && said === null)
      report('error', file, [...path, 'time'], 'a date in "about" or in "said"', 'null in both', 'Give one, or set "time" to null for an undated claim.');
    if (about !== null) checkDate(about, file, [...path, 'time', 'about'], report);
    if (said !== null) checkDate(said, file, [...path, 'time', 'said'], report);
    checkSourceIds(evidence, story, file, [...path, 'time', 'evidence'], report);
    if (basis === 'outside' && evidence.length === 0)
      report('error', file, [...path, 'time', 'evidence'], 'a source for a date that comes from outside the article', 'none', 'Cite it in "evidence".');
  }
  claim.relations.forEach((relation, i) => {
    if (relation.claim === claim.id || !register.claims.has(relation.claim)) {
      report(
        'error',
        file,
        [...path, 'relations', i, 'claim'],
        'the id of another claim',
        show(relation.claim),
        'Correct it; a claim of an event with errors counts as missing.',
      );
    }
  });
  if (claim.status === 'retracted' && !register.answered.has(claim.id)) {
    report(
      'error',
      file,
      [...path, 'status'],
      'a claim that qualifies or supersedes a retracted one',
      'none',
      `Add the claim that tells of the withdrawal, with a relation to "${claim.id}".`,
    );
  }
}

function checkChain(claim: SourceClaim, story: SourceStory, file: string, path: Path, report: Report): void {
  if (claim.chain.length === 0)
    report('error', file, path, 'at least one speaker', 'an empty list', 'Say who says so; for the newspaper’s own words, the newspaper.');
  claim.chain.forEach((link: SourceLink, i) => {
    if (!story.speakers.has(link.who))
      report('error', file, [...path, i, 'who'], 'an id from speakers.json', show(link.who), 'Correct the id or add the speaker.');
  });
  if (claim.chain.length > 0 && !claim.chain.some((l) => l.role === 'originator')) {
    report('error', file, path, 'a speaker in the role of originator', 'none', 'Mark who said it first; hearsay has an unnamed one.');
  }
}

function checkFigure(figure: SourceFigure, event: SourceEvent | null, story: SourceStory, file: string, path: Path, report: Report): void {
  checkText(figure.label, story.meta.language, file, [...path, 'label'], report);
  if (figure.scope === null) return;
  const { places } = registerOf(story);
  const scope = places.get(figure.scope);
  if (!scope) {
    report('error', file, [...path, 'scope'], 'the id of a place, or null', show(figure.scope), 'Name the place that the number covers.');
    return;
  }
  const place = event?.place == null ? null : places.get(event.place);
  if (place && WIDTH[scope.kind] > WIDTH[place.kind]) {
    report(
      'error',
      file,
      [...path, 'scope'],
      `a scope no wider than the event's place, "${place.id}"`,
      `"${scope.id}", a ${scope.kind}`,
      'Move the figure to an event of that place: a country-wide number never stands on a city.',
    );
  }
}

/** Two values for one thing in one event need a relation, or a reader cannot tell which holds. */
function checkConflicts(event: SourceEvent, file: string, path: Path, report: Report): void {
  const entries = event.claims.flatMap((claim, k) => claim.figures.map((figure) => ({ claim, figure, k })));
  entries.forEach((a, i) => {
    for (const b of entries.slice(i + 1)) {
      if (a.claim === b.claim || a.figure.measure !== b.figure.measure || a.figure.scope !== b.figure.scope || a.figure.value === b.figure.value) continue;
      const related = (x: SourceClaim, y: SourceClaim) => x.relations.some((r) => r.claim === y.id);
      if (!related(a.claim, b.claim) && !related(b.claim, a.claim)) {
        report(
          'error',
          file,
          [...path, 'claims', b.k, 'relations'],
          `a relation between "${b.claim.id}" and "${a.claim.id}", which count the same thing`,
          `${b.figure.value} against ${a.figure.value} and no word on how they relate`,
          'Add a relation: supersedes, qualifies, rounds or conflicts-with.',
        );
      }
    }
  });
}

/** Claims replace one another in one direction only. */
function checkCycles(story: SourceStory, positions: readonly EventPosition[], report: Report): void {
  const claims = story.events.flatMap((event, i) =>
    event.claims.map((claim, k) => ({ claim, file: positions[i]?.file ?? 'events.json', path: ['events', positions[i]?.at ?? i, 'claims', k, 'relations'] })),
  );
  const next = new Map(claims.map(({ claim }) => [claim.id, claim.relations.filter((r) => r.kind === 'supersedes').map((r) => r.claim)]));
  const suspects = amongCircles(next);
  for (const { claim, file, path } of claims) {
    if (!suspects.has(claim.id)) continue;
    const seen = new Set<string>();
    const queue = [...(next.get(claim.id) ?? [])];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (id === claim.id) {
        report(
          'error',
          file,
          path,
          'claims that replace one another in one direction',
          `"${claim.id}", which in the end replaces itself`,
          'Remove one "supersedes" of the circle.',
        );
        break;
      }
      if (!seen.has(id)) {
        seen.add(id);
        queue.push(...(next.get(id) ?? []));
      }
    }
  }
}

/** The nodes of a graph that are left when whatever leads nowhere has gone, again and again: all that lie on circles, and few others. */
function amongCircles(next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const before = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const [id, targets] of next) {
    const known = targets.filter((t) => next.has(t));
    open.set(id, known.length);
    for (const target of known) {
      const sources = before.get(target);
      if (sources) sources.push(id);
      else before.set(target, [id]);
    }
  }
  const ends = [...open].flatMap(([id, count]) => (count === 0 ? [id] : []));
  for (let id = ends.pop(); id !== undefined; id = ends.pop()) {
    open.delete(id);
    for (const source of before.get(id) ?? []) {
      const left = (open.get(source) ?? 0) - 1;
      open.set(source, left);
      if (left === 0) ends.push(source);
    }
  }
  return new Set(open.keys());
}
