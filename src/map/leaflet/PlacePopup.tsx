import type { LeafletMouseEvent } from 'leaflet';
import { useEffect } from 'react';
import { useMap } from 'react-leaflet';
import type { PointShown } from '../../core/marks.ts';
import { LaterCard } from '../LaterCard.tsx';
import { CardPopup } from './CardPopup.tsx';

/** The card of a place on a wide screen, which a click on the map beside it closes. */
export function PlacePopup({ shown, onClose }: { shown: PointShown; onClose: () => void }) {
  const map = useMap();
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
  return (
    <CardPopup at={shown.at}>
      <LaterCard shown={shown} onClose={onClose} />
    </CardPopup>
  );
}
