import { storyFolder } from '../core/languages.ts';
import { hashFromView } from '../core/url.ts';
import { useDesk } from './store.ts';

/** The story's other languages: plain links, which take the view along where a script runs. */
export function LanguageSwitch() {
  const { story, t, site, view } = useDesk();
  if (story.languages.length < 2) return null;
  return (
    <nav className="languages" aria-label={t.languages}>
      <ul>
        {story.languages.map(({ id, name }) => {
          const href = `${site}/${storyFolder(story.id, id, story.ownLanguage)}`;
          return (
            <li key={id}>
              <a
                href={href}
                lang={id}
                hrefLang={id}
                {...(id === story.language ? { 'aria-current': 'page' as const } : {})}
                onClick={(e) => {
                  const hash = hashFromView(story, view.getState());
                  e.currentTarget.href = hash === '' ? href : `${href}#${hash}`;
                }}
              >
                {name}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
