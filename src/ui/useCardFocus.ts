import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import { takeFocus } from './host.ts';

/**
 * A card's heading takes the focus when the card opens, and what opened it gets the focus back when it closes.
 * @param opener selector of what gets it where the element that had it is gone: re-rendered, or never a control
 */
export function useCardFocus(opener: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(
    function takeFocusAndGiveItBack() {
      const had = document.activeElement;
      const card = heading.current?.closest('.card');
      takeFocus(heading.current);
      return () => {
        // The reader may have gone on elsewhere; focus that would be lost with the card returns to what opened it.
        if (!card?.contains(document.activeElement) && document.activeElement !== document.body) return;
        const back = had instanceof HTMLElement && had.isConnected && had !== document.body ? had : document.querySelector<HTMLElement>(opener);
        back?.focus({ preventScroll: true });
      };
    },
    [opener],
  );
  return heading;
}
