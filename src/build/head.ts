/** Tags for those who show a page without opening it: search, cards, oEmbed. Pure; escapes all it writes. */
import { summaryOf } from '../core/describe.ts';
import type { Story } from '../core/story.ts';
import { stringsFor } from '../core/strings/strings.ts';
import { plain } from '../core/text.ts';
import type { Embeddable } from '../embed/snippets.ts';
import { escaped } from '../embed/snippets.ts';
import { CARD } from './poster-scene.ts';

/** A page of the same story in another language, its own included. */
export interface Translation {
  readonly language: string;
  readonly page: string;
  /** The same, from this page: `?lang=` goes there, wherever the site really stands. */
  readonly here: string;
}

/**
 * Tags for the head of a story's page.
 * @param site         absolute address of the site's root
 * @param translations all languages of the story; `?lang=` leads to these pages and no others
 * @param siteName     who publishes it
 */
export function headTags(story: Story, embeddable: Embeddable, site: string, translations: readonly Translation[], siteName = new URL(site).host): string[] {
  const t = stringsFor(story.language);
  const { page, alt } = embeddable;
  const title = plain(story.title);
  const description = `${plain(story.summary)} ${t.facts(t.asOf(story.asOf), summaryOf(story, t))}`;
  const card = cardAddress(page);
  const meta = (key: 'name' | 'property', name: string, content: string) => `<meta ${key}="${name}" content="${escaped(content)}">`;
  return [
    `<link rel="canonical" href="${escaped(page)}">`,
    ...translations.map((x) => `<link rel="alternate" hreflang="${escaped(x.language)}" href="${escaped(x.page)}" data-here="${escaped(x.here)}">`),
    `<link rel="alternate" type="application/json+oembed" href="${escaped(page)}oembed.json" title="${escaped(title)}">`,
    meta('property', 'og:type', 'article'),
    meta('property', 'og:site_name', siteName),
    meta('property', 'og:title', title),
    meta('property', 'og:description', description),
    meta('property', 'og:url', page),
    meta('property', 'og:locale', t.locale.replace('-', '_')),
    meta('property', 'og:image', card),
    meta('property', 'og:image:type', 'image/png'),
    meta('property', 'og:image:width', String(CARD.width)),
    meta('property', 'og:image:height', String(CARD.height)),
    meta('property', 'og:image:alt', alt),
    meta('property', 'article:modified_time', story.updatedDay),
    meta('name', 'twitter:card', 'summary_large_image'),
    meta('name', 'twitter:title', title),
    meta('name', 'twitter:description', description),
    meta('name', 'twitter:image', card),
    meta('name', 'twitter:image:alt', alt),
    // A data block runs nothing, so the page's policy lets it stand; `<` must not end it early.
    `<script type="application/ld+json">${JSON.stringify(dataset(story, page, siteName)).replaceAll('<', '\\u003c')}</script>`,
  ];
}

function cardAddress(page: string): string {
  return `${page}card-${CARD.width}x${CARD.height}.png`;
}

/** The story as a schema.org Dataset, with the article that it retells as its source. */
function dataset(story: Story, page: string, siteName: string): object {
  const t = stringsFor(story.language);
  const article = story.sources[story.article];
  const [west, south, east, north] = story.bounds;
  const times = story.events.flatMap((e) => e.time ?? []);
  const day = (ms: number) => new Date(ms).toISOString();
  const download = (name: string, format: string) => ({ '@type': 'DataDownload', encodingFormat: format, contentUrl: `${page}${name}` });
  return {
    '@context': 'https://schema.org',
    '@type': 'Dataset',
    name: plain(story.title),
    description: `${plain(story.summary)} ${summaryOf(story, t)}`,
    url: page,
    inLanguage: story.language,
    dateModified: story.updatedDay,
    version: story.version,
    isAccessibleForFree: true,
    license: licenceAddress(plain(story.licence)),
    creator: { '@type': 'Organization', name: siteName, url: new URL('/', page).href },
    temporalCoverage: times.length === 0 ? undefined : `${day(Math.min(...times.map((x) => x.start)))}/${day(Math.max(...times.map((x) => x.end)))}`,
    // schema.org wants latitude first here, unlike everything else in this project.
    spatialCoverage: { '@type': 'Place', geo: { '@type': 'GeoShape', box: `${south} ${west} ${north} ${east}` } },
    isBasedOn: article && {
      '@type': 'NewsArticle',
      headline: article.title,
      publisher: article.publisher,
      inLanguage: article.language,
      url: article.url ?? undefined,
    },
    distribution: [download('events.geojson', 'application/geo+json'), download('events.csv', 'text/csv'), download('places.geojson', 'application/geo+json')],
    image: cardAddress(page),
  };
}

/** The address of a Creative Commons licence that the words name; else the words. */
function licenceAddress(words: string): string {
  const match = /\bCC (BY(?:-NC)?(?:-ND|-SA)?) (\d\.\d)\b/.exec(words);
  return match ? `https://creativecommons.org/licenses/${match[1]?.toLowerCase()}/${match[2]}/` : words;
}
