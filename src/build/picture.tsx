/**
 * The static picture of a story's map: in the page before any script, on paper, and behind the live map until that is
 * ready. Same data, same steps, same projection and the same frame as the live map, so that one takes over from the
 * other without a jump. Marks and names have their size in CSS px, whatever the size of the picture: they stand at
 * percentages of the frame.
 */
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { BasemapFile, BasemapLabel } from '../core/basemap.ts';
import { LABEL_STYLES, labelsAt, labelText } from '../core/basemap-labels.ts';
import { markName, summaryOf } from '../core/describe.ts';
import type { Frame } from '../core/geo.ts';
import { FRAME_MARGIN, frameOf, project, TILE } from '../core/geo.ts';
import type { MarkPlace, PlacedLabel, Side } from '../core/labels.ts';
import { placementZoom } from '../core/labels.ts';
import type { PointShown } from '../core/marks.ts';
import { PICTURE_IDS, PICTURE_UNITS } from '../core/picture-ids.ts';
import type { LngLat } from '../core/source.ts';
import type { Layer, Story } from '../core/story.ts';
import type { Strings } from '../core/strings/make.ts';
import { stringsFor } from '../core/strings/strings.ts';
import { plain } from '../core/text.ts';
import type { PlaceShown } from '../core/view.ts';
import { initialView, placesShown } from '../core/view.ts';
import { CELLS_EARLY, cellZoom } from '../dense/PointIndex.ts';
import { Attribution } from '../ui/Attribution.tsx';
import { LayerGlyph } from '../ui/Marks.tsx';
import { MarkFace, PlaceMark } from '../ui/PlaceMark.tsx';
import type { Bin } from './dense/bins.tsx';
import { BinMark, binBoxes, binsOf } from './dense/bins.tsx';
import { Globe } from './globe.tsx';
import { groundPaths } from './ground.ts';
import { firstMarks, firstPlaces, firstSpace } from './mark-places.ts';

/** Shortest step that is drawn, in units: about a px. */
const FINE = 3.3;
/** Frame width in px for what the picture can only have one of: widths of lines. */
const TYPICAL_WIDTH = 800;
/** How much of the world beside the frame is drawn, as a share of its width: boxes of other shapes show it. */
const BESIDE = { x: 0.3, y: 0.7 };

/** Frame widths in px that the picture has names for; beyond them the nearest arrangement stays. */
const WIDTHS = { least: 180, most: 1700 };

/** The placement steps that a frame passes through between those widths, smallest first, each with the frame width in px from which it holds. */
function steps(frame: Frame): { readonly zoom: number; readonly from: number }[] {
  const zoomAt = (px: number) => placementZoom(Math.log2(px / (TILE * frame.width)));
  const found: { zoom: number; from: number }[] = [];
  for (let zoom = zoomAt(WIDTHS.least); zoom <= zoomAt(WIDTHS.most); zoom += 0.5) found.push({ zoom, from: TILE * 2 ** zoom * frame.width });
  return found;
}

/** Rules that only this story's picture needs: its shape, where its marks stand, and which names show at which width. */
export function pictureCss(story: Story): string {
  const frame = frameOf(story.bounds, FRAME_MARGIN);
  const points = firstMarks(story);
  const sides = sidesBySteps(story, frame, points);
  const marks = points.map(({ place, at }) => {
    const { x, y } = percent(at, frame);
    return `.picture .at-${place.id}{left:${x};top:${y}}`;
  });
  const all = steps(frame);
  const names = all.map(({ from }, i) => {
    const next = all[i + 1];
    const range = [i > 0 ? `(min-width:${from.toFixed(1)}px)` : '', next ? `(max-width:${(next.from - 0.1).toFixed(1)}px)` : '']
      .filter((r) => r !== '')
      .join(' and ');
    const elsewhere = [...sides].flatMap(([id, all]) => [
      ...[...new Set(all.map((p) => p.side))].filter((side) => side !== all[i]?.side).map((side) => `.picture .at-${id}>.side-${side}`),
      ...(all[i]?.bare ? [`.picture .at-${id} .mark-name`] : []),
    ]);
    const hidden = elsewhere.length > 0 ? `${elsewhere.join()}{display:none}` : '';
    return `@container frame ${range || '(min-width:0)'}{.names.names-${i}{display:inline}${hidden}}`;
  });
  return [`:root{--frame-ratio:${(frame.width / frame.height).toFixed(5)}}`, ...marks, ...names, ...(story.many ? manyCss(frame) : [])].join('\n');
}

