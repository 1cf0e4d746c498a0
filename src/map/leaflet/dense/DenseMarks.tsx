import type { Map as LeafletMap } from 'leaflet';
import { point } from 'leaflet';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useMap } from 'react-leaflet';
import { middleOf as middleOfBounds, nearTo, TILE, toLeaflet, unproject } from '../../../core/geo.ts';
import { placementZoom } from '../../../core/labels.ts';
import type { PointShown } from '../../../core/marks.ts';
import { markPlaces, markSources } from '../../../core/marks.ts';
import type { LngLat } from '../../../core/source.ts';
import type { Story } from '../../../core/story.ts';
import { hasSameFilter } from '../../../core/view.ts';
import { SHEET_UNITS } from '../../../dense/columns.ts';
import type { CountedPart, Many, Target } from '../../../dense/Many.ts';
import { nearX } from '../../../dense/PointIndex.ts';
import { markSpots, spotsNear } from '../../../dense/spots.ts';
import { CountedCard, ManyCard } from '../../../ui/ManyCard.tsx';
import { useDetailsVersion, useMany } from '../../../ui/many.ts';
import { useCalmFilter, useDesk, useView } from '../../../ui/store.ts';
import { TroubleWords } from '../../../ui/TroubleWords.tsx';
import { BottomSheet } from '../../BottomSheet.tsx';
import type { Ground } from '../../basemap/protocol.ts';
import { WithLaterWords } from '../../LaterCard.tsx';
import { MapNotice } from '../../MapNotice.tsx';
import { useLook } from '../../theme.ts';
import { CardPopup } from '../CardPopup.tsx';
import { PlaceMarkers } from '../PlaceMarkers.tsx';
import type { Bin } from './bins.ts';
import { unitsAt } from './bins.ts';
import { DenseLayer } from './DenseLayer.ts';
import { MarkFocus } from './MarkFocus.tsx';
import type { Ink } from './sprites.ts';

/** Where the view has no more marks than this, those of single places stand there with their names, as in a small story. */
const FEW = 24;
/** Nearer than this the map does not go by a mark's button: its places are as good as one. */
const NEAREST = 16;

interface Props {
  /** Null where there is no basemap. */
  ground: Ground | null;
  region: HTMLElement | null;
  narrow: boolean;
  onClose: () => void;
}

