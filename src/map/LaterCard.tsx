import type { ComponentProps, ReactNode } from 'react';
import { lazy } from 'react';
import { loadLaterStrings } from '../core/strings/strings.ts';
import type { PlaceCard } from '../ui/PlaceCard.tsx';
import { neverComes } from './missing.ts';

let card: typeof PlaceCard | null = null;

/**
 * The script of what comes to life after the map, and its words. Where they cannot be had it waits for ever: what the
 * build wrote then stays on the page, which a fault would take away.
 */
export async function importLater() {
  try {
    const [parts] = await Promise.all([import('./laterParts.ts'), loadLaterStrings(document.documentElement.lang)]);
    // A script that came empty is a module without parts.
    if (!parts.PlaceCard) throw new Error('It came empty.');
    card = parts.PlaceCard;
    return parts;
  } catch {
    return neverComes();
  }
}

/** Parts that only maps in somebody's page need. */
export const LaterPlacelessCard = lazy(() => importLater().then((m) => ({ default: m.PlacelessCard })));
export const LaterScrollGuard = lazy(() => importLater().then((m) => ({ default: m.ScrollGuard })));

const LazyWords = lazy(() => importLater().then(() => ({ default: ({ children }: { children: ReactNode }) => children })));

/** What is made of words that come after the map, and may be asked for by the address before they are here. */
export function WithLaterWords({ children }: { children: ReactNode }) {
  return card ? children : <LazyWords>{children}</LazyWords>;
}

const LazyCard = lazy(() => importLater().then((m) => ({ default: m.PlaceCard })));

/** A place's card; at once where its script is here, because a reader who has pressed a mark is waiting for it. */
export function LaterCard(props: ComponentProps<typeof PlaceCard>) {
  const Card = card ?? LazyCard;
  return <Card {...props} />;
}