/** Zooms whose cells the picture shows, and from and to which width of the frame. */
function manyLevels(frame: Frame): readonly { readonly level: number; readonly from: number; readonly to: number }[] {
  const all = steps(frame);
  const finest = cellZoom(Math.log2(TYPICAL_WIDTH / (TILE * frame.width)));
  // Finer cells in wider frames would be thousands of elements before the first paint.
  const levels = [...new Set(all.map(({ zoom }) => Math.min(finest, cellZoom(zoom))))];
  // Where the canvas changes its cells.
  const widthAt = (zoom: number) => frame.width * TILE * 2 ** zoom;
  return levels.map((level, i) => ({
    level,
    from: i === 0 ? 0 : widthAt(level - CELLS_EARLY),
    to: i === levels.length - 1 ? Number.POSITIVE_INFINITY : widthAt(level + 1 - CELLS_EARLY),
  }));
}

/** Only for stories of many events: their style is in no page that has none. */
function manyCss(frame: Frame): string[] {
  return [
    '.picture-many{position:absolute;inset:0;font-family:var(--font-text)}',
    '.many-level{display:none}',
    '.many-paper{fill:var(--paper)}.many-rule{stroke:var(--rule-strong)}.many-gap{stroke:var(--paper)}.many-digits{fill:var(--ink)}',
    '.many-ring{stroke:var(--layer)}.many-glyph{fill:var(--layer)}',
    ...manyLevels(frame).map(({ level, from, to }) => {
      const range = [`(min-width:${from.toFixed(1)}px)`, ...(to === Number.POSITIVE_INFINITY ? [] : [`(max-width:${(to - 0.1).toFixed(1)}px)`])].join(' and ');
      return `@container frame ${range}{.many-${level}{display:inline}}`;
    }),
  ];
}

const MANY_INK = {
  paper: { className: 'many-paper' },
  rule: { className: 'many-rule' },
  gap: { className: 'many-gap' },
  digits: { className: 'many-digits' },
  ring: ({ id }: Layer) => ({ className: `many-ring layer-${id}` }),
  glyph: ({ id }: Layer) => ({ className: `many-glyph layer-${id}` }),
};

/** The marks of many events, an arrangement for each size that the picture may have. */
function ManyMarks({ story, frame, t }: { story: Story; frame: Frame; t: Strings }) {
  return (
    <svg className="picture-many" width="100%" height="100%" overflow="visible" aria-hidden="true">
      {manyLevels(frame).map(({ level }) => (
        <g key={level} className={`many-level many-${level}`}>
          {binsOf(story, level).map((bin) => (
            <svg key={bin.id} {...percentOf(bin, frame)} overflow="visible" aria-hidden="true">
              <BinMark bin={bin} story={story} ink={MANY_INK} t={t} />
            </svg>
          ))}
        </g>
      ))}
    </svg>
  );
}

/** Where a mark's face stands, smallest frame first, one for each placement step. */
function sidesBySteps(story: Story, frame: Frame, points: readonly PointShown[]): Map<string, MarkPlace[]> {
  const bySteps = steps(frame).map(({ zoom }) => firstPlaces(story, zoom));
  return new Map(points.map(({ place }) => [place.id, bySteps.map((places) => places.get(place.id) ?? { side: 'e', bare: false })]));
}

/** The picture as HTML, with chips, marks, names and credits. */
export function pictureHtml(story: Story, basemap: BasemapFile): string {
  const t = stringsFor(story.language);
  const frame = frameOf(story.bounds, FRAME_MARGIN);
  const shown = placesShown(story, initialView(story));
  const areas = shown.filter((s) => s.place.at === null);
  const points = firstMarks(story);
  const sides = sidesBySteps(story, frame, points);
  return renderToStaticMarkup(
    <section className="picture" aria-label={t.mapOf(plain(story.title))}>
      <div className="picture-frame" role="img" aria-label={summaryOf(story, t)}>
        <Ground basemap={basemap} frame={frame} outlined={areas} />
        <svg className="picture-names" width="100%" height="100%" overflow="visible" textAnchor="middle" aria-hidden="true">
          {steps(frame).map(({ zoom }, i) => (
            <Names key={zoom} step={i} zoom={zoom} story={story} basemap={basemap} frame={frame} />
          ))}
        </svg>
        {story.many && <ManyMarks story={story} frame={frame} t={t} />}
        {points.map((point) => {
          const used = [...new Set(sides.get(point.place.id)?.map((p) => p.side))];
          return (
            <div key={point.place.id} className={`place-mark at-${point.place.id}`} data-place={point.place.id}>
              <PlaceMark shown={point} sides={used}>
                {used.map((side) => (
                  <span key={side} className={`mark-face side-${side}`}>
                    <MarkFace shown={point} />
                  </span>
                ))}
              </PlaceMark>
            </div>
          );
        })}
      </div>
      <svg className="globe" viewBox="-50 -50 100 100" aria-hidden="true">
        <Globe basemap={basemap} frame={frame} />
      </svg>
      <div className="area-chips is-static" aria-hidden="true">
        {areas.map((area) => (
          <span key={area.place.id} className="area-chip" data-place={area.place.id} title={markName(area, t)}>
            <span className="area-chip-name">{area.place.kind === 'country' ? t.wholeCountry : plain(area.place.name)}</span>
            {area.layers.map(({ layer }) => (
              <LayerGlyph key={layer.id} layer={layer.id} glyph={layer.glyph} />
            ))}
            <span className="area-chip-count">{t.number(area.events.length)}</span>
          </span>
        ))}
      </div>
      <Attribution credits={story.basemap.credits} parts={['first', 'relief']} t={t} />
    </section>,
  );
}

