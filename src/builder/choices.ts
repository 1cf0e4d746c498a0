/** What an editor chose, as the form's fields, and what embed that makes. Pure. */
import type { EmbedChoice, Embeddable } from '../embed/snippets.ts';
import { PLAIN } from '../embed/snippets.ts';

/** A story as the builder knows it; the build writes it into the page. */
export interface BuilderStory {
  readonly id: string;
  readonly title: string;
  /** One entry per language, the story's own first. `path` leads from the builder's page to the story's. */
  readonly languages: readonly { readonly language: string; readonly name: string; readonly path: string; readonly embeddable: Embeddable }[];
  readonly layers: readonly { readonly id: string; readonly label: string; readonly shown: boolean }[];
  readonly days: readonly { readonly id: string; readonly words: string; readonly open: 'before' | 'after' | null }[];
  /** What the map can open at: events, places and stops of the walk, as pairs of the hash, each in its group. */
  readonly opens: readonly { readonly group: string; readonly pair: string; readonly label: string }[];
  readonly hasContext: boolean;
}

/** Name and value of every field, checkboxes that are off left out: what `FormData` gives. */
export type Fields = ReadonlyMap<string, readonly string[]>;

const one = (fields: Fields, name: string): string => fields.get(name)?.[0] ?? '';

/** The hash, without `#`, for the chosen view; the shortest that says it. */
export function hashOf(story: BuilderStory, fields: Fields): string {
  const pairs: string[] = [];
  const open = one(fields, 'open');
  if (story.opens.some((o) => o.pair === open && o.pair.startsWith('step='))) pairs.push(open);
  const map = one(fields, 'map');
  if (/^[\d./-]{5,40}$/.test(map)) pairs.push(`map=${map}`);
  const shown = new Set(fields.get('layer') ?? []);
  const hidden = story.layers.filter((l) => !shown.has(l.id));
  if (story.layers.some((l) => l.shown !== shown.has(l.id))) pairs.push(`hide=${hidden.map((l) => l.id).join(',')}`);
  const [from, to] = [one(fields, 'from'), one(fields, 'to')].map((id) => story.days.findIndex((d) => d.id === id)) as [number, number];
  if (from >= 0 && to >= from && (from > 0 || to < story.days.length - 1)) {
    const first = story.days[from];
    const last = story.days[to];
    pairs.push(`time=${first?.open === 'before' ? '..' : first?.id}/${last?.open === 'after' ? '..' : last?.id}`);
  }
  if (story.hasContext && one(fields, 'context') === '1') pairs.push('context=1');
  if (story.opens.some((o) => o.pair === open && !o.pair.startsWith('step='))) pairs.push(open);
  return pairs.join('&');
}

/** @param integrity of the loader's immutable copy */
export function choiceOf(story: BuilderStory, fields: Fields, integrity: string): EmbedChoice {
  const theme = one(fields, 'theme');
  const height = Number(one(fields, 'height'));
  const mark = one(fields, 'mark');
  return {
    ...PLAIN,
    hash: hashOf(story, fields),
    mode: one(fields, 'mode') === 'click' ? 'click' : 'auto',
    theme: theme === 'light' || theme === 'dark' ? theme : '',
    height: Number.isFinite(height) && height > 0 ? Math.max(200, Math.min(1000, Math.round(height))) : PLAIN.height,
    suffix: /^[\w-]{1,32}$/.test(mark) ? mark : '',
    integrity: one(fields, 'pinned') === '1' ? integrity : '',
  };
}
