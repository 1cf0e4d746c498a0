/**
 * A story's poster: the map, its legend and its chief figures in one picture that stands by itself, for pages without
 * frames, for print and for sharing. Same data, same drawing steps and same palettes as the live map; every number
 * carries its scope and status in the picture. Letters are of fonts that the project ships, so the same bytes come out
 * on every machine.
 */
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { BasemapFile } from '../core/basemap.ts';
import { LABEL_STYLES, labelsAt, labelText } from '../core/basemap-labels.ts';
import { OUTLINE_WIDTH, SHADE } from '../core/basemap-style.ts';
import { scopeWords } from '../core/claim-words.ts';
import { summaryOf } from '../core/describe.ts';
import type { Frame } from '../core/geo.ts';
import { FRAME_MARGIN, frameOf, project, TILE } from '../core/geo.ts';
import { GLYPHS, STATUS_MARKS } from '../core/glyphs.ts';
import type { Box, MarkPlace } from '../core/labels.ts';
import { boxAt, MARK_GAP, MARK_HEIGHT, markWidth, textWidth } from '../core/labels.ts';
import type { PointShown } from '../core/marks.ts';
import { markPlaces, markSources, markSpace, pointsOf } from '../core/marks.ts';
import type { Status } from '../core/source.ts';
import type { Layer, Story } from '../core/story.ts';
import type { Strings } from '../core/strings/make.ts';
import { stringsFor } from '../core/strings/strings.ts';
import { plain } from '../core/text.ts';
import type { Palette } from '../core/tokens.ts';
import { PALETTES } from '../core/tokens.ts';
import type { PlaceShown } from '../core/view.ts';
import { initialView, layerCounts, placesShown } from '../core/view.ts';
import { Globe } from './globe.tsx';
import { groundPaths } from './ground.ts';

/** Where things stand on a picture, px; the map has its whole width. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly map: { readonly top: number; readonly height: number };
  readonly title: number;
  /** Whether there is room for the story's summary. */
  readonly lead: boolean;
  /** Lines for a figure's speaker. */
  readonly speaker: number;
}

/** For pages without frames, for print and for downloads. */
export const POSTER: Layout = { width: 1200, height: 900, map: { top: 164, height: 490 }, title: 32, lead: true, speaker: 3 };
/** For cards of shared links, which are shown small. */
export const CARD: Layout = { width: 1200, height: 630, map: { top: 104, height: 304 }, title: 40, lead: false, speaker: 2 };
const MARGIN = 36;
const TEXT = 'Noto Sans';
const TITLE = 'Noto Serif';
/** Whole units a px, so that lines are smooth when a poster is printed large. */
const FINENESS = 4;

export type PosterTheme = 'light' | 'dark';
/** `#rrggbb` of each layer by id, in one theme. */
export type LayerColors = ReadonlyMap<string, string>;

interface Scene {
  readonly layout: Layout;
  readonly story: Story;
  readonly basemap: BasemapFile;
  readonly t: Strings;
  readonly colors: LayerColors;
  readonly palette: Palette;
  readonly shown: readonly PlaceShown[];
  readonly frame: Frame;
  /** Zoom at which the frame just fits the map's place. */
  readonly zoom: number;
  /** Top left corner of the frame on the poster, px. */
  readonly origin: { readonly x: number; readonly y: number };
}

/** The poster as SVG, with the view that a reader arrives with. */
export function posterSvg(story: Story, basemap: BasemapFile, colors: LayerColors, theme: PosterTheme, layout: Layout = POSTER): string {
  const frame = frameOf(story.bounds, FRAME_MARGIN);
  const scale = Math.min(layout.width / frame.width, layout.map.height / frame.height);
  const scene: Scene = {
    layout,
    story,
    basemap,
    colors,
    frame,
    t: stringsFor(story.language),
    palette: PALETTES[theme],
    shown: placesShown(story, initialView(story)),
    zoom: Math.log2(scale / TILE),
    origin: { x: (layout.width - frame.width * scale) / 2, y: layout.map.top + (layout.map.height - frame.height * scale) / 2 },
  };
  return renderToStaticMarkup(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      width={layout.width}
      height={layout.height}
      fontFamily={TEXT}
      lang={story.language}
    >
      <title>{`${plain(story.title)}. ${scene.t.facts(scene.t.asOf(story.asOf), summaryOf(story, scene.t))}`}</title>
      <defs>
        <clipPath id="map">
          <rect y={layout.map.top} width={layout.width} height={layout.map.height} />
        </clipPath>
      </defs>
      <rect width={layout.width} height={layout.height} fill={scene.palette.page} />
      <Head scene={scene} />
      <g clipPath="url(#map)">
        <rect y={layout.map.top} width={layout.width} height={layout.map.height} fill={scene.palette.water} />
        <Ground scene={scene} />
        <Names scene={scene} />
        <Marks scene={scene} />
        <Areas scene={scene} />
        <Inset scene={scene} />
      </g>
      <Legend scene={scene} />
      <Figures scene={scene} />
      <Foot scene={scene} />
    </svg>,
  );
}

