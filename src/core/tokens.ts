/**
 * The look in one file: colours, type, space. `toCss` writes them as custom properties for the page; the basemap's
 * canvas, the poster and the card read the same values. Contrast of text and marks is held by `test/core/tokens.test.ts`.
 */

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
}

export const PALETTES: { readonly light: Palette; readonly dark: Palette } = {
  light: {
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
    regionLine: '#d5cfc3',
    label: '#4a443b',
    labelSoft: '#7b7468',
    labelWater: '#50788c',
    labelHalo: '#f8f6f1',
    place: '#6d6558',
  },
  dark: {
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
    border: '#4a5058',
    borderFocus: '#7d858e',
    regionLine: '#3a4148',
    label: '#d4d0c7',
    labelSoft: '#979389',
    labelWater: '#7fa3bb',
    labelHalo: '#22262b',
    place: '#a8a398',
  },
};

export type Theme = keyof typeof PALETTES;

/** Five steps of type, CSS px at the default text size. */
export const TYPE_SCALE = { small: 12, body: 14.5, lead: 17, title: 22, figure: 30 } as const;

export const FONTS = {
  text: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  title: "ui-serif, Georgia, 'Noto Serif', 'Liberation Serif', 'Times New Roman', serif",
} as const;

/** The custom properties of the whole site. `data-theme` on the root wins over what the device prefers. */
export function toCss(): string {
  const light = declarations(PALETTES.light);
  const dark = declarations(PALETTES.dark);
  const type = Object.entries(TYPE_SCALE)
    .map(([name, px]) => `--text-${name}:${px / 16}rem;`)
    .join('');
  return `:root{color-scheme:light dark;--font-text:${FONTS.text};--font-title:${FONTS.title};${type}${light}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark;${dark}}
`;
}

/** The colours of one story's layers as custom properties, in both themes: `--layer` inside `.layer-<id>`. */
export function layerCss(layers: readonly { readonly id: string; readonly color: { readonly light: string; readonly dark: string } }[]): string {
  const rules = (prefix: string, theme: Theme) => layers.map((l) => `${prefix}.layer-${l.id}{--layer:${l.color[theme]}}`).join('\n');
  return `${rules('', 'light')}
@media (prefers-color-scheme:dark){${rules(':root:not([data-theme=light]) ', 'dark')}}
${rules(':root[data-theme=dark] ', 'dark')}
`;
}

function declarations(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, value]) => `--${cssName(name)}:${value};`)
    .join('');
}

/** A token's name as a custom property's: `landFocus` → `land-focus`. */
export function cssName(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
}
