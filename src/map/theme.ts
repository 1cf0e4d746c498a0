/** The theme that is on: the root's `data-theme`, else what the device prefers. */
import { useSyncExternalStore } from 'react';
import type { Theme } from '../core/tokens.ts';

const QUERIES = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'] as const;

export function currentTheme(): Theme {
  const [dark, more, forced] = QUERIES.map((q) => window.matchMedia(q).matches);
  if (forced) return 'forced';
  const chosen = document.documentElement.dataset.theme;
  const isDark = chosen === 'dark' || (chosen !== 'light' && dark);
  if (more) return isDark ? 'darkContrast' : 'lightContrast';
  return isDark ? 'dark' : 'light';
}

function subscribe(onChange: () => void): () => void {
  const queries = QUERIES.map((q) => window.matchMedia(q));
  const observer = new MutationObserver(onChange);
  for (const query of queries) query.addEventListener('change', onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    for (const query of queries) query.removeEventListener('change', onChange);
    observer.disconnect();
  };
}

/** The theme, and a new render when it changes. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, currentTheme);
}

/** Whether a media query holds, and a new render when that changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', onChange);
      return () => {
        list.removeEventListener('change', onChange);
      };
    },
    () => window.matchMedia(query).matches,
  );
}

/** Below this width a card is a sheet at the bottom of the screen; the stylesheet uses the same number. */
export const NARROW = '(max-width: 767px)';