function Head({ scene: { story, palette, t, layout } }: { scene: Scene }) {
  const lead = layout.lead ? wrap(plain(story.summary), 17, layout.width - 2 * MARGIN).slice(0, 2) : [];
  const size = layout.lead ? 13.5 : 17;
  const facts = layout.lead
    ? wrap(t.facts(t.asOf(story.asOf), summaryOf(story, t)), size, layout.width - 2 * MARGIN).slice(0, 2)
    : wrap(t.facts(t.asOf(story.asOf), summaryOf(story, t).split('. ')[0] ?? ''), size, layout.width - 2 * MARGIN).slice(0, 1);
  return (
    <>
      <text x={MARGIN} y={52} fontFamily={TITLE} fontWeight={600} fontSize={layout.title} fill={palette.ink}>
        {plain(story.title)}
      </text>
      {lead.map((line, i) => (
        <text key={line} x={MARGIN} y={82 + i * 23} fontSize={17} fill={palette.ink}>
          {line}
        </text>
      ))}
      {facts.map((line, i) => (
        <text key={line} x={MARGIN} y={(layout.lead ? 82 : 88) + lead.length * 23 + i * 18} fontSize={size} fill={palette.inkSoft}>
          {line}
        </text>
      ))}
    </>
  );
}

function Ground({ scene: { basemap, frame, zoom, origin, palette, shown, layout } }: { scene: Scene }) {
  const px = frame.width * TILE * 2 ** zoom;
  const units = Math.round(px * FINENESS);
  const beside = { x: Math.max(0, origin.x / px), y: Math.max(0, (origin.y - layout.map.top) / px) + 0.02 };
  const ground = groundPaths(basemap, { frame, zoom, units, beside, finest: FINENESS * 0.7 });
  return (
    <g transform={`translate(${origin.x} ${origin.y}) scale(${px / units})`} strokeLinejoin="round" strokeLinecap="round">
      {ground.steps
        .filter(({ step }) => palette[step.color] !== 'transparent')
        .map(({ step, d }) =>
          step.paint === 'fill' ? (
            <path key={`${step.object} fill`} d={d} fill={palette[step.color]} fillRule="evenodd" />
          ) : (
            <path key={`${step.object} stroke`} d={d} fill="none" stroke={palette[step.color]} strokeWidth={tenth(step.width(zoom) * FINENESS)} />
          ),
        )}
      {shown.map(({ place }) => {
        const d = place.at === null ? ground.outline(place.outline) : null;
        return (
          d && (
            <path
              key={place.id}
              d={d}
              {...(place.kind === 'region' ? { fill: palette.outline, fillOpacity: SHADE } : { fill: 'none' })}
              stroke={palette.outline}
              strokeWidth={OUTLINE_WIDTH * FINENESS}
            />
          )
        );
      })}
    </g>
  );
}

/** Where a point of the world px at the poster's zoom stands on the poster. */
function place(scene: Scene, x: number, y: number): { x: number; y: number } {
  const world = TILE * 2 ** scene.zoom;
  return { x: tenth(x - scene.frame.x * world + scene.origin.x), y: tenth(y - scene.frame.y * world + scene.origin.y) };
}

