/** A site's stories: loaded, checked, compiled, and as the files that readers get. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { LocatedIssue } from '../core/issue.ts';
import type { Story } from '../core/story.ts';
import { stringsFor } from '../core/strings/strings.ts';
import { layerCss } from '../core/tokens.ts';
import type { Basemap } from './basemap-files.ts';
import { compile } from './compile.ts';
import { eventsCsv, eventsGeoJson, placesGeoJson } from './export.ts';
import { loadStory, storyFolders } from './load.ts';
import { pictureCss } from './picture.tsx';

/** A story that is fit to show, perhaps without some of its events. */
export interface BuiltStory {
  readonly story: Story;
  readonly basemap: Basemap;
  readonly css: string;
}

export interface Site {
  readonly stories: readonly BuiltStory[];
  /** Per story folder, in name order; folders without issues included. */
  readonly issues: readonly { readonly folder: string; readonly issues: readonly LocatedIssue[] }[];
}

/** Load and compile every story below a data folder. A story that cannot be shown is left out; its issues say why. */
export function loadSite(dataDir: string): Site {
  const loaded = storyFolders(dataDir).map((folder) => loadStory(folder, dataDir));
  return {
    stories: loaded.flatMap(({ story, basemap, leftOut }): BuiltStory[] => {
      if (!story || !basemap) return [];
      const compiled = compile(story, story.meta.language, basemap.attribution, leftOut);
      return [{ story: compiled, basemap, css: `${pictureCss(compiled)}\n${layerCss(story.meta.layers)}` }];
    }),
    issues: loaded.map(({ folder, issues }) => ({ folder, issues })),
  };
}

/** One file of the site: its path below the site's root and its content. */
export interface OutputFile {
  readonly path: string;
  readonly content: string;
}

/** Hashed files that a story's page loads, by what they are. */
export interface StoryAssets {
  readonly story: OutputFile;
  readonly basemap: OutputFile;
  readonly css: OutputFile;
}

export function storyAssets({ story, basemap, css }: BuiltStory): StoryAssets {
  const hashed = (name: string, extension: string, content: string): OutputFile => ({
    path: `assets/${name}-${createHash('sha256').update(content).digest('hex').slice(0, 10)}.${extension}`,
    content,
  });
  return {
    story: hashed(`story-${story.id}`, 'json', JSON.stringify(story)),
    basemap: hashed(`basemap-${basemap.id}`, 'json', JSON.stringify(basemap.file)),
    css: hashed(`story-${story.id}`, 'css', css),
  };
}

/** Files beside a story's page that readers download. */
export function storyDownloads({ story }: BuiltStory): OutputFile[] {
  const t = stringsFor(story.language);
  const at = (name: string) => `m/${story.id}/${name}`;
  return [
    { path: at('events.geojson'), content: eventsGeoJson(story, t) },
    { path: at('events.csv'), content: eventsCsv(story, t) },
    { path: at('places.geojson'), content: placesGeoJson(story) },
  ];
}

/** True when any issue of the site is an error. */
export function hasErrors(site: Site): boolean {
  return site.issues.some(({ issues }) => issues.some((i) => i.severity === 'error'));
}

export function defaultDataDir(root: string): string {
  return join(root, 'data');
}
