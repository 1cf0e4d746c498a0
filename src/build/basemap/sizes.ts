/** How heavy the outputs are, as sent and as compressed by a careful server. */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Bytes of one output. */
export interface Size {
  readonly file: string;
  readonly raw: number;
  /** gzip -9 */
  readonly gzip: number;
  /** brotli, quality 11 */
  readonly brotli: number;
}

/** Measure one output. */
export function measure(file: string, content: Uint8Array): Size {
  return {
    file,
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  };
}

/** What counts against a limit: images are compressed already, everything else travels as gzip at worst. */
export function weight({ file, raw, gzip }: Size): number {
  return file.endsWith('.webp') ? raw : gzip;
}

/** A table for the console: file, bytes raw, gzip, brotli, one line each. */
export function sizeTable(sizes: readonly Size[]): string {
  const row = (cells: readonly (string | number)[]) => cells.map((cell, i) => (i === 0 ? String(cell).padEnd(22) : String(cell).padStart(9))).join('');
  return [row(['file', 'raw', 'gzip -9', 'brotli']), ...sizes.map(({ file, raw, gzip, brotli }) => row([file, raw, gzip, brotli]))].join('\n');
}
