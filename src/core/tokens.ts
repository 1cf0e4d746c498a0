/**
 * The look in one file: colours, type, space. `toCss` writes them as custom properties, which the page and the basemap's
 * canvas read; the poster and the card are given the same values. A site may have a style of its own (`build/theme/`).
 * Contrast of text and marks is held by `core/contrast.ts`.
 */
import { cssName } from './css-name.ts';

export interface Palette {
  /** Page and panels. */
  readonly page: string;
  readonly paper: string;
  readonly sunk: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly rule: string;
  readonly ruleStrong: string;
  readonly link: string;
  readonly focus: string;
  /** Behind a withdrawn figure. */
  readonly warn: string;
  readonly warnInk: string;
  readonly shadow: string;
  /** Basemap. */
  readonly land: string;
  readonly landFocus: string;
  readonly water: string;
  readonly waterLine: string;
  readonly border: string;
  readonly borderFocus: string;
  readonly regionLine: string;
  readonly label: string;
  readonly labelSoft: string;
  readonly labelWater: string;
  readonly labelHalo: string;
  readonly place: string;
  /** Edge of an area that events belong to. */
  readonly outline: string;
  /** Edge of the land; transparent where tints tell land from water. */
  readonly coast: string;
  readonly runway: string;
  readonly graticule: string;
  /** Streets of an operator's own vector tiles. */
  readonly green: string;
  readonly building: string;
  readonly road: string;
  readonly roadMajor: string;
}

const light: Palette = {
  page: '#f7f5f0',
  paper: '#fffefb',
  sunk: '#f0ede6',
  ink: '#1f1c18',
  inkSoft: '#5a544b',
  rule: '#dcd6ca',
  ruleStrong: '#8a8275',
  link: '#1b4f8f',
  focus: '#0b57d0',
  warn: '#fbeee3',
  warnInk: '#8a2b06',
  shadow: 'rgb(40 34 24 / 0.18)',
  land: '#eceae4',
  landFocus: '#f8f6f1',
  water: '#cfdde4',
  waterLine: '#a9c3d1',
  border: '#b3aa9b',
  borderFocus: '#8d8578',
  regionLine: '#d0c9bc',
  label: '#4a443b',
  labelSoft: '#6b6459',
  labelWater: '#3c6277',
  labelHalo: '#f8f6f1',
  place: '#6d6558',
  outline: '#6b675f',
  coast: 'transparent',
  runway: '#7d766a',
  graticule: '#dedad0',
  green: '#e4e9d8',
  building: '#e6e0d5',
  road: '#ddd6c9',
  roadMajor: '#c9bfae',
};

const dark: Palette = {
  page: '#15181b',
  paper: '#1d2125',
  sunk: '#272c31',
  ink: '#eceae4',
  inkSoft: '#b1aca2',
  rule: '#3a4046',
  ruleStrong: '#7b828a',
  link: '#9cc4f5',
  focus: '#8ab4f8',
  warn: '#3a2a20',
  warnInk: '#ffb38a',
  shadow: 'rgb(0 0 0 / 0.5)',
  land: '#22262b',
  landFocus: '#2b3036',
  water: '#16212b',
  waterLine: '#2c4760',
  border: '#4f565e',
  borderFocus: '#7d858e',
  regionLine: '#3d444b',
  label: '#d4d0c7',
  labelSoft: '#a8a499',
  labelWater: '#7fa3bb',
  labelHalo: '#22262b',
  place: '#a8a398',
  outline: '#a9aaa7',
  coast: 'transparent',
  runway: '#8d959d',
  graticule: '#353b42',
  green: '#2a332c',
  building: '#363c43',
  road: '#434a52',
  roadMajor: '#5a626b',
};

