import { useDesk } from './store.ts';

/** The map explained in a few sentences: marks, precision, how sure, and what is not there. */
export function HowToRead() {
  const { how } = useDesk().t;
  return (
    <details className="how-to-read">
      <summary>{how.title}</summary>
      <ul>
        <li>{how.marks}</li>
        <li>{how.places}</li>
        <li>{how.sure}</li>
        <li>{how.missing}</li>
      </ul>
    </details>
  );
}
