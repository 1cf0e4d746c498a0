import { isFramed } from '../ui/host.ts';

/** In a frame, the channel to the page around it, asked for at once; null elsewhere, and in the end where its script cannot be had. */
export const hosted = isFramed() ? import('./hosted.ts').catch(() => null) : null;
