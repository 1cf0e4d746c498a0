/** SVG → PNG at build, with the project's own fonts: the same bytes on every machine, whatever fonts it has. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

const require = createRequire(import.meta.url);

interface Family {
  readonly name: string;
  readonly faces: readonly string[];
  /** The script that it is for; it is large, and read only where that is written. */
  readonly script?: RegExp;
}

/** Faces that posters and cards use; Latin, Cyrillic and Greek, and Hangul and Arabic from families of their own. */
const FAMILIES: readonly Family[] = [
  { name: 'noto-sans', faces: ['400Regular', '400Regular_Italic', '500Medium', '600SemiBold'] },
  { name: 'noto-serif', faces: ['600SemiBold'] },
  { name: 'nanum-gothic', faces: ['400Regular', '700Bold'], script: /\p{Script=Hangul}/u },
  { name: 'noto-sans-arabic', faces: ['400Regular', '600SemiBold'], script: /\p{Script=Arabic}/u },
];

function fontFiles(text: string): string[] {
  return FAMILIES.filter(({ script }) => script?.test(text) ?? true).flatMap(({ name, faces }) => {
    const folder = dirname(require.resolve(`@expo-google-fonts/${name}/package.json`));
    const family = name
      .split('-')
      .map((w) => w[0]?.toUpperCase() + w.slice(1))
      .join('');
    return faces.map((face) => join(folder, face, `${family}_${face}.ttf`));
  });
}

/** Render at the SVG's own size. @param own further font files, of the site's. @throws Error for a damaged SVG */
export function toPng(svg: string, own: readonly string[] = []): Uint8Array {
  const image = new Resvg(svg, { font: { fontFiles: [...fontFiles(svg), ...own], loadSystemFonts: false, defaultFontFamily: 'Noto Sans' } });
  return image.render().asPng();
}
