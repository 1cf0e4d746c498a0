/** What the page shows at once as HTML, and brings to life only when the map is there: it weighs on no first view. */
export { About } from './About.tsx';
export { ContextSwitch } from './ContextSwitch.tsx';
export { EventList } from './EventList.tsx';
export { FigureSeries } from './FigureSeries.tsx';
export { Fold } from './Fold.tsx';
export { HowToRead } from './HowToRead.tsx';
export { KeyFigures } from './KeyFigures.tsx';
export { PlaceCard } from './PlaceCard.tsx';
export { PlacelessCard } from './PlacelessCard.tsx';
export { ScrollGuard } from './ScrollGuard.tsx';
export { Search } from './Search.tsx';
export { Steps } from './Steps.tsx';
export { Timeline } from './Timeline.tsx';
export { Tools } from './Tools.tsx';
