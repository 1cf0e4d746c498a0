/**
 * The words of the interface in English. Every language file has the type of this one: a missing message does not
 * compile. Messages are whole phrases with their numbers and names put in, never pieces to be joined.
 */
import type { Exactness, NoteKind, PlaceKind, Precision, RelationKind, SourceKind, StateValue, Status, TimeBasis } from '../source.ts';

const count = new Intl.NumberFormat('en-GB');
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const shortDay = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });
const plural = (n: number, one: string, other: string) => `${count.format(n)} ${n === 1 ? one : other}`;

const status: { readonly [K in Status]: { readonly word: string; readonly short: string; readonly means: string } } = {
  announced: { word: 'Officially announced', short: 'officially announced', means: 'An authority said it in public. That makes it on record, not proven.' },
  reported: { word: 'Reported', short: 'reported', means: 'A news outlet reported it; no authority is named as confirming it.' },
  retracted: {
    word: 'Reported, then deleted; not confirmed',
    short: 'deleted, not confirmed',
    means: 'It was made public, then taken down, and nobody in charge confirmed it.',
  },
  asserted: {
    word: 'Asserted by a party; contested',
    short: 'asserted, contested',
    means: 'A party to the events says so. Others dispute it, or no evidence was made public.',
  },
  editorial: {
    word: 'The newspaper’s own assessment',
    short: 'newspaper’s assessment',
    means: 'The newspaper’s wording or judgement, not somebody else’s statement.',
  },
  measured: { word: 'Measured', short: 'measured', means: 'Read off instruments by a firm or body that publishes its method.' },
  documented: { word: 'Documented by an NGO', short: 'documented by an NGO', means: 'Collected and checked by an organisation outside government.' },
  background: { word: 'Background', short: 'background', means: 'Explains a word or a body; it claims no event.' },
};

const precision: { readonly [K in Precision]: string } = {
  country: 'The whole country; it has no point on the map.',
  region: 'A region; the point only stands for it.',
  city: 'A city; the point stands for the city as a whole, not for a street.',
  facility: 'A facility; the point stands on its grounds.',
};

const placeKind: { readonly [K in PlaceKind]: string } = { country: 'country', region: 'region', city: 'city', facility: 'facility' };

const basis: { readonly [K in TimeBasis]: string } = {
  stated: 'dated in the article',
  inferred: 'date inferred from the article',
  outside: 'not dated in the article; date from another source',
};

/** The same for claims from elsewhere. */
const basisElsewhere: { readonly [K in TimeBasis]: string } = {
  stated: 'dated by its source',
  inferred: 'date inferred',
  outside: 'date from another source',
};

const relation: { readonly [K in RelationKind]: string } = {
  qualifies: 'Qualifies the claim above',
  supersedes: 'Replaces the claim above',
  'conflicts-with': 'Stands against the claim above',
  rounds: 'Rounds the figure above; not a second count',
};

const noteKind: { readonly [K in NoteKind]: string } = {
  misprint: 'Figure differs elsewhere',
  name: 'Name',
  wording: 'Wording',
  reading: 'How we read it',
  conflict: 'Others say otherwise',
};

const sourceKind: { readonly [K in SourceKind]: string } = {
  article: 'the article',
  agency: 'news agency',
  newspaper: 'newspaper',
  broadcaster: 'broadcaster',
  'state-media': 'state media',
  official: 'official text',
  ngo: 'NGO',
  measurement: 'measurement',
  aggregator: 'aggregator',
  gazetteer: 'gazetteer',
};

const stateValue: { readonly [K in StateValue]: string } = {
  cut: 'cut off',
  partial: 'partly available',
  restored: 'restored',
  unknown: 'not known',
};

/** What another claim does to a value, said of the value. */
const fate: { readonly [K in RelationKind]: string } = {
  qualifies: 'Qualified by',
  supersedes: 'Replaced by',
  'conflicts-with': 'Contradicted by',
  rounds: 'Rounded in',
};

/** What a value does to another claim. */
const relates: { readonly [K in RelationKind]: string } = {
  qualifies: 'Qualifies',
  supersedes: 'Replaces',
  'conflicts-with': 'Stands against',
  rounds: 'Rounds',
};

