import { useState } from 'react';
import type { PlaceShown } from '../core/view.ts';
import { selectedPlace } from '../core/view.ts';
import { useDesk, useView } from '../ui/store.ts';
import { AreaChip } from './AreaChip.tsx';

/** As many regions as stand on the map without being asked for. */
const FEW = 1;

/** The chips of countries and regions with something on show. Many regions would cover the map: they open on a press. */
export function AreaChips({ areas }: { areas: readonly PlaceShown[] }) {
  const { story, t } = useDesk();
  const selected = useView((v) => selectedPlace(story, v.selection));
  const [wanted, setWanted] = useState(false);
  const countries = areas.filter((a) => a.place.kind === 'country');
  const regions = areas.filter((a) => a.place.kind !== 'country');
  const open = wanted || regions.length <= FEW || regions.some((r) => r.place.id === selected);
  return (
    <div className="area-chips">
      {countries.map((area) => (
        <AreaChip key={area.place.id} shown={area} />
      ))}
      {regions.length > FEW && (
        <button type="button" className="area-chip" aria-expanded={open} onClick={() => setWanted(!open)}>
          <span className="area-chip-name">{t.regions}</span>
          <span className="area-chip-count">{t.number(regions.length)}</span>
        </button>
      )}
      {open && regions.map((area) => <AreaChip key={area.place.id} shown={area} />)}
    </div>
  );
}
