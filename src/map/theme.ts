/** The theme that is on: the root's `data-theme`, else what the device prefers. */
import { useSyncExternalStore } from 'react';
import type { Theme } from '../core/tokens.ts';

const QUERIES = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'] as const;

const lists = new Map<string, MediaQueryList>();

/** The one list of a query: a new one for every render costs a slow device milliseconds in each zoom. */
function mediaList(query: string): MediaQueryList {
  const list = lists.get(query) ?? window.matchMedia(query);
  lists.set(query, list);
  return list;
}

function currentTheme(): Theme {
  const [dark, more, forced] = QUERIES.map((q) => mediaList(q).matches);
  if (forced) return 'forced';
  const chosen = document.documentElement.dataset.theme;
  const isDark = chosen === 'dark' || (chosen !== 'light' && dark);
  if (more) return isDark ? 'darkContrast' : 'lightContrast';
  return isDark ? 'dark' : 'light';
}

function subscribe(onChange: () => void): () => void {
  const queries = QUERIES.map(mediaList);
  const observer = new MutationObserver(onChange);
  for (const query of queries) query.addEventListener('change', onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    for (const query of queries) query.removeEventListener('change', onChange);
    observer.disconnect();
  };
}

/** A theme, and under forced colours what the system's are. */
export interface Look {
  readonly theme: Theme;
  /** Names of system colours → colours: a worker's canvas would take the names for those of a light page. */
  readonly system: Readonly<Record<string, string>>;
}

/** The system colours that the forced palette names on the basemap. */
const SYSTEM_COLORS = ['Canvas', 'CanvasText', 'GrayText'] as const;
let look: Look | null = null;

/** The look that is on; the same object until it changes. */
function currentLook(): Look {
  const theme = currentTheme();
  const system = theme === 'forced' ? systemColors() : {};
  if (look?.theme !== theme || SYSTEM_COLORS.some((name) => look?.system[name] !== system[name])) look = { theme, system };
  return look;
}

function systemColors(): Record<string, string> {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const colors = SYSTEM_COLORS.map((name) => {
    probe.style.color = name;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(colors);
}

/** The look, and a new render when it changes. */
export function useLook(): Look {
  return useSyncExternalStore(subscribe, currentLook);
}

/** Whether a media query holds, and a new render when that changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = mediaList(query);
      list.addEventListener('change', onChange);
      return () => {
        list.removeEventListener('change', onChange);
      };
    },
    () => mediaList(query).matches,
  );
}

/** Below this width a card is a sheet at the bottom of the screen; the stylesheet uses the same number. */
export const NARROW = '(max-width: 767px)';
