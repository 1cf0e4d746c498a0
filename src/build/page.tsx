/** A story's page as HTML: the whole account and the picture, before any script. Pure; escapes all it writes. */
import type { ReactNode } from 'react';
import { renderToStaticMarkup, renderToString } from 'react-dom/server';
import type { BasemapFile } from '../core/basemap.ts';
import { summaryOf } from '../core/describe.ts';
import { directionOf } from '../core/languages.ts';
import type { Story, Tiles } from '../core/story.ts';
import { stringsFor } from '../core/strings/strings.ts';
import { plain } from '../core/text.ts';
import * as later from '../ui/later.ts';
import { Page } from '../ui/Page.tsx';
import { createDesk } from '../ui/store.ts';
import type { Inline } from './inline.ts';
import { pictureHtml } from './picture.tsx';
import { POSTER } from './poster-scene.ts';
import { brandHtml, siteWords, themeLinks } from './theme/brand.tsx';
import type { Theme } from './theme/make.ts';
import { OUR_THEME } from './theme/make.ts';

/** Addresses that the page needs, relative to it. */
export interface PageAddresses {
  /** Root of the site, without a slash at its end: `.` or `../..`. */
  readonly site: string;
  /** The story's folder: `./` or `m/<id>/`. */
  readonly home: string;
  readonly story: string;
  readonly basemap: string;
  /** Empty where the story has no context. */
  readonly context: string;
}

/**
 * The policy of a page. `data:` images are Leaflet's empty tile; a host is added only where the operator named one.
 * Written as a tag for hosts that send no headers.
 * @param plays whether the story has sounds or videos
 * @param own   the style and the script that stand in the page
 */
export function policyFor(tiles: Tiles | null, plays = false, own: { readonly style?: Inline; readonly script?: Inline } = {}): string {
  const origin = tiles && /^https?:/i.test(tiles.url) ? ` ${new URL(tiles.url.replace(/[{}]/g, '')).origin}` : '';
  const images = tiles?.kind === 'raster' ? origin : '';
  const connections = tiles?.kind === 'pmtiles' ? origin : '';
  return `default-src 'none'; script-src ${selfAnd(own.script)}; style-src ${selfAnd(own.style)}; img-src 'self' data:${images}; connect-src 'self'${connections}; font-src 'self';${plays ? " media-src 'self';" : ''} worker-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types default`;
}

function selfAnd(own: Inline | undefined): string {
  return own ? `'self' ${own.source}` : "'self'";
}

/**
 * Tags for a page. A policy in the page keeps browsers from looking ahead of the parser, so they ask for what they meet,
 * in its order: in the head what the first paint needs and the entry's script, at the end all else, so that a thin line is
 * not shared by everything at once.
 */
export interface PageLinks {
  readonly first: readonly string[];
  readonly rest: readonly string[];
}

/**
 * Fill the page's template.
 * @param template `src/pages/index.html`, after Vite has put its own links in
 * @param links    further tags, made by the build
 * @param brand    the site's own line, as HTML
 */
export function pageHtml(template: string, story: Story, basemap: BasemapFile, addresses: PageAddresses, links: PageLinks, brand = ''): string {
  const t = stringsFor(story.language);
  const desk = createDesk(story, addresses.home, addresses.site);
  const head = [
    // The days stand at the foot of the screen and push upwards as they come. What follows them, the search, says that
    // they are whole: paint then, and nothing moves. https://html.spec.whatwg.org/multipage/links.html#link-type-expect
    '<link rel="expect" href="#search" blocking="render">',
    ...links.first,
    `<title>${escapeHtml(plain(story.title))}</title>`,
    `<meta name="description" content="${escapeHtml(`${plain(story.summary)} ${summaryOf(story, t)}`)}">`,
  ].join('\n    ');
  const last = [`<link rel="preload" as="fetch" crossorigin href="${escapeHtml(addresses.story)}">`, ...links.rest].join('\n');
  const slots: { readonly [name: string]: string } = {
    lang: escapeHtml(story.language),
    dir: directionOf(story.language),
    site: escapeHtml(addresses.site),
    story: escapeHtml(addresses.story),
    basemap: escapeHtml(addresses.basemap),
    context: escapeHtml(addresses.context),
    home: escapeHtml(addresses.home),
    blocked: escapeHtml(t.hosting.blocked),
    head,
    last,
    brand,
    root: renderToString(
      <Page desk={desk} later={later}>
        <div className="map-region" />
      </Page>,
    ),
    picture: pictureHtml(story, basemap),
  };
  return fill(template, slots);
}

/** Put values into `<!--slot:name-->` and `slot:name` attribute values. @throws Error for a slot without a value */
export function fill(template: string, slots: { readonly [name: string]: string }): string {
  return template.replace(/<!--slot:(\w+)-->|slot:(\w+)/g, (_, a: string | undefined, b: string | undefined) => {
    const value = slots[a ?? b ?? ''];
    if (value === undefined) throw new Error(`The template has a slot "${a ?? b}" that the build does not fill.`);
    return value;
  });
}

/** Text for HTML, in content and in double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** The front page of a site with several stories, or with none: each with its poster, in its own language. */
export function frontPageHtml(template: string, stories: readonly Story[], theme: Theme = OUR_THEME, links: readonly string[] = []): string {
  const t = stringsFor('en');
  return fill(template, {
    lang: 'en',
    dir: 'ltr',
    site: '.',
    story: '',
    basemap: '',
    context: '',
    home: './',
    blocked: '',
    picture: '',
    last: '',
    head: [
      `<title>${escapeHtml(theme.brand ? `${siteWords(theme.brand.name, 'en')}: ${t.stories}` : t.stories)}</title>`,
      ...themeLinks(theme, '.'),
      ...links,
    ].join('\n    '),
    brand: brandHtml(theme, 'en', '.'),
    root: renderToStaticMarkup(
      <main className="front">
        <h1>{t.stories}</h1>
        {stories.length === 0 ? <p>{t.noStories}</p> : <ul>{stories.map(frontItem)}</ul>}
        {theme.credit && <p className="front-credit">{siteWords(theme.credit, 'en')}</p>}
      </main>,
    ),
  });
}

function frontItem(story: Story): ReactNode {
  const t = stringsFor(story.language);
  const poster = `m/${story.id}/static-${POSTER.width}x${POSTER.height}`;
  const facts = t.facts(t.asOf(story.asOf), summaryOf(story, t));
  return (
    <li key={story.id} lang={story.language} dir={directionOf(story.language)}>
      <a href={`m/${story.id}/`}>
        <picture>
          <source srcSet={`${poster}@dark.png`} media="(prefers-color-scheme: dark)" />
          <img src={`${poster}.png`} width={POSTER.width} height={POSTER.height} loading="lazy" alt="" />
        </picture>
        <span className="front-title">{plain(story.title)}</span>
      </a>
      <p>{plain(story.summary)}</p>
      <p className="front-facts">{facts}</p>
    </li>
  );
}
