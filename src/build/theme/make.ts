/** A site's own look, ready to be put to use: its files under names that change with their content, and what posters need of it. */
import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import sharp from 'sharp';
import type { LocatedIssue } from '../../core/issue.ts';
import type { SourceFont, SourceSite, Text } from '../../core/source.ts';
import type { Palette, Style } from '../../core/tokens.ts';
import { OUR_STYLE } from '../../core/tokens.ts';
import type { OutputFile } from '../files.ts';
import { hashedFile } from '../files.ts';
import type { PosterTheme } from '../poster-scene.ts';
import { TEXT, TITLE } from '../poster-scene.ts';
import { loadSettings } from '../settings.ts';
import { brandCss } from './brand-css.ts';
import { paletteOf } from './check.ts';
import type { PosterFace } from './font.ts';
import { posterFace } from './font.ts';
import { safeSvg } from './svg.ts';

/** A picture of a file of the site. */
export interface Logo {
  readonly file: OutputFile;
  /** Of its own units, whose ratio is all that matters. */
  readonly width: number;
  readonly height: number;
}

export interface Brand {
  readonly name: Text;
  readonly home: string | null;
  readonly logo: { readonly light: Logo; readonly dark: Logo | null } | null;
}

/** What a poster has of the site's look. */
export interface PosterLook {
  readonly palettes: { readonly [K in PosterTheme]: Palette };
  /** CSS font lists; ours stand behind for letters that the site's lack. */
  readonly fonts: { readonly text: string; readonly title: string };
  /** Files for the renderer. */
  readonly fontFiles: readonly string[];
  readonly logo: { readonly [K in PosterTheme]: Logo } | null;
  readonly credit: Text | null;
}

export interface Theme {
  readonly style: Style;
  readonly brand: Brand | null;
  readonly credit: Text | null;
  readonly poster: PosterLook;
  /** Stylesheet, fonts and logos. */
  readonly files: readonly OutputFile[];
  /** Its stylesheet's path; null where the site has nothing that needs one. */
  readonly css: string | null;
  /** Paths of the font files. */
  readonly fontPaths: readonly string[];
  /** One line for each family that has files. */
  readonly licences: readonly string[];
}

export const OUR_THEME: Theme = {
  style: OUR_STYLE,
  brand: null,
  credit: null,
  poster: {
    palettes: OUR_STYLE.palettes,
    fonts: { text: TEXT, title: TITLE },
    fontFiles: [],
    logo: null,
    credit: null,
  },
  files: [],
  css: null,
  fontPaths: [],
  licences: [],
};

/** Twice the px that a logo is high on a poster, and the most that it may be wide. */
const LOGO = { height: 72, width: 800 };

/** The look of the site whose data lies in a folder, as it is now. */
export function openTheme(dataDir: string): ReturnType<typeof makeTheme> {
  return makeTheme(loadSettings(dataDir).site, dataDir);
}

/**
 * The look that a site's settings ask for.
 * @param site settings without errors
 * @returns ours where a file turns out to be damaged, and an issue that says so
 */
