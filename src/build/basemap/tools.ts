/**
 * The heavy packages this script reads and runs. They are installed once into `.cache/basemap/`, so that the project's own
 * node_modules stays light; nothing the browser runs comes from here.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));

/** Absolute path of the project's root folder. */
export const PROJECT_ROOT = join(HERE, '../../..');

/** Absolute path of the git-ignored cache folder. Safe to delete: the next run fills it again. */
export const CACHE = join(PROJECT_ROOT, '.cache/basemap');

/** The part of mapshaper we use: commands in, named output files out. Inputs may be parsed JSON or file contents. */
export interface Mapshaper {
  applyCommands(commands: string, inputs: Readonly<Record<string, unknown>>): Promise<Record<string, Uint8Array | string>>;
}

/** The text of one file mapshaper wrote. Throws when it wrote none. */
export function textOf(file: Uint8Array | string | undefined): string {
  if (file === undefined) throw new Error('Expected mapshaper to write a file, got nothing.');
  return typeof file === 'string' ? file : new TextDecoder().decode(file);
}

/** The part of sharp we use, on single-channel 8-bit images. */
export interface SharpImage {
  greyscale(): SharpImage;
  raw(): SharpImage;
  toColourspace(space: 'b-w'): SharpImage;
  webp(options: { readonly quality: number; readonly effort: number; readonly smartSubsample?: boolean; readonly preset?: string }): SharpImage;
  toBuffer(): Promise<Buffer>;
}
export type Sharp = (
  input: string | Uint8Array,
  options?: { readonly raw: { readonly width: number; readonly height: number; readonly channels: 1 | 3 } },
) => SharpImage;

/** Loads a package from the cache by name. The caller names the type it expects: the packages carry none we could check. */
export type LoadTool = <T>(name: string) => T;

/**
 * Install the packages named in `tools/package-lock.json` into the cache, unless exactly these are there already.
 * @returns a loader for them. Throws when npm cannot install; npm's own message is printed above the error.
 */
export function openTools(say: (line: string) => void): LoadTool {
  mkdirSync(CACHE, { recursive: true });
  const lock = readFileSync(join(HERE, 'tools/package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const stamp = join(CACHE, 'installed.sha256');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8').trim() !== wanted) {
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(HERE, 'tools', file), join(CACHE, file));
    say('Installing the basemap tools into .cache/basemap (about 650 MB, some minutes) ...');
    // No package here needs its install script: sharp ships ready-built binaries as packages of their own.
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: CACHE, stdio: 'inherit' });
    writeFileSync(stamp, `${wanted}\n`);
  }
  const require = createRequire(join(CACHE, 'package.json'));
  return <T>(name: string) => require(name) as T;
}

/** Absolute path of a file inside an installed package. Throws, naming the path, when it is not there. */
export function toolFile(name: string, path: string): string {
  const file = join(CACHE, 'node_modules', name, path);
  if (!existsSync(file)) throw new Error(`Expected ${name}/${path} in the cache, found none. Delete .cache/basemap and run again.`);
  return file;
}
