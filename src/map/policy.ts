/**
 * The page's Trusted Types policy, imported before anything else. Leaflet 1.9.4 writes five constant strings of HTML;
 * those pass, and text without markup passes. The script addresses that pass are files of our own `assets` folder: the
 * workers. Anything else makes the sink throw, so a misuse fails in tests and not in a reader's browser.
 */
interface PolicyFactory {
  createPolicy: (name: string, rules: { createHTML: (html: string) => string | null; createScriptURL: (url: string) => string | null }) => unknown;
}

const LEAFLET_CONSTANTS = new Set([
  '',
  '<svg/>',
  '<span aria-hidden="true">+</span>',
  '<span aria-hidden="true">&#x2212;</span>',
  '<span aria-hidden="true">&#215;</span>',
]);

/** A hashed script right in the folder that this very module was loaded from. */
function isOurScript(address: string): boolean {
  const folder = import.meta.url.replace(/[^/]*$/, '');
  const { href } = new URL(address, import.meta.url);
  return href.startsWith(folder) && /^[\w.-]+\.js$/.test(href.slice(folder.length));
}

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
factory?.createPolicy('default', {
  createHTML: (html) => (LEAFLET_CONSTANTS.has(html) || !/[<&]/.test(html) ? html : null),
  createScriptURL: (url) => (isOurScript(url) ? url : null),
});
