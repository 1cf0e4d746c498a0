import type { LeafletMouseEvent, Popup as LeafletPopup } from 'leaflet';
import { useEffect, useMemo, useRef } from 'react';
import { Popup, useMap } from 'react-leaflet';
import { toLeaflet } from '../../core/geo.ts';
import type { PointShown } from '../../core/marks.ts';
import { LaterCard } from '../LaterCard.tsx';

/** Room above the card and, below it, for its mark, px. */
const AROUND = 150;

/** The card of a place on a wide screen: a Leaflet popup with React children, moved into view, clear of its mark. */
export function PlacePopup({ shown, onClose }: { shown: PointShown; onClose: () => void }) {
  const map = useMap();
  const popup = useRef<LeafletPopup>(null);
  const position = useMemo(() => toLeaflet(shown.at), [shown.at]);
  useEffect(
    function closeOnMapClick() {
      const onClick = ({ originalEvent: { target } }: LeafletMouseEvent) => {
        // The click that opened the card reaches the map after its mark.
        if (!(target instanceof Element && target.closest('.place-mark'))) onClose();
      };
      map.on('click', onClick);
      return () => {
        map.off('click', onClick);
      };
    },
    [map, onClose],
  );
  const size = map.getSize();
  return (
    <Popup
      ref={popup}
      position={position}
      closeButton={false}
      closeOnClick={false}
      closeOnEscapeKey={false}
      autoClose={false}
      offset={[0, -12]}
      minWidth={Math.min(380, size.x - 40)}
      maxWidth={Math.min(380, size.x - 40)}
      maxHeight={Math.max(200, Math.min(440, size.y - AROUND))}
      autoPanPaddingTopLeft={[16, 56]}
      autoPanPaddingBottomRight={[60, 76]}
    >
      <LaterCard shown={shown} onClose={onClose} />
    </Popup>
  );
}
