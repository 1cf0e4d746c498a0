/**
 * A story's poster: the map, its legend and its chief figures in one picture that stands by itself, for pages without
 * frames, for print and for sharing. Same data, same drawing steps and same palettes as the live map; every number
 * carries its scope and status in the picture. Letters are of fonts that the project ships, so the same bytes come out
 * on every machine.
 */
import { renderToStaticMarkup } from 'react-dom/server';
import type { BasemapFile } from '../core/basemap.ts';
import { summaryOf } from '../core/describe.ts';
import { FRAME_MARGIN, frameOf, TILE } from '../core/geo.ts';
import type { Story } from '../core/story.ts';
import { stringsFor } from '../core/strings/strings.ts';
import { plain } from '../core/text.ts';
import { initialView, placesShown } from '../core/view.ts';
import { Areas, Ground, Inset, ManyMarks, Marks, Names } from './poster-map.tsx';
import type { LayerColors, Layout, PosterTheme, Scene } from './poster-scene.ts';
import { POSTER } from './poster-scene.ts';
import { Figures, Foot, Head, Legend, LogoMark } from './poster-words.tsx';
import type { PosterLook } from './theme/make.ts';
import { OUR_THEME } from './theme/make.ts';

/** The poster as SVG, with the view that a reader arrives with. @param look the site's own */
export function posterSvg(
  story: Story,
  basemap: BasemapFile,
  colors: LayerColors,
  theme: PosterTheme,
  layout: Layout = POSTER,
  look: PosterLook = OUR_THEME.poster,
): string {
  const frame = frameOf(story.bounds, FRAME_MARGIN);
  const scale = Math.min(layout.width / frame.width, layout.map.height / frame.height);
  const scene: Scene = {
    layout,
    story,
    basemap,
    colors,
    frame,
    t: stringsFor(story.language),
    palette: look.palettes[theme],
    theme,
    look,
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
      fontFamily={look.fonts.text}
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
      <LogoMark scene={scene} />
      <g clipPath="url(#map)">
        <rect y={layout.map.top} width={layout.width} height={layout.map.height} fill={scene.palette.water} />
        <Ground scene={scene} />
        <Names scene={scene} />
        <ManyMarks scene={scene} />
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
