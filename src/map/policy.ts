/**
 * The page's Trusted Types policy, imported before anything else. Leaflet 1.9.4 writes five constant strings of HTML;
 * those pass, and text without markup passes. Anything else makes the sink throw, so a misuse fails in tests and not in
 * a reader's browser. No rule for scripts: nothing here makes any.
 */
interface PolicyFactory {
  createPolicy: (name: string, rules: { createHTML: (html: string) => string | null }) => unknown;
}

const LEAFLET_CONSTANTS = new Set([
  '',
  '<svg/>',
  '<span aria-hidden="true">+</span>',
  '<span aria-hidden="true">&#x2212;</span>',
  '<span aria-hidden="true">&#215;</span>',
]);

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
factory?.createPolicy('default', { createHTML: (html) => (LEAFLET_CONSTANTS.has(html) || !/[<&]/.test(html) ? html : null) });
