import type { Status } from '../core/source.ts';
import { StatusMark } from './Marks.tsx';
import { useDesk } from './store.ts';

/** How sure a claim is: mark and word, and what the word means for whoever asks. */
export function StatusWord({ status }: { status: Status }) {
  const { t } = useDesk();
  return (
    <details className="claim-status">
      <summary>
        <StatusMark status={status} /> <span className="status-word">{t.status[status].word}</span>
      </summary>
      <p className="hint">{t.status[status].means}</p>
    </details>
  );
}
