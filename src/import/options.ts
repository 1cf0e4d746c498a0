/** How a table is to be read: from flags, from the saved mapping, from the story that it goes into. */
import type { Collection, LngLat, SourceLayer } from '../core/source.ts';
import type { DateOrder } from './dates.ts';
import type { Gazetteer } from './gazetteer.ts';
import type { PresetName } from './presets.ts';

/** A place that the story has already: rows that mean it use it. */
export interface KnownPlace {
  readonly id: string;
  readonly names: readonly string[];
  readonly at: LngLat | null;
  readonly country: string;
}

export interface ImportOptions {
  /** Language of the table's texts, and of the story. */
  readonly language: string;
  /** IANA zone of the story's days; null to take it from where the events are. */
  readonly zone: string | null;
  /** ISO 3166-1 alpha-2 for rows that name no country. */
  readonly country: string | null;
  readonly dates: DateOrder | null;
  readonly columns: ReadonlyMap<string, string>;
  readonly preset: PresetName | null;
  readonly collection: Collection;
  /** Id of the table itself in sources.json; an import again under the same id is a diff. */
  readonly source: string;
  /** Whose table it is. */
  readonly publisher: string | null;
  /** Paragraph of the article that the rows belong to; for the context there is none. */
  readonly paragraph: string;
  /** Place name → GeoNames id, where a name is several places'. */
  readonly places: ReadonlyMap<string, number>;
  readonly known: readonly KnownPlace[];
  /** `placeKey` of a place that an earlier import of this table wrote → its id, which it keeps. */
  readonly placeIds: ReadonlyMap<string, string>;
  readonly layers: readonly SourceLayer[];
  /** Ids of events and claims that the story has beside those of the table: what a download names there may stay named. */
  readonly ids: ReadonlySet<string>;
  /** Whether the story's basemap has a shape of that id, for the outlines of a download's places. */
  readonly hasShape: (outline: string) => boolean;
  /** Whether the story's folder has a file, by its path: `media/quay.jpg`. */
  readonly hasMedia: (file: string) => boolean;
  readonly gazetteer: Gazetteer | null;
  /** Today in the editor's calendar, `YYYY-MM-DD`. */
  readonly today: string;
}

export const DEFAULTS: Omit<ImportOptions, 'today'> = {
  language: 'en',
  zone: null,
  country: null,
  dates: null,
  columns: new Map(),
  preset: null,
  collection: 'article',
  source: 'table',
  publisher: null,
  paragraph: 'rows',
  places: new Map(),
  known: [],
  placeIds: new Map(),
  layers: [],
  ids: new Set(),
  hasShape: () => false,
  hasMedia: () => true,
  gazetteer: null,
};
