import { useEffect, useState } from 'react';
import type { Streets } from '../basemap/Streets.ts';

export type StreetsState = { readonly state: 'off' | 'waiting' | 'missing' } | { readonly state: 'here'; readonly streets: Streets };

/**
 * Open an operator's PMTiles archive when it is wanted; the code for it is fetched only then.
 * @param url null while none is wanted
 */
export function useStreets(url: string | null): StreetsState {
  const [state, setState] = useState<StreetsState>({ state: 'off' });
  useEffect(
    function openArchive() {
      if (url === null) {
        setState({ state: 'off' });
        return;
      }
      let current = true;
      setState({ state: 'waiting' });
      import('../basemap/Streets.ts')
        .then(({ Streets }) => Streets.open(url))
        .then(
          (streets) => {
            if (current) setState({ state: 'here', streets });
          },
          () => {
            if (current) setState({ state: 'missing' });
          },
        );
      return () => {
        current = false;
      };
    },
    [url],
  );
  return state;
}
