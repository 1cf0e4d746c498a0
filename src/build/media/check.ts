/** Whether the files that events name are there and fit to be shown. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceMedia } from '../../core/source.ts';
import { cleaned } from './clean.ts';

export interface MediaFault {
  /** The key that is at fault, from the media itself on. */
  readonly path: readonly string[];
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
}

/** Bytes of a file as editors give it. */
const MOST: { readonly [K in 'image' | 'audio' | 'video' | 'captions']: number } = { image: 30e6, audio: 15e6, video: 50e6, captions: 500e3 };
const SMALLER = {
  image: 'Save it smaller: it is shown at most 1280 px wide.',
  audio: 'Save it at 96 kbit/s, or cut it.',
  video: 'Save it at 720 lines or fewer, or cut it.',
  captions: 'Cut it with the video.',
} as const;

const PICTURES = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47],
] as const;

/** What is wrong with the files of one piece of media. @param folder the story's */
export function mediaFaults(folder: string, media: SourceMedia): MediaFault[] {
  if (media.kind === 'post') return [];
  const { kind } = media;
  const captions = kind === 'image' ? {} : (media.captions ?? {});
  return [
    ...fileFault(folder, media.file, ['file'], kind, (bytes) => (kind === 'image' ? pictureFault(bytes) : soundFault(media.file, bytes))),
    ...Object.entries(captions).flatMap(([tag, file]) =>
      fileFault(folder, file, ['captions', tag], 'captions', (bytes) =>
        /^\uFEFF?WEBVTT/.test(bytes.toString('utf8', 0, 16))
          ? null
          : { expected: 'captions as WebVTT', found: 'something else', remedy: 'Begin the file with a line WEBVTT.' },
      ),
    ),
  ];
}

type Fault = Omit<MediaFault, 'path'>;

function fileFault(folder: string, file: string, path: readonly string[], kind: keyof typeof MOST, look: (bytes: Buffer) => Fault | null): MediaFault[] {
  const at = join(folder, file);
  if (!existsSync(at) || !statSync(at).isFile())
    return [{ path, expected: `a file ${file} in the story’s folder`, found: 'none', remedy: 'Put it there, or correct the path.' }];
  const { size } = statSync(at);
  if (size > MOST[kind]) return [{ path, expected: `a file of at most ${megabytes(MOST[kind])}`, found: megabytes(size), remedy: SMALLER[kind] }];
  const fault = look(readFileSync(at));
  return fault ? [{ path, ...fault }] : [];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function pictureFault(bytes: Buffer): Fault | null {
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  const isKnown = isWebp || PICTURES.some((start) => start.every((byte, i) => bytes[i] === byte));
  return isKnown ? null : { expected: 'a JPEG, PNG or WebP, as its name says', found: 'something else', remedy: 'Save it again as JPEG.' };
}

function soundFault(file: string, bytes: Buffer): Fault | null {
  const result = cleaned(file, bytes);
  return result.ok ? null : result;
}
