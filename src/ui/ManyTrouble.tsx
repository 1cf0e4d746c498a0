import type { Many } from '../dense/Many.ts';
import { useDetailsVersion } from './many.ts';
import { useDesk } from './store.ts';

interface Props {
  many: Many;
  className: string;
  /** `alert` where it is the first to say so. */
  role?: 'alert';
}

/** What keeps the events themselves from coming, and what the reader can do; nothing while all is well. */
export function ManyTrouble({ many, className, role }: Props) {
  const { t } = useDesk();
  useDetailsVersion(many);
  const { trouble } = many.store;
  if (!trouble) return null;
  return (
    <p className={className} role={role}>
      {trouble.stale ? t.errorStale : t.many.eventsFailed}{' '}
      <button type="button" className="button" onClick={trouble.again}>
        {trouble.stale ? t.reload : t.tryAgain}
      </button>
    </p>
  );
}
