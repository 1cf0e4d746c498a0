import { LABEL_KINDS } from '../core/basemap.ts';
import { LABEL_STYLES } from '../core/basemap-labels.ts';
import { DRAW_STEPS } from '../core/basemap-style.ts';
import { cssName } from '../core/css-name.ts';

/** The static picture's colours and letters as CSS: the basemap's own table, so that picture and canvas agree in both themes. */
export function groundCss(): string {
  const steps = DRAW_STEPS.filter((s) => s.color !== 'coast').map(
    (s) => `.ground-${s.paint}.ground-${s.object}{${s.paint === 'fill' ? 'fill' : 'stroke'}:var(--${cssName(s.color)})}`,
  );
  const names = LABEL_KINDS.map((kind) => {
    const s = LABEL_STYLES[kind];
    return `.name-${kind} text{font-size:${s.size}px;font-weight:${s.weight};letter-spacing:${s.spacing}px;${s.italic ? 'font-style:italic;' : ''}fill:var(--${cssName(s.color)})}`;
  });
  const coast = '.ground-fill.ground-land{stroke:var(--coast);stroke-width:.8;vector-effect:non-scaling-stroke}';
  return [...steps, coast, ...names].join('\n');
}
