import type { ComponentType } from 'react';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { placesShown, selectedPlace } from '../core/view.ts';
import { isEmbedded } from '../ui/host.ts';
import { useCalmFilter, useDesk, useView } from '../ui/store.ts';
import { AreaChips } from './AreaChips.tsx';
import { BottomSheet } from './BottomSheet.tsx';
import { Boundary } from './Boundary.tsx';
import type { Ground } from './basemap/protocol.ts';
import { reloadIfReachable } from './fetchJson.ts';
import { LaterCard, LaterPlacelessCard } from './LaterCard.tsx';
import { MapNotice } from './MapNotice.tsx';
import { missing, tellMissing } from './missing.ts';
import { NARROW, useMedia } from './theme.ts';

type StoryMapComponent = ComponentType<{ ground: Ground | null; region: HTMLElement | null; onReady: () => void }>;

type Loading =
  | { readonly state: 'loading' }
  | { readonly state: 'failed' }
  | { readonly state: 'loaded'; readonly StoryMap: StoryMapComponent; readonly ground: Ground | null; readonly waiting: boolean };

/**
 * What stands in the map's place: at first nothing, so that the static picture behind it shows; then the live map with
 * the chips of whole areas, and cards. When something cannot be had, a sentence says what, and the rest goes on.
 */
export function MapRegion({ openGround, loadMap }: { openGround: () => Promise<Ground>; loadMap: () => Promise<StoryMapComponent> }) {
  const { t, view } = useDesk();
  const region = useRef<HTMLDivElement>(null);
  const [loading, setLoading] = useState<Loading>({ state: 'loading' });

  const load = useCallback(async () => {
    setLoading((before) => (before.state === 'loaded' ? { ...before, waiting: true } : { state: 'loading' }));
    try {
      if (!canDraw()) throw new Error('No canvas.');
      const open = () => openGround().catch(() => null);
      // The picture's lines are a basemap for the whole story, and then the real one must not hold up the map's script.
      // Any other view waits for it.
      const early = view.getState().viewport ? open() : null;
      const StoryMap = await loadMap();
      if (!early) setLoading({ state: 'loaded', StoryMap, ground: null, waiting: true });
      const ground = await (early ?? open());
      if (!ground) document.documentElement.dataset.ground = 'missing';
      setLoading({ state: 'loaded', StoryMap, ground, waiting: false });
    } catch {
      setLoading({ state: 'failed' });
      tellMissing();
    }
  }, [openGround, loadMap, view]);
  useEffect(() => {
    void load();
  }, [load]);

  const onReady = useCallback(() => {
    document.documentElement.dataset.map = 'live';
  }, []);
  const failed = loading.state === 'failed';
  const scriptless = useStore(missing);
  const trouble = failed ? t.errorMap : scriptless ? t.errorStory : t.errorBasemap;
  return (
    <div className="map-region" ref={region}>
      {loading.state === 'loaded' && (
        <Boundary fallback={<MapNotice>{t.errorMap}</MapNotice>}>
          <loading.StoryMap ground={loading.ground} region={region.current} onReady={onReady} />
        </Boundary>
      )}
      {(failed || scriptless || (loading.state === 'loaded' && !loading.ground && !loading.waiting)) && (
        <MapNotice key={trouble}>
          {trouble}{' '}
          <button type="button" className="button" onClick={() => (scriptless ? reloadIfReachable() : void load())}>
            {t.tryAgain}
          </button>
        </MapNotice>
      )}
      {loading.state === 'loaded' && <Areas />}
    </div>
  );
}

/** Whether this browser gives out canvases: some are told not to, and then the picture serves better than a blank sheet. */
function canDraw(): boolean {
  try {
    return document.createElement('canvas').getContext('2d') !== null;
  } catch {
    return false;
  }
}

/** Chips for countries and regions with something on show, and the card of whatever is open and is no popup. */
function Areas() {
  const { story, clearSelection } = useDesk();
  const filter = useCalmFilter();
  const open = useView((v) => selectedPlace(story, v.selection));
  const narrow = useMedia(NARROW);
  const shown = useMemo(() => placesShown(story, filter), [story, filter]);
  const opened = shown.find((s) => s.place.id === open);
  const areas = shown.filter((s) => s.place.at === null);
  const close = useCallback(() => {
    clearSelection();
  }, [clearSelection]);
  return (
    <>
      <AreaChips areas={areas} />
      {opened && narrow && (
        <BottomSheet key={opened.place.id}>
          <Suspense fallback={null}>
            <LaterCard shown={opened} onClose={close} />
          </Suspense>
        </BottomSheet>
      )}
      {opened && !narrow && opened.place.at === null && (
        <div className="area-card">
          <Suspense fallback={null}>
            <LaterCard key={opened.place.id} shown={opened} onClose={close} />
          </Suspense>
        </div>
      )}
      {isEmbedded() && (
        <Suspense fallback={null}>
          <LaterPlacelessCard />
        </Suspense>
      )}
    </>
  );
}
