import { useEffect, useState } from 'react';
import { useMap } from 'react-leaflet';
import type { BasemapIndex } from '../../core/basemap.ts';
import { graticuleStep } from '../../core/basemap-style.ts';
import { fromLeaflet } from '../../core/geo.ts';
import { useDesk } from '../../ui/store.ts';

interface Props {
  basemap: BasemapIndex;
  /** How close an operator's tiles go while they are on show; null while the map has only its own. */
  tilesTo: number | null;
}

/** Keeps the map from going closer than its data, and says where that ends: a sheet without streets must not look like a place without any. */
export function DetailLimit({ basemap, tilesTo }: Props) {
  const map = useMap();
  const { t } = useDesk();
  const [sparse, setSparse] = useState(false);
  useEffect(
    function followView() {
      const look = () => {
        const [lng, lat] = fromLeaflet(map.getCenter());
        const close = basemap.local?.close;
        const [w, s, e, n] = close?.bounds ?? [0, 0, 0, 0];
        const most = close && lng >= w && lng <= e && lat >= s && lat <= n ? close.maxZoom : basemap.maxZoom;
        const limit = Math.max(most, tilesTo ?? 0);
        if (map.getMaxZoom() !== limit) map.setMaxZoom(limit);
        setSparse(tilesTo === null && graticuleStep(map.getZoom()) !== null);
      };
      look();
      map.on('moveend', look);
      return () => {
        map.off('moveend', look);
      };
    },
    [map, basemap, tilesTo],
  );
  return sparse ? <p className="map-limit">{t.detailEnds}</p> : null;
}
