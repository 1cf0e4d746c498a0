/** The licences of the software that readers receive: theirs to know, and ours to pass on. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts of packages whose archives lack them, as their repositories have them. */
const OUR_COPIES = join(import.meta.dirname, 'licence-texts');

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/**
 * The full licence texts of the packages whose modules are in a bundle, by name.
 * @param modules ids of modules, as the bundler gives them: paths, some below `node_modules/`
 * @throws Error naming a package that states no licence or carries no text of it
 */
export function licencesText(modules: readonly string[]): string {
  const folders = new Map<string, string>();
  for (const id of modules) {
    const match = /^\0?(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(id);
    if (match?.[1] && match[2]) folders.set(match[2], match[1]);
  }
  const texts = [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, folder]) => {
      const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package;
      const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
      const path = file ? join(folder, file) : join(OUR_COPIES, `${name.replace('/', '-')}.txt`);
      if (!license || !existsSync(path)) throw new Error(`Package ${name} has no licence text: it cannot be shipped. Put its text into ${path}.`);
      return `${name} ${version}\n${license}\n\n${readFileSync(path, 'utf8').trim()}\n`;
    });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
