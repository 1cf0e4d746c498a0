import type { ComponentProps } from 'react';
import { lazy } from 'react';
import type { PlaceCard } from '../ui/PlaceCard.tsx';

let card: typeof PlaceCard | null = null;

/** The script of what comes to life after the map. */
export async function importLater() {
  const parts = await import('../ui/later.ts');
  card = parts.PlaceCard;
  return parts;
}

const LazyCard = lazy(() => importLater().then((m) => ({ default: m.PlaceCard })));

/** A place's card; at once where its script is here, because a reader who has pressed a mark is waiting for it. */
export function LaterCard(props: ComponentProps<typeof PlaceCard>) {
  const Card = card ?? LazyCard;
  return <Card {...props} />;
}
