import { useEffect, useMemo, useRef } from 'react';
import { useMap } from 'react-leaflet';
import type { BasemapFile } from '../../core/basemap.ts';
import type { MarkSpace } from '../../core/basemap-labels.ts';
import { labelsAt } from '../../core/basemap-labels.ts';
import { PALETTES } from '../../core/tokens.ts';
import { paintLabels } from '../basemap/paintLabels.ts';
import { Sheet } from '../basemap/Sheet.ts';
import { useTheme } from '../theme.ts';
import { CanvasTiles } from './CanvasTiles.ts';

/** The space that marks take at a zoom; a new function when the marks change. */
export type MarksAt = (zoom: number) => MarkSpace;

/** Land, water and borders below the marks, names above the outline. `onReady` runs once, when the first view is painted. */
export function BasemapLayers({ file, language, marksAt, onReady }: { file: BasemapFile; language: string; marksAt: MarksAt; onReady: () => void }) {
  const map = useMap();
  const theme = useTheme();
  const sheet = useMemo(() => new Sheet(file), [file]);
  const drawn = useRef({ palette: PALETTES[theme], marksAt });
  const layers = useRef<{ ground: CanvasTiles; names: CanvasTiles } | null>(null);

  useEffect(
    function addLayers() {
      let cached: { zoom: number; marksAt: MarksAt; placed: ReturnType<typeof labelsAt> } | null = null;
      const placedAt = (zoom: number) => {
        const now = drawn.current.marksAt;
        if (cached?.zoom !== zoom || cached.marksAt !== now) cached = { zoom, marksAt: now, placed: labelsAt(file.labels, zoom, language, now) };
        return cached.placed;
      };
      const ground = new CanvasTiles(
        (context, job) => {
          sheet.paint(context, job, job.px, job.zoom, drawn.current.palette);
        },
        'tilePane',
        onReady,
      );
      const names = new CanvasTiles((context, job) => {
        // Names stand once, on the middle copy of the world.
        if (job.column !== job.x) return;
        paintLabels(context, placedAt(job.zoom), { left: job.x * job.px, top: job.y * job.px, px: job.px }, language, drawn.current.palette);
      }, 'names');
      ground.addTo(map);
      names.addTo(map);
      layers.current = { ground, names };
      return () => {
        ground.remove();
        names.remove();
        layers.current = null;
      };
    },
    [map, sheet, file, language, onReady],
  );

  useEffect(
    function repaintInTheme() {
      if (drawn.current.palette === PALETTES[theme]) return;
      drawn.current = { ...drawn.current, palette: PALETTES[theme] };
      layers.current?.ground.repaint();
      layers.current?.names.repaint();
    },
    [theme],
  );

  useEffect(
    function repaintNamesAroundMarks() {
      if (drawn.current.marksAt === marksAt) return;
      drawn.current = { ...drawn.current, marksAt };
      layers.current?.names.repaint();
    },
    [marksAt],
  );

  return null;
}
