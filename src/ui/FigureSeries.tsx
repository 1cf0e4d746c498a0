import { useMemo } from 'react';
import { figurePhrase } from '../core/claim-words.ts';
import type { Fate, SeriesCourse, SeriesValue } from '../core/series.ts';
import { seriesCourse } from '../core/series.ts';
import type { Claim, Series } from '../core/story.ts';
import { plain } from '../core/text.ts';
import { Say } from './Say.tsx';
import { SeriesChart } from './SeriesChart.tsx';
import { StatusWord } from './StatusWord.tsx';
import { useDesk, useView } from './store.ts';

/** Numbers that were claimed more than once, or withdrawn: each measure on an axis of its own, and in words beneath it. */
export function FigureSeries() {
  const { story, t } = useDesk();
  const showContext = useView((v) => v.showContext);
  const courses = useMemo(
    () => story.series.map((series) => ({ series, course: seriesCourse(story, series, { showContext }) })).filter((c) => c.course.values.length > 0),
    [story, showContext],
  );
  if (courses.length === 0) return null;
  return (
    <section className="series" aria-labelledby="series-heading">
      <h2 id="series-heading">{t.series}</h2>
      <p className="hint">{t.seriesIntro}</p>
      {courses.map(({ series, course }) => (
        <OneSeries key={series.id} series={series} course={course} />
      ))}
    </section>
  );
}

function OneSeries({ series, course }: { series: Series; course: SeriesCourse }) {
  const { story, t } = useDesk();
  const place = story.places.find((p) => p.id === series.scope);
  const scope = place ? t.scope(plain(place.name), place.kind) : '';
  return (
    <div className="one-series">
      <h3>
        <Say words={series.label} />, {scope}
      </h3>
      {course.days.length > 1 && <SeriesChart course={course} label={t.seriesChart(plain(series.label), scope, course.values.length)} t={t} />}
      <table>
        <thead>
          <tr>
            <th scope="col">{t.seriesValue}</th>
            <th scope="col">{t.seriesWho}</th>
          </tr>
        </thead>
        <tbody>
          {course.values.map((value) => (
            <ValueRow key={`${value.claim.id} ${value.figure.value}`} value={value} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A value with its status, who said it when, and how other claims stand to it, both ways. */
function ValueRow({ value: { event, claim, figure, fates } }: { value: SeriesValue }) {
  const { story, t } = useDesk();
  const own = claim.relations.flatMap((r): Fate[] => {
    const found = story.events.find((e) => e.claims.some((c) => c.id === r.claim));
    const other = found?.claims.find((c) => c.id === r.claim);
    return found && other ? [{ kind: r.kind, claim: other, event: found }] : [];
  });
  const sameFigure = (c: Claim) => c.figures.find((f) => f.measure === figure.measure && f.scope === figure.scope);
  const line = (words: string, fate: Fate) => {
    const number = sameFigure(fate.claim);
    return (
      <li key={`${words} ${fate.claim.id}`}>
        {words} <a href={`#event=${fate.event.id}`}>{number ? figurePhrase(story, fate.claim, number, t) : <Say words={fate.claim.says} />}</a>
      </li>
    );
  };
  return (
    <tr className={`status-${claim.status}`}>
      <th scope="row">
        <a className="figure-number" href={`#event=${event.id}`}>
          {t.amount(figure.number, figure.exactness)}
        </a>{' '}
        <StatusWord status={claim.status} />
      </th>
      <td>
        {t.saidBy(claim.by)}
        <span className="hint">
          {claim.when ? claim.when.words : t.seriesUndated}
          {claim.when?.said && t.comma + t.saidOn(claim.when.said)}
        </span>
        {event.collection === 'context' && <span className="hint">{t.notInArticle}</span>}
        {fates.length + own.length > 0 && (
          <ul>
            {fates.map((fate) => line(t.fate[fate.kind], fate))}
            {own.map((fate) => line(t.relates[fate.kind], fate))}
          </ul>
        )}
      </td>
    </tr>
  );
}
