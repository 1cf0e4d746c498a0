import type { BasemapLabel } from '../../core/basemap.ts';
import { LABEL_STYLES, labelText } from '../../core/basemap-labels.ts';
import type { PlacedLabel } from '../../core/labels.ts';
import type { Look } from '../theme.ts';
import type { Context } from './Sheet.ts';

/** Letter spacing on a canvas is newer than the canvas; where it lacks, names stand a little narrower. */
interface Spaced {
  letterSpacing?: string;
}

/**
 * Write the labels that touch a square of the sheet.
 * @param left,top,px the square, in the px of the labels' boxes
 */
export function paintLabels(
  context: Context,
  labels: readonly PlacedLabel<BasemapLabel>[],
  square: { left: number; top: number; px: number },
  language: string,
  { colors, font }: Look,
): void {
  const { left, top, px } = square;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  for (const { item, side, box, x, y } of labels) {
    const style = LABEL_STYLES[item.kind];
    const reach = 4; // halo and dot stand a little outside the box
    const near =
      Math.min(box.left, x) - reach < left + px &&
      Math.max(box.right, x) + reach > left &&
      Math.min(box.top, y) - reach < top + px &&
      Math.max(box.bottom, y) + reach > top;
    if (!near) continue;
    if (style.dot > 0) {
      context.beginPath();
      context.arc(x - left, y - top, style.dot, 0, 2 * Math.PI);
      context.fillStyle = colors.place;
      context.strokeStyle = colors.labelHalo;
      context.lineWidth = 1;
      context.fill();
      context.stroke();
    }
    context.font = `${style.italic ? 'italic ' : ''}${style.weight} ${style.size}px ${font}`;
    (context as Spaced).letterSpacing = `${style.spacing}px`;
    const text = labelText(item, language);
    // Anchored where the name meets its dot: the true width of a face may differ from the estimate.
    context.textAlign = side.includes('e') ? 'left' : side.includes('w') ? 'right' : 'center';
    const cx = (side.includes('e') ? box.left : side.includes('w') ? box.right : (box.left + box.right + style.spacing) / 2) - left;
    const cy = (box.top + box.bottom) / 2 - top;
    context.strokeStyle = colors.labelHalo;
    context.lineWidth = 3;
    context.globalAlpha = 0.85;
    context.strokeText(text, cx, cy);
    context.globalAlpha = 1;
    context.fillStyle = colors[style.color];
    context.fillText(text, cx, cy);
  }
}
