import type { ReactNode } from 'react';
import type { Side } from '../core/labels.ts';
import { plain } from '../core/text.ts';
import type { PlaceShown } from '../core/view.ts';
import { LayerGlyph } from './Marks.tsx';

/**
 * A place's mark: a dot at the point, drawn by precision, and a leader to its face, which is given as children: one for
 * each side, when the stylesheet is to choose among several. The stylesheet alone says where a side is, so that the static picture, which may not carry styles, and the live map agree.
 */
export function PlaceMark({ shown, sides, children }: { shown: PlaceShown; sides: readonly Side[]; children: ReactNode }) {
  return (
    <>
      <span className={`mark-dot precision-${shown.place.precision}`} />
      {sides.map((side) => (
        <span key={side} className={`mark-leader side-${side}`} />
      ))}
      {children}
    </>
  );
}

/** What stands on a mark's face: a glyph per visible layer, and the place's name. */
export function MarkFace({ shown }: { shown: PlaceShown }) {
  return (
    <>
      {shown.layers.map(({ layer, outside }) => (
        <LayerGlyph key={layer.id} layer={layer.id} glyph={layer.glyph} outside={outside} />
      ))}
      <span className="mark-name">{plain(shown.place.name)}</span>
    </>
  );
}
