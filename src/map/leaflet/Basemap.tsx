import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import type { BasemapPart } from '../../core/basemap.ts';
import type { MarkSource } from '../../core/marks.ts';
import { plain } from '../../core/text.ts';
import { Attribution } from '../../ui/Attribution.tsx';
import { useDesk } from '../../ui/store.ts';
import type { Ground, GroundNews, GroundState } from '../basemap/protocol.ts';
import { neverComes } from '../missing.ts';
import { useLook } from '../theme.ts';
import { BasemapLayers } from './BasemapLayers.tsx';
import { DetailLimit } from './DetailLimit.tsx';
import { RasterTiles } from './RasterTiles.tsx';

interface Props {
  ground: Ground;
  marks: readonly MarkSource[];
  /** Ids of the areas that events on show belong to. */
  outlined: readonly string[];
  /** Where credits, choice and notices stand: above Leaflet, out of the reach of its gestures. */
  overlay: HTMLElement | null;
  onReady: () => void;
  /** Whether the finer lines are drawn. */
  onDetail: (drawn: boolean) => void;
}

/** Few sites have a second basemap. */
const LaterChoice = lazy(() => import('./BasemapChoice.tsx').then((m) => ({ default: m.BasemapChoice })).catch(neverComes));

const AT_FIRST: GroundNews = { parts: ['first', 'relief'] satisfies BasemapPart[], streets: 'off', repaint: false };

/**
 * The map's own basemap and, where the operator has set one, another that the reader may choose. The own one always
 * lies beneath: where tiles fail, it is what remains, and a quiet line says what is missing.
 */
export function Basemap({ ground, marks, outlined, overlay, onReady, onDetail }: Props) {
  const { story, site, t } = useDesk();
  const look = useLook();
  const { tiles } = story;
  const [chosen, setChosen] = useState(tiles?.shown ?? false);
  const [news, setNews] = useState(AT_FIRST);
  const [raster, setRaster] = useState<'waiting' | 'here' | 'missing'>('waiting');
  const address = tiles && (/^https?:/i.test(tiles.url) ? tiles.url : `${site}/${tiles.url}`);
  const streets = chosen && tiles?.kind === 'pmtiles' && address ? new URL(address, document.baseURI).href : null;
  const rasterChosen = chosen && tiles?.kind === 'raster';
  const named = !(rasterChosen && raster === 'here');
  const state = useMemo((): GroundState => ({ look, marks, bounds: story.bounds, outlined, streets, named }), [look, marks, story, outlined, streets, named]);
  const onNews = useCallback(
    (now: GroundNews) => {
      setNews((before) => (before.parts.join() === now.parts.join() && before.streets === now.streets ? before : now));
      onDetail(now.parts.includes('detail'));
    },
    [onDetail],
  );
  useEffect(
    function waitAgain() {
      if (!chosen) setRaster('waiting');
    },
    [chosen],
  );
  const fares = rasterChosen ? raster : news.streets;
  return (
    <>
      <BasemapLayers ground={ground} state={state} onReady={onReady} onNews={onNews} />
      {rasterChosen && address && <RasterTiles url={address} maxZoom={tiles.maxZoom} onState={setRaster} />}
      <DetailLimit basemap={story.basemap} tilesTo={chosen && tiles && fares !== 'missing' ? tiles.maxZoom : null} />
      {overlay &&
        createPortal(
          <>
            <Attribution credits={story.basemap.credits} parts={news.parts} more={chosen && fares === 'here' ? tiles?.attribution : null} t={t} />
            {tiles && (
              <Suspense fallback={null}>
                <LaterChoice tiles={tiles} chosen={chosen} onChoose={setChosen} />
              </Suspense>
            )}
            {tiles && chosen && fares === 'missing' && (
              <p className="map-quiet" role="status">
                {t.tilesMissing(plain(tiles.label))}
              </p>
            )}
          </>,
          overlay,
        )}
    </>
  );
}
