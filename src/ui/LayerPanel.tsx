import { useMemo } from 'react';
import { layerCounts } from '../core/view.ts';
import { LayerGlyph } from './Marks.tsx';
import { Say } from './Say.tsx';
import { useDesk, useFilter } from './store.ts';

/** The legend, and at once the switches: mark, word, how many events are on show. */
export function LayerPanel() {
  const { story, t, toggleLayer } = useDesk();
  const filter = useFilter();
  const { hiddenLayers } = filter;
  const counts = useMemo(() => layerCounts(story, filter), [story, filter]);
  return (
    <fieldset className="layers">
      <legend className="visually-hidden">
        {t.layers}. {t.layersHint}
      </legend>
      <ul>
        {counts.map(({ layer, shown }) => (
          <li key={layer.id}>
            <label className={`layer-switch layer-${layer.id}${hiddenLayers.has(layer.id) ? ' is-off' : ''}`}>
              <input
                type="checkbox"
                checked={!hiddenLayers.has(layer.id)}
                onChange={() => {
                  toggleLayer(layer.id);
                }}
              />
              <LayerGlyph layer={layer.id} glyph={layer.glyph} />
              <span className="layer-name">
                <Say words={layer.label} />
              </span>
              <span className="layer-count">{t.number(shown)}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
