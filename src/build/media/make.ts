/** The media files of a story as readers get them: pictures in two widths, nothing with a word of who made it where. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import sharp from 'sharp';
import type { MadeMedia } from '../../core/compile.ts';
import type { LocatedIssue } from '../../core/issue.ts';
import type { SourceStory } from '../../core/source.ts';
import type { Media } from '../../core/story.ts';
import type { OutputFile } from '../files.ts';
import { cleaned } from './clean.ts';

/** Px: for a card, and for a card on a fine screen or a sheet. */
const WIDTHS = [640, 1280];
const QUALITY = 80;
/** What a picture may unfold to. */
const MOST_PIXELS = 100e6;

const TYPES: Readonly<Record<string, string>> = { '.mp3': 'audio/mpeg', '.m4a': 'audio/mp4', '.mp4': 'video/mp4', '.vtt': 'text/vtt' };

type Made = Pick<Media, 'files' | 'size'>;

/**
 * @param folder the story's
 * @param issues told of a file that turns out to be damaged; it is left out
 */
export async function makeMedia(
  folder: string,
  story: SourceStory,
  issues: LocatedIssue[],
): Promise<{ readonly made: MadeMedia; readonly files: readonly OutputFile[] }> {
  const made = new Map<string, Made>();
  const outputs: OutputFile[] = [];
  const put = (file: string, content: Uint8Array, ending: string): string => {
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
    const path = `m/${story.meta.id}/media/${basename(file, extname(file))}-${hash}${ending}`;
    outputs.push({ path, content });
    return path;
  };
  for (const event of story.events) {
    for (const media of event.media ?? []) {
      if (media.kind === 'post') continue;
      const captions = media.kind === 'image' ? [] : Object.values(media.captions ?? {});
      for (const file of [media.file, ...captions]) {
        if (made.has(file)) continue;
        try {
          made.set(file, await makeOne(file, readFileSync(join(folder, file)), put));
        } catch (error) {
          issues.push({
            severity: 'error',
            file: event.collection === 'article' ? 'events.json' : 'context.json',
            path: [],
            expected: `a sound file at ${file}`,
            found: error instanceof Error ? error.message : String(error),
            remedy: `Save it again. Event "${event.id}" is shown without it.`,
            line: null,
            column: null,
          });
        }
      }
    }
  }
  return { made, files: outputs };
}

async function makeOne(file: string, bytes: Buffer, put: (file: string, content: Uint8Array, ending: string) => string): Promise<Made> {
  const ending = extname(file).toLowerCase();
  const type = TYPES[ending];
  if (type === undefined) return makePicture(file, bytes, put);
  if (ending === '.vtt') return { files: [{ path: put(file, bytes, ending), type, width: 0 }], size: null };
  const clean = cleaned(file, bytes);
  if (!clean.ok) throw new Error(clean.found);
  return { files: [{ path: put(file, clean.bytes, ending), type, width: clean.size?.width ?? 0 }], size: clean.size };
}

/** Turned upright, sized, encoded anew: what a camera wrote beside the pixels stays behind. */
async function makePicture(file: string, bytes: Buffer, put: (file: string, content: Uint8Array, ending: string) => string): Promise<Made> {
  const files: { path: string; type: string; width: number }[] = [];
  let size: Made['size'] = null;
  for (const width of WIDTHS) {
    const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS })
      .rotate()
      .resize({ width, withoutEnlargement: true })
      .webp({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true });
    if (files.at(-1)?.width === info.width) break; // a small picture is there already
    files.push({ path: put(file, data, `-${info.width}.webp`), type: 'image/webp', width: info.width });
    size = { width: info.width, height: info.height };
  }
  return { files, size };
}
