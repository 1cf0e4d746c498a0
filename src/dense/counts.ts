/** The file of counts that paints first: two columns in one, those of all days and those day by day. */
import type { Columns } from './columns.ts';
import { ColumnsError, readColumns } from './columns.ts';

export interface Counts {
  /** In fine cells, nothing dated. */
  readonly whole: Columns;
  /** In coarser cells. */
  readonly daily: Columns;
}

/** The first's length in four bytes, little end first, then both. */
export function joinCounts(whole: Uint8Array, daily: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(4 + whole.length + daily.length);
  new DataView(out.buffer).setUint32(0, whole.length, true);
  out.set(whole, 4);
  out.set(daily, 4 + whole.length);
  return out;
}

/** @throws ColumnsError for bytes that are no counts */
export function readCounts(bytes: Uint8Array): Counts {
  if (bytes.length < 4) throw new ColumnsError('The counts end within their first four bytes.');
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (length > bytes.length - 4) throw new ColumnsError('The counts end in their first part. The file came only in part.');
  const [whole, daily] = [readColumns(bytes.subarray(4, 4 + length)), readColumns(bytes.subarray(4 + length))];
  if (!whole.weight || !daily.weight) throw new ColumnsError('Expected rows that stand for several events.');
  return { whole, daily };
}
