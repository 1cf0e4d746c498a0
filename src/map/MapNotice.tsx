import type { ReactNode } from 'react';
import { useState } from 'react';
import { CloseIcon } from '../ui/CloseIcon.tsx';
import { useDesk } from '../ui/store.ts';

/** A sentence over the map that says what cannot be had. Marks may lie under it, so a reader can put it away; another sentence needs another key. */
export function MapNotice({ children }: { children: ReactNode }) {
  const { t } = useDesk();
  const [away, setAway] = useState(false);
  if (away) return null;
  const putAway = () => {
    setAway(true);
    // The focus would go to nowhere with the button.
    document.getElementById('map')?.focus({ preventScroll: true });
  };
  return (
    <div className="map-notice" role="alert">
      <p>{children}</p>
      <button type="button" className="icon-button" aria-label={t.close} onClick={putAway}>
        <CloseIcon />
      </button>
    </div>
  );
}
