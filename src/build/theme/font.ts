/** The font files of a site: as readers get them, and as the posters' renderer wants them. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decompress } from 'wawoff2';

const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/unrest-map/fonts');

/** A font for the renderer: a file that it reads, and the family that it knows it by. */
export interface PosterFace {
  readonly path: string;
  readonly family: string;
}

/** @throws Error for what is no font */
export async function posterFace(woff2: Uint8Array): Promise<PosterFace> {
  const path = join(CACHE, `${createHash('sha256').update(woff2).digest('hex').slice(0, 16)}.ttf`);
  const font = Buffer.from(await decompress(woff2));
  const family = familyOf(font);
  if (family === null) throw new Error('The font does not say its family.');
  if (!existsSync(path)) {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(path, font);
  }
  return { path, family };
}

/** Name ids of OpenType's `name` table: the typographic family, and the family where there is no other. */
const FAMILIES = [16, 1];
const WINDOWS = 3;

/** The family of a TrueType or OpenType font, after its `name` table. Null where it has none. */
function familyOf(font: Buffer): string | null {
  const tables = font.readUInt16BE(4);
  for (let i = 0; i < tables; i++) {
    const record = 12 + i * 16;
    if (font.toString('latin1', record, record + 4) !== 'name') continue;
    const at = font.readUInt32BE(record + 8);
    const [count, strings] = [font.readUInt16BE(at + 2), at + font.readUInt16BE(at + 4)];
    const names = new Map<number, string>();
    for (let k = 0; k < count; k++) {
      const entry = at + 6 + k * 12;
      const [platform, id, length, offset] = [0, 6, 8, 10].map((o) => font.readUInt16BE(entry + o)) as [number, number, number, number];
      if (platform !== WINDOWS || names.has(id)) continue;
      const text = Buffer.from(font.subarray(strings + offset, strings + offset + length));
      names.set(id, text.swap16().toString('utf16le'));
    }
    return FAMILIES.map((id) => names.get(id)).find((name) => name !== undefined) ?? null;
  }
  return null;
}
