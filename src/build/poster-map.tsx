/** The map of a poster: ground, names, marks, areas and inset, by the same steps as the live map. */
import { LABEL_STYLES, labelsAt, labelText } from '../core/basemap-labels.ts';
import { OUTLINE_WIDTH, SHADE } from '../core/basemap-style.ts';
import { project, TILE } from '../core/geo.ts';
import { GLYPHS } from '../core/glyphs.ts';
import type { Box, MarkPlace } from '../core/labels.ts';
import { boxAt, MARK_GAP, MARK_HEIGHT, markWidth, textWidth } from '../core/labels.ts';
import type { PointShown } from '../core/marks.ts';
import type { Layer } from '../core/story.ts';
import { plain } from '../core/text.ts';
import type { Palette } from '../core/tokens.ts';
import { BinMark, binBoxes, binsOf } from './dense/bins.tsx';
import { Globe } from './globe.tsx';
import { groundPaths } from './ground.ts';
import { firstMarks, firstPlaces, firstSpace } from './mark-places.ts';
import type { LayerColors, Scene } from './poster-scene.ts';
import { MARGIN, tenth } from './poster-scene.ts';

/** Whole units a px, so that lines are smooth when a poster is printed large. */
const FINENESS = 4;

export function Ground({ scene: { basemap, frame, zoom, origin, palette, shown, layout } }: { scene: Scene }) {
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

export function Names({ scene }: { scene: Scene }) {
  const { story, basemap, palette, zoom, layout } = scene;
  const taken = cornerBoxes(scene);
  const bins = binsOf(story, zoom);
  const marksAt = (z: number) => {
    // What stands in the poster's corners is placed on the poster; names are placed on the sheet.
    const scale = 2 ** (z - zoom);
    const onSheet = (box: Box): Box => ({
      left: (box.left - scene.origin.x + scene.frame.x * TILE * 2 ** zoom) * scale,
      right: (box.right - scene.origin.x + scene.frame.x * TILE * 2 ** zoom) * scale,
      top: (box.top - scene.origin.y + scene.frame.y * TILE * 2 ** zoom) * scale,
      bottom: (box.bottom - scene.origin.y + scene.frame.y * TILE * 2 ** zoom) * scale,
    });
    const space = firstSpace(story, z);
    return { ...space, boxes: [...space.boxes, ...binBoxes(bins, z), ...taken.map(onSheet)] };
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

export function Marks({ scene }: { scene: Scene }) {
  const { story, palette, zoom } = scene;
  const points = firstMarks(story);
  const places = firstPlaces(story, zoom);
  return points.map((point) => <Mark key={point.place.id} scene={scene} point={point} at={places.get(point.place.id)} palette={palette} />);
}

/** Many events, as the reader's canvas shows them. */
export function ManyMarks({ scene }: { scene: Scene }) {
  const { story, palette, zoom, colors, t } = scene;
  const world = TILE * 2 ** zoom;
  const ink = {
    paper: { fill: palette.paper },
    rule: { stroke: palette.ruleStrong },
    gap: { stroke: palette.paper },
    digits: { fill: palette.ink },
    ring: (layer: Layer) => ({ stroke: colors.get(layer.id) ?? palette.ink }),
    glyph: (layer: Layer) => ({ fill: colors.get(layer.id) ?? palette.ink }),
  };
  return binsOf(story, zoom).map((bin) => {
    const { x, y } = place(scene, bin.x * world, bin.y * world);
    return (
      <g key={bin.id} transform={`translate(${x} ${y})`}>
        <BinMark bin={bin} story={story} ink={ink} t={t} />
      </g>
    );
  });
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

export function LayerMark({ layer, x, y, size, colors, paper }: { layer: Layer; x: number; y: number; size: number; colors: LayerColors; paper: string }) {
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
export function Areas({ scene }: { scene: Scene }) {
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

export function Inset({ scene: { basemap, frame, palette, layout } }: { scene: Scene }) {
  return (
    <g transform={`translate(${MARGIN + 36} ${layout.map.top + layout.map.height - 62})`}>
      <rect x={-48} y={-48} width={96} height={96} rx={4} fill={palette.paper} stroke={palette.ruleStrong} />
      <g transform="scale(.88)" fill={palette.land} stroke={palette.border} strokeWidth={0.4}>
        <Globe basemap={basemap} frame={frame} colors={{ sea: palette.water, land: palette.land, focus: palette.borderFocus, edge: palette.borderFocus }} />
      </g>
    </g>
  );
}
