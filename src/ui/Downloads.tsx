import { useState } from 'react';
import type { Story } from '../core/story.ts';
import type { ViewState } from '../core/view.ts';
import { visibleEvents } from '../core/view.ts';
import { useCalmFilter, useDesk } from './store.ts';

export const SAVE_FORMATS = ['GeoJSON', 'CSV', 'KML', 'PNG', 'SVG'] as const;
export type SaveFormat = (typeof SAVE_FORMATS)[number];

/** Makes a file of what is on show and hands it to the reader. Rejects where this browser cannot. */
export type Save = (format: SaveFormat, story: Story, view: ViewState) => Promise<void>;

/** Files of what is on show, made in the browser when they are asked for; the whole story lies beside the page. */
export function Downloads({ save }: { save: Save | undefined }) {
  const { story, view, t } = useDesk();
  const shown = visibleEvents(story, useCalmFilter()).length;
  const [failed, setFailed] = useState(false);
  const start = (format: SaveFormat) => {
    setFailed(false);
    (save?.(format, story, view.getState()) ?? Promise.reject(new Error('Nothing can save here.'))).catch(() => setFailed(true));
  };
  return (
    <fieldset className="downloads needs-script">
      <legend>{t.downloadShown(shown)}</legend>
      {SAVE_FORMATS.map((format) => (
        <button key={format} type="button" className="link-button" onClick={() => start(format)}>
          {format}
        </button>
      ))}
      <span role="status">{failed ? t.downloadFailed : ''}</span>
    </fieldset>
  );
}
