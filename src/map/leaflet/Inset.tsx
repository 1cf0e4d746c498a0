import type { Map as LeafletMap } from 'leaflet';
import { memo, useEffect, useState } from 'react';
import type { Frame } from '../../core/geo.ts';
import { FRAME_MARGIN, frameOf, project } from '../../core/geo.ts';
import { PICTURE_IDS, PICTURE_UNITS } from '../../core/picture-ids.ts';
import { useDesk } from '../../ui/store.ts';
import { boundsOf } from './bounds.ts';

/** From how much of the story's width downwards a view is too close to tell where it is. */
const CLOSE = 0.3;
/** Smallest side of the mark of the view, in the picture's units. */
const LEAST = 70;

/** Where this is: at first the story's country on the globe, closer up the view in the story's frame. Both are the static picture's own drawings, used again. */
export function Inset({ map }: { map: LeafletMap }) {
  const { story, t } = useDesk();
  const [view, setView] = useState<Frame | null>(null);
  useEffect(
    function followView() {
      const frame = frameOf(story.bounds, FRAME_MARGIN);
      const look = () => {
        const [w, s, e, n] = boundsOf(map);
        const nw = project([w, n]);
        const se = project([e, s]);
        const unit = PICTURE_UNITS / frame.width;
        const width = (se.x - nw.x) * unit;
        const height = (se.y - nw.y) * unit;
        setView(width < PICTURE_UNITS * CLOSE ? { x: (nw.x - frame.x) * unit, y: (nw.y - frame.y) * unit, width, height } : null);
      };
      look();
      map.on('moveend', look);
      return () => {
        map.off('moveend', look);
      };
    },
    [map, story],
  );
  if (!view) {
    return (
      <svg className="globe" viewBox="-50 -50 100 100" role="img" aria-label={t.globe}>
        <use href={`#${PICTURE_IDS.globe}`} />
      </svg>
    );
  }
  const frame = frameOf(story.bounds, FRAME_MARGIN);
  const height = (PICTURE_UNITS * frame.height) / frame.width;
  const grow = { x: Math.max(0, LEAST - view.width) / 2, y: Math.max(0, LEAST - view.height) / 2 };
  const viewBox = `0 0 ${PICTURE_UNITS} ${height}`;
  return (
    <div className="inset" role="img" aria-label={t.inset}>
      <InsetGround viewBox={viewBox} height={height} />
      {/* A drawing of its own, so that moving it does not paint the country again. */}
      <svg className="inset-view" viewBox={viewBox} aria-hidden="true" focusable="false">
        <rect x={view.x - grow.x} y={view.y - grow.y} width={view.width + 2 * grow.x} height={view.height + 2 * grow.y} />
      </svg>
    </div>
  );
}

const InsetGround = memo(function InsetGround({ viewBox, height }: { viewBox: string; height: number }) {
  return (
    <svg viewBox={viewBox} aria-hidden="true" focusable="false">
      <use href={`#${PICTURE_IDS.ground}`} width={PICTURE_UNITS} height={height} />
    </svg>
  );
});
