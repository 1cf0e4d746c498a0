/** Stylesheets that the build makes, as modules that a page imports. */
import type { Plugin } from 'vite';
import type { Style } from '../core/tokens.ts';
import { toCss } from '../core/tokens.ts';
import { groundCss } from './ground-css.ts';
import { leafletCss } from './leaflet-css.ts';

/** Id of the module that changes with the site's settings, as Vite's graph has it. */
export const TOKENS_MODULE = '\0virtual:tokens.css';

const STYLES: { readonly [id: string]: (style: Style) => string } = {
  'virtual:tokens.css': (style) => toCss(style) + groundCss(),
  'virtual:leaflet.css': leafletCss,
};

/** @param styleNow the site's own style */
export function styleModules(styleNow: () => Promise<Style>): Plugin {
  return {
    name: 'unrest-map-styles',
    resolveId: (id) => (Object.hasOwn(STYLES, id) ? `\0${id}` : null),
    load: async (id) => STYLES[id.replace('\0', '')]?.(await styleNow()) ?? null,
  };
}
