/** The Z-shaped curve (G. M. Morton, 1966): a cell of any zoom is one run of places along it. */

/** Places in the order that the columns keep them in: along the Z-shaped curve, so that near ones stand together. */
export function mortonOrder(x: ArrayLike<number>, y: ArrayLike<number>): Uint32Array {
  const n = x.length;
  const high = new Float64Array(n);
  for (let i = 0; i < n; i++) high[i] = interleave(x[i] as number, y[i] as number);
  return Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => (high[a] as number) - (high[b] as number) || a - b);
}

/** 50 bits, y before x: exact in a double. */
function interleave(x: number, y: number): number {
  const upper = spread(x >>> 13) + 2 * spread(y >>> 13);
  const lower = spread(x & 0x1fff) + 2 * spread(y & 0x1fff);
  return upper * 2 ** 26 + lower;
}

/** The bits of a number below 2^13, with a zero before each. */
function spread(value: number): number {
  let v = value & 0x1fff;
  v = (v | (v << 8)) & 0x00ff00ff;
  v = (v | (v << 4)) & 0x0f0f0f0f;
  v = (v | (v << 2)) & 0x33333333;
  v = (v | (v << 1)) & 0x55555555;
  return v;
}
