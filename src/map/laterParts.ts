/** The parts that come to life after the map, with the style of what they add to the page. */
import '../ui/card.css';

export * from '../ui/later.ts';
