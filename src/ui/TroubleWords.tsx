import type { Trouble } from '../dense/DetailStore.ts';
import { useDesk } from './store.ts';

/** What keeps the events themselves from coming, and what the reader can do. */
export function TroubleWords({ trouble }: { trouble: Trouble }) {
  const { t } = useDesk();
  return (
    <>
      {trouble.stale ? t.errorStale : t.many.eventsFailed}{' '}
      <button type="button" className="button" onClick={trouble.again}>
        {trouble.stale ? t.reload : t.tryAgain}
      </button>
    </>
  );
}
