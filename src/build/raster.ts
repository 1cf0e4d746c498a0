/** SVG → PNG at build, with the project's own fonts: the same bytes on every machine, whatever fonts it has. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

const require = createRequire(import.meta.url);

/** Faces that posters and cards use; Latin, Cyrillic and Greek, and Hangul and Arabic from families of their own. */
const FACES: readonly (readonly [name: string, faces: readonly string[]])[] = [
  ['noto-sans', ['400Regular', '400Regular_Italic', '500Medium', '600SemiBold']],
  ['noto-serif', ['600SemiBold']],
  ['nanum-gothic', ['400Regular', '700Bold']],
  ['noto-sans-arabic', ['400Regular', '600SemiBold']],
];

function fontFiles(): string[] {
  return FACES.flatMap(([name, faces]) => {
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
  const image = new Resvg(svg, { font: { fontFiles: [...fontFiles(), ...own], loadSystemFonts: false, defaultFontFamily: 'Noto Sans' } });
  return image.render().asPng();
}
