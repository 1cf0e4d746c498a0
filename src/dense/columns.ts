/**
 * Many events as columns: the one binary format of dense stories, its writer and its reader. `FORMAT.md` beside this
 * file describes it byte by byte. Positions and days are quantised; everything else of an event is in its detail file.
 */

export const COLUMNS_VERSION = 1;
const MAGIC = [0x55, 0x4d, 0x43, 0x4c]; // "UMCL"

/** Parts of the sheet's width and height that positions are counted in: 1.2 m at the equator. */
export const SHEET_BITS = 25;
export const SHEET_UNITS = 2 ** SHEET_BITS;

/** Most entries of any table that is as large as days × kinds. */
const MOST_TABLE = 2 ** 23;
const MOST_DAYS = 65_534;
const MOST_KINDS = 4_096;

/** `dating` as `DATINGS` of core/timeline.ts counts it: stated, inferred, about. */
export interface Kind {
  /** Position in the story's layers. */
  readonly layer: number;
  /** Bit n is set when a claim of the event has the nth of `STATUSES`. */
  readonly statuses: number;
  readonly context: boolean;
  readonly dating: number;
}

/** Whole numbers from 0, in as few bytes as the largest of them needs: of a million rows each byte is a megabyte. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array;

/** Room for numbers from 0 to `most`. */
export function numbersTo(most: number, length: number): Numbers {
  return most < 2 ** 8 ? new Uint8Array(length) : most < 2 ** 16 ? new Uint16Array(length) : new Uint32Array(length);
}

/** A struct of arrays: rows in the story's order of time, undated ones last. */
export interface Columns {
  readonly rows: number;
  readonly undated: number;
  /** Day 0, in days since 1970-01-01 on the story's own calendar. */
  readonly baseDay: number;
  readonly days: number;
  readonly kinds: readonly Kind[];
  /** Web mercator, in `SHEET_UNITS`, x east and y south; places are in Morton order, so that a cell of any zoom is one run of them. */
  readonly placeX: Uint32Array;
  readonly placeY: Uint32Array;
  /** First row of each day, and behind the last day the first undated row. */
  readonly dayStart: Uint32Array;
  readonly kind: Numbers;
  /** 0 for no place, else the place's position plus one. */
  readonly place: Numbers;
  /** The last day that a row touches; for undated rows 0. */
  readonly lastDay: Uint16Array;
  /** How many events a row stands for; null where each is one. */
  readonly weight: Uint32Array | null;
}

/** Raised for bytes that are not columns of this version; says what is wrong with them. */
export class ColumnsError extends Error {}

/** Write columns. The same columns give the same bytes. @throws RangeError for columns that the format has no room for */
export function writeColumns(c: Columns): Uint8Array<ArrayBuffer> {
  if (c.days > MOST_DAYS || c.kinds.length > MOST_KINDS || c.days * c.kinds.length > MOST_TABLE)
    throw new RangeError(`Columns hold at most ${MOST_DAYS} days, ${MOST_KINDS} kinds and ${MOST_TABLE} of their combinations.`);
  const dated = c.rows - c.undated;
  const places = c.placeX.length;
  const width = bytesFor(places);
  const out = new Writer(64 + c.kinds.length * 8 + places * 10 + c.days * 5 + c.rows * (2 + width + 3 + (c.weight ? 5 : 0)));
  for (const byte of [...MAGIC, COLUMNS_VERSION, c.weight ? 1 : 0]) out.byte(byte);
  out.varint(c.rows);
  out.varint(c.undated);
  out.zigzag(c.baseDay);
  out.varint(c.days);
  out.varint(c.kinds.length);
  for (const k of c.kinds) {
    out.varint(k.layer);
    out.varint(k.statuses);
    out.byte((k.context ? 1 : 0) | (k.dating << 1));
  }
  out.varint(places);
  for (const column of [c.placeX, c.placeY]) {
    let before = 0;
    for (let i = 0; i < places; i++) {
      const value = column[i] ?? 0;
      out.zigzag(value - before);
      before = value;
    }
  }
  for (let d = 0; d < c.days; d++) out.varint((c.dayStart[d + 1] ?? 0) - (c.dayStart[d] ?? 0));
  for (let byte = 0; byte < bytesFor(c.kinds.length); byte++) for (let i = 0; i < c.rows; i++) out.byte(((c.kind[i] ?? 0) >>> (8 * byte)) & 255);
  // Byte by byte, all low bytes first: this compresses a third better than numbers one after the other.
  for (let byte = 0; byte < width; byte++) for (let i = 0; i < c.rows; i++) out.byte(((c.place[i] ?? 0) >>> (8 * byte)) & 255);
  let day = 0;
  for (let i = 0; i < dated; i++) {
    while ((c.dayStart[day + 1] ?? dated) <= i) day++;
    out.varint((c.lastDay[i] ?? 0) - day);
  }
  if (c.weight) for (let i = 0; i < c.rows; i++) out.varint(c.weight[i] ?? 0);
  return out.done();
}

/**
 * Read columns. Total: any bytes give either columns in which every number is in range, or a ColumnsError; and no more
 * memory is taken than a small multiple of the bytes' length.
 * @throws ColumnsError
 */
