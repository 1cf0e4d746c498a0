/** A small valid story to begin from: two events that say what they are for, and a README that explains the rest. Pure. */
import type { Bounds } from '../../core/source.ts';
import { hasShape, WORLD } from '../world/world.ts';
import type { Spot } from './place.ts';

export interface NewStory {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly spot: Spot;
  readonly timeZone: string;
  readonly bounds: Bounds;
  /** `YYYY-MM-DD`: the day of the first event. */
  readonly day: string;
}

/** The words that stand in for an editor's, in the languages of the interface. */
const WORDS: { readonly [language: string]: Readonly<Record<keyof typeof ENGLISH, string>> } = {
  ru: {
    summary: 'Напишите здесь в двух фразах, о чём эта карта и на чём она основана.',
    events: 'События',
    statements: 'Заявления',
    paragraph: 'Абзац 1',
    first: 'Замените: что произошло в этом месте',
    firstSays: 'Напишите одной фразой, что произошло, своими словами.',
    second: 'Замените: что касается всей страны',
    secondSays: 'То, что относится ко всей стране, не ставится ни на один город.',
    paper: 'наша редакция',
    licence: 'Укажите, на каких условиях можно использовать эти данные.',
  },
  kk: {
    summary: 'Бұл картаның не туралы екенін және неге сүйенетінін екі сөйлеммен жазыңыз.',
    events: 'Оқиғалар',
    statements: 'Мәлімдемелер',
    paragraph: '1-абзац',
    first: 'Ауыстырыңыз: осы жерде не болды',
    firstSays: 'Не болғанын өз сөзіңізбен бір сөйлеммен жазыңыз.',
    second: 'Ауыстырыңыз: бүкіл елге қатысты мәлімет',
    secondSays: 'Бүкіл елге қатысты мәлімет ешбір қалаға қойылмайды.',
    paper: 'біздің редакция',
    licence: 'Бұл деректерді қандай шартпен пайдалануға болатынын жазыңыз.',
  },
  ko: {
    summary: '이 지도가 무엇을 다루고 무엇에 근거하는지 두 문장으로 쓰세요.',
    events: '사건',
    statements: '발언',
    paragraph: '1문단',
    first: '바꿔 쓰세요: 이곳에서 일어난 일',
    firstSays: '무슨 일이 있었는지 한 문장으로 쓰세요.',
    second: '바꿔 쓰세요: 전국에 관한 일',
    secondSays: '전국에 관한 내용은 어느 도시에도 표시하지 않습니다.',
    paper: '본지',
    licence: '이 자료를 어떤 조건으로 쓸 수 있는지 밝히세요.',
  },
};

const ENGLISH = {
  summary: 'Say here in two sentences what this map is about and what it rests on.',
  events: 'Events',
  statements: 'Statements',
  paragraph: 'Paragraph 1',
  first: 'Replace this: what happened at this place',
  firstSays: 'Say in one sentence, in your own words, what happened.',
  second: 'Replace this: what concerns the whole country',
  secondSays: 'What concerns the whole country stands on no city.',
  paper: 'our newsroom',
  licence: 'Say on what terms others may use this data.',
};

