/** A site's stories: loaded, checked, compiled, and as the files that readers get. */
import { basename } from 'node:path';
import type { BasemapFile, BasemapLabel } from '../core/basemap.ts';
import type { LocatedIssue } from '../core/issue.ts';
import type { SourceMeta, SourceSite } from '../core/source.ts';
import type { Context, Story } from '../core/story.ts';
import { withContext } from '../core/story.ts';
import type { Strings } from '../core/strings/make.ts';
import '../core/strings/all.ts';
import { compile } from '../core/compile.ts';
import type { Records } from '../core/export.ts';
import { eventsCsv, eventsGeoJson, eventsKml, placesGeoJson } from '../core/export.ts';
import { storyFolder } from '../core/languages.ts';
import { eventRecords } from '../core/record.ts';
import { stringsFor } from '../core/strings/strings.ts';
import { layerCss } from '../core/tokens.ts';
import type { Basemap } from './basemap-files.ts';
import { coarsened } from './coarsen.ts';
import { withCounts } from './dense/live.ts';
import type { DenseBuild, Progress } from './dense/make.ts';
import { denseOf } from './dense/story.ts';
import { withoutDrafts } from './drafts.ts';
import type { OutputFile } from './files.ts';
import { hashedFile } from './files.ts';
import type { LoadedStory } from './load.ts';
import { loadStory, storyFolders } from './load.ts';
import { makeMedia } from './media/make.ts';
import { pictureCss } from './picture.tsx';
import { posterSvg } from './poster.tsx';
import type { LayerColors, PosterTheme } from './poster-scene.ts';
import { CARD, POSTER } from './poster-scene.ts';
import { toPng } from './raster.ts';
import { loadSettings } from './settings.ts';
import { palettesOf } from './theme/check.ts';
import type { PosterLook } from './theme/make.ts';
import { OUR_THEME } from './theme/make.ts';

/** A story in one language, fit to show, perhaps without some of its events. */
export interface BuiltStory {
  readonly story: Story;
  /** Folder of its page from the site's root: `m/<id>/`, or `m/<id>/<language>/`. */
  readonly folder: string;
  /** What else was reported, fetched when a reader asks for it; null for none. */
  readonly context: Context | null;
  /** Events too many for the page; null for none. */
  readonly dense: DenseBuild | null;
  /** Each event whole, for the downloads. */
  readonly records: Records;
  readonly basemap: Basemap;
  readonly css: string;
  readonly colors: { readonly [K in PosterTheme]: LayerColors };
  /** Its pictures, sounds and videos, once for all languages. */
  readonly media: readonly OutputFile[];
}

export interface Site {
  /** Where the site will stand, by its settings; null where they do not say. */
  readonly baseUrl: string | null;
  readonly stories: readonly BuiltStory[];
  /** Per story folder, in name order; folders without issues included. */
  readonly issues: readonly { readonly folder: string; readonly issues: readonly LocatedIssue[] }[];
}

/** What of the data a site shows. */
export interface SiteChoice {
  /** Events still being written: only where nobody but their editors looks. */
  readonly drafts?: boolean | undefined;
  /** Invented stories, each marked as one in every view. */
  readonly samples?: boolean | undefined;
  /** A story with an error is left out whole, so that what is built is fit to publish. Otherwise its sound parts are shown. */
  readonly onlySound?: boolean | undefined;
  /** The one story that is wanted, by id. */
  readonly only?: string | undefined;
  /** Told while the rows of a dense story are read. */
  readonly progress?: ((story: string, p: Progress) => void) | undefined;
}

/** Load and compile every story below a data folder. A story that cannot be shown is left out; its issues say why. */
export async function loadSite(dataDir: string, choice: SiteChoice = {}): Promise<Site> {
  const settings = loadSettings(dataDir);
  const palettes = palettesOf(settings.site);
  const loaded = storyFolders(dataDir)
    .filter((folder) => choice.only === undefined || basename(folder) === choice.only)
    .map((folder) => loadStory(folder, dataDir, undefined, undefined, palettes))
    .filter(({ story }) => choice.samples || !story?.meta.sample);
  const stories: BuiltStory[] = [];
  for (const one of loaded) stories.push(...(await buildStory(one, settings.site, choice)));
  return {
    baseUrl: settings.site.baseUrl ?? null,
    stories,
    issues: [{ folder: dataDir, issues: settings.issues }, ...loaded.map(({ folder, issues }) => ({ folder, issues }))],
  };
}

