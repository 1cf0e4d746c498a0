import type { BasemapPart, Credit } from '../core/basemap.ts';
import type { Strings } from '../core/strings/make.ts';

interface Props {
  credits: readonly Credit[];
  parts: readonly BasemapPart[];
  /** The operator's own tiles, while they are on the map. */
  more?: string | null | undefined;
  t: Strings;
}

/** Credits of what is on the map now, always in sight. */
export function Attribution({ credits, parts, more = null, t }: Props) {
  const texts = [...credits.filter((c) => parts.includes(c.part)).map((c) => c.text), ...(more === null ? [] : [more])];
  // A line of its own for each set of credits: one that grows at its start would count as a page that moves.
  return texts.length === 0 ? null : (
    <p key={texts.join()} className="attribution">
      {t.attribution}: {texts.join(', ')}
    </p>
  );
}
