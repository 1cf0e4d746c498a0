/** What the page and its importer say to one another. */
import type { BasemapIndex } from '../core/basemap.ts';
import type { Story } from '../core/story.ts';
import type { DateOrder } from '../import/dates.ts';
import type { TableIssue } from '../import/table.ts';

/** What an editor chose. Empty for "by itself". */
export interface Choices {
  readonly dates: DateOrder | '';
  /** A country's name or its two letters. */
  readonly country: string;
  readonly language: string;
  /** Role → column. */
  readonly columns: Readonly<Record<string, string>>;
}

export interface Job {
  readonly file: File;
  readonly choices: Choices;
  /** Address of the towns of the world. */
  readonly gazetteer: string;
  readonly basemap: { readonly id: string; readonly index: BasemapIndex };
  readonly today: string;
}

/** What a file comes to: what is wrong with it, and the story of what is right. */
export interface Outcome {
  readonly file: string;
  readonly unit: 'row' | 'feature';
  readonly rows: number;
  /** Name of a known set of columns; null for a table of somebody's own. */
  readonly set: string | null;
  readonly columns: readonly string[];
  readonly roles: Readonly<Record<string, string>>;
  readonly issues: readonly TableIssue[];
  readonly zone: string;
  readonly language: string;
  /** Null where no row can be shown. */
  readonly story: Story | null;
  /** Colours of its layers, as a stylesheet. */
  readonly css: string;
  /** The story's folder: its name and its files. */
  readonly folder: string;
  readonly files: readonly (readonly [name: string, text: string])[];
}

export type FromImporter =
  | { readonly type: 'progress'; readonly done: number; readonly all: number }
  | { readonly type: 'done'; readonly outcome: Outcome }
  | { readonly type: 'failed'; readonly why: string };
