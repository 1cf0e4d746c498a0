import { useId, useState } from 'react';
import type { Media } from '../core/story.ts';
import { plain } from '../core/text.ts';
import { Say } from './Say.tsx';
import { SourceLine } from './Sources.tsx';
import { useDesk } from './store.ts';

/** Graphic media that this visit's reader has asked to see, by file. Gone with the page. */
const asked = new Set<string>();

/** An event's pictures, sounds and videos: in a card to be seen, in the list in words until they are asked for. */
export function MediaList({ media, inList }: { media: readonly Media[]; inList: boolean }) {
  const { t } = useDesk();
  return (
    <ul className="media">
      {media.map((item) =>
        item.kind === 'post' ? (
          <li key={item.source}>
            <Warning of={item} />
            <p className="media-words">
              {t.media.post}: <Say words={item.alt} />
            </p>
            <ul>{item.source !== null && <SourceLine id={item.source} />}</ul>
          </li>
        ) : (
          <Piece key={item.files[0]?.path} item={item} inList={inList} />
        ),
      )}
    </ul>
  );
}

function Warning({ of: { graphic } }: { of: Media }) {
  const { t } = useDesk();
  return graphic && <p className="media-warning">{t.media.graphic(plain(graphic))}</p>;
}

/** One piece. What is graphic waits behind its warning, in a card too; nothing is fetched before it shows. */
function Piece({ item, inList }: { item: Media; inList: boolean }) {
  const { t, site } = useDesk();
  const { kind, files, alt, graphic, transcript } = item;
  const file = files.at(-1)?.path ?? '';
  const [open, setOpen] = useState(!inList && (graphic === null || asked.has(file)));
  const id = useId();
  const toggle = () => {
    if (!open) asked.add(file);
    setOpen(!open);
  };
  return (
    <li>
      <Warning of={item} />
      {(inList || graphic !== null) && (
        <p className="needs-script">
          <button type="button" className="button" aria-expanded={open} aria-controls={id} aria-describedby={`${id}-words`} onClick={toggle}>
            {open ? t.media.hide(kind) : t.media.show(kind)}
          </button>
        </p>
      )}
      <figure id={id}>
        {open && <Shown item={item} />}
        <figcaption>
          <span
            id={`${id}-words`}
            className={open && kind === 'image' ? 'visually-hidden' : 'media-words'}
            aria-hidden={open && kind === 'image' ? true : undefined}
          >
            {t.media[kind]}: <Say words={alt} />
          </span>{' '}
          <span className="media-credit">
            {item.credit && <Say words={item.credit} />}. {item.licence && <Say words={item.licence} />}.{' '}
            <a href={`${site}/${file}`} target="_blank" rel="noopener">
              {t.media.file}
            </a>
          </span>
          {transcript && (
            <details>
              <summary>{t.media.transcript}</summary>
              <p className="media-transcript">
                <Say words={transcript} />
              </p>
            </details>
          )}
        </figcaption>
      </figure>
    </li>
  );
}

/** Width of a card, px: what a picture is fetched for on a wide screen. */
const CARD = 360;

function Shown({ item: { kind, files, alt, size, captions } }: { item: Media }) {
  const { site } = useDesk();
  const [first] = files;
  if (!first) return null;
  const at = (path: string) => `${site}/${path}`;
  const box = size ?? {};
  const tracks = captions.map((c) => <track key={c.path} kind="captions" src={at(c.path)} srcLang={c.language} label={c.name} />);
  if (kind === 'image')
    return (
      <img
        src={at(first.path)}
        srcSet={files.map((f) => `${at(f.path)} ${f.width}w`).join(', ')}
        sizes={`(max-width: 767px) 100vw, ${CARD}px`}
        {...box}
        alt={plain(alt)}
        lang={typeof alt === 'string' ? undefined : alt.lang}
        loading="lazy"
        decoding="async"
      />
    );
  const source = <source src={at(first.path)} type={first.type} />;
  return kind === 'audio' ? (
    // biome-ignore lint/a11y/useMediaCaption: the transcript stands beside it, and captions are among its children where the story has them
    <audio controls preload="none" aria-label={plain(alt)}>
      {source}
      {tracks}
    </audio>
  ) : (
    <video controls preload="none" playsInline {...box} aria-label={plain(alt)}>
      {source}
      {tracks}
    </video>
  );
}
