import type { Plugin } from 'vite';

/** The module that Vite puts around every lazy import of a build. */
const HELPER = /vite\/preload-helper/;

/**
 * A lazy chunk with its styles, linked once and waited for beside it; the entry's own stands in the page.
 * Vite's own helper can do what no page here asks of it, and weighs a kilobyte of every reader's first view.
 */
const CODE = `
const asked = {};
const link = (href) => asked[href] ??= new Promise((done, failed) => {
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = href;
  style.onload = done;
  style.onerror = () => {
    delete asked[href];
    style.remove();
    failed(new Error('A style could not be had: ' + href));
  };
  document.head.append(style);
});
export const __vitePreload = async (load, files, from) => {
  const styles = (files ?? []).filter((file) => /\\.css$/.test(file) && !/\\/index-/.test(file));
  const [parts] = await Promise.all([load(), ...styles.map((file) => link(new URL(file, from).href))]);
  return parts;
};
`;

/** Only for the build: the development server has styles of its own. */
export function smallPreload(): Plugin {
  return {
    name: 'unrest-map-preload',
    apply: 'build',
    enforce: 'pre',
    load: { filter: { id: HELPER }, handler: () => CODE },
  };
}
