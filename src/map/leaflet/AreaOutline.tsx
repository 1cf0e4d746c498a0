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
 * The shape of a place that has no point, a country or a region, for the pointer: a wide invisible line to click on, and
 * a strong one while it is chosen or pointed at. Never a fill that would catch clicks meant for what lies inside. The
 * line that is always there is the basemap's; keyboards reach the place through its chip.
 */
export function AreaOutline({ base, detail, shown }: Props) {
  const { story, selectPlace, hoverPlace } = useDesk();
  const { place } = shown;
  const coarse = useMemo(() => outline(base, place.outline), [base, place.outline]);
  const fine = useMemo(() => detail && outline(detail, place.outline), [detail, place.outline]);
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
  if (!coarse) return null;
  return (
    <>
      {(selected || hovered) && <GeoJSON key={fine ? 'fine' : 'coarse'} data={fine ?? coarse} interactive={false} style={MARKED} />}
      {/* Close up the coarse line lies beside the drawn one, and the fine one costs every zoom its thousands of points. */}
      {!detail && <GeoJSON data={coarse} style={HIT} eventHandlers={handlers} />}
    </>
  );
}

const MARKED = { className: 'outline is-marked', fill: false };
const HIT = { className: 'outline-hit', fill: false, weight: 14, opacity: 0, bubblingMouseEvents: false };

function outline(topology: Topology, id: string | null): Feature<Geometry> | null {
  if (id === null) return null;
  return ['focus', 'regions'].flatMap((name) => featuresOf(topology, name)).find((f) => f.properties?.id === id) ?? null;
}
