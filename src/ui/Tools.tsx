import { useEffect, useRef, useState } from 'react';
import { hashFromView } from '../core/url.ts';
import { isRestricted } from './host.ts';
import { useCalmView, useDesk } from './store.ts';

/**
 * Share what is on show, exactly; and, in an embed, the way to the full page. The stylesheet shows the second in embeds
 * alone, so that the HTML is the same everywhere.
 * @param leave asks a host that bars new windows to go to an address of ours; false where none would
 */
export function Tools({ leave = () => false }: { leave?: (address: string) => boolean }) {
  const { story, home, t } = useDesk();
  const words = t.hosting;
  const hash = useCalmView((v) => hashFromView(story, v));
  // Known only where the page is open; the build must not guess it.
  const [origin, setOrigin] = useState<string | null>(null);
  useEffect(() => setOrigin(new URL(home, location.href.replace(/[?#].*$/, '')).href), [home]);
  const address = `${origin ?? home}${hash === '' ? '' : `#${hash}`}`;
  const [manual, setManual] = useState(false);
  const [said, setSaid] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (manual) field.current?.select();
  }, [manual]);

  const share = async () => {
    setManual(false);
    const how = await shareAddress(address, document.title);
    setManual(how === 'by hand');
    setSaid(how === 'copied' ? t.copied : how === 'by hand' ? t.copyByHand : '');
  };
  return (
    <div className="tools">
      <a
        className="tool open-full"
        href={address}
        target="_blank"
        rel="noopener"
        onClick={(e) => {
          if (isRestricted() && leave(address)) e.preventDefault();
        }}
      >
        {words.openFull}
      </a>
      {origin !== null && isRestricted() && <span className="full-address">{words.fullAddress(origin)}</span>}
      <button type="button" className="tool needs-script" title={words.shareTitle} onClick={() => void share()}>
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <path d="M12 15V4M8 8l4-4l4 4M6 12v7h12v-7" />
        </svg>
        {words.share}
      </button>
      {manual && (
        <input
          className="share-link"
          type="text"
          readOnly
          aria-label={words.shareLink}
          value={address}
          ref={field}
          onFocus={(e) => {
            e.currentTarget.select();
          }}
        />
      )}
      <span className="tool-state" role="status">
        {said}
      </span>
    </div>
  );
}

/** Share by the device's own sheet on phones, else copy; frames and old browsers may bar both. */
async function shareAddress(url: string, title: string): Promise<'shared' | 'copied' | 'by hand'> {
  if (typeof navigator.share === 'function' && matchMedia('(pointer: coarse)').matches) {
    try {
      await navigator.share({ url, title });
      return 'shared';
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return 'shared'; // the reader thought better of it
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    return 'copied';
  } catch {
    return 'by hand';
  }
}
