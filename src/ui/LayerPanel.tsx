import { memo, useMemo } from 'react';
import type { Layer } from '../core/story.ts';
import { layerCounts } from '../core/view.ts';
import { LayerGlyph } from './Marks.tsx';
import { Say } from './Say.tsx';
import { onApproach, useDesk, useFilter } from './store.ts';

/** The legend, and at once the switches: mark, word, how many events are on show. */
export function LayerPanel() {
  const { story, t, toggleLayer, expect } = useDesk();
  const filter = useFilter();
  const counts = useMemo(() => layerCounts(story, filter), [story, filter]);
  return (
    <fieldset className="layers">
      <legend className="visually-hidden">
        {t.layers}. {t.layersHint}
      </legend>
      <ul>
        {counts.map(({ layer, shown }) => (
          <li key={layer.id}>
            <LayerSwitch layer={layer} off={filter.hiddenLayers.has(layer.id)} count={t.number(shown)} onToggle={toggleLayer} onExpect={expect.toggleLayer} />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

interface SwitchProps {
  layer: Layer;
  off: boolean;
  count: string;
  onToggle: (layer: string) => void;
  onExpect: (layer: string) => void;
}

/** Drawn again only when it says something else: React writes an input's attributes anew at each drawing. */
const LayerSwitch = memo(function LayerSwitch({ layer, off, count, onToggle, onExpect }: SwitchProps) {
  return (
    <label className={`layer-switch layer-${layer.id}${off ? ' is-off' : ''}`} {...onApproach(() => onExpect(layer.id))}>
      <input type="checkbox" checked={!off} onChange={() => onToggle(layer.id)} />
      <LayerGlyph layer={layer.id} glyph={layer.glyph} />
      <span className="layer-name">
        <Say words={layer.label} />
      </span>
      <span className="layer-count">{count}</span>
    </label>
  );
});
