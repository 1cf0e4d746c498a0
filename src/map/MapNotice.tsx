import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { CloseIcon } from '../ui/CloseIcon.tsx';
import { useDesk } from '../ui/store.ts';

/** Below the chips of whole areas, CSS px from the map's upper edge. */
const HIGH = 60;

/**
 * A sentence over the map that says what cannot be had. It stands at the lower edge, or at the upper one where it covers
 * fewer marks there; a reader can put it away. Another sentence needs another key.
 */
export function MapNotice({ children }: { children: ReactNode }) {
  const { t } = useDesk();
  const [away, setAway] = useState(false);
  const [high, setHigh] = useState(false);
  const box = useRef<HTMLDivElement>(null);

  useEffect(function leaveMarksFree() {
    const root = document.documentElement;
    // Measured from the lower edge: once it has gone up it stays.
    const look = () => setHigh((was) => was || (box.current !== null && isFreerAbove(box.current)));
    look();
    // The sentence may come before the marks.
    const live = new MutationObserver(look);
    live.observe(root, { attributeFilter: ['data-map'] });
    return () => live.disconnect();
  }, []);

  if (away) return null;
  const putAway = () => {
    setAway(true);
    // The focus would go to nowhere with the button.
    document.getElementById('map')?.focus({ preventScroll: true });
  };
  return (
    <div className="map-notice" role="alert" ref={box} style={high ? { insetBlock: `${HIGH}px auto` } : undefined}>
      <p>{children}</p>
      <button type="button" className="icon-button" aria-label={t.close} onClick={putAway}>
        <CloseIcon />
      </button>
    </div>
  );
}

function isFreerAbove(notice: HTMLElement): boolean {
  const region = notice.closest('.map-region');
  if (!region) return false;
  const { left, right, top, height } = notice.getBoundingClientRect();
  const marks = [...region.querySelectorAll('.leaflet-marker-pane [data-place]')].map((mark) => mark.getBoundingClientRect());
  const covered = (from: number) => marks.filter((m) => m.right > left && m.left < right && m.bottom > from && m.top < from + height).length;
  return covered(region.getBoundingClientRect().top + HIGH) < covered(top);
}
