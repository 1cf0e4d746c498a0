import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { Popup, useMap } from 'react-leaflet';
import { toLeaflet } from '../../core/geo.ts';
import type { LngLat } from '../../core/source.ts';

/** Room above the card, px, and below it for its mark, which the credits must not cover. */
const [ABOVE, BELOW] = [56, 84];
/** All that a card leaves free of the map's height: its own tip too. */
const AROUND = ABOVE + BELOW + 36;

/** A card on a wide screen: a Leaflet popup with React children, moved into view, clear of its mark. */
export function CardPopup({ at: [lng, lat], children }: { at: LngLat; children: ReactNode }) {
  const size = useMap().getSize();
  const position = useMemo(() => toLeaflet([lng, lat]), [lng, lat]);
  const width = Math.min(380, size.x - 40);
  return (
    <Popup
      position={position}
      closeButton={false}
      closeOnClick={false}
      closeOnEscapeKey={false}
      autoClose={false}
      offset={[0, -12]}
      minWidth={width}
      maxWidth={width}
      maxHeight={Math.max(200, Math.min(440, size.y - AROUND))}
      autoPanPaddingTopLeft={[16, ABOVE]}
      autoPanPaddingBottomRight={[60, BELOW]}
    >
      {children}
    </Popup>
  );
}
