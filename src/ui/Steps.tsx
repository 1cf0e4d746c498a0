import { useEffect, useRef } from 'react';
import { bringIntoView, takeFocus } from './host.ts';
import { Say } from './Say.tsx';
import { useDesk, useView } from './store.ts';

/** A guided walk through the story: never the only way in, and every stop has an address. */
export function Steps() {
  const { story, t, goToStep } = useDesk();
  const at = useView((v) => v.step);
  const { steps } = story;
  const position = steps.findIndex((s) => s.id === at);
  const step = steps[position];
  const heading = useRef<HTMLHeadingElement>(null);
  const start = useRef<HTMLAnchorElement>(null);
  const before = useRef<string | null>(null);
  useEffect(
    function showWhereOneStands() {
      if (at !== null) {
        document.documentElement.dataset.walk = 'on';
        takeFocus(heading.current);
        // On a narrow screen the map may have been scrolled away: a stop is about what it shows.
        if (matchMedia('(max-width: 767px)').matches) bringIntoView(document.querySelector('.map'), 'start');
      } else {
        delete document.documentElement.dataset.walk;
        if (before.current !== null) start.current?.focus({ preventScroll: true });
      }
      before.current = at;
    },
    [at],
  );
  if (steps.length === 0) return null;
  const go = (to: number) => goToStep(steps[to]?.id ?? null);
  return (
    <section
      className="steps"
      aria-labelledby="steps-heading"
      onKeyDown={(e) => {
        if (e.key === 'Escape') goToStep(null);
      }}
    >
      {step ? (
        <div className="step-card">
          <p className="hint">{t.stepOf(position + 1, steps.length)}</p>
          <h2 id="steps-heading" ref={heading} tabIndex={-1}>
            <Say words={step.title} />
          </h2>
          <p>
            <Say words={step.text} />
          </p>
          <p className="step-buttons">
            <button type="button" className="button" aria-disabled={position === 0} onClick={() => position > 0 && go(position - 1)}>
              {t.stepBack}
            </button>
            <button
              type="button"
              className="button"
              aria-disabled={position === steps.length - 1}
              onClick={() => position < steps.length - 1 && go(position + 1)}
            >
              {t.stepNext}
            </button>
            <button type="button" className="button step-leave" onClick={() => goToStep(null)}>
              {t.stepLeave}
            </button>
          </p>
        </div>
      ) : (
        <>
          <h2 id="steps-heading" className="visually-hidden">
            {t.steps}
          </h2>
          <details className="step-list">
            <summary>{t.stepsStart(steps.length)}</summary>
            <ol>
              {steps.map((s, i) => (
                <li key={s.id}>
                  <a
                    href={`#step=${s.id}`}
                    ref={i === 0 ? start : null}
                    onClick={(e) => {
                      e.preventDefault();
                      goToStep(s.id);
                    }}
                  >
                    <Say words={s.title} />
                  </a>{' '}
                  <Say words={s.text} />
                </li>
              ))}
            </ol>
          </details>
        </>
      )}
    </section>
  );
}
