/**
 * Runs before anything is painted, so that an embed is trimmed from its first frame on: marks the root with what the
 * address and the frame say. It stands in the page, because a frame without an origin may load no module from a server that
 * sends no CORS headers: then a sentence that the page holds for that is shown.
 */
import { sealed } from '../embed/protocol.ts';
import { goToLanguage } from './language.ts';

const root = document.documentElement;
const query = new URLSearchParams(location.search);

if (window.parent !== window) root.dataset.framed = '';
// A page opened from a disk has no origin either, and is nobody's frame.
if (self.origin === 'null' && location.protocol !== 'file:') root.dataset.restricted = '';
const theme = query.get('theme');
if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
if (query.get('embed') === '1') {
  root.dataset.embed = '';
  const robots = document.createElement('meta');
  robots.name = 'robots';
  robots.content = 'noindex';
  document.head.append(robots);
}

const lang = query.get('lang');
if (lang !== null) goToLanguage(lang);

/**
 * A script that cannot be had leaves the page as it was built: whole, and unfolded. A host may prefer its picture, to a
 * page without its style too.
 */
function fail(code: string): void {
  if (code === 'script') root.dataset.failed = '';
  if (window.parent !== window) window.parent.postMessage(sealed({ type: 'error', code }), '*');
}
window.addEventListener('error', ({ target }) => target instanceof HTMLScriptElement && fail('script'), true);
// The page's style stands before this script. Rewritten by a proxy it is not what the policy names, and no browser takes it.
if (getComputedStyle(root).getPropertyValue('--paper') === '') fail('style');
