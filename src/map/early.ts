/**
 * Runs before anything is painted, so that an embed is trimmed from its first frame on: marks the root with what the
 * address and the frame say. A classic script of its own, because a frame without an origin may load no module from a
 * server that sends no CORS headers; then it says so.
 */
import { goToLanguage } from './language.ts';

const root = document.documentElement;
const query = new URLSearchParams(location.search);

if (window.parent !== window) root.dataset.framed = '';
if (self.origin === 'null') root.dataset.restricted = '';
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

let failed = false;
function sayBlocked(): void {
  if (failed) document.getElementById('blocked')?.removeAttribute('hidden');
}
window.addEventListener(
  'error',
  ({ target }) => {
    if (!(target instanceof HTMLScriptElement) || root.dataset.restricted === undefined) return;
    failed = true;
    sayBlocked();
  },
  true,
);
document.addEventListener('DOMContentLoaded', sayBlocked);
