import { useMemo, useRef } from 'react';
import { TileLayer } from 'react-leaflet';

/** How long the first tile may take before the reader is told that something is missing, ms. */
const PATIENCE = 6000;

interface Props {
  url: string;
  maxZoom: number;
  /** Whether any tile of the present view has come. */
  onState: (state: 'waiting' | 'here' | 'missing') => void;
}

/** An operator's raster tiles, over the map's own ground: where a tile is missing, that stays in sight. */
export function RasterTiles({ url, maxZoom, onState }: Props) {
  const came = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const handlers = useMemo(
    () => ({
      loading: () => {
        came.current = 0;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          if (came.current === 0) onState('missing');
        }, PATIENCE);
      },
      tileload: () => {
        came.current += 1;
        onState('here');
      },
      load: () => {
        clearTimeout(timer.current);
        if (came.current === 0) onState('missing');
      },
      remove: () => clearTimeout(timer.current),
    }),
    [onState],
  );
  return <TileLayer url={url} maxZoom={maxZoom} zIndex={2} eventHandlers={handlers} />;
}
