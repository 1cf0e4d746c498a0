/** The two pages beside the stories' own: the builder of embeds and the article that shows one at work. Pure but for their templates. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuilderStory } from '../builder/choices.ts';
import { languageName, storyFolder } from '../core/languages.ts';
import type { Story } from '../core/story.ts';
import { stringsFor } from '../core/strings/strings.ts';
import { plain } from '../core/text.ts';
import type { Palette, Style } from '../core/tokens.ts';
import { toCss } from '../core/tokens.ts';
import { escaped, figureId, figureSnippet, PLAIN } from '../embed/snippets.ts';
import type { OutputFile } from './files.ts';
import { hashedFile } from './files.ts';
import { embeddableOf, LOADER_COPY } from './hosting.ts';
import { fill } from './page.tsx';
import { integrityOf, scriptText } from './scripts.ts';
import { brandHtml, themeLinks } from './theme/brand.tsx';
import type { Theme } from './theme/make.ts';
import { OUR_THEME } from './theme/make.ts';

const PAGES = join(import.meta.dirname, '../pages');
/** The story that the demonstration article tells. */
const ARTICLE_STORY = 'kazakhstan-2022-01';
/** From either page to the site's root. */
const ROOT = '..';

const STRICT = "default-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
/** What the article allows: no more than a newsroom with a map of ours needs. */
export const ARTICLE_POLICY = `${STRICT}; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; frame-src 'self'`;
export const BUILDER_POLICY = ARTICLE_POLICY;

const text = (name: string) => readFileSync(join(PAGES, name), 'utf8');

/** The article with its stylesheet; nothing where the story is not on the site. */
export function articleFiles(stories: readonly Story[], theme: Theme = OUR_THEME): OutputFile[] {
  const story = stories.find((s) => s.id === ARTICLE_STORY && s.language === 'en');
  if (!story) return [];
  const css = hashedFile('article', 'css', text('article.css') + (theme === OUR_THEME ? '' : articleCss(theme.style)));
  // The page stands on the site itself: with relative addresses its snippet works wherever that is.
  const here = embeddableOf(story, `${ROOT}/`);
  const html = fill(text('article.html'), {
    policy: escaped(ARTICLE_POLICY),
    site: ROOT,
    css: `${ROOT}/${css.path}`,
    theme: themeLinks(theme, ROOT).join('\n    '),
    paper: theme.brand ? brandHtml(theme, 'en', ROOT) : '<p class="paper-name">The Demonstration Post</p>',
    map: here.page,
    frame: `${figureId(here, PLAIN)}-frame`,
    figure: figureSnippet(here, PLAIN),
    second: figureSnippet(here, { ...PLAIN, mode: 'click', suffix: 'airport', hash: 'place=almaty-airport' }),
  });
  return [css, { path: 'article/index.html', content: html }];
}

/** The demonstration's page is a newsroom's: a site with a look of its own is that newsroom. */
function articleCss({ palettes, fonts }: Style): string {
  const colors = (p: Palette) => `--ink:${p.ink};--soft:${p.inkSoft};--page:${p.page};--rule:${p.rule};--link:${p.link};`;
  return `:root{--serif:${fonts.title};--sans:${fonts.text};${colors(palettes.light)}}
@media screen and (prefers-color-scheme:dark){:root{${colors(palettes.dark)}}}

.paper .brand:not(.page>.brand){padding:0;border:0;background:none}
`;
}

/** The builder with its stylesheet and script. @param site absolute address of the site's root */
export async function builderFiles(stories: readonly Story[], site: string, theme: Theme = OUR_THEME): Promise<OutputFile[]> {
  const css = hashedFile('builder', 'css', `${toCss(theme.style)}${text('builder.css')}`);
  const script = hashedFile('builder', 'js', await scriptText('builder/builder'));
  const data = {
    stories: stories.filter(isOwn).map((s) => builderStory(s, stories, site)),
    site,
    pinnedLoader: `${site}${LOADER_COPY}`,
    integrity: integrityOf(await scriptText('embed/loader')),
  };
  const html = fill(text('builder.html'), {
    policy: escaped(BUILDER_POLICY),
    site: ROOT,
    css: `${ROOT}/${css.path}`,
    script: `${ROOT}/${script.path}`,
    theme: themeLinks(theme, ROOT).join('\n    '),
    brand: brandHtml(theme, 'en', ROOT),
    plain: plainList(stories),
    stories: `<script type="application/json" id="stories">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`,
  });
  return [css, script, { path: 'builder/index.html', content: html }];
}

const isOwn = (story: Story) => story.language === story.ownLanguage;

/** A story in its own language, with the pages of the others. */
function builderStory(story: Story, all: readonly Story[], site: string): BuilderStory {
  const t = stringsFor(story.language);
  return {
    id: story.id,
    title: plain(story.title),
    languages: all
      .filter((s) => s.id === story.id)
      .map((s) => ({
        language: s.language,
        name: languageName(s.language),
        path: `${ROOT}/${storyFolder(s.id, s.language, s.ownLanguage)}`,
        embeddable: embeddableOf(s, site),
      })),
    layers: story.layers.map((l) => ({ id: l.id, label: plain(l.label), shown: l.shown })),
    days: story.days.map((d) => ({ id: d.id, words: d.words, open: d.bin === 'day' ? null : d.bin })),
    opens: [
      ...story.events.map((e) => ({ group: t.eventList, pair: `event=${e.id}`, label: plain(e.title) })),
      ...story.places.map((p) => ({ group: t.map, pair: `place=${p.id}`, label: plain(p.name) })),
      ...story.steps.map((s) => ({ group: t.steps, pair: `step=${s.id}`, label: plain(s.title) })),
    ],
    hasContext: story.contextEvents > 0,
  };
}

/** The ready-made snippets as files, for those who do not run scripts. */
function plainList(stories: readonly Story[]): string {
  const items = stories.map((s) => {
    const folder = `${ROOT}/${storyFolder(s.id, s.language, s.ownLanguage)}embed/`;
    const files = ['address.txt', 'figure.html', 'figure-click.html', 'iframe.html', 'amp.html', 'newsletter.html'];
    return `<li lang="${escaped(s.language)}">${escaped(plain(s.title))}: ${files.map((f) => `<a href="${folder}${f}" download>${f}</a>`).join(', ')}</li>`;
  });
  return `<p>${escaped(stringsFor('en').hosting.readyMade)}</p><ul>${items.join('')}</ul>`;
}
