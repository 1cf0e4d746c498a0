import type { GlyphName } from '../core/glyphs.ts';
import { GLYPHS, STATUS_MARKS } from '../core/glyphs.ts';
import type { Status } from '../core/source.ts';

/**
 * A layer's glyph in the colour that `.layer-<id>` sets. Decoration: a word always stands beside it.
 * @param props.outside hollow, for what is not in the article
 */
export function LayerGlyph({ layer, glyph, outside = false }: { layer: string; glyph: GlyphName; outside?: boolean }) {
  const { shape, detail } = GLYPHS[glyph];
  return (
    <svg className={`glyph layer-${layer}${outside ? ' is-outside' : ''}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path className="glyph-shape" d={shape} />
      <path className="glyph-detail" d={detail} />
    </svg>
  );
}

/** A status as a ring that is full, dotted, half, empty, dashed or struck through: told apart without colour. */
export function StatusMark({ status }: { status: Status }) {
  const { fill, strike, dashed } = STATUS_MARKS[status];
  return (
    <svg className="status-mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <circle className="status-ring" cx="8" cy="8" r="6" strokeDasharray={dashed ? '2.6 2.1' : undefined} />
      {fill === 'full' && <circle className="status-fill" cx="8" cy="8" r={dashed ? 3.6 : 6} />}
      {fill === 'dot' && <circle className="status-fill" cx="8" cy="8" r="2.4" />}
      {fill === 'half' && <path className="status-fill" d="M8 2a6 6 0 0 1 0 12z" />}
      {strike && <path className="status-strike" d="M2 14L14 2" />}
    </svg>
  );
}