/** What names must not run under. */
function spaceWithBins(story: Story, bins: readonly Bin[], zoom: number) {
  const space = firstSpace(story, zoom);
  return { ...space, boxes: [...space.boxes, ...binBoxes(bins, zoom)] };
}

function Ground({ basemap, frame, outlined }: { basemap: BasemapFile; frame: Frame; outlined: readonly PlaceShown[] }) {
  const zoom = Math.log2(TYPICAL_WIDTH / (TILE * frame.width));
  const ground = groundPaths(basemap, { frame, zoom, units: PICTURE_UNITS, beside: BESIDE, finest: FINE });
  return (
    <svg
      id={PICTURE_IDS.ground}
      className="ground"
      aria-hidden="true"
      viewBox={`0 0 ${PICTURE_UNITS} ${round((PICTURE_UNITS * frame.height) / frame.width)}`}
      width="100%"
      height="100%"
      overflow="visible"
    >
      {ground.steps
        .filter(({ step }) => step.color !== 'coast') // the stylesheet strokes the land itself where a theme wants its coast
        .map(({ step, d }) => (
          <path
            key={`${step.object} ${step.paint}`}
            className={`ground-${step.paint} ground-${step.object}`}
            d={d}
            strokeWidth={step.paint === 'stroke' ? round(step.width(zoom) * 100) / 100 : undefined}
          />
        ))}
      {outlined.map(({ place }) => {
        const d = ground.outline(place.outline);
        return d && <path key={place.id} className={place.kind === 'region' ? 'outline is-region' : 'outline'} data-place={place.id} d={d} />;
      })}
    </svg>
  );
}

/** Percent of the frame at which a position stands: what the marks' and names' own coordinates are. */
function percent(at: LngLat, frame: Frame): { x: string; y: string } {
  return percentOf(project(at), frame);
}

function percentOf(p: { readonly x: number; readonly y: number }, frame: Frame): { x: string; y: string } {
  return { x: `${round(((p.x - frame.x) / frame.width) * 10000) / 100}%`, y: `${round(((p.y - frame.y) / frame.height) * 10000) / 100}%` };
}

function Names({ step, zoom, story, basemap, frame }: { step: number; zoom: number; story: Story; basemap: BasemapFile; frame: Frame }): ReactNode {
  const world = TILE * 2 ** zoom;
  const bins = binsOf(story, zoom);
  const inside = ({ box }: PlacedLabel<BasemapLabel>) =>
    box.right > (frame.x - frame.width * BESIDE.x) * world &&
    box.left < (frame.x + frame.width * (1 + BESIDE.x)) * world &&
    box.bottom > (frame.y - frame.width * BESIDE.y) * world &&
    box.top < (frame.y + frame.height + frame.width * BESIDE.y) * world;
  return (
    <g className={`names names-${step}`}>
      {labelsAt(basemap.labels, zoom, story.language, (z) => spaceWithBins(story, bins, z))
        .filter(inside)
        .map(({ item, side, box, x, y }) => {
          const style = LABEL_STYLES[item.kind];
          const at = percent([...item.at], frame);
          return (
            <g key={item.id} className={`name-${item.kind}`}>
              {style.dot > 0 && <circle cx={at.x} cy={at.y} r={style.dot} />}
              <text
                x={at.x}
                y={at.y}
                dx={anchor(side) === 'middle' ? undefined : round(((anchor(side) === 'start' ? box.left : box.right) - x) * 10) / 10}
                dy={round(((box.top + box.bottom) / 2 - y) * 10) / 10 || undefined}
                textAnchor={anchor(side) === 'middle' ? undefined : anchor(side)}
              >
                {labelText(item, story.language)}
              </text>
            </g>
          );
        })}
    </g>
  );
}

function anchor(side: Side): 'start' | 'middle' | 'end' {
  return side.includes('e') ? 'start' : side.includes('w') ? 'end' : 'middle';
}

function round(value: number): number {
  return Math.round(value);
}
