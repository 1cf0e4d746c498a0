/** The theme that is on: the root's `data-theme`, else what the device prefers. */
import { useSyncExternalStore } from 'react';
import type { GroundPalette } from '../core/basemap-style.ts';
import { GROUND_COLORS } from '../core/basemap-style.ts';
import { cssName } from '../core/css-name.ts';
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

/** A theme, and what the stylesheet makes of it: a worker has no stylesheet. */
export interface Look {
  readonly theme: Theme;
  /** None of them by the name of a system's, which a worker's canvas would take for those of a light page. */
  readonly colors: GroundPalette;
  /** Letters of the names on the basemap. */
  readonly font: string;
}

/** The system colours that the forced palette names on the basemap. */
const SYSTEM_COLORS = ['Canvas', 'CanvasText', 'GrayText'] as const;
let look: Look | null = null;
let told = '';

/** The look that is on; the same object until it changes. */
function currentLook(): Look {
  const theme = currentTheme();
  const system = theme === 'forced' ? systemColors() : {};
  const now = `${theme}${Object.values(system)}`;
  if (!look || told !== now) look = readLook(theme, system);
  told = now;
  return look;
}

function readLook(theme: Theme, system: Readonly<Record<string, string>>): Look {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--${cssName(name)}`).trim();
  const colors = Object.fromEntries(GROUND_COLORS.map((name) => [name, system[read(name)] ?? read(name)])) as GroundPalette;
  return { theme, colors, font: read('fontMap') };
}

/** Names of system colours → colours. */
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
