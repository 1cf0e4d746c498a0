import '../tiles.css';
import type { Tiles } from '../../core/story.ts';
import { Say } from '../../ui/Say.tsx';
import { useDesk } from '../../ui/store.ts';

/** Lets the reader choose between the map's own basemap and the operator's. */
export function BasemapChoice({ tiles, chosen, onChoose }: { tiles: Tiles; chosen: boolean; onChoose: (tiles: boolean) => void }) {
  const { t } = useDesk();
  const option = (value: boolean, words: Tiles['label']) => (
    <label className={`basemap-option${chosen === value ? ' is-chosen' : ''}`}>
      <input type="radio" name="basemap" checked={chosen === value} onChange={() => onChoose(value)} />
      <Say words={words} />
    </label>
  );
  return (
    <fieldset className="basemap-choice">
      <legend className="visually-hidden">{t.basemapChoice}</legend>
      {option(false, t.ownBasemap)}
      {option(true, tiles.label)}
    </fieldset>
  );
}
