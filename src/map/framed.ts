import { isFramed } from '../ui/host.ts';

/** In a frame, the channel to the page around it, asked for at once; null elsewhere. */
export const hosted = isFramed() ? import('./hosted.ts') : null;
