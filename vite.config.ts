import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { siteConfig } from './src/build/config.ts';
import { styleModules } from './src/build/styles.ts';
import { OUR_THEME } from './src/build/theme/make.ts';
import { findBrowser } from './test/browser.ts';

const root = resolve(import.meta.dirname);
/** A slow machine is no failure: what a reader waits for is awaited, and time is measured by the benchmarks. */
const PATIENT = { poll: { timeout: 10_000, interval: 50 } };
const launch = process.env.VITEST ? findBrowser() : undefined;

/** Files whose tests are of frames in other pages, of slow networks and of how quick a page is: another page beside theirs upsets them. */
const ALONE = ['dev', 'embed', 'hostile-hosts', 'hosts', 'lighthouse', 'long-session', 'network'].map((name) => `test/e2e/${name}.e2e.ts`);
/** What a busy machine upsets all the same is tried once more, and reported. */
const E2E = {
  expect: PATIENT,
  environment: 'node' as const,
  isolate: false,
  globalSetup: ['test/e2e/site.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  retry: 1,
};

/**
 * For tools that look for this file, and for the tests: `unit` in Node, `component` in Chromium, `e2e` and `e2e-alone` on the built site.
 * The commands of package.json go through `src/build/cli.ts`, which reports data errors too.
 */
export default defineConfig({
  ...siteConfig({ root, dataDir: resolve(root, 'data'), outDir: resolve(root, 'dist') }),
  test: {
    reporters: ['default', ['json', { outputFile: resolve(root, `node_modules/.cache/unrest-map/${process.env.TORTURE === '1' ? 'torture' : 'tests'}.json`) }]],
    projects: [
      {
        root,
        plugins: [react()],
        test: {
          name: 'unit',
          environment: 'node',
          // Files share what they load, which takes longer than most of them; none leaves anything behind in it.
          isolate: false,
          setupFiles: ['test/words.ts'],
          include: ['test/*.test.ts', 'test/{core,build,dense,import}/**/*.test.ts?(x)'],
          maxWorkers: 2,
        },
      },
      {
        root,
        plugins: [react(), styleModules(async () => OUR_THEME.style)],
        optimizeDeps: {
          include: [
            'react',
            'react-dom',
            'react-dom/client',
            'react/jsx-dev-runtime',
            'leaflet',
            'react-leaflet',
            'zustand',
            'zustand/vanilla',
            'topojson-client',
            'geojson-vt',
            'vitest-browser-react',
          ],
        },
        test: {
          name: 'component',
          maxWorkers: 2,
          testTimeout: 30_000,
          setupFiles: ['test/words.ts'],
          expect: PATIENT,
          include: ['test/{ui,map,embed}/**/*.test.ts?(x)'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright(launch ? { launchOptions: launch } : {}),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      // After the others, two files at a time: a page waits about as long as it works.
      { root, test: { ...E2E, name: 'e2e', include: ['test/e2e/**/*.e2e.ts'], exclude: ALONE, maxWorkers: 2, sequence: { groupOrder: 1 } } },
      { root, test: { ...E2E, name: 'e2e-alone', include: ALONE, fileParallelism: false, sequence: { groupOrder: 2 } } },
    ],
  },
});
