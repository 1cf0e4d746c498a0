import type { Story } from '../core/story.ts';
import type { Strings } from '../core/strings/en.ts';

/** Credits of the map's sources, always in sight. */
export function Attribution({ story, t }: { story: Story; t: Strings }) {
  return (
    <p className="attribution">
      {t.attribution}: {story.attribution.join(', ')}
    </p>
  );
}
