/** oEmbed 1.0 (https://oembed.com), as a file: a static site cannot honour maxwidth and need not. Pure. */
import type { Embeddable } from '../embed/snippets.ts';
import { bareFrame, PLAIN } from '../embed/snippets.ts';

/** A page that quotes it may keep it for ever, so it holds the frame's address and no words that could need correcting. */
export function oembedJson(e: Embeddable, title: string, site: string, siteName = new URL(site).host): string {
  return `${JSON.stringify(
    {
      version: '1.0',
      type: 'rich',
      title,
      provider_name: siteName,
      provider_url: site,
      cache_age: 3600,
      width: PLAIN.width,
      height: PLAIN.height,
      thumbnail_url: e.picture.src,
      thumbnail_width: e.picture.width,
      thumbnail_height: e.picture.height,
      html: bareFrame(e, PLAIN),
    },
    null,
    2,
  )}\n`;
}