export async function makeTheme(site: SourceSite, dataDir: string): Promise<{ readonly theme: Theme; readonly issues: readonly LocatedIssue[] }> {
  if (!site.name && !site.fonts && !site.colors && site.radius === undefined) return { theme: OUR_THEME, issues: [] };
  const issues: LocatedIssue[] = [];
  const tried = async <T>(path: string, act: (bytes: Buffer) => Promise<T> | T): Promise<T | null> => {
    try {
      return await act(readFileSync(join(dataDir, path)));
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error);
      issues.push({
        severity: 'error',
        file: 'site.json',
        path: [],
        expected: `a sound file at data/${path}`,
        found,
        remedy: 'Save it again.',
        line: null,
        column: null,
      });
      return null;
    }
  };
  const light = site.logo ? await tried(site.logo.light, (bytes) => logoOf(site.logo?.light ?? '', bytes)) : null;
  const dark = site.logo?.dark === undefined ? null : await tried(site.logo.dark, (bytes) => logoOf(site.logo?.dark ?? '', bytes));
  const text = await fontOf(site.fonts?.text, OUR_STYLE.fonts.text, TEXT, tried);
  const title = await fontOf(site.fonts?.title, OUR_STYLE.fonts.title, TITLE, tried);
  if (issues.length > 0) return { theme: OUR_THEME, issues };
  const palettes = { ...OUR_STYLE.palettes, light: paletteOf(site, 'light'), dark: paletteOf(site, 'dark') };
  const logo = light && { light, dark };
  const brand = site.name ? { name: site.name, home: site.home ?? null, logo } : null;
  const rules = [...text.rules, ...title.rules, ...(brand ? [brandCss(logo?.light ?? null)] : [])].join('\n');
  const css = rules === '' ? null : hashedFile('theme', 'css', `${rules}\n`);
  const fonts = [...text.files, ...title.files].filter((f, i, all) => all.findIndex((other) => other.path === f.path) === i);
  const theme: Theme = {
    style: {
      palettes,
      fonts: { text: text.stack, title: title.stack, map: site.fonts?.text?.fallback ?? OUR_STYLE.fonts.map },
      radius: site.radius ?? OUR_STYLE.radius,
    },
    brand,
    credit: site.credit ?? null,
    poster: {
      palettes,
      fonts: { text: text.poster, title: title.poster },
      fontFiles: [...text.faces, ...title.faces].map((f) => f.path),
      logo: light && { light, dark: dark ?? light },
      credit: site.credit ?? null,
    },
    files: [...fonts, ...[light, dark].flatMap((l) => (l ? [l.file] : [])), ...(css ? [css] : [])],
    css: css?.path ?? null,
    fontPaths: fonts.map((f) => f.path),
    licences: [...new Set([...text.licences, ...title.licences])],
  };
  return { theme, issues: [] };
}

/** Whatever metadata the file has stays behind: SVG is written anew, pixels are encoded anew. */
async function logoOf(path: string, bytes: Buffer): Promise<Logo> {
  if (/\.svg$/i.test(path)) {
    const drawing = safeSvg(bytes.toString('utf8'));
    if (!drawing.ok) throw new Error(drawing.found);
    return { file: hashedFile('logo', 'svg', drawing.svg), width: drawing.width, height: drawing.height };
  }
  const { data, info } = await sharp(bytes)
    .rotate()
    .resize({ ...LOGO, fit: 'inside', withoutEnlargement: true })
    .png({ compressionLevel: 9 })
    .toBuffer({ resolveWithObject: true });
  return { file: hashedFile('logo', 'png', data), width: info.width, height: info.height };
}

interface Font {
  readonly stack: string;
  readonly poster: string;
  readonly rules: readonly string[];
  readonly files: readonly OutputFile[];
  readonly faces: readonly PosterFace[];
  readonly licences: readonly string[];
}

type Tried = <T>(path: string, act: (bytes: Buffer) => Promise<T> | T) => Promise<T | null>;

/**
 * @param ours   our stack
 * @param drawn  our family on posters: what readers' machines have is not at hand where a poster is drawn
 */
async function fontOf(font: SourceFont | undefined, ours: string, drawn: string, tried: Tried): Promise<Font> {
  const { fallback = ours, family = '', files = [], licence } = font ?? {};
  const made = [];
  for (const { file, weight, style } of files) {
    const output = await tried(file, (bytes) => hashedFile(`font-${basename(file, extname(file))}`, 'woff2', bytes));
    const face = await tried(file, posterFace);
    if (output && face) made.push({ output, face, rule: faceRule(family, weight, style, basename(output.path)) });
  }
  const [first] = made;
  return {
    stack: first ? `'${family}', ${fallback}` : fallback,
    poster: first ? `'${first.face.family}', '${drawn}'` : drawn,
    rules: made.map((m) => m.rule),
    files: made.map((m) => m.output),
    faces: made.map((m) => m.face),
    licences: first ? [`${family}: ${licence}`] : [],
  };
}

/** `optional`: letters that come late would move every line, and the marks on the map. The page asks for the files at once. */
function faceRule(family: string, weight: number, style: string, file: string): string {
  return `@font-face{font-family:'${family}';font-weight:${weight};font-style:${style};font-display:optional;src:url(${file}) format('woff2')}`;
}
