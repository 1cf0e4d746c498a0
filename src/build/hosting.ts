/** Everything for other people's pages: the loader, snippets, oEmbed, head tags and headers of a site at an address. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { summaryOf } from '../core/describe.ts';
import { storyFolder } from '../core/languages.ts';
import type { Story } from '../core/story.ts';
import { stringsFor } from '../core/strings/strings.ts';
import { plain } from '../core/text.ts';
import type { Embeddable } from '../embed/snippets.ts';
import { ampSnippet, figureSnippet, frameSnippet, newsletterSnippet, PLAIN, plainAddress } from '../embed/snippets.ts';
import { LOADER_VERSION } from '../embed/version.ts';
import type { OutputFile } from './files.ts';
import { headTags } from './head.ts';
import { oembedJson } from './oembed.ts';
import { POSTER } from './poster-scene.ts';
import { integrityOf, scriptText } from './scripts.ts';
import { siteWords } from './theme/brand.tsx';
import type { Theme } from './theme/make.ts';
import { OUR_THEME } from './theme/make.ts';

/** The loader's path that hosts paste, and its immutable copy's. */
export const LOADER = 'embed/v1.js';
export const LOADER_COPY = `embed/v${LOADER_VERSION}.js`;

function folderOf({ id, language, ownLanguage }: Story): string {
  return storyFolder(id, language, ownLanguage);
}

/** A story as others embed it. @param site address of the site's root, with a slash at its end: absolute for other people's pages */
export function embeddableOf(story: Story, site: string): Embeddable {
  const t = stringsFor(story.language);
  const words = t.hosting;
  const page = `${site}${folderOf(story)}`;
  const title = plain(story.title);
  const asOf = t.asOf(story.asOf);
  return {
    id: story.id,
    page,
    loader: `${site}${LOADER}`,
    picture: { src: `${page}static-${POSTER.width}x${POSTER.height}.png`, width: POSTER.width, height: POSTER.height },
    alt: words.alt(title, t.facts(asOf, summaryOf(story, t))),
    caption: words.caption(title, asOf),
    frameTitle: words.frameTitle(title),
    openMap: words.openMap,
    onClick: words.onClick,
    lang: story.language,
  };
}

/** Head tags of a story's page. @param root the path from it to the site's root, without a slash at its end */
export function hostingTags(story: Story, site: string, root: string, { brand }: Theme = OUR_THEME): string[] {
  const translations = story.languages.map(({ id }) => {
    const folder = storyFolder(story.id, id, story.ownLanguage);
    return { language: id, page: `${site}${folder}`, here: `${root}/${folder}` };
  });
  return headTags(story, embeddableOf(story, site), site, translations, brand ? siteWords(brand.name, story.language) : undefined);
}

/** Files beside a story's page: its oEmbed answer and what editors paste. */
export function hostingFiles(story: Story, site: string, { brand }: Theme = OUR_THEME): OutputFile[] {
  const e = embeddableOf(story, site);
  const folder = folderOf(story);
  const snippet = (name: string, content: string): OutputFile => ({ path: `${folder}embed/${name}`, content: `${content}\n` });
  return [
    { path: `${folder}oembed.json`, content: oembedJson(e, plain(story.title), site, brand ? siteWords(brand.name, story.language) : undefined) },
    snippet('address.txt', plainAddress(e, PLAIN)),
    snippet('figure.html', figureSnippet(e, PLAIN)),
    snippet('figure-click.html', figureSnippet(e, { ...PLAIN, mode: 'click' })),
    snippet('iframe.html', frameSnippet(e, PLAIN)),
    snippet('amp.html', ampSnippet(e, PLAIN)),
    snippet('newsletter.html', newsletterSnippet(e, PLAIN)),
  ];
}

/** Paths of the copies of the loader that never change: today's, and the earlier ones that pages may have pinned. */
export function loaderCopies(publicDir: string): readonly string[] {
  return [LOADER_COPY, ...readdirSync(join(publicDir, 'embed')).map((name) => `embed/${name}`)];
}

/** The loader, twice: where every snippet looks for it, and under its version for ever, with the hash for those who pin it. */
export async function loaderFiles(): Promise<OutputFile[]> {
  const content = await scriptText('embed/loader');
  return [
    { path: LOADER, content },
    { path: LOADER_COPY, content },
    { path: 'embed/integrity.txt', content: `${integrityOf(content)}  ${LOADER_COPY.replace('embed/', '')}\n` },
  ];
}
