import { useEffect, useRef, useState } from 'react';
import { plain } from '../core/text.ts';
import { useDesk } from './store.ts';

/** A line to cite the map by, with the version that a reader saw. */
export function Citation() {
  const { story, t } = useDesk();
  const line = useRef<HTMLParagraphElement>(null);
  const [said, setSaid] = useState('');
  // The page's address is known only where it is open: the build must not guess it.
  const [address, setAddress] = useState('');
  useEffect(() => {
    if (/^https?:/.test(location.protocol)) setAddress(location.href.replace(/[?#].*$/, ''));
  }, []);
  const text = t.citation({ title: plain(story.title), date: story.updated, version: story.version, address });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(t.copied);
    } catch {
      // Frames and old browsers may bar the clipboard: the text is selected for the reader's own keys.
      if (line.current) getSelection()?.selectAllChildren(line.current);
      setSaid(t.copyByHand);
    }
  };
  return (
    <>
      <h3>{t.cite}</h3>
      <p className="citation" ref={line}>
        {text}
      </p>
      <p>
        <button type="button" className="button needs-script" onClick={() => void copy()}>
          {t.copy}
        </button>{' '}
        <span role="status">{said}</span>
      </p>
    </>
  );
}
