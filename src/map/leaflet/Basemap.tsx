import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Topology } from 'topojson-specification';
import type { BasemapPart, FetchedBasemap } from '../../core/basemap.ts';
import { plain } from '../../core/text.ts';
import { Attribution } from '../../ui/Attribution.tsx';
import { useDesk } from '../../ui/store.ts';
import { BasemapChoice } from './BasemapChoice.tsx';
import type { MarksAt } from './BasemapLayers.tsx';
import { BasemapLayers } from './BasemapLayers.tsx';
import { DetailLimit } from './DetailLimit.tsx';
import { RasterTiles } from './RasterTiles.tsx';
import { useStreets } from './useStreets.ts';

interface Props {
  basemap: FetchedBasemap;
  marksAt: MarksAt;
  /** Ids of the areas that events on show belong to. */
  outlined: readonly string[];
  /** Where credits, choice and notices stand: above Leaflet, out of the reach of its gestures. */
  overlay: HTMLElement | null;
  onReady: () => void;
  /** The finer lines while those are drawn, else null. */
  onDetail: (detail: Topology | null) => void;
}

/**
 * The map's own basemap and, where the operator has set one, another that the reader may choose. The own one always
 * lies beneath: where tiles fail, it is what remains, and a quiet line says what is missing.
 */
export function Basemap({ basemap, marksAt, outlined, overlay, onReady, onDetail }: Props) {
  const { story, site, t } = useDesk();
  const { tiles } = story;
  const [chosen, setChosen] = useState(tiles?.shown ?? false);
  const [parts, setParts] = useState<readonly BasemapPart[]>(['first']);
  const [raster, setRaster] = useState<'waiting' | 'here' | 'missing'>('waiting');
  const address = tiles && (/^https?:/i.test(tiles.url) ? tiles.url : `${site}/${tiles.url}`);
  const streets = useStreets(chosen && tiles?.kind === 'pmtiles' && address ? new URL(address, document.baseURI).href : null);
  const [onParts] = useState(() => (now: readonly BasemapPart[], detail: Topology | null) => {
    setParts((before) => (before.join() === now.join() ? before : now));
    onDetail(detail);
  });
  useEffect(
    function waitAgain() {
      if (!chosen) setRaster('waiting');
    },
    [chosen],
  );
  const rasterChosen = chosen && tiles?.kind === 'raster';
  const state = rasterChosen ? raster : streets.state;
  const there = chosen && tiles !== null && state === 'here';
  return (
    <>
      <BasemapLayers
        file={basemap.file}
        url={basemap.url}
        language={story.language}
        marksAt={marksAt}
        outlined={outlined}
        streets={streets.state === 'here' ? streets.streets : null}
        named={!(rasterChosen && raster === 'here')}
        onReady={onReady}
        onParts={onParts}
      />
      {rasterChosen && address && <RasterTiles url={address} maxZoom={tiles.maxZoom} onState={setRaster} />}
      <DetailLimit basemap={basemap.file} tilesTo={chosen && tiles && state !== 'missing' ? tiles.maxZoom : null} />
      {overlay &&
        createPortal(
          <>
            <Attribution credits={basemap.file.credits} parts={parts} more={there ? tiles.attribution : null} t={t} />
            {tiles && <BasemapChoice tiles={tiles} chosen={chosen} onChoose={setChosen} />}
            {tiles && chosen && state === 'missing' && (
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
