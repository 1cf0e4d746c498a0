/** The layer of many events: a chunk of its own, as few stories need it. */
import { lazy } from 'react';
import { neverComes } from '../../missing.ts';
import type { DenseMarks } from './DenseMarks.tsx';

let here: typeof DenseMarks | null = null;

/** Have it at hand before the map is drawn. @throws Error where its script cannot be had, or came empty */
export async function loadDenseMarks(): Promise<{ default: typeof DenseMarks }> {
  const found = await import('./DenseMarks.tsx');
  if (!found.DenseMarks) throw new Error('It came empty.');
  here = found.DenseMarks;
  return { default: here };
}

/** Without its script the map stays, with a sentence that says so; a fault would take the map away. */
const Lazy = lazy(() => loadDenseMarks().catch(neverComes));

/** At once where its script is here: what is waited for is shown no sooner than a third of a second later. */
export const denseMarks = () => here ?? Lazy;
