/**
 * Sound and video without what their makers' devices wrote into them: place, author, programs, dates. Nothing is encoded
 * anew: in MP4 such boxes become free space of the same length, from MP3 the tags are cut off.
 */

export type Cleaned =
  | { readonly ok: true; readonly bytes: Buffer /** Of a video, px. */; readonly size: { readonly width: number; readonly height: number } | null }
  | { readonly ok: false; readonly expected: string; readonly found: string; readonly remedy: string };

const not = (expected: string, found: string, remedy: string): Cleaned => ({ ok: false, expected, found, remedy });

/** @param file name that says the kind: `.mp3`, `.m4a` or `.mp4`. Never throws */
export function cleaned(file: string, bytes: Buffer): Cleaned {
  try {
    return /\.mp3$/i.test(file) ? cleanMp3(bytes) : cleanMp4(bytes, /\.mp4$/i.test(file));
  } catch {
    return not('a whole file', 'one that ends before it should', 'Save it again.');
  }
}

const ID3V1 = 128;
const APE = 32;

/** ID3v2.4 §3.1, ID3v1, APEv2. */
function cleanMp3(bytes: Buffer): Cleaned {
  let [start, end] = [0, bytes.length];
  while (bytes.toString('latin1', start, start + 3) === 'ID3') {
    const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + ((bytes[start + i] ?? 0) & 0x7f), 0);
    const hasFooter = ((bytes[start + 5] ?? 0) & 0x10) !== 0;
    start += 10 + size + (hasFooter ? 10 : 0);
  }
  // Padding after a tag.
  while (start < end && bytes[start] === 0) start++;
  if (bytes.toString('latin1', end - ID3V1, end - ID3V1 + 3) === 'TAG') end -= ID3V1;
  if (bytes.toString('latin1', end - APE, end - APE + 8) === 'APETAGEX') {
    const hasHeader = (bytes.readUInt32LE(end - APE + 20) & 0x80000000) !== 0;
    end -= bytes.readUInt32LE(end - APE + 12) + (hasHeader ? APE : 0);
  }
  const isFrame = bytes[start] === 0xff && ((bytes[start + 1] ?? 0) & 0xe0) === 0xe0;
  if (!isFrame || end <= start) return not('an MP3, as its name says', 'something else', 'Save it again as MP3.');
  return { ok: true, bytes: bytes.subarray(start, end), size: null };
}

interface Box {
  readonly type: string;
  readonly from: number;
  readonly body: number;
  readonly to: number;
}

/** ISO/IEC 14496-12 §4.2. @throws Error for a box that is longer than what it lies in */
function boxes(bytes: Buffer, from: number, to: number): Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const short = bytes.readUInt32BE(at);
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? to - at : short;
    const body = at + (short === 1 ? 16 : 8);
    if (size < body - at || at + size > to) throw new Error('cut short');
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), from: at, body, to: at + size });
    at += size;
  }
  return found;
}

/** Boxes that hold what a device or a program had to say. */
const NOTES = new Set(['udta', 'meta', 'uuid', 'free', 'skip', 'ID32']);

function cleanMp4(given: Buffer, wantsVideo: boolean): Cleaned {
  const bytes = Buffer.from(given);
  const top = boxes(bytes, 0, bytes.length);
  const moov = top.find((b) => b.type === 'moov');
  if (top[0]?.type !== 'ftyp' || !moov) return not('an MP4 or M4A, as its name says', 'something else', 'Save it again as MP4, with sound as AAC.');
  const blank = (box: Box) => {
    bytes.write('free', box.from + 4, 'latin1');
    bytes.fill(0, box.body, box.to);
  };
  /** Creation and modification, 32 bits each or 64 by the version. */
  const undate = (box: Box) => bytes.fill(0, box.body + 4, box.body + 4 + (bytes[box.body] === 1 ? 16 : 8));
  for (const box of top) if (NOTES.has(box.type)) blank(box);
  let size: { width: number; height: number } | null = null;
  for (const box of boxes(bytes, moov.body, moov.to)) {
    if (NOTES.has(box.type)) blank(box);
    if (box.type === 'mvhd') undate(box);
    if (box.type !== 'trak') continue;
    const parts = boxes(bytes, box.body, box.to);
    for (const part of parts) if (NOTES.has(part.type)) blank(part);
    const head = parts.find((p) => p.type === 'tkhd');
    if (head) undate(head);
    const mdia = parts.find((p) => p.type === 'mdia');
    const inside = mdia ? boxes(bytes, mdia.body, mdia.to) : [];
    for (const part of inside) {
      if (NOTES.has(part.type)) blank(part);
      if (part.type === 'mdhd') undate(part);
    }
    const handler = inside.find((p) => p.type === 'hdlr');
    const kind = handler ? bytes.toString('latin1', handler.body + 8, handler.body + 12) : 'none';
    if (handler) bytes.fill(0, handler.body + 24, handler.to);
    if (kind !== 'vide' && kind !== 'soun')
      return not(
        'tracks of picture and sound alone',
        `one of "${kind}", which cameras use for place and motion`,
        'Save it without: ffmpeg -i in.mp4 -map 0:v -map 0:a? -c copy out.mp4',
      );
    if (kind === 'vide' && head) size = sizeOf(bytes, head);
  }
  if (wantsVideo && !size) return not('a video', 'a file without a picture', 'Name it .m4a, with "kind": "audio".');
  return { ok: true, bytes, size: wantsVideo ? size : null };
}

/** A track's size, turned as it is shown: `tkhd` ends with a matrix of nine numbers and two of 16.16 fixed point. */
function sizeOf(bytes: Buffer, { to }: Box): { width: number; height: number } {
  const [width, height] = [Math.round(bytes.readUInt32BE(to - 8) / 65536), Math.round(bytes.readUInt32BE(to - 4) / 65536)];
  const isTurned = bytes.readInt32BE(to - 8 - 36) === 0 && bytes.readInt32BE(to - 8 - 32) !== 0;
  return isTurned ? { width: height, height: width } : { width, height };
}
