import type { Feature, Geometry } from 'geojson';
import { useEffect, useMemo, useState } from 'react';
import { GeoJSON } from 'react-leaflet';
import type { PlaceShown } from '../../core/view.ts';
import { selectedPlace } from '../../core/view.ts';
import { useDesk, useHovered, useView } from '../../ui/store.ts';
import type { Ground, OutlineGrade } from '../basemap/protocol.ts';

interface Props {
  ground: Ground;
  /** Whether the map draws its finer lines: an outline from the coarse ones would be a second border. */
  fine: boolean;
  shown: PlaceShown;
}

/**
 * The shape of a place that has no point, a country or a region, for the pointer: a wide invisible line to click on, and
 * a strong one while it is chosen or pointed at. Never a fill that would catch clicks meant for what lies inside. The
 * line that is always there is the basemap's; keyboards reach the place through its chip.
 */
export function AreaOutline({ ground, fine, shown }: Props) {
  const { story, selectPlace, hoverPlace } = useDesk();
  const { place } = shown;
  const selected = useView((v) => selectedPlace(story, v.selection) === place.id);
  const hovered = useHovered(place.id);
  const marked = selected || hovered;
  const rough = useOutline(ground, place.outline, 'rough');
  const shape = useOutline(ground, marked ? place.outline : null, fine ? 'fine' : 'coarse');
  const handlers = useMemo(
    () => ({
      click: () => selectPlace(place.id),
      mouseover: () => hoverPlace(place.id),
      mouseout: () => hoverPlace(null),
    }),
    [place.id, selectPlace, hoverPlace],
  );
  return (
    <>
      {marked && shape && <GeoJSON key={fine ? 'fine' : 'coarse'} data={shape} interactive={false} style={MARKED} />}
      {/* Close up the rough line lies beside the drawn one. */}
      {!fine && rough && <GeoJSON data={rough} style={HIT} eventHandlers={handlers} />}
    </>
  );
}

const MARKED = { className: 'outline is-marked', fill: false };
const HIT = { className: 'outline-hit', fill: false, weight: 14, opacity: 0, bubblingMouseEvents: false };

/** An area's shape, once whoever holds the basemap has given it; null for no id. */
function useOutline(ground: Ground, id: string | null, grade: OutlineGrade): Feature<Geometry> | null {
  const [shape, setShape] = useState<{ readonly key: string; readonly feature: Feature<Geometry> | null } | null>(null);
  const key = `${id} ${grade}`;
  useEffect(
    function askForShape() {
      if (id === null) return;
      let current = true;
      ground.outline(id, grade).then(
        (feature) => {
          if (current) setShape({ key, feature });
        },
        () => undefined,
      );
      return () => {
        current = false;
      };
    },
    [ground, id, grade, key],
  );
  return shape?.key === key ? shape.feature : null;
}
