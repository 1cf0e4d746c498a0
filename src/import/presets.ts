/** Column sets that are known by name, and what their codes mean. */

import type { Role } from './columns.ts';
import { fold } from './fold.ts';

export const PRESET_NAMES = ['unrest-map', 'acled', 'ucdp', 'timemap', 'timelinejs', 'umap'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export interface Preset {
  /** As people call it. */
  readonly label: string;
  /** Whose data it is when the rows say no other; null where the file is somebody's own. */
  readonly publisher: string | null;
  readonly url: string | null;
  readonly columns: { readonly [R in Role]?: string };
  /** Columns, all of which a table of this kind has; folded. */
  readonly signature: readonly string[];
  /** Further columns that are read beside the roles; folded. */
  readonly reads: readonly string[];
  /** Whether columns are known by these names alone: a wide data set has others that merely sound like one of ours. */
  readonly only: boolean;
}

export const PRESETS: { readonly [P in PresetName]: Preset } = {
  /** What this project's own downloads hold: `events.csv` and `events.geojson`. */
  'unrest-map': {
    label: 'unrest-map',
    publisher: null,
    url: null,
    columns: {
      id: 'id',
      title: 'title',
      text: 'text',
      date: 'start',
      end: 'end',
      time: 'time',
      lng: 'lng',
      lat: 'lat',
      place: 'place',
      layer: 'layer',
      status: 'status',
      source: 'sources',
      precision: 'precision',
    },
    signature: ['id', 'collection', 'layer', 'title', 'placeid', 'precision', 'start', 'end', 'status', 'text'],
    reads: ['collection', 'placeid', 'checked', 'figures', 'updated', 'record'],
    only: true,
  },
  /** Armed Conflict Location & Event Data, codebook of 2023: time_precision 1 day, 2 week, 3 month; geo_precision 1 exact, 2 part of a region, 3 region. */
  acled: {
    label: 'ACLED',
    publisher: 'ACLED',
    url: 'https://acleddata.com/',
    columns: {
      id: 'event_id_cnty',
      text: 'notes',
      date: 'event_date',
      lng: 'longitude',
      lat: 'latitude',
      place: 'location',
      region: 'admin1',
      country: 'country',
      layer: 'event_type',
      source: 'source',
      killed: 'fatalities',
      precision: 'geo_precision',
      timePrecision: 'time_precision',
    },
    signature: ['eventidcnty', 'eventdate', 'eventtype', 'geoprecision', 'latitude', 'longitude'],
    reads: ['subeventtype'],
    only: true,
  },
  /** UCDP Georeferenced Event Dataset, codebook 23.1: where_prec 1 exact to 7 no land, date_prec 1 day to 5 year. */
  ucdp: {
    label: 'UCDP GED',
    publisher: 'Uppsala Conflict Data Program',
    url: 'https://ucdp.uu.se/',
    columns: {
      id: 'id',
      date: 'date_start',
      end: 'date_end',
      lng: 'longitude',
      lat: 'latitude',
      place: 'where_coordinates',
      region: 'adm_1',
      country: 'country',
      layer: 'type_of_violence',
      source: 'source_office',
      published: 'source_date',
      headline: 'source_headline',
      killed: 'best',
      precision: 'where_prec',
      timePrecision: 'date_prec',
    },
    signature: ['id', 'typeofviolence', 'whereprec', 'dateprec', 'datestart', 'dateend', 'best'],
    reads: ['dyadname', 'high', 'low', 'sidea', 'sideb', 'wheredescription'],
    only: true,
  },
  /** TimeMap's event sheet (Forensic Architecture). */
  timemap: {
    label: 'TimeMap',
    publisher: null,
    url: null,
    columns: { id: 'id', title: 'title', text: 'description', date: 'date', time: 'time', lng: 'longitude', lat: 'latitude', place: 'location' },
    signature: ['description', 'date', 'time', 'location', 'latitude', 'longitude'],
    reads: ['category', 'category1', 'association1', 'filter1', 'source1'],
    only: false,
  },
  /** The Knight Lab's sheet. It has no places at all. */
  timelinejs: {
    label: 'TimelineJS3',
    publisher: null,
    url: null,
    columns: { title: 'Headline', text: 'Text', url: 'Media', source: 'Media Credit', layer: 'Group' },
    signature: ['year', 'month', 'day', 'headline', 'text'],
    reads: ['year', 'month', 'day', 'time', 'endyear', 'endmonth', 'endday', 'endtime', 'displaydate', 'type'],
    only: true,
  },
  umap: {
    label: 'uMap',
    publisher: null,
    url: null,
    columns: { title: 'name', text: 'description', layer: 'uMap layer', lat: 'Latitude', lng: 'Longitude' },
    signature: ['umaplayer'],
    reads: [],
    only: false,
  },
};

/** Whose table it is: as somebody says, else the known data set's publisher, else the file by its name. */
export function publisherOf(preset: PresetName | null, given: string | null, file: string): string {
  return given ?? (preset && PRESETS[preset].publisher) ?? file;
}

/** The data set whose columns these are, or null. */
export function presetOf(columns: readonly string[]): PresetName | null {
  const folded = new Set(columns.map(fold));
  // TimeMap's own columns are plain words: what tells it from anybody's sheet are its numbered ones.
  const numbered = [...folded].some((c) => /^(category|association|filter|source)\d$/.test(c));
  return PRESET_NAMES.find((name) => PRESETS[name].signature.every((c) => folded.has(c)) && (name !== 'timemap' || numbered)) ?? null;
}
