/** What no shape can say of a site's own look: whether its files are there and fit, and whether its colours can be read. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { faintPairs, nearestSound, nearestWith } from '../../core/contrast.ts';
import { show } from '../../core/issue.ts';
import type { SourceFont, SourceSite } from '../../core/source.ts';
import type { Palette } from '../../core/tokens.ts';
import { PALETTES } from '../../core/tokens.ts';
import type { SitePalettes } from '../../core/validate.ts';
import type { Report } from '../../core/validate-parts.ts';
import { safeSvg } from './svg.ts';

const FILE = 'site.json';
/** Every reader of an embed fetches them. */
const MOST_FONT_BYTES = 200_000;
const MOST_SVG_BYTES = 64_000;
const MOST_IMAGE_BYTES = 5_000_000;

type Path = readonly (string | number)[];

/** @param dataDir the folder that the files' paths start from */
export function checkTheme(site: SourceSite, dataDir: string, report: Report): void {
  for (const key of ['logo', 'home', 'credit'] as const)
    if (site[key] !== undefined && site.name === undefined)
      report('error', FILE, [key], `"name" beside "${key}"`, 'none', 'Add "name": { "en": "…" }: it is what the logo says to those who do not see it.');
  for (const which of ['light', 'dark'] as const) if (site.logo?.[which] !== undefined) checkLogo(site.logo[which], ['logo', which], dataDir, report);
  for (const which of ['text', 'title'] as const) if (site.fonts?.[which]) checkFont(site.fonts[which], ['fonts', which], dataDir, report);
  for (const scheme of ['light', 'dark'] as const) checkColors(site, scheme, report);
}

/** The bytes of a file that is there and not too large; else null, told. */
function fileAt(path: string, at: Path, most: number, tooLarge: string, dataDir: string, report: Report): Buffer | null {
  const file = join(dataDir, path);
  if (!existsSync(file) || !statSync(file).isFile()) {
    report('error', FILE, at, `a file at data/${path}`, 'none', 'Put it there, or correct the path.');
    return null;
  }
  const { size } = statSync(file);
  if (size > most) {
    report('error', FILE, at, `a file of at most ${Math.round(most / 1000)} kB`, `${Math.round(size / 1000)} kB`, tooLarge);
    return null;
  }
  return readFileSync(file);
}

function checkLogo(path: string, at: Path, dataDir: string, report: Report): void {
  if (/\.svg$/i.test(path)) {
    const bytes = fileAt(path, at, MOST_SVG_BYTES, 'Simplify its paths, or give it as PNG.', dataDir, report);
    const drawing = bytes && safeSvg(bytes.toString('utf8'));
    if (drawing && !drawing.ok) report('error', FILE, at, 'an SVG that only draws', drawing.found, drawing.remedy);
    return;
  }
  const bytes = fileAt(path, at, MOST_IMAGE_BYTES, 'Save it smaller: it is shown at most 36 px high.', dataDir, report);
  const isPng = bytes?.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  const isJpeg = bytes?.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));
  if (bytes && !isPng && !isJpeg) report('error', FILE, at, 'a PNG or JPEG, as its name says', 'something else', 'Save it again as PNG.');
}

function checkFont(font: SourceFont, at: Path, dataDir: string, report: Report): void {
  if (!font.files) {
    if (font.family !== undefined)
      report('error', FILE, [...at, 'family'], '"files" beside "family"', 'none', 'Name the font’s files, or put the family first in "fallback".');
    return;
  }
  if (font.family === undefined) report('error', FILE, at, '"family" beside "files"', 'none', 'Add the name of the family that the files are.');
  if (font.licence === undefined)
    report('error', FILE, at, '"licence" beside "files"', 'none', 'Add by whose leave they are passed on to readers: "SIL Open Font License 1.1".');
  font.files.forEach(({ file }, i) => {
    const bytes = fileAt(file, [...at, 'files', i, 'file'], MOST_FONT_BYTES, 'Leave out the letters that you do not use.', dataDir, report);
    if (bytes && bytes.subarray(0, 4).toString('latin1') !== 'wOF2')
      report('error', FILE, [...at, 'files', i, 'file'], 'a WOFF2 font', 'something else', 'Convert it: woff2_compress makes one of a TTF or OTF.');
  });
}

/** The palettes of a site in either scheme, for what stands on them. */
export function palettesOf(site: SourceSite): SitePalettes {
  return { light: paletteOf(site, 'light'), dark: paletteOf(site, 'dark') };
}

/** The palette of one scheme with the site's own colours in it. */
export function paletteOf(site: SourceSite, scheme: 'light' | 'dark'): Palette {
  const own = Object.entries(site.colors?.[scheme] ?? {}).filter(([, color]) => color !== undefined);
  return { ...PALETTES[scheme], ...Object.fromEntries(own) };
}

function checkColors(site: SourceSite, scheme: 'light' | 'dark', report: Report): void {
  const own = site.colors?.[scheme];
  if (!own) return;
  const palette = paletteOf(site, scheme);
  for (const { top, ground, found, needed } of faintPairs(palette)) {
    const key = own[top] === undefined ? ground : top;
    const other = key === top ? ground : top;
    const better = nearestSound(palette, key);
    const here = nearestWith(palette[key], [{ color: palette[other], needed }]);
    report(
      'error',
      FILE,
      ['colors', scheme, key],
      `"${top}" on "${ground}" at ${needed}:1 or more in the ${scheme} scheme`,
      // Down and not up: 4.496 is not enough, and must not be told as 4.5.
      `${(Math.floor(found * 100) / 100).toFixed(2)}:1, ${show(palette[top])} on ${show(palette[ground])}`,
      better === null
        ? `The nearest colour for "${key}" that is enough here is ${here ?? 'none'}; change "${other}" too, for what else stands on it.`
        : `The nearest colour for "${key}" that is enough wherever it stands is ${better}.`,
    );
  }
}
