import { divIcon } from 'leaflet';
import { useEffect, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { Circle, Marker, useMap } from 'react-leaflet';
import type { Cluster } from '../../core/clusters.ts';
import { markName } from '../../core/describe.ts';
import { toLeaflet } from '../../core/geo.ts';
import type { MarkPlace } from '../../core/labels.ts';
import { selectedPlace } from '../../core/view.ts';
import { MarkFace, PlaceMark } from '../../ui/PlaceMark.tsx';
import { useDesk, useHovered, useView } from '../../ui/store.ts';
import { focusMark, nextMark, part } from './markMoves.ts';

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
  const { place, members = [shown] } = shown;
  const element = useMemo(() => document.createElement('div'), []);
  const icon = useMemo(() => divIcon({ html: element, className: 'place-mark', iconSize: [0, 0] }), [element]);
  const selected = useView((v) => selectedPlace(story, v.selection) === place.id);
  const hovered = useHovered(...members.map((m) => m.place.id));
  const position = useMemo(() => toLeaflet(shown.at), [shown.at]);
  useEffect(
    function theDotIsTheButtonToo() {
      const onClick = ({ target }: MouseEvent) => {
        if (target instanceof Element && target.closest('.mark-dot')) element.querySelector('button')?.click();
      };
      element.addEventListener('click', onClick);
      return () => element.removeEventListener('click', onClick);
    },
    [element],
  );
  const face = (
    <button
      type="button"
      className={`mark-face side-${side}${bare ? ' is-bare' : ''}${selected ? ' is-selected' : ''}${hovered ? ' is-hovered' : ''}`}
      aria-label={markName(shown, t)}
      aria-expanded={members.length > 1 ? undefined : selected}
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
        if (!part(map, members)) selectPlace(members[0]?.place.id ?? place.id);
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
