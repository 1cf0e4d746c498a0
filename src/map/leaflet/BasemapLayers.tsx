import { useEffect, useMemo, useRef } from 'react';
import { useMap } from 'react-leaflet';
import type { Topology } from 'topojson-specification';
import type { BasemapFile, BasemapLabel, BasemapPart } from '../../core/basemap.ts';
import type { MarkSpace } from '../../core/basemap-labels.ts';
import { labelsAt } from '../../core/basemap-labels.ts';
import type { PlacedLabel } from '../../core/labels.ts';
import type { Theme } from '../../core/tokens.ts';
import { PALETTES, RELIEF } from '../../core/tokens.ts';
import { Parts } from '../basemap/Parts.ts';
import { paintLabels } from '../basemap/paintLabels.ts';
import { Sheet } from '../basemap/Sheet.ts';
import type { Streets } from '../basemap/Streets.ts';
import { useTheme } from '../theme.ts';
import { boundsOf } from './bounds.ts';
import { CanvasTiles } from './CanvasTiles.ts';

/** The space that marks take at a zoom; a new function when the marks change. */
export type MarksAt = (zoom: number) => MarkSpace;

/** What the painters read anew at each tile; a change of any of it paints the tiles again. */
interface Drawn {
  readonly theme: Theme;
  readonly marksAt: MarksAt;
  /** The operator's own vector tiles, over the ground, while they are chosen and at hand. */
  readonly streets: Streets | null;
  /** Ids of the areas that events on show belong to. */
  readonly outlined: readonly string[];
  /** False while an operator's raster, which has names of its own, lies over the ground. */
  readonly named: boolean;
}

interface Props extends Omit<Drawn, 'theme'> {
  readonly file: BasemapFile;
  /** Address of the file: its parts lie beside it. */
  readonly url: string;
  readonly language: string;
  /** Runs once, when the first view is painted. */
  readonly onReady: () => void;
  /** Runs when other parts come on show or go; with the finer lines while those are drawn. */
  readonly onParts: (parts: readonly BasemapPart[], detail: Topology | null) => void;
}

/** Land, water, borders and names in one pass below the marks; detail, relief and local features as the reader gets there. */
export function BasemapLayers({ file, url, language, marksAt, outlined, streets, named, onReady, onParts }: Props) {
  const map = useMap();
  const theme = useTheme();
  const drawn = useRef<Drawn>({ theme, marksAt, outlined, streets, named });
  const repaint = useRef<() => void>(() => undefined);
  const sheet = useMemo(() => new Sheet(file), [file]);

  useEffect(
    function addLayers() {
      let placed: { readonly zoom: number; readonly labels: readonly PlacedLabel<BasemapLabel>[] } | null = null;
      const placedAt = (zoom: number) => {
        if (placed?.zoom !== zoom) {
          const labels = [...file.labels, ...parts.labels, ...(drawn.current.streets?.labels() ?? [])];
          placed = { zoom, labels: labelsAt(labels, zoom, language, drawn.current.marksAt) };
        }
        return placed.labels;
      };
      const look = () => {
        const zoom = map.getZoom();
        parts.want(zoom, boundsOf(map));
        const shown = parts.shown(zoom);
        onParts(shown, shown.includes('detail') ? parts.detail : null);
      };
      const tiles = new CanvasTiles(
        (context, job) => {
          const now = drawn.current;
          const palette = PALETTES[now.theme];
          sheet.paint(context, job, job.px, job.zoom, { palette, relief: RELIEF[now.theme], graticule: now.streets === null, outlined: now.outlined });
          now.streets?.paint(context, job, job.px, job.zoom, palette);
          // Names stand once, on the middle copy of the world.
          if (job.column === job.x && now.named)
            paintLabels(context, placedAt(job.zoom), { left: job.x * job.px, top: job.y * job.px, px: job.px }, language, palette);
        },
        'tilePane',
        () => {
          onReady();
          look();
          map.on('moveend', look);
        },
      );
      repaint.current = () => {
        placed = null;
        tiles.repaint();
      };
      const parts = new Parts(file, url, sheet, () => {
        look();
        repaint.current();
      });
      tiles.addTo(map);
      return () => {
        repaint.current = () => undefined;
        map.off('moveend', look);
        tiles.remove();
      };
    },
    [map, sheet, file, url, language, onReady, onParts],
  );

  useEffect(
    function repaintWhatChanged() {
      const before = drawn.current;
      drawn.current = { theme, marksAt, outlined, streets, named };
      if ((Object.keys(before) as (keyof Drawn)[]).some((key) => before[key] !== drawn.current[key])) repaint.current();
    },
    [theme, marksAt, outlined, streets, named],
  );

  useEffect(
    function repaintWithStreets() {
      if (!streets) return;
      let frame = 0;
      // Tiles come in bursts: one painting for all that came within a frame.
      streets.onArrival = () => {
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => repaint.current());
      };
      return () => {
        cancelAnimationFrame(frame);
        streets.onArrival = () => undefined;
      };
    },
    [streets],
  );

  return null;
}
