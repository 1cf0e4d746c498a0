import { useEffect, useMemo, useState } from 'react';
import { countOffered, countShown } from '../core/view.ts';
import { useCalmFilter, useDesk, useView } from './store.ts';

/** In an embed days, figures and list are folded below the map; this unfolds them. The full page shows them always. */
export function Fold() {
  const { story, t } = useDesk();
  const words = t.hosting;
  const filter = useCalmFilter();
  const shown = useMemo(() => countShown(story, filter), [story, filter]);
  const all = countOffered(story, filter);
  const [open, setOpen] = useState(false);
  // What has nothing to show on the map is told below it.
  const belongsBelow = useView((v) => v.step !== null || v.selection.kind === 'withdrawn');
  useEffect(() => {
    if (belongsBelow) setOpen(true);
  }, [belongsBelow]);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-unfolded', open);
  }, [open]);
  return (
    <div className="fold needs-script">
      <button
        type="button"
        className="fold-button"
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {open ? words.fold : shown === all ? words.unfoldAll(all) : words.unfoldSome(shown, all)}
      </button>
    </div>
  );
}
