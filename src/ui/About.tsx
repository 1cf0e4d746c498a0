import { STATUSES } from '../core/source.ts';
import type { StoryEvent } from '../core/story.ts';
import { ChangeLog } from './ChangeLog.tsx';
import { Citation } from './Citation.tsx';
import { ClaimBody } from './ClaimView.tsx';
import type { Save } from './Downloads.tsx';
import { Downloads } from './Downloads.tsx';
import { StatusMark } from './Marks.tsx';
import { Say } from './Say.tsx';
import { SourceLine } from './Sources.tsx';
import { useDesk } from './store.ts';

/** What the marks mean, how the text maps to the events, terms, sources, data, corrections and credits. */
export function About({ save }: { save?: Save }) {
  const { story, t, home, site } = useDesk();
  const { dense, many } = story;
  const used = new Set(story.events.flatMap((e) => e.claims.map((c) => c.status)));
  for (const status of STATUSES) if ((many?.statusCount(status, { showContext: true }) ?? 0) > 0) used.add(status);
  return (
    <section className="about" aria-labelledby="about-heading">
      <h2 id="about-heading">{t.aboutMap}</h2>
      <h3>{t.statuses}</h3>
      <dl className="statuses">
        {STATUSES.filter((s) => used.has(s)).map((status) => (
          <div key={status}>
            <dt>
              <StatusMark status={status} /> {t.status[status].word}
            </dt>
            <dd>{t.status[status].means}</dd>
          </div>
        ))}
      </dl>
      {story.glossary.length > 0 && <Glossary />}
      <Paragraphs />
      <h3>{t.sources}</h3>
      <ul className="source-list">
        <SourceLine id={story.article} />
      </ul>
      <h3>{t.downloads}</h3>
      <p className="downloads">
        {dense?.download && (
          <>
            <a href={`${home}${dense.download}`} download>
              {t.many.file(dense.events)}
            </a>{' '}
          </>
        )}
        {story.events.length > 0 && (
          <>
            <a href={`${home}events.geojson`} download>
              {t.downloadGeoJson}
            </a>{' '}
            <a href={`${home}events.csv`} download>
              {t.downloadCsv}
            </a>{' '}
            <a href={`${home}events.kml`} download>
              KML
            </a>{' '}
          </>
        )}
        {story.contextEvents > (dense?.context ?? 0) && (
          <>
            <a href={`${home}context.geojson`} download>
              {t.downloadContextGeoJson}
            </a>{' '}
            <a href={`${home}context.csv`} download>
              {t.downloadContextCsv}
            </a>{' '}
          </>
        )}
        <a href={`${home}static-1200x900.png`} download>
          {t.downloadPng}
        </a>{' '}
        <a href={`${home}static-1200x900.svg`} download>
          {t.downloadSvg}
        </a>{' '}
        <a href={`${site}/builder/?story=${story.id}&lang=${story.language}`}>{t.hosting.embed}</a>
      </p>
      <Downloads save={save} />
      <ChangeLog />
      {story.credits.map((credit) => (
        <p key={JSON.stringify(credit)}>
          <Say words={credit} />
        </p>
      ))}
      <p>
        <Say words={story.licence} />
      </p>
      <p>
        <a href={`${site}/licences.txt`}>{t.licences}</a>
      </p>
      <p>{t.dataState(t.timeZone(story.timeZone), t.updated(story.updated), t.version(story.version))}</p>
      <Citation />
    </section>
  );
}

function Glossary() {
  const { story, t } = useDesk();
  return (
    <>
      <h3>{t.glossary}</h3>
      <dl className="glossary">
        {story.glossary.map((entry) => (
          <div key={entry.id}>
            <dt>
              <Say words={entry.term} />
            </dt>
            <dd>
              <ClaimBody claim={entry.claim} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The article by parts, each with the events that rest on it. */
function Paragraphs() {
  const { story, t } = useDesk();
  const eventsOf = (paragraph: string): StoryEvent[] => story.events.filter((e) => e.claims.some((c) => c.paragraph === paragraph));
  return (
    <>
      <h3>{t.byParagraph}</h3>
      <p>{t.byParagraphIntro}</p>
      <dl className="paragraphs">
        {story.paragraphs.map((p) => (
          <div key={p.id}>
            <dt>
              <Say words={p.label} />
            </dt>
            <dd>
              {eventsOf(p.id).map((e) => (
                <span key={e.id} className="paragraph-event">
                  <a href={`#event=${e.id}`}>
                    <Say words={e.title} />
                  </a>
                </span>
              ))}
              {story.glossary
                .filter((g) => g.claim.paragraph === p.id)
                .map((g) => (
                  <span key={g.id} className="paragraph-event">
                    <Say words={g.term} />
                  </span>
                ))}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
