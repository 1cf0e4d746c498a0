/** Stylesheets that the build makes, as modules that a page imports. */
import type { Plugin } from 'vite';
import { toCss } from '../core/tokens.ts';
import { groundCss } from './ground-css.ts';
import { leafletCss } from './leaflet-css.ts';

const STYLES: { readonly [id: string]: () => string } = {
  'virtual:tokens.css': () => toCss() + groundCss(),
  'virtual:leaflet.css': leafletCss,
};

export function styleModules(): Plugin {
  return {
    name: 'unrest-map-styles',
    resolveId: (id) => (Object.hasOwn(STYLES, id) ? `\0${id}` : null),
    load: (id) => STYLES[id.replace('\0', '')]?.() ?? null,
  };
}
