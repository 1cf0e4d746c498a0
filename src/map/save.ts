/** Files of what is on show, made in the reader's browser: nothing is sent anywhere. */
import { eventsCsv, eventsGeoJson, eventsKml } from '../core/export.ts';
import type { Story } from '../core/story.ts';
import { stringsFor } from '../core/strings/strings.ts';
import { visibleEvents } from '../core/view.ts';
import type { Save, SaveFormat } from '../ui/Downloads.tsx';
import { drawView, toPng } from './drawView.ts';

const TYPES: { readonly [K in SaveFormat]: string } = {
  GeoJSON: 'application/geo+json',
  CSV: 'text/csv',
  KML: 'application/vnd.google-earth.kml+xml',
  PNG: 'image/png',
  SVG: 'image/svg+xml',
};

export const save: Save = async (format, story, view) => {
  const shown: Story = { ...story, events: visibleEvents(story, view) };
  const blob = new Blob([await content(format, shown)], { type: TYPES[format] });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${story.id}-${story.language}.${format.toLowerCase()}`;
  document.body.append(link); // some browsers ignore a link that is nowhere
  link.click();
  link.remove();
  // The browser reads it after this turn; a minute is more than it needs.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

async function content(format: SaveFormat, shown: Story): Promise<BlobPart> {
  const t = stringsFor(shown.language);
  switch (format) {
    case 'GeoJSON':
      return eventsGeoJson(shown, t);
    case 'CSV':
      return eventsCsv(shown, t);
    case 'KML':
      return eventsKml(shown, t);
    case 'SVG':
      return new XMLSerializer().serializeToString(drawView(shown, t));
    case 'PNG':
      return toPng(drawView(shown, t));
  }
}
