import type { Map as LeafletMap } from 'leaflet';
import { divIcon, latLngBounds, point as px } from 'leaflet';
import { useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { Circle, Marker, useMap } from 'react-leaflet';
import type { Cluster } from '../../core/clusters.ts';
import { markName } from '../../core/describe.ts';
import { toLeaflet } from '../../core/geo.ts';
import type { MarkPlace } from '../../core/labels.ts';
import type { PointShown } from '../../core/marks.ts';
import { selectedPlace } from '../../core/view.ts';
import { MarkFace, PlaceMark } from '../../ui/PlaceMark.tsx';
import { useDesk, useHovered, useView } from '../../ui/store.ts';

/** How far from its point a place of this precision may reach, metres: drawn to scale, so that a city never looks like a street corner. */
const REACH = { country: 0, region: 0, city: 9000, facility: 0 } as const;

/** One mark per place that has a point. All of them are one stop of the Tab key; arrows go from mark to mark. */
export function PlaceMarkers({ points, places }: { points: readonly Cluster[]; places: ReadonlyMap<string, MarkPlace> }) {
  const [last, setLast] = useState<string | null>(null);
  const stop = points.some((p) => p.place.id === last) ? last : (points[0]?.place.id ?? null);
  return points.map((shown) => (
    <PlaceMarker
      key={shown.place.id}
      shown={shown}
      at={places.get(shown.place.id) ?? { side: 'e', bare: false }}
      isStop={shown.place.id === stop}
      points={points}
      onReach={setLast}
    />
  ));
}

interface MarkerProps {
  shown: Cluster;
  at: MarkPlace;
  /** Whether the Tab key stops here. */
  isStop: boolean;
  /** All marks, to go on to. */
  points: readonly Cluster[];
  onReach: (place: string) => void;
}

function PlaceMarker({ shown, at: { side, bare }, isStop, points, onReach }: MarkerProps) {
  const map = useMap();
  const { story, t, selectPlace, hoverPlace } = useDesk();
  const { place } = shown;
  const element = useMemo(() => document.createElement('div'), []);
  const icon = useMemo(() => divIcon({ html: element, className: 'place-mark', iconSize: [0, 0] }), [element]);
  const selected = useView((v) => selectedPlace(story, v.selection) === place.id);
  const hovered = useHovered(...shown.members.map((m) => m.place.id));
  const position = useMemo(() => toLeaflet(shown.at), [shown.at]);
  const face = (
    <button
      type="button"
      className={`mark-face side-${side}${bare ? ' is-bare' : ''}${selected ? ' is-selected' : ''}${hovered ? ' is-hovered' : ''}`}
      aria-label={markName(shown, t)}
      aria-expanded={shown.members.length > 1 ? undefined : selected}
      data-place={place.id}
      tabIndex={isStop ? 0 : -1}
      onKeyDown={(e) => {
        const next = nextMark(map, shown, points, e.key);
        if (!next) return;
        e.preventDefault();
        e.stopPropagation(); // the map would move under the focus
        focusMark(map, next);
      }}
      onClick={() => {
        if (!part(map, shown.members)) selectPlace(shown.members[0]?.place.id ?? place.id);
      }}
      onPointerEnter={() => {
        hoverPlace(place.id);
      }}
      onPointerLeave={() => {
        hoverPlace(null);
      }}
      onFocus={() => {
        onReach(place.id);
        hoverPlace(place.id);
      }}
      onBlur={() => {
        hoverPlace(null);
      }}
    >
      <MarkFace shown={shown} />
    </button>
  );
  return (
    <>
      {REACH[place.precision] > 0 && <Circle center={position} radius={REACH[place.precision]} className="mark-reach" interactive={false} />}
      <Marker position={position} icon={icon} interactive={false} keyboard={false} zIndexOffset={selected || hovered ? 1_000_000 : 0} />
      {createPortal(
        <PlaceMark shown={shown} sides={[side]}>
          {face}
        </PlaceMark>,
        element,
      )}
    </>
  );
}

/** Go nearer, until places that share a mark stand apart. @returns false for one place, and where the map goes no nearer */
function part(map: LeafletMap, members: readonly PointShown[]): boolean {
  const nearest = map.getMaxZoom();
  if (members.length < 2 || map.getZoom() > nearest - 0.5) return false;
  const bounds = latLngBounds(members.map((m) => toLeaflet(m.at)));
  const fit = map.getBoundsZoom(bounds, false, px(map.getSize().x * 0.3, map.getSize().y * 0.3));
  map.setView(bounds.getCenter(), Math.min(nearest, Math.max(map.getZoom() + 1, Math.min(map.getZoom() + 4, fit))));
  return true;
}

const DIRECTIONS: { readonly [key: string]: { readonly x: number; readonly y: number } } = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

/** The mark that a key leads to: the nearest one on that side as the map shows them, the first or the last; null for other keys and for no such mark. */
function nextMark(map: LeafletMap, from: PointShown, points: readonly PointShown[], key: string): PointShown | null {
  if (key === 'Home') return points[0] ?? null;
  if (key === 'End') return points.at(-1) ?? null;
  const to = DIRECTIONS[key];
  if (!to) return null;
  const here = map.latLngToContainerPoint(toLeaflet(from.at));
  let best: { readonly point: PointShown; readonly cost: number } | null = null;
  for (const point of points) {
    if (point === from) continue;
    const there = map.latLngToContainerPoint(toLeaflet(point.at));
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const along = dx * to.x + dy * to.y;
    const aside = Math.abs(dx * to.y) + Math.abs(dy * to.x);
    // Straight ahead counts for more than near.
    const cost = along + 2 * aside;
    if (along > 0 && (!best || cost < best.cost)) best = { point, cost };
  }
  return best?.point ?? null;
}

/** Room kept around a mark that has the focus, px. */
const CLEAR = 60;

function focusMark(map: LeafletMap, { place, at }: PointShown): void {
  map.panInside(toLeaflet(at), { padding: [CLEAR, CLEAR], animate: false });
  map
    .getContainer()
    .querySelector<HTMLElement>(`button[data-place="${CSS.escape(place.id)}"]`)
    ?.focus({ preventScroll: true });
}
