/** Names on the basemap: how each kind is written, and which of them fit at a zoom beside the marks. */
import type { BasemapLabel, LabelKind } from './basemap.ts';
import type { GroundPalette } from './basemap-style.ts';
import { project, TILE } from './geo.ts';
import type { Box, LabelRequest, PlacedLabel, Side } from './labels.ts';
import { placeLabels, placementZoom, textWidth } from './labels.ts';

export interface LabelStyle {
  readonly size: number;
  readonly weight: number;
  readonly italic: boolean;
  readonly upper: boolean;
  /** Extra px between letters. */
  readonly spacing: number;
  readonly color: keyof GroundPalette;
  /** Radius in px of the dot that the name belongs to; 0 for names of areas. */
  readonly dot: number;
}

const AREA: readonly Side[] = ['c'];
const POINT: readonly Side[] = ['e', 'w', 'n', 's', 'ne', 'se', 'nw', 'sw'];

export const LABEL_STYLES: { readonly [K in LabelKind]: LabelStyle } = {
  country: { size: 12.5, weight: 500, italic: false, upper: true, spacing: 3, color: 'labelSoft', dot: 0 },
  region: { size: 11, weight: 400, italic: false, upper: false, spacing: 0.6, color: 'labelSoft', dot: 0 },
  water: { size: 11.5, weight: 400, italic: true, upper: false, spacing: 0.4, color: 'labelWater', dot: 0 },
  range: { size: 11, weight: 400, italic: true, upper: false, spacing: 1.2, color: 'labelSoft', dot: 0 },
  capital: { size: 12.5, weight: 600, italic: false, upper: false, spacing: 0, color: 'label', dot: 3 },
  city: { size: 12, weight: 400, italic: false, upper: false, spacing: 0, color: 'label', dot: 2.2 },
  town: { size: 11, weight: 400, italic: false, upper: false, spacing: 0, color: 'label', dot: 1.6 },
  station: { size: 11, weight: 400, italic: false, upper: false, spacing: 0, color: 'labelSoft', dot: 2.4 },
  runway: { size: 11, weight: 600, italic: false, upper: false, spacing: 0.4, color: 'labelSoft', dot: 0 },
};

/** What a station's name is followed by: many are called after other towns. */
const METRO: Readonly<Record<string, string>> = { en: 'metro', ru: 'метро', kk: 'метро', ko: '지하철' };

/** A name as it is written: its kind's case or kind and, where none stands in the wanted language, English. */
export function labelText(label: BasemapLabel, language: string): string {
  const written = label.name[language] === undefined ? 'en' : language;
  const name = label.name[written] ?? '';
  if (label.kind === 'station') return `${name} (${METRO[written] ?? METRO.en})`;
  return LABEL_STYLES[label.kind].upper ? name.toLocaleUpperCase(language) : name;
}

/** Height of a line in em. */
const LINE = 1.15;
/** A basemap dot this near to a mark would be the mark's own place twice, px. */
const SAME_PLACE = 14;

/** The marks that names give way to: their boxes, and their points, in world px of a zoom. */
export interface MarkSpace {
  readonly boxes: readonly Box[];
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/**
 * The labels that fit at a zoom, with their boxes in world px of that zoom (256 · 2^zoom across).
 * @param labels  most important first
 * @param marksAt the space that marks take at a zoom; the basemap does not name a place that its mark names
 */
export function labelsAt(labels: readonly BasemapLabel[], zoom: number, language: string, marksAt: (zoom: number) => MarkSpace): PlacedLabel<BasemapLabel>[] {
  const decided = placementZoom(zoom);
  const world = TILE * 2 ** decided;
  const marks = marksAt(decided);
  const requests = labels.flatMap((label): LabelRequest<BasemapLabel>[] => {
    if (label.rank > decided) return [];
    const style = LABEL_STYLES[label.kind];
    const at = project(label.at);
    const x = at.x * world;
    const y = at.y * world;
    if (style.dot > 0 && marks.points.some((m) => Math.hypot(m.x - x, m.y - y) < SAME_PLACE)) return [];
    const text = labelText(label, language);
    const width = textWidth(text, style.size) * (style.weight > 500 ? 1.06 : 1) + style.spacing * text.length;
    return [
      {
        item: label,
        x,
        y,
        width,
        height: style.size * LINE,
        gap: style.dot + 4,
        sides: label.sides ?? (style.dot > 0 ? POINT : AREA),
        dot: style.dot,
        padding: style.dot > 0 ? 2 : 5,
      },
    ];
  });
  const grow = 2 ** (zoom - decided);
  return placeLabels(requests, marks.boxes).map((placed) => {
    const dx = placed.x * (grow - 1);
    const dy = placed.y * (grow - 1);
    const { left, top, right, bottom } = placed.box;
    return { ...placed, x: placed.x + dx, y: placed.y + dy, box: { left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy } };
  });
}