/** Every theme that a reader's device can ask for; `forced` is drawn in the colours of the system alone. */
export const PALETTES = {
  light,
  dark,
  lightContrast: {
    ...light,
    page: '#ffffff',
    paper: '#ffffff',
    sunk: '#ededea',
    ink: '#000000',
    inkSoft: '#2b2823',
    rule: '#77716a',
    ruleStrong: '#3d3933',
    link: '#00398a',
    focus: '#003cb3',
    warnInk: '#6b1e00',
    land: '#e3e1da',
    landFocus: '#ffffff',
    water: '#bcd2dd',
    waterLine: '#5d8aa3',
    border: '#6a6358',
    borderFocus: '#2f2b25',
    regionLine: '#968f83',
    label: '#14110d',
    labelSoft: '#332f29',
    labelWater: '#123b51',
    labelHalo: '#ffffff',
    place: '#2f2b25',
    coast: '#5d8aa3',
    outline: '#000000',
    runway: '#45403a',
    graticule: '#c4bfb4',
    green: '#d6e2c2',
    building: '#d8d0c2',
    road: '#8f887c',
    roadMajor: '#5d564c',
  },
  darkContrast: {
    ...dark,
    page: '#000000',
    paper: '#0b0d0f',
    sunk: '#1b1f23',
    ink: '#ffffff',
    inkSoft: '#dedad2',
    rule: '#8b9299',
    ruleStrong: '#c3c9cf',
    link: '#b8d6ff',
    focus: '#b8d6ff',
    warnInk: '#ffc9a8',
    land: '#101316',
    landFocus: '#22272c',
    water: '#05121d',
    waterLine: '#5f93bd',
    border: '#a0a7ae',
    borderFocus: '#e0e4e8',
    regionLine: '#6d757d',
    label: '#ffffff',
    labelSoft: '#dcd8d0',
    labelWater: '#a9d3f0',
    labelHalo: '#000000',
    place: '#e0dcd4',
    coast: '#5f93bd',
    outline: '#ffffff',
    runway: '#c3c9cf',
    graticule: '#3b4249',
    green: '#24352a',
    building: '#3a4149',
    road: '#8b929a',
    roadMajor: '#c3c9cf',
  },
  forced: {
    page: 'Canvas',
    paper: 'Canvas',
    sunk: 'Canvas',
    ink: 'CanvasText',
    inkSoft: 'CanvasText',
    rule: 'CanvasText',
    ruleStrong: 'CanvasText',
    link: 'LinkText',
    focus: 'Highlight',
    warn: 'Canvas',
    warnInk: 'CanvasText',
    shadow: 'transparent',
    land: 'Canvas',
    landFocus: 'Canvas',
    water: 'Canvas',
    waterLine: 'GrayText',
    border: 'GrayText',
    borderFocus: 'CanvasText',
    regionLine: 'GrayText',
    label: 'CanvasText',
    labelSoft: 'CanvasText',
    labelWater: 'CanvasText',
    labelHalo: 'Canvas',
    place: 'CanvasText',
    coast: 'GrayText',
    outline: 'CanvasText',
    runway: 'CanvasText',
    graticule: 'transparent',
    green: 'transparent',
    building: 'transparent',
    road: 'GrayText',
    roadMajor: 'CanvasText',
  },
} as const satisfies Record<string, Palette>;

export type Theme = keyof typeof PALETTES;

/** Five steps of type, CSS px at the default text size. */
export const TYPE_SCALE = { small: 12, body: 14.5, lead: 17, title: 22, figure: 30 } as const;

export const FONTS = {
  text: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  title: "ui-serif, Georgia, 'Noto Serif', 'Liberation Serif', 'Times New Roman', serif",
} as const;

/** What a site may have of its own: colours, letters, corners. */
export interface Style {
  readonly palettes: { readonly [K in Theme]: Palette };
  /** CSS font stacks. `map` is for names on the basemap, which are drawn before any font file is here. */
  readonly fonts: { readonly text: string; readonly title: string; readonly map: string };
  /** Corners of buttons, panels and cards, px. Marks and chips are round whatever it is. */
  readonly radius: number;
}

export const OUR_STYLE: Style = { palettes: PALETTES, fonts: { ...FONTS, map: FONTS.text }, radius: 6 };

/** Paper is white whatever the device prefers. */
const DARK = 'screen and (prefers-color-scheme:dark)';
const MORE = '(prefers-contrast:more)';

/** The custom properties of the whole site. `data-theme` on the root wins over what the device prefers. */
export function toCss({ palettes, fonts, radius }: Style = OUR_STYLE): string {
  const of = (theme: Theme) => declarations(palettes[theme]);
  const type = Object.entries(TYPE_SCALE)
    .map(([name, px]) => `--text-${name}:${px / 16}rem;`)
    .join('');
  const notLight = ':root:not([data-theme=light])';
  const isDark = ':root[data-theme=dark]';
  const letters = Object.entries(fonts).map(([name, stack]) => `--font-${name}:${stack};`);
  const corners = `--radius:${radius}px;--radius-small:${Math.round((radius * 2) / 3)}px;`;
  return `:root{color-scheme:light dark;${letters.join('')}${corners}${type}${of('light')}}
@media ${DARK}{${notLight}{${of('dark')}}}
:root[data-theme=light]{color-scheme:light}
@media screen{${isDark}{color-scheme:dark;${of('dark')}}}
@media ${MORE}{:root{${of('lightContrast')}}}
@media screen and ${MORE}{${isDark}{${of('darkContrast')}}}
@media ${DARK} and ${MORE}{${notLight}{${of('darkContrast')}}}
@media print{:root:root{color-scheme:light}}
@media (forced-colors:active){:root:root:root{${of('forced')}}}
`;
}

/**
 * The colours of one story's layers as custom properties: `--layer` inside `.layer-<id>`. Forced colours take all of them
 * away: the glyphs' shapes are enough.
 */
export function layerCss(layers: readonly { readonly id: string; readonly color: { readonly light: string; readonly dark: string } }[]): string {
  const rules = (prefix: string, theme: 'light' | 'dark') => layers.map((l) => `${prefix}.layer-${l.id}{--layer:${l.color[theme]}}`).join('\n');
  return `${rules('', 'light')}
@media ${DARK}{${rules(':root:not([data-theme=light]) ', 'dark')}}
@media screen{${rules(':root[data-theme=dark] ', 'dark')}}
@media (forced-colors:active){${layers.map((l) => `:root:root .layer-${l.id}.layer-${l.id}{--layer:CanvasText}`).join('\n')}}
`;
}

function declarations(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, value]) => `--${cssName(name)}:${value};`)
    .join('');
}
