/** What must hold of pictures, sounds, videos and posts. */
import { show } from './issue.ts';
import type { SourceMedia, SourceStory } from './source.ts';
import type { Path, Report } from './validate-parts.ts';
import { checkText } from './validate-parts.ts';

export function checkMedia(media: SourceMedia, story: SourceStory, file: string, path: Path, report: Report): void {
  const words = { alt: media.alt, graphic: media.graphic, ...(media.kind === 'post' ? {} : { credit: media.credit, licence: media.licence }) };
  for (const [key, text] of Object.entries(words)) if (text) checkText(text, story.meta.language, file, [...path, key], report);
  if (media.kind === 'audio' || media.kind === 'video') checkText(media.transcript, story.meta.language, file, [...path, 'transcript'], report);
  if (media.kind !== 'post') return;
  const source = story.sources.get(media.source);
  if (!source) {
    report('error', file, [...path, 'source'], 'an id from sources.json', show(media.source), 'Correct the id or add the source.');
    return;
  }
  for (const key of ['url', 'published', 'archivedUrl'] as const)
    if (source[key] === null)
      report(
        'error',
        file,
        [...path, 'source'],
        `a source with "${key}"`,
        `"${media.source}", which has none`,
        key === 'archivedUrl' ? 'Archive the post, and give the copy’s address in sources.json: posts vanish.' : 'Add it in sources.json.',
      );
}
