import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { Popup, useMap } from 'react-leaflet';
import { toLeaflet } from '../../core/geo.ts';
import type { LngLat } from '../../core/source.ts';

/** Room above the card and, below it, for its mark, px. */
const AROUND = 150;

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
      autoPanPaddingTopLeft={[16, 56]}
      autoPanPaddingBottomRight={[60, 76]}
    >
      {children}
    </Popup>
  );
}
