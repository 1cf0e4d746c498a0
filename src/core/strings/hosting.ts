/**
 * Words around a map in somebody's page: in the frame, in what editors paste, and on the builder's page. Apart from the
 * interface's own, because a reader of the full page needs few of them.
 */
const number = new Intl.NumberFormat('en-GB');

const en = {
  share: 'Share',
  shareTitle: 'A link to the map exactly as it stands now',
  shareLink: 'Link to this view',
  openFull: 'Open the full map',
  fullAddress: (address: string) => `The full map is at ${address}`,
  count: (shown: number, all: number) => (shown === all ? `all ${number.format(all)} events` : `${number.format(shown)} of ${number.format(all)} events`),
  unfold: (events: string) => `Figures, days and ${events}`,
  fold: 'Show the map alone',
  use: 'Use map',
  done: 'Done',
  inUse: 'The map moves with one finger and the wheel now. “Done” gives the page back.',
  notInUse: 'The page scrolls again.',
  wheelHint: (key: string) => `Hold ${key} to zoom with the wheel, or press “Use map”.`,
  touchHint: 'Two fingers move the map, or press “Use map”.',

  frameTitle: (title: string) => `Interactive map: ${title}`,
  alt: (title: string, asOf: string, summary: string) => `Map: ${title}. ${asOf}. ${summary}`,
  caption: (title: string, asOf: string) => `${title}. ${asOf}.`,
  openMap: 'Open the interactive map and the list of all events',
  readyMade: 'The plain snippets, made with the site:',
  onClick: 'Press the picture for the interactive map.',
  blocked: 'The interactive map could not be fetched. In a frame, its server may not allow the page around it to show more. The account below is complete.',
} as const;

export type Hosting = { readonly [K in keyof typeof en]: (typeof en)[K] extends string ? string : (typeof en)[K] };

const LANGUAGES: { readonly [language: string]: Hosting } = { en };

/** The words in a language, or in English where there are none in it. */
export function hostingFor(language: string): Hosting {
  return LANGUAGES[language] ?? en;
}
