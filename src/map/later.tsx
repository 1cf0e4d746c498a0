/** The parts of the page that come to life after the map. Their HTML is there already. */
import type { ComponentProps } from 'react';
import { lazy } from 'react';
import type { PlaceCard } from '../ui/PlaceCard.tsx';

export const loadMap = () => import('./leaflet/StoryMap.tsx').then((m) => m.StoryMap);

let card: typeof PlaceCard | null = null;
const importLater = async () => {
  const parts = await import('../ui/later.ts');
  card = parts.PlaceCard;
  return parts;
};
/** Once the map's script is here, or cannot be had: they must not hold it up. */
const afterMap = () => loadMap().then(importLater, importLater);

export const later = {
  About: lazy(() => afterMap().then((m) => ({ default: m.About }))),
  ContextSwitch: lazy(() => afterMap().then((m) => ({ default: m.ContextSwitch }))),
  EventList: lazy(() => afterMap().then((m) => ({ default: m.EventList }))),
  FigureSeries: lazy(() => afterMap().then((m) => ({ default: m.FigureSeries }))),
  KeyFigures: lazy(() => afterMap().then((m) => ({ default: m.KeyFigures }))),
  Search: lazy(() => afterMap().then((m) => ({ default: m.Search }))),
  Steps: lazy(() => afterMap().then((m) => ({ default: m.Steps }))),
  Timeline: lazy(() => afterMap().then((m) => ({ default: m.Timeline }))),
};

const LazyCard = lazy(() => afterMap().then((m) => ({ default: m.PlaceCard })));

/** A place's card; at once where its script is here, because a reader who has pressed a mark is waiting for it. */
export function LaterCard(props: ComponentProps<typeof PlaceCard>) {
  const Card = card ?? LazyCard;
  return <Card {...props} />;
}
