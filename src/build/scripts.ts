/** Scripts that stand by themselves: each one file without imports, whatever page it is on. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Rolldown } from 'vite';
import { build } from 'vite';

const SRC = resolve(import.meta.dirname, '..');

export type ScriptName = 'embed/loader' | 'map/early' | 'map/offline' | 'builder/builder';

const made = new Map<ScriptName, Promise<string>>();

/** The text of a script, built once a run. @throws Error when it does not build or is not one file */
export function scriptText(name: ScriptName): Promise<string> {
  const known = made.get(name) ?? buildScript(name);
  made.set(name, known);
  return known;
}

/** Forget what was built: a file has changed. */
export function forgetScripts(): void {
  made.clear();
}

async function buildScript(name: ScriptName): Promise<string> {
  const result = (await build({
    configFile: false,
    root: SRC,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: { input: resolve(SRC, `${name}.ts`), output: { format: 'iife', entryFileNames: '[name].js' } },
    },
  })) as Rolldown.RolldownOutput;
  const [file, ...others] = result.output;
  if (file?.type !== 'chunk' || others.length > 0) throw new Error(`Expected ${name}.ts to build into one file, got ${result.output.length}.`);
  return `${file.code.trim()}\n`;
}

/** Subresource integrity of a text: `sha384-…`, as the `integrity` attribute wants it (W3C SRI). */
export function integrityOf(text: string): string {
  return `sha384-${createHash('sha384').update(text).digest('base64')}`;
}
