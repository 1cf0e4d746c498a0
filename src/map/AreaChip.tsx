import { plain } from '../core/text.ts';
import type { PlaceShown } from '../core/view.ts';
import { selectedPlace } from '../core/view.ts';
import { LayerGlyph } from '../ui/Marks.tsx';
import { useDesk, useHovered, useView } from '../ui/store.ts';

/** The control of a place that is an area: what it holds belongs to its outline and never to a pin. */
export function AreaChip({ shown }: { shown: PlaceShown }) {
  const { story, t, selectPlace, clearSelection, hoverPlace } = useDesk();
  const { place, events, layers } = shown;
  const selected = useView((v) => selectedPlace(story, v.selection) === place.id);
  const hovered = useHovered(place.id);
  return (
    <button
      type="button"
      className={`area-chip${selected ? ' is-selected' : ''}${hovered ? ' is-hovered' : ''}`}
      aria-expanded={selected}
      data-place={place.id}
      onClick={() => {
        if (selected) clearSelection();
        else selectPlace(place.id);
      }}
      onPointerEnter={() => {
        hoverPlace(place.id);
      }}
      onPointerLeave={() => {
        hoverPlace(null);
      }}
      onFocus={() => {
        hoverPlace(place.id);
      }}
      onBlur={() => {
        hoverPlace(null);
      }}
    >
      <span className="area-chip-name">{place.kind === 'country' ? t.wholeCountry : plain(place.name)}</span>
      {layers.map(({ layer, outside }) => (
        <LayerGlyph key={layer.id} layer={layer.id} glyph={layer.glyph} outside={outside} />
      ))}
      <span className="visually-hidden">{t.areaHolds(layers.map(({ layer, count }) => t.layerOf(plain(layer.label), count)))}</span>
      <span className="area-chip-count" aria-hidden="true">
        {t.number(events.length)}
      </span>
    </button>
  );
}
