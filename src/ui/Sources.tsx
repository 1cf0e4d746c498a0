import { SafeLink } from './SafeLink.tsx';
import { useDesk } from './store.ts';

/** One source: publisher, title, kind, language, date, live link and archived copy where there is one. */
export function SourceLine({ id }: { id: string }) {
  const { story, t } = useDesk();
  const source = story.sources[id];
  if (!source) return null;
  return (
    <li className="source">
      <bdi>{source.publisher}</bdi>:{' '}
      <cite lang={source.language === story.language ? undefined : story.language}>
        {source.url ? (
          <SafeLink address={source.url}>
            <bdi>{source.title}</bdi>
          </SafeLink>
        ) : (
          <bdi>{source.title}</bdi>
        )}
      </cite>
      <span className="source-facts">
        {' '}
        {[t.sourceKind[source.kind], source.language, source.published, source.url ? null : t.noAddress].filter((x) => x !== null).join(t.comma)}
        {source.archivedUrl && (
          <>
            , <SafeLink address={source.archivedUrl}>{t.archived}</SafeLink>
          </>
        )}
      </span>
    </li>
  );
}

/** The sources of an event's claims, the dates' evidence included, folded. */
export function SourceList({ ids }: { ids: readonly string[] }) {
  const { t } = useDesk();
  return (
    <details className="sources">
      <summary>{t.sourcesOf(ids.length)}</summary>
      <ul>
        {ids.map((id) => (
          <SourceLine key={id} id={id} />
        ))}
      </ul>
    </details>
  );
}