export function readColumns(bytes: Uint8Array): Columns {
  const input = new Reader(bytes);
  if (MAGIC.some((m) => input.byte() !== m))
    throw new ColumnsError('These are not the columns of a dense story. The address may serve a web page in their place.');
  const version = input.byte();
  if (version !== COLUMNS_VERSION)
    throw new ColumnsError(`Expected columns of version ${COLUMNS_VERSION}, got ${version}. Reload the page to fetch matching files.`);
  const flags = input.byte();
  if (flags > 1) throw new ColumnsError(`Expected flags 0 or 1, got ${flags}.`);
  const rows = input.varint('rows', input.left);
  const undated = input.varint('undated rows', rows);
  const baseDay = input.zigzag();
  const days = input.varint('days', Math.min(MOST_DAYS, input.left));
  const kindCount = input.varint('kinds', Math.min(MOST_KINDS, input.left));
  if (days * kindCount > MOST_TABLE) throw new ColumnsError(`${days} days of ${kindCount} kinds are more than a page can count.`);
  const kinds: Kind[] = [];
  for (let i = 0; i < kindCount; i++) {
    const layer = input.varint('layer', 255);
    const statuses = input.varint('statuses', 255);
    const more = input.byte();
    if (more > 5) throw new ColumnsError(`Expected the rest of kind ${i} from 0 to 5, got ${more}.`);
    kinds.push({ layer, statuses, context: (more & 1) === 1, dating: more >> 1 });
  }
  if (rows > 0 && kindCount === 0) throw new ColumnsError('There are events, but no kind for them to be of.');
  const places = input.varint('places', input.left);
  const placeX = readSteps(input, places);
  const placeY = readSteps(input, places);
  const dayStart = new Uint32Array(days + 1);
  const dated = rows - undated;
  let row = 0;
  for (let d = 0; d < days; d++) {
    row += input.varint(`rows of day ${d}`, dated - row);
    dayStart[d + 1] = row;
  }
  if (row !== dated) throw new ColumnsError(`The days hold ${row} rows, but ${dated} rows have a date.`);
  const kind = numbersTo(kindCount, rows);
  readPlanes(input, kind, bytesFor(kindCount));
  const place = numbersTo(places, rows);
  readPlanes(input, place, bytesFor(places));
  for (let i = 0; i < rows; i++) {
    if ((kind[i] as number) >= kindCount) throw new ColumnsError(`Row ${i} is of kind ${kind[i]}, of ${kindCount}.`);
    if ((place[i] as number) > places) throw new ColumnsError(`Row ${i} is at place ${place[i]}, of ${places}.`);
  }
  const lastDay = new Uint16Array(rows);
  for (let d = 0; d < days; d++) {
    const end = dayStart[d + 1] as number;
    for (let i = dayStart[d] as number; i < end; i++) lastDay[i] = d + input.varint('further days', days - 1 - d);
  }
  const weight = flags === 1 ? new Uint32Array(rows) : null;
  if (weight) for (let i = 0; i < rows; i++) weight[i] = input.varint('events of a row', 0xffffffff);
  if (input.left > 0) throw new ColumnsError(`${input.left} bytes are left over behind the columns.`);
  return { rows, undated, baseDay, days, kinds, placeX, placeY, dayStart, kind, place, lastDay, weight };
}

function readSteps(input: Reader, count: number): Uint32Array {
  const column = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    at += input.zigzag();
    if (at < 0 || at >= SHEET_UNITS) throw new ColumnsError(`Place ${i} lies off the sheet.`);
    column[i] = at;
  }
  return column;
}

function readPlanes(input: Reader, column: Numbers, width: number): void {
  if (width > 0) column.set(input.take(column.length));
  for (let byte = 1; byte < width; byte++) {
    const plane = input.take(column.length);
    for (let i = 0; i < column.length; i++) column[i] = (column[i] as number) | ((plane[i] as number) << (8 * byte));
  }
}

/** Bytes that a number from 0 to `most` needs; none where it can only be 0. */
function bytesFor(most: number): number {
  let width = 0;
  for (let rest = most; rest > 0; rest = Math.floor(rest / 256)) width++;
  return width;
}

/** Bytes as they are read; past the end it throws. */
class Reader {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new ColumnsError(`The columns end after ${this.bytes.length} bytes, in their middle. The file came only in part.`);
    return value;
  }

  take(count: number): Uint8Array {
    if (count > this.left) throw new ColumnsError(`The columns end after ${this.bytes.length} bytes, in their middle. The file came only in part.`);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** LEB128, at most 32 bits. */
  varint(what: string, most: number): number {
    // Most are one byte.
    const first = this.bytes[this.at];
    if (first !== undefined && first < 128 && first <= most) {
      this.at++;
      return first;
    }
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (value > most) throw new ColumnsError(`Expected at most ${most} ${what}, got more.`);
      if (byte < 128) return value;
      if (factor > 2 ** 28) throw new ColumnsError(`The number of ${what} has no end.`);
    }
  }

  zigzag(): number {
    const value = this.varint('units', 0xffffffff);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

class Writer {
  private bytes: Uint8Array<ArrayBuffer>;
  private at = 0;

  /** @param room bytes that are enough for most */
  constructor(room: number) {
    this.bytes = new Uint8Array(room);
  }

  byte(value: number): void {
    if (this.at === this.bytes.length) {
      const grown = new Uint8Array(this.bytes.length * 2);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes[this.at++] = value;
  }

  varint(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.byte((rest % 128) | 128);
    this.byte(rest);
  }

  zigzag(value: number): void {
    this.varint(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  done(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.at);
  }
}
