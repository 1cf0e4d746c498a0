/** What all commands share. It loads nothing: a command waits for what it needs and for no more. */
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const DATA = join(ROOT, 'data');
export const DIST = join(ROOT, 'dist');
/** Where `start` serves unless it is told otherwise. */
export const PORT = 4173;

/** Raised where a command was given what it cannot use: its message says what, and the usage is shown with it. */
export class UsageError extends Error {}

/** Where words go: the console, which only the command line has. */
export type Out = Pick<Console, 'log' | 'error'>;
