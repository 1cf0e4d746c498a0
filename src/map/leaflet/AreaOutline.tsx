import type { Feature, Geometry } from 'geojson';
import { useMemo } from 'react';
import { GeoJSON } from 'react-leaflet';
import type { Topology } from 'topojson-specification';
import { featuresOf } from '../../core/basemap.ts';
import type { PlaceShown } from '../../core/view.ts';
import { selectedPlace } from '../../core/view.ts';
import { useDesk, useHovered, useView } from '../../ui/store.ts';

interface Props {
  base: Topology;
  /** The finer lines while the map draws those: an outline beside them would be a second border. */
  detail: Topology | null;
  shown: PlaceShown;
}

/**
 * The shape of a place that has no point: a country or a region. A line with a wide invisible one over it to click on;
 * never a fill that would catch clicks meant for what lies inside. Keyboards reach it through its chip.
 */
export function AreaOutline({ base, detail, shown }: Props) {
  const { story, selectPlace, hoverPlace } = useDesk();
  const { place } = shown;
  const shape = useMemo(() => (detail && outline(detail, place.outline)) ?? outline(base, place.outline), [base, detail, place.outline]);
  const selected = useView((v) => selectedPlace(story, v.selection) === place.id);
  const hovered = useHovered(place.id);
  const handlers = useMemo(
    () => ({
      click: () => selectPlace(place.id),
      mouseover: () => hoverPlace(place.id),
      mouseout: () => hoverPlace(null),
    }),
    [place.id, selectPlace, hoverPlace],
  );
  if (!shape) return null;
  const lines = detail ? 'fine' : 'coarse';
  return (
    <>
      <GeoJSON
        key={`line ${lines} ${selected} ${hovered}`}
        data={shape}
        interactive={false}
        style={{ className: `outline${selected || hovered ? ' is-marked' : ''}`, fill: false }}
      />
      <GeoJSON key={`hit ${lines}`} data={shape} style={HIT} eventHandlers={handlers} />
    </>
  );
}

const HIT = { className: 'outline-hit', fill: false, weight: 14, opacity: 0, bubblingMouseEvents: false };

function outline(topology: Topology, id: string | null): Feature<Geometry> | null {
  if (id === null) return null;
  return ['focus', 'regions'].flatMap((name) => featuresOf(topology, name)).find((f) => f.properties?.id === id) ?? null;
}
