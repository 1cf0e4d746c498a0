import type { ComponentProps } from 'react';
import { lazy } from 'react';
import { loadLaterStrings } from '../core/strings/strings.ts';
import type { PlaceCard } from '../ui/PlaceCard.tsx';

let card: typeof PlaceCard | null = null;

/** The script of what comes to life after the map, and its words. */
export async function importLater() {
  const [parts] = await Promise.all([import('../ui/later.ts'), loadLaterStrings(document.documentElement.lang)]);
  card = parts.PlaceCard;
  return parts;
}

/** Parts that only maps in somebody's page need. */
export const LaterPlacelessCard = lazy(() => importLater().then((m) => ({ default: m.PlacelessCard })));
export const LaterScrollGuard = lazy(() => importLater().then((m) => ({ default: m.ScrollGuard })));

const LazyCard = lazy(() => importLater().then((m) => ({ default: m.PlaceCard })));

/** A place's card; at once where its script is here, because a reader who has pressed a mark is waiting for it. */
export function LaterCard(props: ComponentProps<typeof PlaceCard>) {
  const Card = card ?? LazyCard;
  return <Card {...props} />;
}
