/** The layer of many events: a chunk of its own, as few stories need it. */
import { lazy } from 'react';
import type { DenseMarks } from './DenseMarks.tsx';

let here: typeof DenseMarks | null = null;

/** Have it at hand before the map is drawn. @throws Error where its script cannot be had */
export async function loadDenseMarks(): Promise<{ default: typeof DenseMarks }> {
  const found = await import('./DenseMarks.tsx');
  here = found.DenseMarks;
  return { default: here };
}

const Lazy = lazy(loadDenseMarks);

/** At once where its script is here: what is waited for is shown no sooner than a third of a second later. */
export const denseMarks = () => here ?? Lazy;
