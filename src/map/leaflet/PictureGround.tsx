import type { LatLngBoundsExpression } from 'leaflet';
import { SVGOverlay } from 'leaflet';
import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useMap } from 'react-leaflet';
import { FRAME_MARGIN, frameOf, toLeaflet, unproject } from '../../core/geo.ts';
import { Attribution } from '../../ui/Attribution.tsx';
import { useDesk } from '../../ui/store.ts';

/**
 * The static picture's land and names as the map's basemap, until that itself has come and in its place where it cannot
 * be had: the map moves as soon as its script is here. Lines stay sharp at any zoom; beyond the picture's edge is water.
 */
/** @param overlay where its credits stand; null where the basemap has its own already */
export function PictureGround({ overlay }: { overlay: HTMLElement | null }) {
  const map = useMap();
  const { story, t } = useDesk();
  useEffect(
    function layPicture() {
      const ground = document.querySelector('.picture-frame')?.cloneNode(true) as HTMLElement | undefined;
      if (!ground) return;
      for (const mark of ground.querySelectorAll('.place-mark, .picture-many')) mark.remove();
      for (const named of ground.querySelectorAll('[id]')) named.removeAttribute('id');
      for (const name of ['role', 'aria-label']) ground.removeAttribute(name);
      ground.setAttribute('aria-hidden', 'true');
      const { x, y, width, height } = frameOf(story.bounds, FRAME_MARGIN);
      const corners: LatLngBoundsExpression = [toLeaflet(unproject({ x, y })), toLeaflet(unproject({ x: x + width, y: y + height }))];
      // Leaflet only places and scales the element; it need not be a drawing itself.
      const layer = new SVGOverlay(ground as unknown as SVGElement, corners, { pane: 'tilePane', className: 'picture-ground' });
      layer.addTo(map);
      return () => {
        layer.remove();
      };
    },
    [map, story],
  );
  return overlay && createPortal(<Attribution credits={story.basemap.credits} parts={['first', 'relief']} t={t} />, overlay);
}
