/** Files of the site, before anything writes them. */
import { createHash } from 'node:crypto';

/** One file of the site: its path below the site's root and its content. */
export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** A file that may be kept for ever, because its name changes with its content. */
export function hashedFile(name: string, extension: string, content: string | Uint8Array): OutputFile {
  return { path: `assets/${name}-${createHash('sha256').update(content).digest('hex').slice(0, 10)}.${extension}`, content };
}
