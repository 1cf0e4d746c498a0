/** A Firefox to test with, where one is installed: `FIREFOX_PATH`, else one of the path. None ships with the project. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['firefox', 'firefox-esr'];

/** Path of its program, or null. */
export function findFirefox(): string | null {
  const given = process.env.FIREFOX_PATH;
  if (given) return given;
  return (
    (process.env.PATH ?? '')
      .split(delimiter)
      .flatMap((folder) => NAMES.map((name) => join(folder, name)))
      .find(existsSync) ?? null
  );
}
