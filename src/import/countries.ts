/** Countries by code and by their names in the languages that the importer reads. */
import { fold } from './fold.ts';

/** Languages whose names for countries and columns are known. */
export const TABLE_LANGUAGES = ['en', 'ru', 'kk', 'ko', 'ar', 'fr', 'es', 'de'];

/** Names that data sets use and CLDR does not have. */
const OTHERS: { readonly [name: string]: string } = {
  'Republic of Kazakhstan': 'KZ',
  'Kyrgyz Republic': 'KG',
  'Russia (Soviet Union)': 'RU',
  'Russian Federation': 'RU',
  Burma: 'MM',
  Turkey: 'TR',
  Türkiye: 'TR',
  Macedonia: 'MK',
  Bosnia: 'BA',
  Korea: 'KR',
  DRC: 'CD',
  Vatican: 'VA',
  'Holy See': 'VA',
  Gaza: 'PS',
  'Gaza Strip': 'PS',
  'West Bank': 'PS',
  'State of Palestine': 'PS',
  'Taiwan, Province of China': 'TW',
  'Lao PDR': 'LA',
  Svalbard: 'SJ',
  'Jan Mayen': 'SJ',
  Молдавия: 'MD',
  Белоруссия: 'BY',
  'Myanmar (Burma)': 'MM',
  'Ivory Coast': 'CI',
  'DR Congo (Zaire)': 'CD',
  'Democratic Republic of Congo': 'CD',
  'Democratic Republic of the Congo': 'CD',
  'Republic of Congo': 'CG',
  'Syrian Arab Republic': 'SY',
  Palestine: 'PS',
  'Czech Republic': 'CZ',
  Swaziland: 'SZ',
  eSwatini: 'SZ',
  'Cape Verde': 'CV',
  'East Timor': 'TL',
  'Yemen (North Yemen)': 'YE',
  'Iran, Islamic Republic of': 'IR',
  'Republic of Korea': 'KR',
  'South Korea': 'KR',
  'North Korea': 'KP',
  'United States of America': 'US',
  USA: 'US',
  'U.S.': 'US',
  UAE: 'AE',
  UK: 'GB',
  'U.K.': 'GB',
  'Great Britain': 'GB',
};

let byName: Map<string, string> | null = null;

/** Filled at first use: two thousand names. */
function names(): Map<string, string> {
  if (byName) return byName;
  byName = new Map();
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const language of TABLE_LANGUAGES)
    for (const style of ['short', 'long'] as const) {
      const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none', style });
      for (const a of letters)
        for (const b of letters) {
          const code = a + b;
          const name = NOT_COUNTRIES.has(code) ? undefined : display.of(code);
          if (name !== undefined) byName.set(key(name), code);
        }
    }
  for (const [name, code] of Object.entries(OTHERS)) byName.set(key(name), code);
  return byName;
}

/** "Bosnia and Herzegovina", "Saint Lucia", "The Gambia": CLDR writes &, St. and no article. */
function key(name: string): string {
  return fold(name.replace(/\b(?:and|the)\b/gi, '').replace(/\bsaint\b/gi, 'st'));
}

/** Codes that CLDR names and ISO 3166-1 does not hold as a country, or no longer. */
const NOT_COUNTRIES = new Set([
  'EU',
  'EZ',
  'UN',
  'QO',
  'XA',
  'XB',
  'ZZ',
  'SU',
  'YU',
  'DD',
  'CS',
  'AN',
  'BU',
  'FX',
  'NT',
  'TP',
  'ZR',
  'DY',
  'HV',
  'NH',
  'RH',
  'VD',
  'YD',
  'CT',
  'JT',
  'MI',
  'NQ',
  'FQ',
  'PC',
  'PU',
  'PZ',
  'WK',
]);

/** ISO 3166-1 alpha-2 of a code or a name; null for neither. */
export function countryCode(text: string): string | null {
  const clean = text.trim();
  const found = names().get(key(clean));
  if (found !== undefined) return found;
  return /^[A-Z]{2}$/.test(clean) && [...names().values()].includes(clean) ? clean : null;
}

/** A country's name in a language, else its code. */
export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames([language, 'en'], { type: 'region' }).of(code) ?? code;
}
