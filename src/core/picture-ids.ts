/** What the live map takes over from the static picture that stands in the page. */

/** Units across the picture's frame: half a px on a wide screen, so whole numbers are fine enough. */
export const PICTURE_UNITS = 2000;

/** Ids of drawings in the page that the live map uses again instead of drawing them anew. */
export const PICTURE_IDS = { ground: 'picture-ground', globe: 'picture-globe' } as const;
