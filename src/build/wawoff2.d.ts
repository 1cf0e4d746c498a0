declare module 'wawoff2' {
  /** TTF or OTF bytes of a WOFF2 font. Rejects what is none. */
  export function decompress(woff2: Uint8Array): Promise<Uint8Array>;
  export function compress(font: Uint8Array): Promise<Uint8Array>;
}