/** The files of a new story by name. They hold no error and no warning, and the same input gives the same bytes. */
export function newStoryFiles(story: NewStory): ReadonlyMap<string, string> {
  const { id, title, language, spot, timeZone, bounds, day } = story;
  const w = WORDS[language] ?? ENGLISH;
  const text = (words: string) => ({ [language]: words });
  const country = spot.country.toLowerCase();
  const countryName = new Intl.DisplayNames([language], { type: 'region' }).of(spot.country) ?? spot.country;
  const claim = (n: number, says: string) => ({
    id: `c${n}`,
    paragraph: 'P1',
    says: text(says),
    time: { about: day, said: null, basis: 'stated' },
    status: 'reported',
    chain: [{ who: 'paper', role: 'originator' }],
    figures: [],
    sources: ['article'],
    relations: [],
    notes: [],
  });
  const event = (name: string, layer: string, place: string, words: string, n: number, says: string) => ({
    id: name,
    collection: 'article',
    layer,
    place,
    title: text(words),
    related: [],
    claims: [claim(n, says)],
  });
  const layer = (name: string, label: string, glyph: string, light: string, dark: string) => ({
    id: name,
    label: text(label),
    glyph,
    color: { light, dark },
    shown: true,
  });
  const feature = (name: string, geometry: object | null, properties: object) => ({
    type: 'Feature',
    id: name,
    geometry,
    properties: { aliases: [], note: null, country: spot.country, ...properties },
  });
  const files: { readonly [name: string]: object } = {
    'story.json': {
      $schema: '../schema/story.schema.json',
      format: 1,
      id,
      language,
      languages: [language],
      title: text(title),
      summary: text(w.summary),
      timeZone,
      extent: day,
      asOf: day,
      updated: day,
      bounds,
      basemap: WORLD,
      layers: [layer('events', w.events, 'raised', '#c2410c', '#ff8a5c'), layer('statements', w.statements, 'speech', '#6b5a12', '#d9bf5a')],
      keyFigures: [],
      article: 'article',
      paragraphs: [{ id: 'P1', label: text(w.paragraph) }],
      glossary: [],
      changes: [],
      licence: text(w.licence),
      credits: [],
    },
    'places.geojson': {
      $schema: '../schema/places.schema.json',
      type: 'FeatureCollection',
      features: [
        ...(hasShape(spot.country)
          ? [feature('country', null, { name: text(countryName), kind: 'country', precision: 'country', coordinateSource: null, outline: country })]
          : [feature('country', null, { name: text(countryName), kind: 'region', precision: 'region', coordinateSource: null, outline: null })]),
        feature(
          'place',
          { type: 'Point', coordinates: spot.at },
          { name: text(spot.name), kind: 'city', precision: 'city', coordinateSource: spot.source, outline: null },
        ),
      ],
    },
    'speakers.json': { $schema: '../schema/speakers.schema.json', paper: { name: text(w.paper), kind: 'newspaper' } },
    'sources.json': {
      $schema: '../schema/sources.schema.json',
      article: { publisher: w.paper, title, url: null, archivedUrl: null, published: day, accessed: null, kind: 'article', language },
    },
    'events.json': {
      $schema: '../schema/events.schema.json',
      events: [event('first', 'events', 'place', w.first, 1, w.firstSays), event('second', 'statements', 'country', w.second, 2, w.secondSays)],
    },
  };
  return new Map([
    ...Object.entries(files).map(([name, content]): [string, string] => [name, `${JSON.stringify(content, null, 2)}\n`]),
    ['README.md', readme(story)],
  ]);
}

function readme({ id, title, timeZone, bounds, spot }: NewStory): string {
  return `# ${title}

Begun with \`npm run new\`. Everything in it is there to be replaced; [../README.md](../README.md) explains every field.

1. \`npm run dev\` and open \`/m/${id}/\`: errors stand over the page and go as you mend them; the map keeps its view as files are saved.
2. \`events.json\`: rewrite the two events, then copy them. Every event has at least one **claim**: what is said (\`says\`), who said it
   (\`chain\`), when, and how sure it is (\`status\`: announced, reported, asserted, measured …).
3. \`places.geojson\`: one Feature a place, longitude first. What concerns the whole country names \`country\`, which has no point; what
   happened nowhere in particular has \`"place": null\`.
4. \`sources.json\` and \`speakers.json\`: who is cited, and who says things.
5. \`story.json\`: summary, days (\`extent\`), layers, \`keyFigures\` (ids of claims with a number).

| setting | now | what it does |
|---|---|---|
| \`timeZone\` | ${timeZone} | the zone in which days begin and end |
| \`bounds\` | ${bounds.join(', ')} | west, south, east, north of the first view, around ${spot.name}; west greater than east across the antimeridian |
| \`basemap\` | world | land, borders and towns, made for these bounds: fine here, coarse far away |

\`npm run validate data/${id}\` checks it, \`npm run build\` makes the pages, \`npm run bundle -- ${id}\` one folder that opens without a server.
`;
}