/** The many events of a dense story on the map: one canvas, a mark that keys can move, marks of single places, and cards. */
export function DenseMarks({ ground, region, narrow, onClose }: Props) {
  const map = useMap();
  const { story, view, expected, selectPlace, selectCell } = useDesk();
  const many = useMany();
  const selection = useView((v) => v.selection);
  const version = useDetailsVersion(many);
  /** Marks follow the events that they are of a moment later: those of counts stand for cells, and know no places. */
  const [{ bins, of }, setDrawn] = useState<{ readonly bins: readonly Bin[]; readonly of: Many | null }>({ bins: [], of: null });
  const open = useCallback(
    (bin: Bin) => {
      const place = of?.complete && bin.to - bin.from === 1 ? of.store.place(bin.from) : null;
      if (place) selectPlace(place.id);
      else selectCell(bin.id);
    },
    [of, selectPlace, selectCell],
  );
  const pressed = useRef<(bin: Bin | null) => void>(() => undefined);
  useEffect(() => {
    pressed.current = (bin) => (bin ? open(bin) : onClose());
  });
  const layer = useRef<DenseLayer | null>(null);

  useEffect(
    function drawOnTheMap() {
      const canvas = new DenseLayer(
        (drawn) => setDrawn({ bins: drawn.bins, of: drawn.scene.many }),
        (bin) => pressed.current(bin),
        (bin) => {
          map.getContainer().classList.toggle('is-over-mark', bin !== null);
        },
      );
      layer.current = canvas;
      canvas.addTo(map);
      return () => {
        canvas.remove();
        layer.current = null;
      };
    },
    [map],
  );
  const look = useLook();
  useEffect(
    function dress() {
      layer.current?.dress(inkOf(map.getContainer(), story.layers, look.theme === 'forced'));
    },
    [map, story.layers, look],
  );
  useEffect(
    function show() {
      if (!many) return;
      const draw = () => layer.current?.show({ many, filter: view.getState(), layers: story.layers.length, days: story.days });
      draw();
      // Not by way of React: the map answers in the next frame, whatever the rest of the page has to do.
      return view.subscribe((now, before) => {
        if (!hasSameFilter(now, before)) draw();
      });
    },
    [many, story.layers.length, story.days, view],
  );

  useEffect(() => expected.subscribe((next) => next && layer.current?.expect(next)), [expected]);

  useEffect(
    function namesGiveWay() {
      if (!many?.complete && !many?.counted) return;
      ground?.setSpots(spotsNear(many.counted ? markSpots(many.drawn({ days: null })) : many.index.spots, many.middle));
    },
    [ground, many],
  );

  const near = useMemo(() => (of?.complete ? pointsNear(map, bins) : []), [map, of, bins]);
  useEffect(() => {
    void many?.store.wantPlaces(near.map((bin) => bin.from));
  }, [many, near]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that more places have their names
  const points = useMemo(() => (many ? near.flatMap((bin) => pointShown(many, bin, story) ?? []) : []), [many, near, version, story]);
  useEffect(() => {
    const named = new Set(points.map((p) => p.place.id));
    layer.current?.leaveOut(new Set(near.filter((bin) => named.has(many?.store.place(bin.from)?.id ?? '')).map((bin) => bin.cell)));
  }, [near, points, many]);
  const step = placementZoom(map.getZoom());
  const places = useMemo(() => markPlaces(markSources(points), story.bounds, step), [points, story.bounds, step]);
  const others = useMemo(() => bins.filter((bin) => !near.includes(bin) || !many?.store.place(bin.from)), [bins, near, many]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that what was not known may be now
  const target = useMemo(() => (many?.complete ? many.target(selection) : null), [many, selection, version]);
  const filter = useCalmFilter();
  const part = useMemo(() => (many?.counted && selection.kind === 'cell' ? many.countedIn(selection.id, filter) : null), [many, selection, filter]);
  const trouble = many?.store.trouble;
  const key = target ? `${target.from} ${target.to}` : selection.kind === 'cell' ? selection.id : '';
  const at = part ? lngLat(part.x, part.y) : many && target ? middleOf(many, target) : null;
  const card =
    many && part ? (
      <CountedCard
        key={key}
        part={part}
        onClose={onClose}
        onZoom={
          part.cells > 1
            ? () => {
                onClose();
                zoomInto(map, part);
              }
            : null
        }
      />
    ) : many && target ? (
      <ManyCard
        key={key}
        many={many}
        target={target}
        onClose={onClose}
        onZoom={
          canZoom(map, many, target)
            ? () => {
                onClose();
                zoomTo(map, many, target);
              }
            : null
        }
      />
    ) : null;
  const worded = (
    <Suspense fallback={null}>
      <WithLaterWords>{card}</WithLaterWords>
    </Suspense>
  );
  return (
    <>
      {trouble &&
        region &&
        createPortal(
          <MapNotice key={String(trouble.stale)}>
            <TroubleWords trouble={trouble} />
          </MapNotice>,
          region,
        )}
      {bins.length > 0 && (
        <MarkFocus map={map} bins={others} counted={of?.complete !== true} onOpen={open} selected={selection.kind === 'cell' ? selection.id : null} />
      )}
      <PlaceMarkers points={points} places={places} />
      {card && at && !narrow && (
        <CardPopup key={key} at={at}>
          {worded}
        </CardPopup>
      )}
      {card && narrow && region && createPortal(<BottomSheet key={key}>{worded}</BottomSheet>, region)}
    </>
  );
}

/** Marks of single points in view, where they are few enough to have names. */
function pointsNear(map: LeafletMap, bins: readonly Bin[]): Bin[] {
  const units = unitsAt(map.getZoom());
  const view = map.getPixelBounds();
  const [min, max] = [view.min ?? point(0, 0), view.max ?? point(0, 0)];
  const seen = bins.filter((b) => b.x / units >= min.x && b.x / units <= max.x && b.y / units >= min.y && b.y / units <= max.y);
  const single = seen.filter((b) => b.to - b.from === 1);
  // Among marks of many places a name would lie on its neighbours, and say more of its place than of theirs.
  return seen.length > FEW || single.length * 2 < seen.length ? [] : single;
}

function pointShown(many: Many, bin: Bin, { layers, bounds }: Pick<Story, 'layers' | 'bounds'>): PointShown | null {
  const place = many.store.place(bin.from);
  if (!place?.at) return null;
  return {
    place,
    at: [nearTo(place.at[0], middleOfBounds(bounds)), place.at[1]],
    events: [],
    layers: layers.flatMap((layer, l) => ((bin.layers[l] ?? 0) > 0 ? [{ layer, count: bin.layers[l] ?? 0, outside: false }] : [])),
  };
}

function lngLat(x: number, y: number): LngLat {
  return unproject({ x: x / SHEET_UNITS, y: y / SHEET_UNITS });
}

function boxOf(many: Many, { from, to }: Target): { west: number; north: number; east: number; south: number } {
  const { placeX, placeY } = many.index.columns;
  const box = { west: Number.POSITIVE_INFINITY, north: Number.POSITIVE_INFINITY, east: Number.NEGATIVE_INFINITY, south: 0 };
  for (let p = from; p < to; p++) {
    const [x, y] = [nearX(placeX[p] as number, many.middle), placeY[p] as number];
    box.west = Math.min(box.west, x);
    box.east = Math.max(box.east, x);
    box.north = Math.min(box.north, y);
    box.south = Math.max(box.south, y);
  }
  return box;
}

function middleOf(many: Many, target: Target): LngLat {
  const { west, north, east, south } = boxOf(many, target);
  return lngLat((west + east) / 2 + 0.5, (north + south) / 2 + 0.5);
}

/** Whether going nearer parts the places of a target. */
function canZoom(map: LeafletMap, many: Many, target: Target): boolean {
  const { west, north, east, south } = boxOf(many, target);
  return (east > west || south > north) && map.getZoom() < Math.min(NEAREST, map.getMaxZoom()) - 0.5;
}

/** Goes nearer to a part of which only the counts are known: as far as parts of it. */
function zoomInto(map: LeafletMap, { x, y, cells }: CountedPart): void {
  map.setView(toLeaflet(lngLat(x, y)), Math.min(NEAREST, map.getMaxZoom(), map.getZoom() + Math.max(1, Math.ceil(Math.log2(cells) / 2))));
}

function zoomTo(map: LeafletMap, many: Many, target: Target): void {
  const { west, north, east, south } = boxOf(many, target);
  const nearest = Math.min(NEAREST, map.getMaxZoom());
  const size = map.getSize();
  const fit = Math.log2(Math.min((size.x * 0.6) / Math.max(1, east - west), (size.y * 0.6) / Math.max(1, south - north)) * (SHEET_UNITS / TILE));
  map.setView(toLeaflet(middleOf(many, target)), Math.min(nearest, Math.max(map.getZoom() + 1, Math.min(map.getZoom() + 4, fit))));
}

/** The page's colours as the canvas needs them. */
function inkOf(container: HTMLElement, layers: readonly { readonly id: string; readonly glyph: Ink['glyphs'][number] }[], forced: boolean): Ink {
  const probe = document.createElement('span');
  probe.hidden = true;
  container.append(probe);
  const value = (name: string, className = '') => {
    probe.className = className;
    return getComputedStyle(probe).getPropertyValue(name).trim();
  };
  const ink: Ink = {
    paper: value('--paper') || 'Canvas',
    ink: value('--ink') || 'CanvasText',
    rule: value(forced ? '--ink' : '--rule-strong') || 'CanvasText',
    layers: layers.map((l) => value('--layer', `layer-${l.id}`) || 'CanvasText'),
    glyphs: layers.map((l) => l.glyph),
    font: value('--font-text') || 'sans-serif',
    point: new Intl.NumberFormat(document.documentElement.lang).format(1.5).charAt(1),
  };
  probe.remove();
  return ink;
}
