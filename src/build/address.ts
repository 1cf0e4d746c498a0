/** Where the site will stand: oEmbed, cards and snippets are read elsewhere, so their addresses must be whole. */

/** The address of `npm start`, for which a plain build is made too. */
export const LOCAL = 'http://localhost:4173/';

/** A site's address, checked, with a slash at its end; or why it is none. */
export type CheckedAddress = { readonly ok: true; readonly href: string } | { readonly ok: false; readonly why: string };

export function checkAddress(text: string): CheckedAddress {
  if (!URL.canParse(text)) return { ok: false, why: `"${text}" is no absolute address. Give one such as https://maps.example/ or https://example.org/maps/.` };
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, why: `"${text}" is neither http nor https.` };
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return { ok: false, why: `"${text}" has a user name, a query or a hash. Give the folder's address alone.` };
  return { ok: true, href: url.href.endsWith('/') ? url.href : `${url.href}/` };
}

/** Whether an address only means something on this machine. */
export function isLocal(address: string): boolean {
  return /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(address).hostname);
}
