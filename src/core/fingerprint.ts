/** Short names for contents: the same text, the same name, in Node and in any browser. Not for secrets. */

/**
 * 64-bit FNV-1a over UTF-16 code units, as 16 hex digits (Fowler, Noll, Vo; offset basis and prime of 64 bits). Kept in
 * four 16-bit limbs, since numbers hold 53 bits and BigInt is some forty times slower.
 */
export function fingerprint(text: string): string {
  let a = 0x2325; // the lowest limb
  let b = 0x8422;
  let c = 0x9ce4;
  let d = 0xcbf2;
  for (let i = 0; i < text.length; i++) {
    a ^= text.charCodeAt(i);
    // Times 0x100000001b3: 0x1b3 in the lowest limb, 0x100 in the third.
    const a1 = a * 0x1b3;
    const b1 = b * 0x1b3 + (a1 >>> 16);
    const c1 = c * 0x1b3 + a * 0x100 + (b1 >>> 16);
    const d1 = d * 0x1b3 + b * 0x100 + (c1 >>> 16);
    a = a1 & 0xffff;
    b = b1 & 0xffff;
    c = c1 & 0xffff;
    d = d1 & 0xffff;
  }
  return [d, c, b, a].map((limb) => limb.toString(16).padStart(4, '0')).join('');
}

/** JSON with the keys of every object in order, so that two equal values have one text. Undefined members are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([x], [y]) => (x < y ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
}
