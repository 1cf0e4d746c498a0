/** A dense story with its counts at hand, as a reader's page has it before any event is there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Story } from '../../core/story.ts';
import { readCounts } from '../../dense/counts.ts';
import { DetailStore } from '../../dense/DetailStore.ts';
import { Many } from '../../dense/Many.ts';
import type { BuiltStory } from '../site.ts';

export function withCounts({ story, dense }: Pick<BuiltStory, 'story' | 'dense'>): Story {
  if (!dense) return story;
  const details = new DetailStore(() => Promise.reject(new Error('The build fetches nothing.')));
  return { ...story, many: new Many(story, dense.files, readCounts(readFileSync(join(dense.from, 'counts.bin'))), details) };
}
