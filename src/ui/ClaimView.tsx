import type { ClaimTree } from '../core/claim-words.ts';
import { scopeWords } from '../core/claim-words.ts';
import type { Claim, Figure, When } from '../core/story.ts';
import { plain } from '../core/text.ts';
import { ArticleLink } from './ArticleLink.tsx';
import { Say } from './Say.tsx';
import { SourceLine } from './Sources.tsx';
import { StatusWord } from './StatusWord.tsx';
import { useDesk } from './store.ts';

/** A claim with what qualifies or replaces it set directly under it, never behind a click. */
export function ClaimView({ tree }: { tree: ClaimTree }) {
  const { t } = useDesk();
  return (
    <li className={`claim status-${tree.claim.status}`}>
      <ClaimBody claim={tree.claim} />
      {tree.under.length > 0 && (
        <ul className="claims-under">
          {tree.under.map(({ claim, kind }) => (
            <li key={claim.id} className={`claim status-${claim.status}`}>
              <p className="relation">{t.relation[kind]}</p>
              <ClaimBody claim={claim} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** Figure, status, sentence, speaker, date, paragraph; notes on the text one click away. */
export function ClaimBody({ claim }: { claim: Claim }) {
  const { story, t } = useDesk();
  const paragraph = story.paragraphs.find((p) => p.id === claim.paragraph);
  return (
    <>
      {claim.figures.map((figure) => (
        <FigureLine key={`${figure.measure} ${figure.value}`} claim={claim} figure={figure} />
      ))}
      <StatusWord status={claim.status} />
      <p className="claim-says">
        <Say words={claim.says} />
      </p>
      <ul className="claim-meta">
        <li>{t.saidBy(claim.by)}</li>
        {claim.when && (
          <li>
            <WhenWords when={claim.when} inArticle={claim.paragraph !== null} />
          </li>
        )}
        {paragraph && <li>{t.paragraph(plain(paragraph.label))}</li>}
        <ArticleLink claim={claim.id} />
      </ul>
      {claim.notes.length > 0 && (
        <details className="notes">
          <summary>{t.notes(claim.notes.length)}</summary>
          <dl>
            {claim.notes.map((note) => (
              <div key={plain(note.text)}>
                <dt>{t.noteKind[note.kind]}</dt>
                <dd>
                  <Say words={note.text} />
                  <ul className="note-sources">
                    {note.sources
                      .filter((id) => id !== story.article)
                      .map((id) => (
                        <SourceLine key={id} id={id} />
                      ))}
                  </ul>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

/** A number set large, and under it, never left out, what it counts, where and how sure. */
function FigureLine({ claim, figure }: { claim: Claim; figure: Figure }) {
  const { story, t } = useDesk();
  const scope = scopeWords(story, figure, t);
  return (
    <p className={`figure status-${claim.status}`}>
      <span className="figure-number">{t.amount(figure.number, figure.exactness)}</span>{' '}
      <span className="figure-label">
        <Say words={figure.label} />
        {scope ? t.comma + scope : ''}
      </span>
    </p>
  );
}

function WhenWords({ when, inArticle }: { when: When; inArticle: boolean }) {
  const { t } = useDesk();
  return (
    <>
      {when.words}
      {when.said !== null && t.comma + t.saidOn(when.said)}
      {when.text !== null && <>, {t.inSourceWords(plain(when.text))}</>}
      {when.basis !== 'stated' && ` (${(inArticle ? t.basis : t.basisElsewhere)[when.basis]})`}
    </>
  );
}
