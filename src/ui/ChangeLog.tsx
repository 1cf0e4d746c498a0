import { plain } from '../core/text.ts';
import { ChangeLine } from './Changes.tsx';
import { Say } from './Say.tsx';
import { useDesk } from './store.ts';

/** Every change and every withdrawal of the story. A withdrawn event's id stays here, so that its old address leads to an answer. */
export function ChangeLog() {
  const { story, t } = useDesk();
  const { changes, withdrawn } = story;
  if (changes.length + withdrawn.length === 0) return null;
  return (
    <>
      <h3>{t.corrections}</h3>
      <ul className="change-log">
        {changes.map((c) => (
          <ChangeLine key={`${c.date} ${c.event} ${plain(c.note)}`} change={c} />
        ))}
        {withdrawn.map((w) => (
          <li key={w.id} id={`event=${w.id}`}>
            <Say words={w.title} />. {t.withdrawnEvent(w.date)} <Say words={w.why} />
          </li>
        ))}
      </ul>
    </>
  );
}
