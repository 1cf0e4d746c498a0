import { useStore } from 'zustand';
import { host } from './host.ts';
import { useDesk } from './store.ts';

/** From a claim to its passage in the article around the map; nothing where that has none. */
export function ArticleLink({ claim }: { claim: string }) {
  const { t } = useDesk();
  const openClaim = useStore(host, (h) => (h.claims.has(claim) ? h.openClaim : null));
  return (
    openClaim && (
      <li>
        <button
          type="button"
          className="link-button"
          onClick={(e) => {
            openClaim(claim, e.detail === 0);
          }}
        >
          {t.hosting.inArticle}
        </button>
      </li>
    )
  );
}
