import type { Words } from '../core/story.ts';

/** Words of the data. Foreign text is isolated in direction, and text in another language than the page's carries its tag. */
export function Say({ words }: { words: Words }) {
  return typeof words === 'string' ? <bdi>{words}</bdi> : <bdi lang={words.lang}>{words.text}</bdi>;
}
