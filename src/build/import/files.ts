/** A story's files after an import into it: what the table brings, and what an editor is told of it. */
import type { SourceEvent, SourceMeta } from '../../core/source.ts';
import type { Draft } from '../../import/draft.ts';
import type { ImportRecord, Merged } from '../../import/merge.ts';
import { printOf } from '../../import/merge.ts';
import type { ImportOptions } from '../../import/options.ts';
import type { RowRecord } from '../../import/story.ts';
import { FOLLOWING, RECORD, recordText } from '../../import/story.ts';
import { fromGit } from '../committed.ts';
import type { StoryFolder } from './folder.ts';
import { editedTexts, recordFile } from './folder.ts';

/** The texts of a story's files, those that stay as they are included. @param rows what is to be remembered of its file of rows */
export function filesOf(
  story: StoryFolder,
  merged: Merged,
  draft: Draft,
  options: ImportOptions,
  folder: string,
  fit: boolean,
  last: ImportRecord,
  file: string,
  rows?: RowRecord,
): Map<string, string> {
  const wanted: { [K in (typeof FOLLOWING)[number]]: SourceMeta[K] | null } = {
    extent: draft.extent,
    asOf: draft.extent?.split('/').at(-1) ?? null,
    bounds: draft.bounds,
  };
  const meta: { -readonly [K in keyof SourceMeta]?: SourceMeta[K] } = {};
  const record = new Map(merged.record);
  for (const key of FOLLOWING) {
    const value = wanted[key];
    const follows = fit || last.get(`meta/${key}`) === printOf(story.meta[key]);
    if (value === null || !follows) continue;
    record.set(`meta/${key}`, printOf(value));
    if (printOf(value) !== printOf(story.meta[key])) Object.assign(meta, { [key]: value });
  }
  const corrections = correctionsOf(merged, folder, options);
  if (corrections.length > 0) meta.changes = [...story.meta.changes, ...corrections];
  if (merged.changes.some((c) => c.kind === 'added' || c.kind === 'changed' || c.kind === 'removed')) meta.updated = options.today;
  const texts = editedTexts(story, merged, meta);
  texts.set(RECORD, recordText(recordFile(folder), options.source, file, record, rows));
  return texts;
}

/** A published figure does not change in silence: an entry for readers for each event of the last commit whose figures the table changes. */
function correctionsOf(merged: Merged, folder: string, { today, language }: ImportOptions): SourceMeta['changes'] {
  const published = new Set(
    ['events.json', 'context.json'].flatMap((name) => {
      const text = fromGit(folder, name);
      return text === null ? [] : (JSON.parse(text) as { events: SourceEvent[] }).events.map((e) => e.id);
    }),
  );
  const figures = (event: unknown) =>
    ((event as SourceEvent | undefined)?.claims ?? [])
      .flatMap((c) => c.figures.map((f) => `${f.value} ${f.label[language] ?? Object.values(f.label)[0] ?? ''}`))
      .join('; ');
  return merged.changes.flatMap((c): SourceMeta['changes'][number][] => {
    if (c.shelf !== 'events' || c.kind !== 'changed' || !published.has(c.id)) return [];
    const [from, to] = [figures(c.before), figures(c.after)];
    if (from === to) return [];
    const text = (words: string) => ({ [language]: words || '—' });
    return [{ date: today, event: c.id, from: text(from), to: text(to), note: { [language]: CORRECTED[language] ?? CORRECTED.en ?? '' } }];
  });
}

const CORRECTED: { readonly [language: string]: string } = {
  en: 'The table that the map is made from was corrected.',
  ru: 'Исправлена таблица, по которой составлена карта.',
  kk: 'Карта жасалған кесте түзетілді.',
  ko: '지도의 바탕이 된 표가 수정되었다.',
  ar: 'صُحّح الجدول الذي بُنيت عليه الخريطة.',
};