export const en = {
  /** Locale for dates and numbers. */
  locale: 'en-GB',
  status,
  precision,
  placeKind,
  basis,
  basisElsewhere,
  relation,
  noteKind,
  sourceKind,
  stateValue,
  fate,
  relates,
  list: (items: readonly string[]) => list.format(items),
  number: (n: number) => count.format(n),
  amount: (number: string, exactness: Exactness) =>
    ({ exact: number, about: `about ${number}`, 'at-least': `at least ${number}`, rounded: `${number} (rounded)` })[exactness],

  events: (n: number) => plural(n, 'event', 'events'),
  claims: (n: number) => plural(n, 'claim', 'claims'),
  asOf: (date: string) => `As of ${date}`,
  updated: (date: string) => `Data updated ${date}`,
  version: (version: string) => `version ${version}`,
  timeZone: (zone: string) => `Dates are those of the time zone ${zone}.`,
  /** A day `YYYY-MM-DD`, short enough for an axis. */
  shortDay: (day: string) => shortDay.format(Date.parse(day)),
  about: (date: string) => `about ${date}`,
  uncertain: (date: string) => `${date} (not certain)`,
  saidOn: (date: string) => `said ${date}`,
  inSourceWords: (words: string) => `“${words}” in the text`,
  undated: 'Undated',

  wholeCountry: 'Whole country',
  wholeCountryOf: (country: string) => `Whole country: ${country}`,
  regions: 'Regions',
  wholeRegion: 'A whole region; it has no point on the map.',
  noPlace: 'No place',
  scope: (place: string, kind: PlaceKind) => (kind === 'country' ? 'whole country' : place),
  figure: (amount: string, label: string, scope: string | null, status: string) => `${amount} ${label}${scope ? `, ${scope}` : ''}; ${status}`,

  saidBy: (who: string) => `Said by ${who}`,
  ownWords: 'the newspaper itself, naming no source',
  through: (who: string, carriers: string) => `${who}, through ${carriers}`,
  disputed: (who: string) => `${who} (who issued it is disputed)`,
  paragraph: (label: string) => `In the article: ${label}`,
  byParagraph: 'The article, part by part',
  byParagraphIntro: 'Which events and terms rest on which part of the text. The sentences here are ours, not the newspaper’s.',
  glossary: 'Terms',

  skipToList: 'Skip the map, go to the list of events',
  backToMap: 'Back to the map',
  find: 'Find a place, an event, a person or a body',
  findings: 'Found',
  findNothing: (typed: string) => `Nothing found for “${typed}”.`,
  findCount: (n: number) => `${count.format(n)} found`,
  keyFigures: 'Key figures',
  layers: 'Layers',
  layersHint: 'Choose which layers the map and the list show.',
  eventList: 'Events in order of time',
  shownOf: (shown: number, all: number) =>
    shown === all ? `All ${plural(all, 'event', 'events')} shown` : `${count.format(shown)} of ${plural(all, 'event', 'events')} shown`,
  shownInDays: (days: string) => `in ${days}; undated events stay`,
  noEvents: 'No event is on show with these layers, days and kinds of claim.',
  clearFilters: 'Show everything',
  noFigures: 'None of the key figures belongs to what is on show.',
  showOnMap: (place: string) => `Show ${place} on the map`,
  related: 'Related',
  sources: 'Sources',
  sourcesOf: (n: number) => plural(n, 'source', 'sources'),
  notes: (n: number) => `${plural(n, 'note', 'notes')} on the text and the evidence`,
  archived: 'archived copy',
  noAddress: 'no address on record',
  aboutMap: 'About this map',
  howToRead: 'How to read this map',
  statuses: 'How sure a claim is',
  downloads: 'Download the data',
  downloadGeoJson: 'GeoJSON',
  downloadPng: 'Picture (PNG)',
  downloadSvg: 'Picture (SVG)',
  downloadCsv: 'CSV (spreadsheet)',
  licences: 'Licences of the software in this page',
  corrections: 'Changes',
  changed: (date: string) => `Changed on ${date}`,
  changedFromTo: (from: string, to: string) => `from “${from}” to “${to}”`,
  eventChanges: (n: number) => plural(n, 'change to this event', 'changes to this event'),
  eventUpdated: (date: string) => `Last changed ${date}`,
  withdrawnEvent: (date: string) => `This event was withdrawn on ${date}.`,
  cite: 'To cite this map',
  citation: (p: { title: string; date: string; version: string; address: string }) =>
    `${p.title}. Map and list of claims, version of ${p.date} (${p.version}). ${p.address}`.trim(),
  copy: 'Copy',
  copied: 'Copied',
  copyByHand: 'Press the copy keys: the text is selected',

  context: 'Context',
  contextSwitch: 'From elsewhere, not in the article',
  contextLoading: 'The context is loading.',
  contextFailed: 'The context could not be loaded. What the article says is complete.',
  notInArticle: 'Not in the article',
  notChecked: 'not checked against its source',
  checkedOn: (date: string) => `checked against its source ${date}`,
  downloadContextGeoJson: 'Context, GeoJSON',
  downloadContextCsv: 'Context, CSV',

  timeline: 'Days',
  timelineOf: (span: string, zone: string) => `${span}, days in the time zone ${zone}`,
  beforeDay: (day: string) => `before ${day}`,
  afterDay: (day: string) => `after ${day}`,
  allDays: 'All days',
  firstDay: 'First day',
  lastDay: 'Last day',
  daySpan: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
  rangeValue: (days: string, n: number) => `${days}, ${plural(n, 'event', 'events')}`,
  play: 'Play',
  pause: 'Pause',
  dayBack: 'A day back',
  dayOn: 'A day on',
  speed: 'Speed',
  speeds: { slow: 'slow', normal: 'normal', fast: 'fast' },
  daysInWords: 'The days in words',
  dayCounts: (day: string, n: number, parts: readonly string[]) =>
    n === 0 ? `${day}: no event` : `${day}: ${plural(n, 'event', 'events')}; ${list.format(parts)}`,
  partWords: (layer: string, n: number, dating: string | null) => `${layer} ${count.format(n)}${dating === null ? '' : ` (${dating})`}`,
  dating: { stated: 'dated in the source', inferred: 'date inferred or from elsewhere', about: 'about this day' },
  spanWords: (title: string, first: string, last: string) => `${title}: ${first} to ${last}`,
  overSeveral: 'Over several days',
  undatedCount: (n: number) => `${count.format(n)} undated`,
  undatedWords: (titles: readonly string[]) => `Undated, hence in every choice of days: ${list.format(titles)}`,
  services: { internet: 'Internet' } as { readonly [of: string]: string },
  stateBand: (service: string, place: string) => `${service}, ${place}`,
  stateWords: (service: string, place: string, value: string, when: string) => `${service}, ${place}: ${value}, ${when}`,
  stateUnknown: (service: string, place: string) => `${service}, ${place}: nothing known before`,
  limited: 'Reporting was limited while the network was down: few marks do not mean that little happened.',
  howDrawn: 'How dates are drawn',
  drawn: {
    stated: 'Full: the day is given.',
    inferred: 'Hollow: the day is inferred, or another source gives it.',
    about: 'Dashed: about this day.',
    span: 'A line: over several days.',
  },

  statusFilter: 'How sure: choose kinds of claim',
  statusFilterHint: 'An event stays, whole, while one of its claims is of a chosen kind.',
  explains: (word: string) => `What “${word}” means`,

  series: 'Figures through time',
  seriesIntro: 'Every value that was claimed, in order of time. The map does not settle which is right.',
  seriesChart: (label: string, scope: string, n: number) =>
    `Chart: ${label}, ${scope}, ${plural(n, 'value', 'values')}. The table beneath says the same in words.`,
  seriesValue: 'Value',
  seriesWho: 'Who said it, and what became of it',
  seriesUndated: 'Undated, hence not in a chart',

  steps: 'A guided walk',
  stepsStart: (n: number) => `Walk through it in ${count.format(n)} steps`,
  stepOf: (n: number, all: number) => `Step ${count.format(n)} of ${count.format(all)}`,
  stepNext: 'Next',
  stepBack: 'Back',
  stepLeave: 'Leave the walk',
  leftOut: (n: number) => `${plural(n, 'event is', 'events are')} left out of this build because the data has errors.`,

  map: 'Map',
  mapOf: (title: string) => `Map: ${title}`,
  mapHelp: 'Arrow keys move the map, plus and minus zoom. Every event on the map is in the list too.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  reset: 'Whole story',
  fullScreen: 'Full screen',
  exitFullScreen: 'Leave full screen',
  move: 'Move the map',
  moveNorth: 'Move north',
  moveSouth: 'Move south',
  moveWest: 'Move west',
  moveEast: 'Move east',
  close: 'Close',
  resizeSheet: 'Change the height of this card',
  attribution: 'Map data',
  areaHolds: (layers: readonly string[]) => `: ${list.format(layers)}`,
  placeMark: (place: string, layers: readonly string[]) => `${place}: ${list.format(layers)}`,
  layerOf: (layer: string, n: number) => `${layer} ${count.format(n)}`,
  detailEnds: 'The map’s own detail ends here: it has no streets.',
  inset: 'Where this view lies in the story’s area',
  globe: 'Where the story’s area lies on the globe',
  basemapChoice: 'Basemap',
  ownBasemap: 'Plain',
  tilesMissing: (label: string) => `“${label}” cannot be reached. The map’s own basemap is shown; all marks are right.`,
  noPoints: 'Nothing in this selection has a point on the map. The list holds every event.',

  summary: (p: { events: number; points: number; places: string; country: number; none: number; span: string; retracted: number }) =>
    `${plural(p.events, 'event', 'events')}, ${p.span}: ${[
      p.points > 0 ? `${count.format(p.points)} at ${p.places}` : '',
      p.country > 0 ? `${count.format(p.country)} for the whole country` : '',
      p.none > 0 ? `${count.format(p.none)} with no place` : '',
    ]
      .filter((s) => s !== '')
      .join(', ')}. ${p.retracted > 0 ? `${plural(p.retracted, 'claim was', 'claims were')} deleted by the source and never confirmed.` : ''}`.trim(),

  loading: 'The interactive map is loading. The list is complete.',
  errorStory: 'The interactive map could not load its data. The account on this page is complete; only the controls are missing.',
  errorStale: 'This page and its data do not match, probably because the site was just updated. The account on this page is as it was. Reload for the new one.',
  errorMap: 'The interactive map could not start in this browser. The picture and the list are complete.',
  errorBasemap: 'The basemap could not be loaded. The marks are in their right places; only land and water are missing.',
  tryAgain: 'Try again',
  reload: 'Reload the page',
  stories: 'Stories',
  noStories: 'No story is fit to show: run the validation and correct what it lists.',
  noScript: 'This is the complete account. With JavaScript switched on, the picture becomes a map that you can move and filter.',
} as const;

/** The messages of one language. */
export type Strings = { readonly [K in keyof typeof en]: (typeof en)[K] extends string ? string : (typeof en)[K] };
