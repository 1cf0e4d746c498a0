import { divIcon } from 'leaflet';
import { useMemo } from 'react';
import { createPortal } from 'react-dom';
import { Circle, Marker } from 'react-leaflet';
import { markName } from '../../core/describe.ts';
import { toLeaflet } from '../../core/geo.ts';
import type { Side } from '../../core/labels.ts';
import type { PointShown } from '../../core/marks.ts';
import { selectedPlace } from '../../core/view.ts';
import { MarkFace, PlaceMark } from '../../ui/PlaceMark.tsx';
import { useDesk, useHovered, useView } from '../../ui/store.ts';

/** How far from its point a place of this precision may reach, metres: drawn to scale, so that a city never looks like a street corner. */
const REACH = { country: 0, region: 0, city: 9000, facility: 0 } as const;

/** One mark per place that has a point. */
export function PlaceMarkers({ points, sides }: { points: readonly PointShown[]; sides: ReadonlyMap<string, Side> }) {
  return points.map((shown) => <PlaceMarker key={shown.place.id} shown={shown} side={sides.get(shown.place.id) ?? 'e'} />);
}

function PlaceMarker({ shown, side }: { shown: PointShown; side: Side }) {
  const { story, t, selectPlace, hoverPlace } = useDesk();
  const { place } = shown;
  const element = useMemo(() => document.createElement('div'), []);
  const icon = useMemo(() => divIcon({ html: element, className: 'place-mark', iconSize: [0, 0] }), [element]);
  const selected = useView((v) => selectedPlace(story, v.selection) === place.id);
  const hovered = useHovered(place.id);
  const position = useMemo(() => toLeaflet(shown.at), [shown.at]);
  const face = (
    <button
      type="button"
      className={`mark-face side-${side}${selected ? ' is-selected' : ''}${hovered ? ' is-hovered' : ''}`}
      aria-label={markName(shown, t)}
      aria-expanded={selected}
      data-place={place.id}
      onClick={() => {
        selectPlace(place.id);
      }}
      onPointerEnter={() => {
        hoverPlace(place.id);
      }}
      onPointerLeave={() => {
        hoverPlace(null);
      }}
      onFocus={() => {
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
