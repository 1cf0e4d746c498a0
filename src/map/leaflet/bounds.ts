import type { Map as LeafletMap } from 'leaflet';
import type { Bounds } from '../../core/source.ts';

/** What a map shows, as west, south, east, north. */
export function boundsOf(map: LeafletMap): Bounds {
  const b = map.getBounds();
  return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()];
}
