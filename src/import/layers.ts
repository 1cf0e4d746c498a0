/** The layers of a table's categories. */
import { fingerprint } from '../core/fingerprint.ts';
import type { GlyphName } from '../core/glyphs.ts';
import type { SourceLayer } from '../core/source.ts';
import { plainText } from './claim.ts';
import type { Columns } from './columns.ts';
import { fold, slug } from './fold.ts';
import type { ImportOptions } from './options.ts';
import type { PresetName } from './presets.ts';
import type { Row } from './table.ts';
import { importWords } from './words.ts';

/** Colours of further layers, told apart on either ground; those of the project's first story come first. */
const COLORS: readonly { readonly light: string; readonly dark: string }[] = [
  { light: '#c2410c', dark: '#ff8a5c' },
  { light: '#1d5fa8', dark: '#7fb4f0' },
  { light: '#0b7a5c', dark: '#4fd0a8' },
  { light: '#7a2e6d', dark: '#dc93cf' },
  { light: '#6b5a12', dark: '#d9bf5a' },
  { light: '#5b3fa0', dark: '#b7a2f2' },
  { light: '#a3243b', dark: '#ff9aa8' },
  { light: '#3f5f2a', dark: '#a9cf8c' },
];
const LAYER_GLYPHS: readonly GlyphName[] = ['raised', 'chevron', 'arcs', 'bar', 'speech'];
/** More layers than colours cannot be told apart. */
const MAX_LAYERS = COLORS.length;

const UCDP_VIOLENCE: ReadonlyMap<string, string> = new Map([
  ['1', 'State-based violence'],
  ['2', 'Non-state violence'],
  ['3', 'One-sided violence'],
]);

export interface Layers {
  readonly all: readonly SourceLayer[];
  /** Category as `layerName` gives it → id. */
  readonly of: (name: string) => string;
}

/** The category of a row, as its layer is called; empty for none. */
export function layerName(row: Row, columns: Columns, preset: PresetName | null): string {
  const cell = plainText(row.cells.get(columns.get('layer') ?? '') ?? '');
  return preset === 'ucdp' ? (UCDP_VIOLENCE.get(cell) ?? cell) : cell;
}

/** How many rows each category has. */
export function countsOf(names: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** A layer per category; the story's own ones are used where names agree. The rarest share the last one where there are too many. */
export function layersOf(counts: ReadonlyMap<string, number>, options: ImportOptions): Layers {
  const words = importWords(options.language);
  const known = (name: string) => options.layers.find((l) => l.id === name || Object.values(l.label).some((label) => fold(label) === fold(name)));
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  const room = Math.max(1, MAX_LAYERS - options.layers.length);
  const fresh = names.filter((n) => n !== '' && !known(n));
  const kept = fresh.length > room ? fresh.slice(0, room - 1) : fresh;
  const all: SourceLayer[] = [...options.layers];
  const add = (id: string, label: string): string => {
    if (!all.some((l) => l.id === id)) {
      const n = all.length;
      all.push({
        id,
        label: { [options.language]: label },
        glyph: LAYER_GLYPHS[n % LAYER_GLYPHS.length] ?? 'raised',
        color: COLORS[n % COLORS.length] ?? { light: '#1d5fa8', dark: '#7fb4f0' },
        shown: true,
      });
    }
    return id;
  };
  const ids = new Map<string, string>();
  for (const name of names) {
    const own = name === '' ? undefined : known(name);
    if (own) ids.set(name, own.id);
    else if (name !== '' && kept.includes(name)) ids.set(name, add(slug(name) || `layer-${fingerprint(name).slice(0, 6)}`, name));
  }
  for (const name of names) if (!ids.has(name)) ids.set(name, add('events', words.events));
  return { all, of: (name) => ids.get(name) ?? 'events' };
}
