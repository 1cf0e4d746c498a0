import { useEffect, useMemo, useState } from 'react';
import { hostingFor } from '../core/strings/hosting.ts';
import { eventsOffered, visibleEvents } from '../core/view.ts';
import { useDesk, useFilter, useView } from './store.ts';

/** In an embed days, figures and list are folded below the map; this unfolds them. The full page shows them always. */
export function Fold() {
  const { story } = useDesk();
  const words = hostingFor(story.language);
  const filter = useFilter();
  const shown = useMemo(() => visibleEvents(story, filter).length, [story, filter]);
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
        {open ? words.fold : words.unfold(words.count(shown, eventsOffered(story, filter).length))}
      </button>
    </div>
  );
}