function Names({ scene }: { scene: Scene }) {
  const { story, basemap, palette, zoom, shown, layout } = scene;
  const points = pointsOf(shown);
  const taken = cornerBoxes(scene);
  const marksAt = (z: number) => {
    // What stands in the poster's corners is placed on the poster; names are placed on the sheet.
    const scale = 2 ** (z - zoom);
    const onSheet = (box: Box): Box => ({
      left: (box.left - scene.origin.x + scene.frame.x * TILE * 2 ** zoom) * scale,
      right: (box.right - scene.origin.x + scene.frame.x * TILE * 2 ** zoom) * scale,
      top: (box.top - scene.origin.y + scene.frame.y * TILE * 2 ** zoom) * scale,
      bottom: (box.bottom - scene.origin.y + scene.frame.y * TILE * 2 ** zoom) * scale,
    });
    const space = markSpace(markSources(points), story.bounds, z);
    return { ...space, boxes: [...space.boxes, ...taken.map(onSheet)] };
  };
  return labelsAt(basemap.labels, zoom, story.language, marksAt).map(({ item, side, box, x, y }) => {
    const style = LABEL_STYLES[item.kind];
    const dot = place(scene, x, y);
    const corner = place(scene, side.includes('e') ? box.left : side.includes('w') ? box.right : (box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const whole = corner.y > layout.map.top + 8 && corner.y < layout.map.top + layout.map.height - 8;
    const left = place(scene, box.left, 0).x;
    const right = place(scene, box.right, 0).x;
    if (!whole || left < 4 || right > layout.width - 4) return null; // a picture cannot be moved: names that its edge would cut are left out
    return (
      <g key={item.id}>
        {style.dot > 0 && <circle cx={dot.x} cy={dot.y} r={style.dot} fill={palette.place} stroke={palette.labelHalo} />}
        <text
          x={corner.x}
          y={tenth(corner.y + style.size * 0.35)}
          fontSize={style.size}
          fontWeight={style.weight}
          fontStyle={style.italic ? 'italic' : undefined}
          letterSpacing={style.spacing}
          textAnchor={side.includes('e') ? 'start' : side.includes('w') ? 'end' : 'middle'}
          fill={palette[style.color]}
          stroke={palette.labelHalo}
          strokeWidth={3}
          strokeOpacity={0.85}
          strokeLinejoin="round"
          paintOrder="stroke"
        >
          {labelText(item, story.language)}
        </text>
      </g>
    );
  });
}

function Marks({ scene }: { scene: Scene }) {
  const { story, palette, zoom, shown } = scene;
  const points = pointsOf(shown);
  const places = markPlaces(markSources(points), story.bounds, zoom);
  return points.map((point) => <Mark key={point.place.id} scene={scene} point={point} at={places.get(point.place.id)} palette={palette} />);
}

function Mark({
  scene,
  point,
  at: { side, bare } = { side: 'e', bare: false },
  palette,
}: {
  scene: Scene;
  point: PointShown;
  at: MarkPlace | undefined;
  palette: Palette;
}) {
  const world = TILE * 2 ** scene.zoom;
  const p = project(point.at);
  const at = place(scene, p.x * world, p.y * world);
  const name = bare ? '' : plain(point.place.name);
  const width = Math.round(markWidth(point.layers.length, name));
  const face = boxAt(at.x, at.y, width, MARK_HEIGHT, side, MARK_GAP);
  const middle = { x: Math.max(face.left, Math.min(face.right, at.x)), y: Math.max(face.top, Math.min(face.bottom, at.y)) };
  return (
    <>
      {point.place.precision === 'city' && (
        <circle cx={at.x} cy={at.y} r={10} fill={palette.ink} fillOpacity={0.14} stroke={palette.ink} strokeOpacity={0.35} />
      )}
      <path d={`M${at.x} ${at.y}L${tenth(middle.x)} ${tenth(middle.y)}`} stroke={palette.ink} strokeWidth={1.4} />
      <circle cx={at.x} cy={at.y} r={4.5} fill={palette.ink} stroke={palette.paper} strokeWidth={1.5} />
      <Face scene={scene} x={tenth(face.left)} y={tenth(face.top)} width={width} name={name} layers={point.layers.map((l) => l.layer)} nameFirst={false} />
    </>
  );
}

function Face({
  scene,
  x,
  y,
  width,
  name,
  layers,
  nameFirst,
}: {
  scene: Scene;
  x: number;
  y: number;
  width: number;
  name: string;
  layers: readonly Layer[];
  nameFirst: boolean;
}) {
  const { palette, colors } = scene;
  const glyphs = nameFirst ? 12 + textWidth(name, 13) * 1.06 + 6 : 8;
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect width={width} height={MARK_HEIGHT} rx={MARK_HEIGHT / 2} fill={palette.paper} stroke={palette.ruleStrong} />
      {layers.map((layer, i) => (
        <LayerMark key={layer.id} layer={layer} x={tenth(glyphs + i * 22)} y={6} size={20} colors={colors} paper={palette.paper} />
      ))}
      <text x={nameFirst ? 12 : 8 + layers.length * 22 + 4} y={MARK_HEIGHT / 2 + 4.6} fontSize={13} fontWeight={600} fill={palette.ink}>
        {name}
      </text>
    </g>
  );
}

function LayerMark({ layer, x, y, size, colors, paper }: { layer: Layer; x: number; y: number; size: number; colors: LayerColors; paper: string }) {
  const { shape, detail } = GLYPHS[layer.glyph];
  return (
    <g transform={`translate(${x} ${y}) scale(${size / 24})`}>
      <path d={shape} fill={colors.get(layer.id)} />
      <path d={detail} fill="none" stroke={paper} strokeWidth={2.2} strokeLinecap="round" strokeLinejoin="round" />
    </g>
  );
}

/** The faces of areas and the inset, which names must not run under. */
function cornerBoxes(scene: Scene): Box[] {
  const { layout } = scene;
  const areas = scene.shown.filter((s) => s.place.at === null);
  const inset: Box = { left: 0, top: layout.map.top + layout.map.height - 116, right: MARGIN + 90, bottom: layout.map.top + layout.map.height };
  return [{ left: 0, top: layout.map.top, right: 260, bottom: layout.map.top + 20 + areas.length * 40 }, inset];
}

/** What belongs to a whole country or region stands on its outline, said in a face at the map's corner, never on a pin. */
function Areas({ scene }: { scene: Scene }) {
  const { t, shown, palette, layout } = scene;
  return shown
    .filter((s) => s.place.at === null)
    .map((area, i) => {
      const name = area.place.kind === 'country' ? t.wholeCountry : plain(area.place.name);
      const text = 12 + textWidth(name, 13) * 1.06 + 6;
      const count = t.number(area.events.length);
      const width = Math.round(text + area.layers.length * 22 + textWidth(count, 13) + 14);
      const y = layout.map.top + 14 + i * 40;
      return (
        <g key={area.place.id}>
          <Face scene={scene} x={MARGIN - 12} y={y} width={width} name={name} layers={area.layers.map((l) => l.layer)} nameFirst />
          <text x={MARGIN - 12 + width - 12} y={y + MARK_HEIGHT / 2 + 4.6} fontSize={13} textAnchor="end" fill={palette.inkSoft}>
            {count}
          </text>
        </g>
      );
    });
}

function Inset({ scene: { basemap, frame, palette, layout } }: { scene: Scene }) {
  return (
    <g transform={`translate(${MARGIN + 36} ${layout.map.top + layout.map.height - 62})`}>
      <rect x={-48} y={-48} width={96} height={96} rx={4} fill={palette.paper} stroke={palette.ruleStrong} />
      <g transform="scale(.88)" fill={palette.land} stroke={palette.border} strokeWidth={0.4}>
        <Globe basemap={basemap} frame={frame} colors={{ sea: palette.water, land: palette.land, focus: palette.borderFocus, edge: palette.borderFocus }} />
      </g>
    </g>
  );
}

function Legend({ scene: { story, t, colors, palette, layout } }: { scene: Scene }): ReactNode {
  let x = MARGIN;
  return layerCounts(story, initialView(story)).map(({ layer, shown }) => {
    const words = `${plain(layer.label)} ${t.number(shown)}`;
    const at = x;
    x += 28 + textWidth(words, 15) + 26;
    return (
      <g key={layer.id}>
        <LayerMark layer={layer} x={tenth(at)} y={layout.map.top + layout.map.height + 17} size={22} colors={colors} paper={palette.page} />
        <text x={tenth(at + 29)} y={layout.map.top + layout.map.height + 33.5} fontSize={15} fill={palette.ink}>
          {words}
        </text>
      </g>
    );
  });
}

/** The chief figures, each with what it counts, its scope, its status and its speaker beneath it. */
function Figures({ scene: { story, t, palette, layout } }: { scene: Scene }) {
  const entries = story.keyFigures.flatMap(({ event, claim: id }) => {
    const claim = story.events.find((e) => e.id === event)?.claims.find((c) => c.id === id);
    const figure = claim?.figures[0];
    return claim && figure ? [{ claim, figure }] : [];
  });
  const top = layout.map.top + layout.map.height + 60;
  const width = (layout.width - 2 * MARGIN) / Math.max(1, entries.length);
  return entries.map(({ claim, figure }, i) => {
    const x = MARGIN + i * width;
    const retracted = claim.status === 'retracted';
    const number = t.amount(figure.number, figure.exactness);
    const scope = scopeWords(story, figure, t);
    const ink = retracted ? palette.warnInk : palette.ink;
    const by = cut(wrap(t.saidBy(claim.by), 13, width - 34), layout.speaker);
    return (
      <g key={claim.id}>
        <path d={`M${tenth(x)} ${top}H${tenth(x + width - 20)}`} stroke={palette.ruleStrong} />
        <text x={tenth(x)} y={top + 36} fontFamily={TITLE} fontWeight={600} fontSize={30} fill={palette.ink}>
          {number}
        </text>
        {retracted && <path d={`M${tenth(x - 3)} ${top + 26}h${tenth(textWidth(number, 30) * 1.02 + 6)}`} stroke={palette.warnInk} strokeWidth={2.5} />}
        <text x={tenth(x)} y={top + 58} fontSize={15} fontWeight={600} fill={palette.ink}>{`${plain(figure.label)}${scope ? `, ${scope}` : ''}`}</text>
        <StatusDot status={claim.status} x={tenth(x)} y={top + 67} color={ink} />
        <text x={tenth(x + 20)} y={top + 79} fontSize={14} fontWeight={600} fill={ink}>
          {t.status[claim.status].word}
        </text>
        {by.map((line, k) => (
          <text key={line} x={tenth(x)} y={top + 99 + k * 17} fontSize={13} fill={palette.inkSoft}>
            {line}
          </text>
        ))}
      </g>
    );
  });
}

function StatusDot({ status, x, y, color }: { status: Status; x: number; y: number; color: string }) {
  const { fill, strike, dashed } = STATUS_MARKS[status];
  return (
    <g transform={`translate(${x} ${y}) scale(.9)`} stroke={color} strokeWidth={1.7} fill="none">
      <circle cx={8} cy={8} r={6} strokeDasharray={dashed ? '2.6 2.1' : undefined} fill={fill === 'full' ? color : 'none'} />
      {fill === 'dot' && <circle cx={8} cy={8} r={2.4} fill={color} stroke="none" />}
      {fill === 'half' && <path d="M8 2a6 6 0 0 1 0 12z" fill={color} stroke="none" />}
      {strike && <path d="M2 14L14 2" strokeLinecap="round" />}
    </g>
  );
}

function Foot({ scene: { story, t, palette, layout } }: { scene: Scene }) {
  const credits = `${t.attribution}: ${story.basemap.credits
    .filter((c) => c.part === 'first')
    .map((c) => c.text)
    .join(', ')}`;
  return (
    <>
      <text x={MARGIN} y={layout.height - 16} fontSize={12} fill={palette.inkSoft}>
        {credits}
      </text>
      <text x={layout.width - MARGIN} y={layout.height - 16} fontSize={12} textAnchor="end" fill={palette.inkSoft}>
        {`${t.updated(story.updated)}, ${t.version(story.version)}`}
      </text>
    </>
  );
}

/** Lines of words no wider than a width, by the estimate that all placing uses. */
function wrap(text: string, fontPx: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, fontPx) * 0.97 <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** As many lines as there is room for; the last one says if more would follow. */
function cut(lines: readonly string[], most: number): string[] {
  return lines.slice(0, most).map((line, i) => (i === most - 1 && lines.length > most ? `${line} …` : line));
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
