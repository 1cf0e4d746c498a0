/** Leaflet's stylesheet without the rules of what no page here has: half its weight. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Its own controls, tooltips, and help for browsers that cannot run this page anyway. */
const UNUSED =
  /\.leaflet-(?:control-layers|control-zoom|control-attribution|attribution-flag|control-scale-line:not|bar|tooltip|oldie|vml|div-icon|default-icon-path|popup-close-button|marker-shadow|shadow-pane|marker-pane img|crosshair|marker-draggable)|\.lvml|behavior/;
/** Declarations for browsers that cannot run this page either. */
const DATED = /(?:-ms-|-moz-|-webkit-(?:transition|transform-origin))[\w-]+\s*:[^;}]*;|[\w-]+\s*:\s*-(?:webkit|moz)-grab(?:bing)?;/g;

/** The rules that are used, unminified. @throws Error when Leaflet's file is not where it was */
export function leafletCss(): string {
  const path = createRequire(import.meta.url).resolve('leaflet/dist/leaflet.css');
  const text = readFileSync(path, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(DATED, '');
  return text.replace(/([^{}]+)\{([^{}]*)\}/g, (rule, selectors: string, body: string) => {
    const kept = selectors.split(',').filter((s) => !UNUSED.test(s));
    if (kept.length === 0 || UNUSED.test(body)) return '';
    return kept.length === selectors.split(',').length ? rule : `${kept.join(',')}{${body}}`;
  });
}