/** A story in each of its languages; none where it cannot be shown. What is wrong with its rows joins its issues, once for all languages. */
async function buildStory(loaded: LoadedStory, settings: SourceSite, { drafts = false, onlySound = false, progress }: SiteChoice): Promise<BuiltStory[]> {
  const { folder, issues, story, basemap } = loaded;
  if (!story || !basemap || (onlySound && hasError(issues))) return [];
  const published = coarsened(story);
  const wanted = drafts ? published : withoutDrafts(published);
  const media = await makeMedia(folder, wanted, issues);
  if (onlySound && hasError(issues)) return [];
  const { meta } = wanted;
  // A story's own setting wins, and null says that it wants none.
  const credits = settings.credit ? [...meta.credits, settings.credit] : meta.credits;
  const source = { ...wanted, meta: { ...meta, credits, tiles: meta.tiles === undefined ? settings.tiles : meta.tiles } };
  const built: BuiltStory[] = [];
  for (const language of meta.languages) {
    const { dense, issues: found } = await denseOf(folder, source, language, (p) => progress?.(meta.id, p));
    if (language === meta.language) issues.push(...found);
    const { story: compiled, context } = compile(source, language, basemap.index, loaded.leftOut + (dense?.leftOut ?? 0), dense, media.made);
    built.push({
      story: compiled,
      folder: storyFolder(meta.id, language, meta.language),
      context,
      dense,
      records: eventRecords(source, language),
      basemap,
      css: `${pictureCss(withCounts({ story: compiled, dense }))}\n${layerCss(meta.layers)}`,
      colors: { light: colorsOf('light', meta), dark: colorsOf('dark', meta) },
      media: language === meta.language ? media.files : [],
    });
  }
  return built;
}

function colorsOf(theme: PosterTheme, meta: SourceMeta): LayerColors {
  return new Map(meta.layers.map((l) => [l.id, l.color[theme]]));
}

/** Hashed files that a story's page loads, by what they are. */
export interface StoryAssets {
  readonly story: OutputFile;
  /** Fetched when a reader asks for it. */
  readonly context: OutputFile | null;
  readonly basemap: OutputFile;
  /** Fetched when a reader gets to where they show. */
  readonly parts: readonly OutputFile[];
}

export function storyAssets({ story, context, basemap }: BuiltStory): StoryAssets {
  return {
    story: hashedFile(`story-${story.id}-${story.language}`, 'json', JSON.stringify(story)),
    context: context && hashedFile(`context-${story.id}-${story.language}`, 'json', JSON.stringify(context)),
    basemap: hashedFile(`basemap-${basemap.id}-${story.language}`, 'json', JSON.stringify(inLanguage(basemap.file, story.language))),
    parts: basemap.parts.map(({ name, bytes }) => ({ path: `assets/${name}`, content: bytes })),
  };
}

/** A basemap with its names in one language alone, or in English where they are not known in it: readers fetch no other. */
function inLanguage(file: BasemapFile, language: string): BasemapFile {
  const one = (name: BasemapLabel['name']): BasemapLabel['name'] => (name[language] !== undefined ? { [language]: name[language] } : { en: name.en ?? '' });
  return { ...file, labels: file.labels.map((l) => ({ ...l, name: one(l.name) })) };
}

/** All files that a story's page may load. */
export function assetFiles({ story, context, basemap, parts }: StoryAssets): OutputFile[] {
  return [story, basemap, ...(context ? [context] : []), ...parts];
}

/** Files beside a story's page that readers download. */
export function storyDownloads({ story, context, folder, records }: BuiltStory): OutputFile[] {
  const t = stringsFor(story.language);
  const at = (name: string) => `${folder}${name}`;
  return [
    { path: at('events.geojson'), content: eventsGeoJson(story, t, records) },
    { path: at('events.csv'), content: eventsCsv(story, t, records) },
    { path: at('events.kml'), content: eventsKml(story, t, records) },
    { path: at('places.geojson'), content: placesGeoJson(context ? withContext(story, context) : story) },
    ...(context ? contextFiles(story, context, t, at, records) : []),
  ];
}

/** The second collection in files of its own, so that nobody takes it for the article's. */
function contextFiles(story: Story, context: Context, t: Strings, at: (name: string) => string, records: Records): OutputFile[] {
  const outside: Story = { ...withContext(story, context), events: context.events };
  return [
    { path: at('context.geojson'), content: eventsGeoJson(outside, t, records) },
    { path: at('context.csv'), content: eventsCsv(outside, t, records) },
  ];
}

/** A story's pictures beside its page: posters as SVG and PNG, light and dark, and the card of shared links. @param look the site's own */
export function storyPosters(built: BuiltStory, look: PosterLook = OUR_THEME.poster): OutputFile[] {
  const { basemap, colors, folder } = built;
  const story = withCounts(built);
  const name = `${folder}static-${POSTER.width}x${POSTER.height}`;
  const card = {
    path: `${folder}card-${CARD.width}x${CARD.height}.png`,
    content: toPng(posterSvg(story, basemap.file, colors.light, 'light', CARD, look), look.fontFiles),
  };
  const posters = (['light', 'dark'] as const).flatMap((theme) => {
    const svg = posterSvg(story, basemap.file, colors[theme], theme, POSTER, look);
    const path = `${name}${theme === 'dark' ? '@dark' : ''}`;
    return [
      { path: `${path}.svg`, content: svg },
      { path: `${path}.png`, content: toPng(svg, look.fontFiles) },
    ];
  });
  return [...posters, card];
}

/** The stories, each in its own language. */
export function ownStories(site: Site): BuiltStory[] {
  return site.stories.filter((s) => s.story.language === s.story.ownLanguage);
}

/** True when any issue of the site is an error. */
export function hasErrors(site: Site): boolean {
  return site.issues.some(({ issues }) => hasError(issues));
}

function hasError(issues: readonly LocatedIssue[]): boolean {
  return issues.some((i) => i.severity === 'error');
}
