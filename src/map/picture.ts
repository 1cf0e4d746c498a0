import { placesShown } from '../core/view.ts';
import type { Desk } from '../ui/store.ts';

/** Keep the static picture in step with what is on show: it is what the page prints, and what stands in while the map loads. */
export function syncPicture({ stories, calm }: Desk): () => void {
  const update = () => {
    const shown = new Map(placesShown(stories.getState(), calm.getState()).map((s) => [s.place.id, new Set(s.layers.map((l) => l.layer.id))]));
    for (const element of document.querySelectorAll(':is(.picture, .picture-ground) [data-place]')) {
      const layers = shown.get(element.getAttribute('data-place') ?? '');
      const layer = element.getAttribute('data-layer');
      element.classList.toggle('is-off', !layers || (layer !== null && !layers.has(layer)));
    }
  };
  update();
  return calm.subscribe(update);
}
