/**
 * What a page opened from a disk needs before its own script: browsers give such a page no files and no workers. The
 * files stand in a script beside it, and everything that asks for one gets it from there; nothing else is ever answered.
 */
type InlinedFile = string | { readonly base64: string };
const scope = globalThis as typeof globalThis & { unrestMapFiles?: { readonly [name: string]: InlinedFile } };
const files = scope.unrestMapFiles ?? {};

Object.defineProperty(globalThis, 'Worker', { value: undefined });

globalThis.fetch = (input) => {
  const address = input instanceof Request ? input.url : String(input);
  const path = decodeURIComponent(address.split(/[?#]/)[0] ?? '');
  // Rows of a dense story have the same names in several folders; all other names are one of a kind.
  const name = /dense-[0-9a-f]+\/.+$/.exec(path)?.[0] ?? path.split('/').at(-1) ?? '';
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  if (file === undefined) return Promise.reject(new TypeError(`${name} is not in this folder.`));
  return Promise.resolve(new Response(typeof file === 'string' ? file : Uint8Array.from(atob(file.base64), (c) => c.charCodeAt(0))));
};

/** A folder's address opens a list of files there: its page is meant. Last of all listeners, for the page's own put the view into links. */
const toPage = (event: Event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
  if (link?.protocol === 'file:' && link.pathname.endsWith('/')) link.pathname += 'index.html';
};
for (const type of ['click', 'auxclick']) document.addEventListener(type, toPage);
