import { useMemo, useState } from 'react';
import type { Story } from '../core/story.ts';
import type { ViewState } from '../core/view.ts';
import { countShown } from '../core/view.ts';
import { useCalmFilter, useDesk } from './store.ts';

export const SAVE_FORMATS = ['GeoJSON', 'CSV', 'KML', 'PNG', 'SVG'] as const;
export type SaveFormat = (typeof SAVE_FORMATS)[number];

/** Makes a file of what is on show and hands it to the reader. Rejects where this browser cannot. */
export type Save = (format: SaveFormat, story: Story, view: ViewState) => Promise<void>;

/** Files of what is on show, made in the browser when they are asked for; the whole story lies beside the page. */
export function Downloads({ save }: { save: Save | undefined }) {
  const { story, view, t } = useDesk();
  const filter = useCalmFilter();
  const shown = useMemo(() => countShown(story, filter), [story, filter]);
  // Very many events are not in the page to be written out; there is a file of all of them.
  const formats = SAVE_FORMATS.filter((format) => !story.dense || format === 'PNG' || format === 'SVG');
  const [failed, setFailed] = useState(false);
  const start = (format: SaveFormat) => {
    setFailed(false);
    (save?.(format, story, view.getState()) ?? Promise.reject(new Error('Nothing can save here.'))).catch(() => setFailed(true));
  };
  return (
    <fieldset className="downloads needs-script">
      <legend>{t.downloadShown(shown)}</legend>
      {formats.map((format) => (
        <button key={format} type="button" className="link-button" onClick={() => start(format)}>
          {format}
        </button>
      ))}
      <span role="status">{failed ? t.downloadFailed : ''}</span>
    </fieldset>
  );
}
