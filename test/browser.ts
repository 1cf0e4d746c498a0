/**
 * A Chromium to test with, on any Linux machine: `CHROME_PATH`, else an installed Chrome or Chromium, else the one that
 * ships inside the npm package @sparticuz/chromium, unpacked once below node_modules.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const INSTALLED = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];
const CACHE = resolve(import.meta.dirname, '../node_modules/.cache/unrest-map');
const UNPACKED = join(CACHE, 'chromium');

/** No sandbox, because containers and root have none; no traffic of the browser's own. */
const ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** Options for playwright's `launch`. */
export interface BrowserLaunch {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

/** Find a browser. @throws Error when the npm one cannot be unpacked or a given CHROME_PATH is no program */
export function findBrowser(): BrowserLaunch {
  const env = Object.fromEntries(Object.entries(process.env).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])));
  const given = process.env.CHROME_PATH;
  if (given) {
    if (!isProgram(given)) throw new Error(`CHROME_PATH names "${given}", which is no program. Correct it or unset it.`);
    return { executablePath: given, args: ARGS, env };
  }
  const installed = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => INSTALLED.map((name) => join(folder, name)))
    .find(isProgram);
  if (installed) return { executablePath: installed, args: ARGS, env };
  unpack();
  const executablePath = join(UNPACKED, 'chromium');
  const bare = lacksLibraries(executablePath) ? { LD_LIBRARY_PATH: [join(UNPACKED, 'al2023/lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':') } : {};
  const fontless = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(UNPACKED, 'fonts') };
  return { executablePath, args: ARGS, env: { ...env, ...bare, ...fontless } };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Unpack beside its place and move it there whole, so that a killed or second run never meets half a browser. */
function unpack(): void {
  if (existsSync(UNPACKED)) return;
  mkdirSync(CACHE, { recursive: true });
  const staging = mkdtempSync(join(CACHE, 'unpacking-'));
  // The package unpacks into the temporary folder; told that it runs on Lambda, it adds the libraries that bare machines lack.
  execFileSync(process.execPath, ['--input-type=module', '-e', "await (await import('@sparticuz/chromium')).default.executablePath()"], {
    cwd: resolve(import.meta.dirname, '..'),
    env: { ...process.env, TMPDIR: staging, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    renameSync(staging, UNPACKED);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    if (!existsSync(UNPACKED)) throw error; // else another run was faster
  }
}

function lacksLibraries(program: string): boolean {
  try {
    return execFileSync('ldd', [program], { encoding: 'utf8' }).includes('not found');
  } catch {
    return true;
  }
}
