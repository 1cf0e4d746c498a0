import type { Map as LeafletMap } from 'leaflet';
import { useEffect } from 'react';
import { useMap } from 'react-leaflet';
import type { Viewport } from '../../core/geo.ts';
import { FRAME_MARGIN, frameOf, fromLeaflet, middleOf, nearTo, toLeaflet, viewOfFrame } from '../../core/geo.ts';
import type { Bounds } from '../../core/source.ts';
import { useDesk } from '../../ui/store.ts';

/** The view that shows the whole story in the map's present size. */
export function storyViewport(bounds: Bounds, widthPx: number, heightPx: number): Viewport {
  return viewOfFrame(frameOf(bounds, FRAME_MARGIN), Math.max(1, widthPx), Math.max(1, heightPx));
}

/** Whether a story lies so far from the meridian of Greenwich that Leaflet's own jump, at 180 degrees, would take its marks from the reader. */
export function isFarOut(bounds: Bounds): boolean {
  return Math.abs(middleOf(bounds)) > 90;
}

/**
 * Keeps map and view together. While the reader drags, Leaflet owns the viewport; the view hears of it at the end, and
 * the map moves only for what did not come from itself. A null viewport means the whole story, at whatever size.
 */
export function ViewportSync() {
  const map = useMap();
  const { story, view, setViewport } = useDesk();
  useEffect(
    function syncViewport() {
      const home = () => {
        const size = map.getSize();
        return storyViewport(story.bounds, size.x, size.y);
      };
      const middle = middleOf(story.bounds);
      const toMap = (viewport: Viewport | null) => {
        const asked = viewport ?? home();
        const target = { ...asked, center: [nearTo(asked.center[0], middle), asked.center[1]] as const };
        if (!isSame(map, target)) map.setView(toLeaflet(target.center), target.zoom, { animate: false });
      };
      const onMoveEnd = () => {
        if (resizing) return;
        const now: Viewport = { zoom: map.getZoom(), center: fromLeaflet(map.getCenter()) };
        // Another copy of the world has no marks.
        if (isFarOut(story.bounds) && Math.abs(now.center[0] - middle) > 180) {
          toMap(now);
          return;
        }
        const next = isSame(map, home()) ? null : now;
        const before = view.getState().viewport;
        if (next === null ? before !== null : !before || !isSame(map, before)) setViewport(next);
      };
      let resizing = false;
      const onResize = () => {
        // Leaflet reports a new size as a move of its own; the reader has not moved anything.
        resizing = true;
        map.invalidateSize({ animate: false, pan: false });
        resizing = false;
        toMap(view.getState().viewport);
      };
      toMap(view.getState().viewport);
      const unsubscribe = view.subscribe((now, before) => {
        if (now.viewport !== before.viewport) toMap(now.viewport);
      });
      const observer = new ResizeObserver(onResize);
      observer.observe(map.getContainer());
      map.on('moveend', onMoveEnd);
      return () => {
        unsubscribe();
        observer.disconnect();
        map.off('moveend', onMoveEnd);
      };
    },
    [map, story, view, setViewport],
  );
  return null;
}

/** Whether the map shows a viewport, to within a pixel and a hundredth of a zoom: what the address can hold. */
function isSame(map: LeafletMap, { zoom, center }: Viewport): boolean {
  if (Math.abs(map.getZoom() - zoom) > 0.006) return false;
  return map.project(map.getCenter()).distanceTo(map.project(toLeaflet(center))) < 1.5;
}
