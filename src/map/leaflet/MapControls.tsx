import type { Map as LeafletMap } from 'leaflet';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useDesk } from '../../ui/store.ts';

/** Share of the map's size that one press of an arrow moves. */
const STEP = 0.3;

/** Zoom, whole story, full screen, and four arrows for those who cannot drag. All real buttons. */
export function MapControls({ map, region }: { map: LeafletMap; region: HTMLElement | null }) {
  const { t, setViewport } = useDesk();
  const [moving, setMoving] = useState(false);
  const end = useEnds(map);
  const [full, setFull] = useState(false);
  useEffect(() => (region ? tipsThatGo(region) : undefined), [region]);
  useEffect(() => {
    const onChange = () => {
      setFull(document.fullscreenElement !== null && document.fullscreenElement === region);
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
    };
  }, [region]);
  const pan = (x: number, y: number) => {
    const size = map.getSize();
    map.panBy([size.x * STEP * x, size.y * STEP * y]);
  };
  return (
    <div className="controls">
      <div className="control-group">
        <Control
          label={t.zoomIn}
          icon="M12 5v14M5 12h14"
          disabled={end === 'closest'}
          onPress={() => {
            map.zoomIn(1);
          }}
        />
        <Control
          label={t.zoomOut}
          icon="M5 12h14"
          disabled={end === 'farthest'}
          onPress={() => {
            map.zoomOut(1);
          }}
        />
        <Control
          label={t.reset}
          icon="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5M9 12h6"
          onPress={() => {
            setViewport(null);
          }}
        />
        {region && document.fullscreenEnabled && (
          <Control
            label={full ? t.exitFullScreen : t.fullScreen}
            icon={full ? 'M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5' : 'M14 4h6v6M10 20H4v-6M20 4l-7 7M4 20l7-7'}
            onPress={() => {
              void toggleFullScreen(region);
            }}
          />
        )}
        <Control
          label={t.move}
          icon="M12 3v18M3 12h18M9 6l3-3l3 3M9 18l3 3l3-3M6 9l-3 3l3 3M18 9l3 3l-3 3"
          expanded={moving}
          onPress={() => {
            setMoving(!moving);
          }}
        />
      </div>
      {moving && (
        <fieldset className="control-group pan-pad" aria-label={t.move}>
          <Control
            label={t.moveNorth}
            icon="M6 14l6-6l6 6"
            onPress={() => {
              pan(0, -1);
            }}
          />
          <Control
            label={t.moveWest}
            icon="M14 6l-6 6l6 6"
            onPress={() => {
              pan(-1, 0);
            }}
          />
          <Control
            label={t.moveEast}
            icon="M10 6l6 6l-6 6"
            onPress={() => {
              pan(1, 0);
            }}
          />
          <Control
            label={t.moveSouth}
            icon="M6 10l6 6l6-6"
            onPress={() => {
              pan(0, 1);
            }}
          />
        </fieldset>
      )}
    </div>
  );
}

function Control({
  label,
  icon,
  onPress,
  disabled = false,
  expanded,
}: {
  label: string;
  icon: string;
  onPress: () => void;
  disabled?: boolean;
  expanded?: boolean;
}): ReactNode {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      aria-disabled={disabled || undefined}
      aria-expanded={expanded}
      onClick={() => {
        if (!disabled) onPress();
      }}
    >
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d={icon} />
      </svg>
    </button>
  );
}

/** Whether the map is as close or as far as it goes: all that the buttons need, so that no other zoom writes them anew. */
function useEnds(map: LeafletMap): 'closest' | 'farthest' | 'between' {
  const [end, setEnd] = useState<'closest' | 'farthest' | 'between'>('between');
  useEffect(() => {
    const look = () => setEnd(map.getZoom() >= map.getMaxZoom() ? 'closest' : map.getZoom() <= map.getMinZoom() ? 'farthest' : 'between');
    look();
    map.on('zoomend zoomlevelschange', look);
    return () => {
      map.off('zoomend zoomlevelschange', look);
    };
  }, [map]);
  return end;
}

/** Escape puts away the names that hover or focus shows, until the pointer or the focus moves on (WCAG 2.2, 1.4.13). */
function tipsThatGo(region: HTMLElement): () => void {
  const set = (hushed: boolean) => region.toggleAttribute('data-hushed', hushed);
  const onKey = (e: KeyboardEvent) => {
    if (e.key === 'Escape') set(true);
  };
  const show = () => {
    set(false);
  };
  // Before the rest, so that a card which closes and gives the focus back shows the name of what has it.
  document.addEventListener('keydown', onKey, true);
  region.addEventListener('pointerover', show);
  region.addEventListener('focusin', show);
  return () => {
    document.removeEventListener('keydown', onKey, true);
    region.removeEventListener('pointerover', show);
    region.removeEventListener('focusin', show);
  };
}

/** Enter or leave full screen; a browser that refuses leaves everything as it was. */
async function toggleFullScreen(region: HTMLElement): Promise<void> {
  try {
    await (document.fullscreenElement ? document.exitFullscreen() : region.requestFullscreen());
  } catch {
    // Frames without permission may not: the button then does nothing.
  }
}
