/** How components ask for the many events of a dense story. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { EventDetail } from '../dense/details.ts';
import type { Many } from '../dense/Many.ts';
import { useDesk } from './store.ts';

/** The story's many events; null for a story without. */
export function useMany(): Many | null {
  // `Many` is the only kind there is. Asking whether it is one would bring its script into pages that have none.
  return (useDesk().story.many ?? null) as Many | null;
}

const never = () => () => undefined;

/** Renders again when more details are here. @returns a number that is another then */
export function useDetailsVersion(many: Many | null): number {
  return useSyncExternalStore(many?.store.subscribe ?? never, many?.store.snapshot ?? (() => 0));
}

/** Details of some rows, fetched as they are asked for; null for those that are not here yet. */
export function useDetails(many: Many | null, rows: readonly number[]): readonly (EventDetail | null)[] {
  const version = useDetailsVersion(many);
  const key = rows.join();
  useEffect(() => {
    void many?.store.wantEvents(key === '' ? [] : key.split(',').map(Number));
  }, [many, key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that more is here
  return useMemo(() => (key === '' ? [] : key.split(',').map((row) => many?.store.event(Number(row)) ?? null)), [many, key, version]);
}
