import type { Feature, Geometry } from 'geojson';
import { useMemo } from 'react';
import { GeoJSON } from 'react-leaflet';
import type { BasemapFile } from '../../core/basemap.ts';
import { featuresOf } from '../../core/basemap.ts';
import type { PlaceShown } from '../../core/view.ts';
import { selectedPlace } from '../../core/view.ts';
import { useDesk, useHovered, useView } from '../../ui/store.ts';

/**
 * The shape of a place that has no point: a country or a region. A line with a wide invisible one over it to click on;
 * never a fill that would catch clicks meant for what lies inside. Keyboards reach it through its chip.
 */
export function CountryOutline({ file, shown }: { file: BasemapFile; shown: PlaceShown }) {
  const { story, selectPlace, hoverPlace } = useDesk();
  const { place } = shown;
  const shape = useMemo(() => outline(file, place.outline), [file, place.outline]);
  const selected = useView((v) => selectedPlace(story, v.selection) === place.id);
  const hovered = useHovered(place.id);
  const handlers = useMemo(
    () => ({
      click: () => {
        selectPlace(place.id);
      },
      mouseover: () => {
        hoverPlace(place.id);
      },
      mouseout: () => {
        hoverPlace(null);
      },
    }),
    [place.id, selectPlace, hoverPlace],
  );
  if (!shape) return null;
  return (
    <>
      <GeoJSON
        key={`line ${selected} ${hovered}`}
        data={shape}
        interactive={false}
        style={{ className: `outline${selected || hovered ? ' is-marked' : ''}`, fill: false }}
      />
      <GeoJSON data={shape} style={HIT} eventHandlers={handlers} />
    </>
  );
}

const HIT = { className: 'outline-hit', fill: false, weight: 14, opacity: 0, bubblingMouseEvents: false };

function outline(file: BasemapFile, id: string | null): Feature<Geometry> | null {
  if (id === null) return null;
  return ['focus', 'regions'].flatMap((name) => featuresOf(file.base, name)).find((f) => f.properties?.id === id) ?? null;
}
