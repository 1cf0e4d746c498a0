/** The marks of many events in pictures: as the reader's canvas has them when it first paints, from the same counts. */
import { TILE } from '../../core/geo.ts';
import { GLYPHS } from '../../core/glyphs.ts';
import type { Box } from '../../core/labels.ts';
import type { Layer, Story } from '../../core/story.ts';
import type { Strings } from '../../core/strings/make.ts';
import { initialView } from '../../core/view.ts';
import { SHEET_UNITS } from '../../dense/columns.ts';
import { Many } from '../../dense/Many.ts';
import { DIGIT_PX, GLYPH_RADIUS, markBox, mixOf, PARTS, RING, radiusOf, shortNumber } from '../../dense/marks.ts';
import { cellZoom, countsByLayer, nearX } from '../../dense/PointIndex.ts';

export interface Bin {
  readonly id: number;
  /** On the sheet, from 0 to 1. */
  readonly x: number;
  readonly y: number;
  readonly count: number;
  /** Of `mixOf`, by position of the layer. */
  readonly mix: readonly number[];
}

/** Marks of a story's first view, large ones first; none where it has no many events or their counts are not at hand. */
export function binsOf(story: Story, zoom: number): readonly Bin[] {
  const { many } = story;
  if (!(many instanceof Many)) return [];
  const filter = initialView(story);
  const index = many.drawn(filter);
  index.cellsAt(cellZoom(zoom));
  const ids = index.cellsIn({ left: 0, top: 0, right: SHEET_UNITS, bottom: SHEET_UNITS });
  const layers = story.layers.length;
  const byLayer = countsByLayer(index.count(ids, many.window(filter)), many.mask(filter), layers);
  return Array.from(ids, (id, n): Bin => {
    const counts = [...byLayer.subarray(n * layers, (n + 1) * layers)];
    const count = counts.reduce((a, b) => a + b, 0);
    const { x, y } = index.centreOf(id);
    return { id, x: nearX(x, many.middle) / SHEET_UNITS, y: y / SHEET_UNITS, count, mix: count === 0 ? [] : mixOf(counts, count) };
  })
    .filter((bin) => bin.count > 0)
    .sort((a, b) => b.count - a.count);
}

/** The room that marks take on the sheet at a zoom, px, for names to avoid. */
export function binBoxes(bins: readonly Bin[], zoom: number): Box[] {
  const world = TILE * 2 ** zoom;
  return bins.map(({ x, y, count }) => markBox(x * world, y * world, radiusOf(count)));
}

/** Colours as attributes: fixed ones in a poster, classes in a page. */
export interface BinInk {
  readonly paper: { readonly fill?: string; readonly className?: string };
  readonly rule: { readonly stroke?: string; readonly className?: string };
  /** For lines of paper over the ring. */
  readonly gap: { readonly stroke?: string; readonly className?: string };
  readonly digits: { readonly fill?: string; readonly className?: string };
  readonly ring: (layer: Layer) => { readonly stroke?: string; readonly className?: string };
  readonly glyph: (layer: Layer) => { readonly fill?: string; readonly className?: string };
}

/** One mark with its middle at the origin. */
export function BinMark({ bin: { count, mix }, story, ink, t }: { bin: Bin; story: Story; ink: BinInk; t: Strings }) {
  const radius = radiusOf(count);
  const top = mix.reduce((best, part, i) => (part > (mix[best] ?? 0) ? i : best), 0);
  const layer = story.layers[top];
  if (!layer) return null;
  if (count === 1)
    return (
      <>
        <circle r={11} {...ink.paper} />
        <circle r={11} fill="none" strokeWidth={1} {...ink.rule} />
        <Glyph layer={layer} y={0} size={14} ink={ink} />
      </>
    );
  const starts = mix.map((_, i) => mix.slice(0, i).reduce((a, b) => a + b, 0));
  const several = mix.filter((part) => part > 0).length > 1;
  return (
    <>
      <circle r={radius + 1.5} {...ink.paper} />
      {story.layers.map((l, i) => {
        const part = mix[i] ?? 0;
        return part > 0 && <path key={l.id} d={arc(radius - RING / 2, starts[i] ?? 0, part)} fill="none" strokeWidth={RING} {...ink.ring(l)} />;
      })}
      {several && (
        <path
          d={mix.map((part, i) => (part > 0 ? `M${at(radius - RING - 0.5, starts[i] ?? 0)}L${at(radius + 0.5, starts[i] ?? 0)}` : '')).join('')}
          strokeWidth={1.4}
          {...ink.gap}
        />
      )}
      <circle r={radius + 1} fill="none" strokeWidth={0.8} {...ink.rule} />
      {radius >= GLYPH_RADIUS && <Glyph layer={layer} y={-6.5} size={10} ink={ink} />}
      <text y={(radius >= GLYPH_RADIUS ? 5.5 : 0) + 4.2} fontSize={DIGIT_PX} fontWeight={600} textAnchor="middle" {...ink.digits}>
        {shortNumber(count, t.number(1.5).replace(/[\d٠-٩]/g, '') || '.')}
      </text>
    </>
  );
}

function Glyph({ layer, y, size, ink }: { layer: Layer; y: number; size: number; ink: BinInk }) {
  const { shape, detail } = GLYPHS[layer.glyph];
  return (
    <g transform={`translate(${-size / 2} ${y - size / 2}) scale(${Math.round((size / 24) * 1000) / 1000})`}>
      <path d={shape} {...ink.glyph(layer)} />
      <path d={detail} fill="none" strokeWidth={2} strokeLinecap="round" strokeLinejoin="round" {...ink.gap} />
    </g>
  );
}

/** A point of a circle, `part` of its parts after the top. */
function at(radius: number, part: number): string {
  const angle = (part / PARTS) * 2 * Math.PI;
  const tenth = (v: number) => Math.round(v * 10) / 10;
  return `${tenth(Math.sin(angle) * radius)} ${tenth(-Math.cos(angle) * radius)}`;
}

function arc(radius: number, from: number, part: number): string {
  const half = `A${radius} ${radius} 0 0 1 `;
  return `M${at(radius, from)}${half}${at(radius, from + part / 2)}${half}${at(radius, from + part)}`;
}
