/** A story's page as the build and the development server both make it. */
import { withCounts } from './dense/live.ts';
import type { PageLinks } from './page.tsx';
import { pageHtml } from './page.tsx';
import type { BuiltStory } from './site.ts';
import { storyAssets } from './site.ts';
import { brandHtml } from './theme/brand.tsx';
import type { Theme } from './theme/make.ts';

/** The page's template, in Vite's root. */
export const TEMPLATE = 'index.html';

/** The path from a folder to the site's root, without a slash at its end: `../..`. */
export function rootFrom(folder: string): string {
  return folder.replace(/[^/]+\//g, '../').slice(0, -1);
}

/** A story's page at a depth: `site` is the path from the page to the site's root, without a slash at its end. */
export function storyPage(template: string, built: BuiltStory, site: string, home: string, links: PageLinks, theme: Theme): string {
  const assets = storyAssets(built);
  const at = (path: string) => `${site}/${path}`;
  return pageHtml(
    template.replaceAll('"./assets/', `"${site}/assets/`),
    withCounts(built),
    built.basemap.file,
    {
      site,
      home,
      story: at(assets.story.path),
      basemap: at(assets.basemap.path),
      context: assets.context ? at(assets.context.path) : '',
    },
    links,
    brandHtml(theme, built.story.language, site),
  );
}
