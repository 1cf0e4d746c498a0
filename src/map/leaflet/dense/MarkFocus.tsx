/** How the keyboard gets to the marks of a canvas. */
import type { Map as LeafletMap } from 'leaflet';
import { point } from 'leaflet';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { plain } from '../../../core/text.ts';
import { radiusOf } from '../../../dense/marks.ts';
import { useDesk } from '../../../ui/store.ts';
import type { Bin } from './bins.ts';
import { unitsAt } from './bins.ts';

interface Props {
  map: LeafletMap;
  bins: readonly Bin[];
  /** Whether marks stand for cells of counts, and not for places. */
  counted: boolean;
  selected: string | null;
  onOpen: (bin: Bin) => void;
}

/**
 * The one stop of the Tab key on the canvas: a button that stands on a mark, says what it holds, and goes from mark to
 * mark by the arrows.
 */
export function MarkFocus({ map, bins, counted, selected, onOpen }: Props) {
  const { story, t } = useDesk();
  const [last, setLast] = useState<string | null>(null);
  const [, setMoved] = useState(0);
  useEffect(() => {
    const onMove = () => setMoved((n) => n + 1);
    map.on('moveend', onMove);
    return () => {
      map.off('moveend', onMove);
    };
  }, [map]);
  const units = unitsAt(map.getZoom());
  const min = map.getPixelBounds().min ?? point(0, 0);
  const size = map.getSize();
  const at = (bin: Bin) => ({ x: bin.x / units - min.x, y: bin.y / units - min.y });
  const inView = bins.filter((bin) => {
    const { x, y } = at(bin);
    return x >= 0 && y >= 0 && x <= size.x && y <= size.y;
  });
  const bin = inView.find((b) => b.id === (selected ?? last)) ?? inView.find((b) => b.id === last) ?? inView[0];
  if (!bin) return null;
  const radius = radiusOf(bin.count) + 4;
  const { x, y } = at(bin);
  const origin = map.containerPointToLayerPoint([x, y]);
  const pane = map.getPane('markerPane');
  const layers = story.layers.flatMap((layer, l) => ((bin.layers[l] ?? 0) > 0 ? [t.layerOf(plain(layer.label), bin.layers[l] ?? 0)] : []));
  if (!pane) return null;
  return createPortal(
    <button
      type="button"
      className="dense-focus"
      aria-label={t.placeMark(counted ? t.mapPart : t.placesWords(bin.to - bin.from), layers)}
      aria-expanded={selected === bin.id}
      data-cell={bin.id}
      style={{ transform: `translate(${origin.x - radius}px, ${origin.y - radius}px)`, inlineSize: radius * 2, blockSize: radius * 2 }}
      onClick={() => onOpen(bin)}
      onKeyDown={(e) => {
        const next = nextBin(bin, inView, at, e.key);
        if (!next) return;
        e.preventDefault();
        e.stopPropagation();
        setLast(next.id);
      }}
    />,
    pane,
  );
}

const DIRECTIONS: { readonly [key: string]: readonly [number, number] } = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** The mark that a key leads to: the nearest on that side, straight ahead counting for more than near; the greatest or the least. */
function nextBin(from: Bin, bins: readonly Bin[], at: (bin: Bin) => { x: number; y: number }, key: string): Bin | null {
  if (key === 'Home') return bins[0] ?? null;
  if (key === 'End') return bins.at(-1) ?? null;
  const to = DIRECTIONS[key];
  if (!to) return null;
  const here = at(from);
  let best: { readonly bin: Bin; readonly cost: number } | null = null;
  for (const bin of bins) {
    const there = at(bin);
    const along = (there.x - here.x) * to[0] + (there.y - here.y) * to[1];
    const aside = Math.abs((there.x - here.x) * to[1]) + Math.abs((there.y - here.y) * to[0]);
    const cost = along + 2 * aside;
    if (along > 0 && (!best || cost < best.cost)) best = { bin, cost };
  }
  return best?.bin ?? from;
}
