/** Changing some keys of the address's hash, as host pages ask for it. */
import { readPairs } from './url.ts';

/** All keys that `url.ts` reads. */
const KEYS: ReadonlySet<string> = new Set(['map', 'event', 'place', 'cell', 'hide', 'time', 'status', 'context', 'step']);

/**
 * A hash, without `#`, in which some keys have other values; null takes a key out. Unknown keys are dropped. A new
 * selection takes the place of the old one.
 */
export function hashWith(hash: string, keys: { readonly [key: string]: string | null }): string {
  const pairs = readPairs(hash);
  if ('event' in keys || 'place' in keys) for (const key of ['event', 'place', 'cell']) pairs.delete(key);
  for (const [key, value] of Object.entries(keys)) {
    if (value === null) pairs.delete(key);
    // Half a character cannot stand in an address.
    else pairs.set(key, value.replace(/\p{Cs}/gu, ''));
  }
  return [...pairs]
    .filter(([key]) => KEYS.has(key))
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%2C', ',')}`)
    .join('&');
}
