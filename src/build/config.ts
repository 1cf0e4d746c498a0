import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';
import { stories } from './plugin.ts';
import { smallPreload } from './preload.ts';
import type { Site, SiteChoice } from './site.ts';
import { styleModules } from './styles.ts';
import { openTheme } from './theme/make.ts';

/** Leaflet's own entry is a bundle that cannot be cut; its modules leave out what nobody imports. */
export const LEAFLET_MODULES = [{ find: /^leaflet$/, replacement: 'leaflet/dist/leaflet-src.esm.js' }];

export interface SiteOptions {
  /** The project's folder. */
  readonly root: string;
  readonly dataDir: string;
  readonly outDir: string;
  readonly onSite?: (site: Site) => void;
  /** Where the site will stand; wins over `data/site.json`. */
  readonly baseUrl?: string | undefined;
  /** What of the data is shown; drafts are the development server's alone. */
  readonly choice?: SiteChoice;
}

/** How Vite builds and serves the site: relative addresses throughout, so that it works in any folder of any host. */
export function siteConfig({ root, dataDir, outDir, onSite, baseUrl, choice }: SiteOptions): InlineConfig {
  return {
    configFile: false,
    root: join(root, 'src/pages'),
    base: './',
    appType: 'mpa',
    publicDir: join(root, 'public'),
    resolve: { alias: LEAFLET_MODULES },
    plugins: [react(), smallPreload(), styleModules(async () => (await openTheme(dataDir)).theme.style), stories(dataDir, onSite, baseUrl, choice)],
    worker: { format: 'es' },
    server: { fs: { allow: [root] } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // The page asks for its chunks itself: Vite's helper for it would weigh more than it saves.
      modulePreload: false,
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      rolldownOptions: {
        input: join(root, 'src/pages/index.html'),
        // Small modules that several scripts of the first view share: one file, and not one each.
        output: { codeSplitting: { groups: [{ name: 'shared', test: /preload-helper|[\\/](ui[\\/]host|core[\\/]marks)\.ts|cardinals/ }] } },
      },
    },
    logLevel: 'warn',
  };
}
